"""Files by the hash of their bytes, in a folder: written once, never changed, checked when read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nlp.errors import SaraptamaError


class KeptFileError(SaraptamaError):
    """A kept file is missing, damaged, or larger than it may be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was put away. ``coming``: where it lies until it is settled, if it arrived in ``Blobs.arriving``."""

    sha256: str
    size: int
    coming: Path | None = field(default=None, compare=False, repr=False)


class Arriving:
    """Files on the disk that no table names yet (``Blobs.arriving``)."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._here = folder, list[Path]()

    def put_stream(self, pieces: Iterable[bytes], limit: int) -> Kept:
        """Take in what the pieces make together, without holding it in memory.

        Raises ``KeptFileError`` when it is longer than ``limit`` bytes.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".coming-")
        self._here.append(Path(temporary))
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                size += len(piece)
                if size > limit:
                    raise KeptFileError("expertise.file_too_large", limit_mb=limit // (1024 * 1024))
                digest.update(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        return Kept(digest.hexdigest(), size, Path(temporary))

    def drop(self) -> None:
        """Whatever was not settled is gone."""
        for path in self._here:
            path.unlink(missing_ok=True)


class Blobs:
    """A folder of files named by their SHA-256; two equal files are one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where a file lies. Raises ``ValueError`` for what is no hash, so that no name leads out of the folder."""
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, content: bytes) -> Kept:
        """Keep ``content``."""
        return self.put_stream([content], len(content))

    def put_stream(self, pieces: Iterable[bytes], limit: int) -> Kept:
        """Keep what the pieces make together, without holding it in memory.

        It lies under its name only when it is whole and on the disk. Raises ``KeptFileError`` when it is longer than
        ``limit`` bytes; nothing stays then.
        """
        with self.arriving() as coming:
            kept = coming.put_stream(pieces, limit)
            self.settle(kept)
        return Kept(kept.sha256, kept.size)

    @contextmanager
    def arriving(self) -> Iterator[Arriving]:
        """Take files in before it is known whether something will name them; those not settled by the end are gone.

        Nothing has to be removed from under its name then, where an equal file of somebody else may be meant.
        """
        coming = Arriving(self.folder)
        try:
            yield coming
        finally:
            coming.drop()

    def settle(self, kept: Kept) -> None:
        """Put what arrived under its name, where an equal file stays; last of all in the transaction that names it
        (``expertise.store.database.before_commit``), so that a refusal leaves neither."""
        if kept.coming is not None:
            self._place(kept.coming, kept.sha256)

    def _place(self, temporary: Path, sha256: str) -> None:
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            temporary.chmod(0o600)
            temporary.replace(target)

    def get(self, sha256: str) -> bytes:
        """The bytes; raises ``KeptFileError`` when they are missing or no longer what they were."""
        path = self.path(sha256)
        if not path.is_file():
            raise KeptFileError("expertise.file_missing", sha256=sha256)
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise KeptFileError("expertise.file_damaged", sha256=sha256)
        return content

    def checked(self, sha256: str) -> Path:
        """Where a whole file lies, for sending it piece by piece; raises as ``get``, without holding it in memory."""
        path = self.path(sha256)
        if not path.is_file():
            raise KeptFileError("expertise.file_missing", sha256=sha256)
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                raise KeptFileError("expertise.file_damaged", sha256=sha256)
        return path

    def remove(self, sha256: str) -> None:
        """Remove a file, if it is there. Only where nothing else can name it: two equal files are one."""
        self.path(sha256).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Hashes of all kept files, sorted."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from (folder.name + path.name for path in sorted(folder.iterdir()))

    def sweep(self, older_than: float) -> int:
        """Remove what broken uploads left behind before ``older_than`` (seconds since 1970); how many."""
        left = [path for path in self.folder.glob(".coming-*") if path.stat().st_mtime < older_than]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)
