"""Python's search for garbage cycles, held back while many objects are made that stay.

Reads and writes nothing but the thresholds of this process's collector. Loading a pack makes half a million objects
and an examination some hundred thousand more, next to none of them in cycles; by the usual thresholds the collector
goes through them some thousand times.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (100_000, 20, 20)
"""New objects before the young are searched; searches of the young before the older; of these before all."""

_lock = Lock()
_inside = 0
_usual = gc.get_threshold()


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Inside, garbage is searched for seldom; the thresholds from before come back when the last thread leaves."""
    global _inside, _usual
    with _lock:
        if not _inside:
            _usual = gc.get_threshold()
            gc.set_threshold(*SELDOM)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_usual)
