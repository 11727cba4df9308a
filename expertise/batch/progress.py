"""How far a batch is, on standard error: counts, rate, the time it will still take."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from expertise.batch.folder import Failure
from expertise.batch.run import State
from expertise.messages import say

_TERMINAL_SECONDS = 0.5
_LINE_SECONDS = 30.0
_CLEAR = "\r\x1b[K"
_ENOUGH = 5  # drafts from which a rate means something


class Teller:
    """On a terminal one line that is written over, elsewhere a line every half minute."""

    def __init__(self, stream: TextIO, language: str, clock: Callable[[], float], quiet: bool = False) -> None:
        self._stream, self._language, self._clock, self._quiet = stream, language, clock, quiet
        self._terminal = stream.isatty()
        self._begun = self._last = clock()

    def __call__(self, state: State) -> None:
        """Told where enough time has passed."""
        now = self._clock()
        if self._quiet or now - self._last < (_TERMINAL_SECONDS if self._terminal else _LINE_SECONDS):
            return
        self._last = now
        self._write(state, now)

    def failed(self, draft: str, reason: Failure) -> None:
        """Told always, with the reason in words."""
        self._stream.write(f"{_CLEAR if self._terminal else ''}{draft}: {reason.text(self._language)}\n")

    def end(self, state: State) -> None:
        """The last line."""
        if not self._quiet:
            self._write(state, self._clock())
            if self._terminal:
                self._stream.write("\n")
            self._stream.flush()

    def _write(self, state: State, now: float) -> None:
        words = told(state, now - self._begun, self._language)
        self._stream.write(f"{_CLEAR}{words}" if self._terminal else f"{words}\n")
        self._stream.flush()


def told(state: State, seconds: float, language: str) -> str:
    """One line: settled of all, done before, failed, drafts a minute, time left."""
    line = say(
        "batch.progress", language,
        {"seen": state.seen, "total": state.total, "stood": state.stood, "failed": sum(state.failures.values())},
    )  # fmt: skip
    worked = state.examined + state.failed
    if worked < _ENOUGH or seconds <= 0:
        return line
    rate = worked / seconds
    left = round((state.total - state.seen) / rate)
    return f"{line}, " + say(
        "batch.pace", language, {"rate": f"{rate * 60:.1f}".replace(".", ","), "left": clock_time(left)}
    )


def clock_time(seconds: int) -> str:
    """Hours, minutes and seconds: ``1:05:09``."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
