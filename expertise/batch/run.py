"""A batch: drafts of a list are examined by an engine into a folder; what stands there is not done again.

Reads: a listing, the folder. Writes: into the folder, draft by draft, then the tables. A draft that fails is recorded
with its reason, and the others go on. The caller has the folder alone (``OutFolder.locked``).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from expertise.batch.engines import Engine
from expertise.batch.folder import Failure, OutFolder, Record, RecordedFile
from expertise.batch.keys import bounds_of, key_of, of_circumstances
from expertise.batch.listing import Draft, Listing
from expertise.batch.settings import Setup, failure
from expertise.batch.work import Answer, Task
from nlp.errors import SaraptamaError
from nlp.reading.file_names import printable_name
from nlp.reading.reader import load_file


@dataclass
class State:
    """How far a batch is. ``stood``: drafts whose result was there; ``failures``: codes of all that have none."""

    total: int
    stood: int = 0
    examined: int = 0
    failed: int = 0
    peak_bytes: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        """Drafts that are settled."""
        return self.stood + self.examined + self.failed


class Watch(Protocol):
    """Whoever is told how far a batch is."""

    def __call__(self, state: State) -> None:
        """Something was settled."""

    def failed(self, draft: str, reason: Failure) -> None:
        """A draft has no result, now or since an earlier run."""


@dataclass(frozen=True, slots=True)
class _Planned:
    draft: Draft
    files: tuple[RecordedFile, ...]


class Batch:
    """One run over a listing."""

    def __init__(self, listing: Listing, folder: OutFolder, setup: Setup, watch: Watch, again: bool = False) -> None:
        """``again``: drafts that failed before are tried again, whatever the reason."""
        self._listing, self._folder, self._setup, self._watch, self._again = listing, folder, setup, watch, again
        self._bounds = bounds_of(setup)
        self._planned: dict[str, _Planned] = {}
        self.state = State(len(listing.drafts))
        self.versions: dict[str, Any] = {}

    def run(self, engine: Engine) -> State:
        """Examine what is not done. Raises ``BatchError`` and what ``Seat`` raises; what is done then stays."""
        self.versions = engine.versions(self._setup)
        self._watch(self.state)
        for answer in engine.answers(self._setup, self.versions, self._tasks(self.versions)):
            planned = self._planned.pop(answer.draft)
            self._keep(planned, answer)
            self._watch(self.state)
        self._folder.note_batch(self._told())
        return self.state

    def _tasks(self, versions: Mapping[str, Any]) -> Iterator[Task]:
        for draft in self._listing.drafts:
            task = self._task(draft, versions)
            if task is None:
                self._watch(self.state)
            else:
                yield task

    def _task(self, draft: Draft, versions: Mapping[str, Any]) -> Task | None:
        """What is to be done for a draft; None where its result stands, or where a file cannot be read."""
        contents: list[tuple[str, bytes]] = []
        files: list[RecordedFile] = []
        failed: Failure | None = None
        for file in draft.files:
            try:
                data = load_file(file.path, self._setup.limits)
                contents.append((printable_name(file.path.name), data))
                files.append(RecordedFile(file.shown, file.language, hashlib.sha256(data).hexdigest()))
            except SaraptamaError as error:
                failed = failed or Failure(**failure(error, file.shown if len(draft.files) > 1 else ""))
                files.append(RecordedFile(file.shown, file.language, ""))
        named = [
            (printable_name(file.path.name), recorded.sha256) for file, recorded in zip(draft.files, files, strict=True)
        ]
        key = key_of(named, versions, self._setup)
        planned = _Planned(draft, tuple(files))
        if failed is not None:
            self._fail(planned, key, failed)
            return None
        if self._stands(planned, key):
            return None
        self._planned[draft.id] = planned
        return Task(draft.id, key, tuple(contents))

    def _stands(self, planned: _Planned, key: str) -> bool:
        found = self._folder.record(planned.draft.id)
        if found is None or found.key != key or not self._folder.is_whole(found):
            return False
        reason = found.failure
        if reason is not None and (self._again or of_circumstances(reason.code) or found.bounds != self._bounds):
            return False
        now = self._record(planned, key, found.examination, reason)
        if now != found:  # the list says something else of it, or limits changed: the result is the same
            self._folder.note(now)
        self.state.stood += 1
        if reason is not None:
            self._count(planned, reason)
        return True

    def _keep(self, planned: _Planned, answer: Answer) -> None:
        self.state.peak_bytes = max(self.state.peak_bytes, answer.peak_bytes)
        if answer.code:
            self._fail(planned, answer.key, Failure(answer.code, answer.params, answer.file))
            return
        record = self._record(planned, answer.key, hashlib.sha256(answer.examination).hexdigest(), None)
        self._folder.keep(record, answer.examination, answer.units)
        self.state.examined += 1

    def _fail(self, planned: _Planned, key: str, reason: Failure) -> None:
        self._folder.keep(self._record(planned, key, "", reason))
        self.state.failed += 1
        self._count(planned, reason)

    def _count(self, planned: _Planned, reason: Failure) -> None:
        self.state.failures[reason.code] += 1
        self._watch.failed(planned.draft.id, reason)

    def _record(self, planned: _Planned, key: str, examination: str, reason: Failure | None) -> Record:
        draft = planned.draft
        return Record(
            draft.id, planned.files, draft.body, draft.region, draft.kind, key, self._bounds, examination, reason
        )

    def _told(self) -> dict[str, Any]:
        listing = self._listing
        return {
            "versions": self.versions,
            "pack": self._setup.pack,
            "model": self._setup.model,
            "force": self._setup.force,
            "drafts": self.state.total,
            "failed": sum(self.state.failures.values()),
            "failures": dict(sorted(self.state.failures.items())),
            "bad_lines": [
                {"line": bad.line, "code": bad.code, "params": dict(bad.params)} for bad in listing.bad
            ],
            "left_aside": listing.aside,
        }  # fmt: skip
