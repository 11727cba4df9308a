"""Examining one draft: the function that every engine runs, in threads of this process or on workers of Dask.

The examining processes of this process are kept between drafts and lent to one thread at a time. A draft whose process
was killed is begun again, up to ``batch_tries``; one that takes too long is not. What becomes of it is an ``Answer``.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from expertise.batch.seat import Seat
from expertise.batch.settings import BatchError, Setup
from nlp.conversation import GoneError, LateError
from nlp.errors import SaraptamaError


@dataclass(frozen=True, slots=True)
class Task:
    """One draft to examine: names and bytes of its files. ``key``: hash of contents and versions (``keys``)."""

    draft: str
    key: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a draft: the canonical result and its units (``units``), or a code with params.

    ``file`` is the one that failed where a draft has several; ``peak_bytes``: memory of the process until then.
    """

    draft: str
    key: str
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    examination: bytes = b""
    units: bytes = b""
    peak_bytes: int = 0


class _Seats:
    """The idle and lent processes of this process, by setup."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.idle: dict[Setup, list[Seat]] = {}
        self.lent: set[Seat] = set()
        self.closed = False


_seats = _Seats()


def versions_of(setup: Setup) -> dict[str, Any]:
    """What results of this machine depend on. Raises what a process that cannot be set up raises (``Seat``)."""
    with _lent(setup) as seat:
        return seat.versions


def examine(setup: Setup, task: Task, versions: dict[str, Any]) -> Answer:
    """Examine one draft.

    Raises ``BatchError`` (``batch.other_versions``) where this machine would judge by other versions than asked.
    """
    for _ in range(setup.settings.batch_tries):
        try:
            with _lent(setup) as seat:
                if seat.versions != versions:
                    raise BatchError("batch.other_versions", machine=os.uname().nodename)
                return _answer(task, *seat.examine(task.files))
        except LateError:
            return Answer(task.draft, task.key, "batch.timeout", {"seconds": setup.settings.batch_seconds})
        except GoneError:
            if _seats.closed:
                break
    return Answer(task.draft, task.key, "batch.killed", {"tries": setup.settings.batch_tries})


def close_idle() -> int:
    """End the examining processes of this process that have nothing to do; how many there were."""
    with _seats.lock:
        every = [seat for kept in _seats.idle.values() for seat in kept]
        _seats.idle.clear()
    for seat in every:
        seat.end()
    return len(every)


def stop() -> None:
    """End all examining processes, those at work too, and start no further ones until ``open_again``."""
    with _seats.lock:
        _seats.closed = True
        at_work = list(_seats.lent)
    for seat in at_work:
        seat.kill()  # the threads that talk with them close them
    close_idle()


def open_again() -> None:
    """Let processes be started; a batch of this process begins with it."""
    _seats.closed = False


def process_ids(*, loaded: bool = False) -> list[int]:
    """The examining processes there are now; ``loaded``: those alone that have come up, idle or at work."""
    with _seats.lock:
        seats = [*(s for kept in _seats.idle.values() for s in kept), *_seats.lent]
    return [seat.pid for seat in seats if seat.versions or not loaded]


def _answer(task: Task, header: dict[str, Any], blobs: list[bytes]) -> Answer:
    if header["code"]:
        return Answer(task.draft, task.key, header["code"], header["params"], header.get("file", ""))
    examination, units = blobs
    return Answer(
        task.draft, task.key, examination=examination, units=units, peak_bytes=int(header.get("peak_bytes", 0))
    )


@contextmanager
def _lent(setup: Setup) -> Iterator[Seat]:
    """A process for one thread; kept afterwards unless it ended, ran out of memory or has served long enough."""
    seat = _take(setup)
    try:
        seat.ready()
    except BaseException:
        with _seats.lock:
            _seats.lent.discard(seat)
        seat.close()
        raise
    fit = False
    try:
        yield seat
        fit = True
    except SaraptamaError:
        fit = True
        raise
    finally:
        with _seats.lock:
            _seats.lent.discard(seat)
            keep = fit and not seat.worn and not _seats.closed and seat.served < setup.settings.batch_child_drafts
            if keep:
                _seats.idle.setdefault(setup, []).append(seat)
        if not keep:
            seat.end() if fit else seat.close()


def _take(setup: Setup) -> Seat:
    global _seats
    if _seats.owner != os.getpid():  # a forked process must not talk over its parent's pipes
        _seats = _Seats()
    with _seats.lock:
        if _seats.closed:
            raise GoneError
        kept = _seats.idle.get(setup)
        seat = kept.pop() if kept else None
        if seat is not None:
            _seats.lent.add(seat)
            return seat
    made = Seat(setup)
    with _seats.lock:
        _seats.lent.add(made)
        late = _seats.closed
    if late:  # all were told to end while this one was started
        made.kill()
    return made
