"""The folder of results: of every draft a canonical examination, its units, and a record that says what stands.

``documents/ab/name-<hash of id>.json`` (the examination), ``.units.json.gz`` (for ``diff``), ``.record.json``. Every
file appears whole or not at all, the record last: a draft without a record is not done. One batch at a time.
"""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from expertise.batch.keys import FORMAT
from expertise.batch.settings import BatchError
from expertise.messages import LANGUAGES, say

DOCUMENTS, BATCH = "documents", "batch.json"
_LOCK, _MAKING = ".lock", ".saraptama-"
_NAME_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file of a draft as it was when it was examined; ``sha256`` "" where it could not be read."""

    path: str
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result; ``file``: which one of several."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""

    def text(self, language: str) -> str:
        """For a reader."""
        said = say(self.code, language, self.params)
        return f"{self.file}: {said}" if self.file else said


@dataclass(frozen=True, slots=True)
class Record:
    """What stands of a draft. ``bounds``: the limits it failed under; ``examination``: sha256 of the result."""

    id: str
    files: tuple[RecordedFile, ...]
    body: str
    region: str
    kind: str
    key: str
    bounds: str
    examination: str = ""
    failure: Failure | None = None


class OutFolder:
    """A folder of results, made when missing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Have the folder alone. Raises ``BatchError`` (``batch.busy``, ``batch.not_ours``)."""
        self.path.mkdir(parents=True, exist_ok=True)
        others = [each.name for each in self.path.iterdir() if each.name != BATCH and not each.name.startswith(".")]
        if others and not (self.path / DOCUMENTS).is_dir():
            raise BatchError("batch.not_ours", folder=str(self.path))
        with (self.path / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BatchError("batch.busy", folder=str(self.path)) from None
            (self.path / DOCUMENTS).mkdir(exist_ok=True)
            for left in self.path.rglob(f"{_MAKING}*"):  # of a run that was killed
                left.unlink(missing_ok=True)
            yield

    def place(self, draft: str) -> str:
        """Path of a draft's files under the folder, without their endings."""
        digest = hashlib.sha256(draft.encode()).hexdigest()
        name = re.sub(r"[^\w-]+", "-", draft.rpartition("/")[2]).strip("-")[:_NAME_CHARACTERS]
        return f"{DOCUMENTS}/{digest[:2]}/{name}-{digest[:16]}"

    def record(self, draft: str) -> Record | None:
        """What stands of a draft; None where there is nothing whole of this format."""
        found = _record_at(self.path / f"{self.place(draft)}.record.json")
        if found is None or found.id != draft:
            return None
        if found.failure is None and not (self.path / f"{self.place(draft)}.json").is_file():
            return None
        return found

    def is_whole(self, record: Record) -> bool:
        """Whether the result of a draft is what was put down: a disk that was full, or a hand, may have damaged it."""
        if record.failure is not None:
            return True
        place = self.path / self.place(record.id)
        try:
            digest = hashlib.sha256(Path(f"{place}.json").read_bytes()).hexdigest()
            units = gzip.decompress(Path(f"{place}.units.json.gz").read_bytes())  # a sum is in it
        except (OSError, EOFError, zlib.error):
            return False
        return bool(units) and digest == record.examination

    def records(self) -> Iterator[Record]:
        """Everything that stands, by id."""
        paths = (self.path / DOCUMENTS).glob("*/*.record.json")
        found = sorted((record.id, path) for path in paths if (record := _record_at(path)) is not None)
        for _, path in found:
            record = _record_at(path)
            if record is not None:
                yield record

    def keep(self, record: Record, examination: bytes = b"", units: bytes = b"") -> None:
        """Put down what became of a draft; results of earlier versions are replaced."""
        place = self.path / self.place(record.id)
        place.parent.mkdir(exist_ok=True)
        if record.failure is None:
            write_whole(Path(f"{place}.units.json.gz"), units)
            write_whole(Path(f"{place}.json"), examination)
        self.note(record)
        if record.failure is not None:
            for ending in (".json", ".units.json.gz"):
                Path(f"{place}{ending}").unlink(missing_ok=True)

    def note(self, record: Record) -> None:
        """Write the record alone."""
        content = {"format": FORMAT, **asdict(record)}
        if record.failure is not None:
            content["failure"]["text"] = {code: record.failure.text(code) for code in LANGUAGES}
        words = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(self.path / f"{self.place(record.id)}.record.json", words.encode())

    def examination(self, draft: str) -> dict[str, Any]:
        """The canonical result of a draft."""
        loaded: dict[str, Any] = json.loads((self.path / f"{self.place(draft)}.json").read_bytes())
        return loaded

    def units(self, draft: str) -> bytes:
        """The units of a draft, packed (``units.read_units``)."""
        return (self.path / f"{self.place(draft)}.units.json.gz").read_bytes()

    def note_batch(self, content: Mapping[str, Any]) -> None:
        """What the last run was."""
        words = json.dumps({"format": FORMAT, **content}, ensure_ascii=False, indent=1) + "\n"
        write_whole(self.path / BATCH, words.encode())

    def batch(self) -> dict[str, Any]:
        """What the last run was. Raises ``BatchError`` (``batch.no_results``) for a folder that holds none."""
        try:
            loaded = json.loads((self.path / BATCH).read_bytes())
            if isinstance(loaded, dict) and loaded.get("format") == FORMAT:
                return loaded
        except (OSError, ValueError):
            pass
        raise BatchError("batch.no_results", folder=str(self.path))


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place, complete and on the disk, or leave what was there."""
    handle, making = tempfile.mkstemp(dir=path.parent, prefix=_MAKING)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(making).chmod(0o644)
        Path(making).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(making).unlink()
        raise


def _record_at(path: Path) -> Record | None:
    try:
        raw = json.loads(path.read_bytes())
        if raw.pop("format") != FORMAT:
            return None
        failure = raw.pop("failure")
        if failure is not None:
            failure.pop("text")
        files = tuple(RecordedFile(**each) for each in raw.pop("files"))
        return Record(**raw, files=files, failure=None if failure is None else Failure(**failure))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
