"""One hostile file: its name, how it is made, and what may be answered to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.seeds import SEED

READ = "read"
Build = Callable[[Random], bytes]


@dataclass(frozen=True)
class Case:
    """``name`` is that of the file, unique in the corpus. ``outcomes``: codes of refusal that are right, and ``read``.

    ``says``: what is wrong with the file, for people. ``holds``: words that must be in the text when the file is read;
    ``lacks``: words that must not. ``slow`` files cost more than a second or two to make or to read. ``seconds``: time
    that the parser is given, where running out of it is the answer; 0 is the usual limit.
    """

    name: str
    says: str
    build: Build
    outcomes: frozenset[str]
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    slow: bool = False
    seconds: int = 0

    def bytes(self, seed: int = int(SEED or 1)) -> bytes:
        """The file; the same seed gives the same bytes."""
        return self.build(Random(f"{seed}:{self.name}"))


def case(
    name: str,
    says: str,
    build: Build | bytes,
    *outcomes: str,
    holds: str | tuple[str, ...] = (),
    lacks: str | tuple[str, ...] = (),
    slow: bool = False,
    seconds: int = 0,
) -> Case:
    """A case in short: ``build`` may be the bytes themselves, codes go without ``reading.``."""
    codes = frozenset(code if code == READ else f"reading.{code}" for code in outcomes)
    made = (lambda _: build) if isinstance(build, bytes) else build
    as_tuple = lambda words: (words,) if isinstance(words, str) else words  # noqa: E731
    return Case(name, says, made, codes, as_tuple(holds), as_tuple(lacks), slow, seconds)
