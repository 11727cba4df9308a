"""A folder of drafts, an examining process that reads nothing, a batch over them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from expertise.batch import work
from expertise.batch.engines import Engine, local
from expertise.batch.folder import Failure, OutFolder
from expertise.batch.listing import read_listing
from expertise.batch.run import Batch, State
from expertise.batch.settings import BatchSettings, Setup


@dataclass
class Watched:
    """Keeps what it is told; ``then`` is called at every step."""

    states: list[int] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    then: Callable[[State], None] = lambda state: None

    def __call__(self, state: State) -> None:
        self.states.append(state.seen)
        self.then(state)

    def failed(self, draft: str, reason: Failure) -> None:
        self.failures[draft] = reason.code


class Scene:
    """Drafts in ``drafts``, results in ``out``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.drafts, self.out = folder, folder / "drafts", OutFolder(folder / "out")
        self.drafts.mkdir(exist_ok=True)
        self.setup = Setup(
            "fake_child", "kz", path=(str(Path(__file__).parent),), settings=BatchSettings(batch_start_seconds=60)
        )

    def write(self, **drafts: str) -> None:
        """Drafts by their names without ending."""
        for name, words in drafts.items():
            (self.drafts / f"{name}.txt").write_text(words, encoding="utf-8")

    def seconds(self, seconds: int) -> None:
        """Time for a draft."""
        self.setup = replace(self.setup, settings=replace(self.setup.settings, batch_seconds=seconds))

    def run(
        self, source: Path | None = None, again: bool = False, then: Callable[[State], None] = lambda state: None,
        engine: Engine | None = None,
    ) -> tuple[State, Watched]:  # fmt: skip
        """One run of the batch on two processes, or on ``engine``."""
        watched = Watched(then=then)
        listing = read_listing(source or self.drafts, self.out.path)
        with self.out.locked():
            batch = Batch(listing, self.out, self.setup, watched, again)
            if engine is not None:
                return batch.run(engine), watched
            with local(2) as here:
                return batch.run(here), watched

    def begun(self) -> list[str]:
        """Names of the drafts that were begun since this was last asked."""
        path = self.folder / "begun"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return sorted(line.split()[0] for line in lines)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setenv("FAKE_CHILD_FOLDER", str(tmp_path))
    yield Scene(tmp_path)
    assert work.process_ids() == [], "processes were left behind"
    work.open_again()


def until(true: Callable[[], bool]) -> None:
    """Wait for what other processes do."""
    deadline = time.monotonic() + 180
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process runs (one that has ended but was not waited for does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z" and os.getpid() != pid
