"""Time grows with the length of a text, not with its square: reading, structure, judging, in processor time.

Four times the text may take at most ``ALLOWED`` times the time: linear work takes four times, quadratic sixteen.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.structure import provisions, structure
from tests.hostile.texts import DRAFT, FOOD, LINES, lines_piece
from tests.structure.helpers import source

ALLOWED = 9.0
FROM_SECONDS = 0.1  # shorter times tell nothing
CHARACTERS = 20_000
# What was once, or may easily be, looked at again and again.
QUICK_FOOD = ("dots-letter", "mixed", "roman", "letters", "quotes", "brackets", "labels", "points", "opens", "figures")
QUICK_LINES = ("quote-straight", "contents", "new-wording", "amendment")


def grown(run: Callable[[str], object], make: Callable[[int], str], characters: int = CHARACTERS) -> float:
    """How many times longer four times the text takes; 0 where it takes no time to speak of."""
    times = []
    for factor in (1, 4):
        text = make(characters * factor)
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            run(text)
            best = min(best, time.process_time() - start)
        times.append(best)
    return times[1] / times[0] if times[1] > FROM_SECONDS else 0.0


def steady(run: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Measured up to three times, each time on longer texts: a machine under load may stumble, and where a short text
    fits a cache that the longer one does not, linear work takes six times as long and not four."""
    return any(grown(run, make, CHARACTERS * longer) < ALLOWED for longer in (1, 2, 4))


def food(name: str) -> Callable[[int], str]:
    """One paragraph of a draft that is the piece again and again."""
    return lambda size: DRAFT + "1. Орган " + FOOD[name] * (size // len(FOOD[name]))


def lines(name: str) -> Callable[[int], str]:
    """A draft of equal lines."""
    return lambda size: DRAFT + lines_piece(name) * (size // len(lines_piece(name)))


def read(text: str) -> object:
    return read_plain(text.encode(), "a.txt", Limits())


def structured(text: str) -> object:
    return provisions(structure(source(text)))


@pytest.mark.parametrize("name", QUICK_FOOD)
def test_one_paragraph(name: str) -> None:
    assert steady(read, food(name))
    assert steady(structured, food(name))


@pytest.mark.parametrize("name", QUICK_LINES)
def test_equal_lines(name: str) -> None:
    assert steady(read, lines(name))
    assert steady(structured, lines(name))


def test_one_number_again_and_again() -> None:
    """Every repeated number is told of by its citation: the act's own children are not looked through each time."""
    norm = "1. Орган рассматривает заявление в течение пяти рабочих дней.\n"
    assert steady(structured, lambda size: norm * (size // 20))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FOOD if name not in QUICK_FOOD])
def test_further_paragraphs(name: str) -> None:
    assert steady(read, food(name))
    assert steady(structured, food(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in LINES if name not in QUICK_LINES])
def test_further_lines(name: str) -> None:
    assert steady(read, lines(name))
    assert steady(structured, lines(name))


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


@pytest.mark.slow
@pytest.mark.parametrize("name", FOOD)
def test_the_longest_norm_is_judged_soon(examiner: Examiner, name: str) -> None:
    """What one norm costs grows faster than its length; so its length is bounded (``provision_characters``)."""
    longest = Limits().provision_characters - 50
    text = DRAFT + "1. Орган " + FOOD[name] * (longest // len(FOOD[name]))
    start = time.process_time()
    examiner.examine(Dossier(ru=source(text)), Options(force=True))
    assert time.process_time() - start < 10
