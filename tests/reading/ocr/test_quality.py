"""Poor pages are known by their confidence and by words that no dictionary has."""

from __future__ import annotations

import pytest

from nlp.reading.ocr_quality import is_known, quality_of

RUSSIAN, KAZAKH, NONSENSE = (
    text.split()
    for text in (
        "Уполномоченный орган принимает решение о выдаче разрешения в течение десяти рабочих дней",
        "Уәкілетті орган рұқсат беру туралы шешімді он жұмыс күні ішінде қабылдайды және жариялайды",
        "Хлрёфф мкчу прнщъ ываолд гшрык цущкз жлопр мнбвц фыщз тклмн ъзхж",
    )
)


@pytest.mark.parametrize("words", [RUSSIAN, KAZAKH])
def test_good_pages(words: list[str]) -> None:
    quality = quality_of((word, 95) for word in words)
    assert quality.known > 0.9 and quality.confidence == 95
    assert not quality.poor and not quality.hopeless


def test_low_confidence_is_poor() -> None:
    assert quality_of((word, 70) for word in RUSSIAN).poor
    assert quality_of((word, 40) for word in RUSSIAN).hopeless


def test_a_few_doubtful_words_make_a_page_poor() -> None:
    """A stamp over the text spoils some words, and the mean says nothing of it."""
    words = [(word, 95) for word in RUSSIAN * 8]
    spoilt = [("ср", 40), ("дств", 30), ("год", 55)]
    assert not quality_of([*words, *spoilt[:2]]).poor
    quality = quality_of([*words, *spoilt])
    assert quality.poor and quality.confidence > 90 and not quality.hopeless
    assert quality.shares[1] == ("doubtful", "3")
    assert not quality_of([*words * 2, *spoilt]).poor


def test_unknown_words_are_poor_whatever_the_confidence() -> None:
    quality = quality_of((word, 96) for word in NONSENSE)
    assert quality.poor and quality.hopeless


def test_the_better_of_two_readings() -> None:
    good, bad = (quality_of((word, 80) for word in words) for words in (RUSSIAN, NONSENSE))
    assert good.better > bad.better


def test_an_empty_page_is_not_poor_but_tells_nothing() -> None:
    quality = quality_of([])
    assert not quality.poor and quality.hopeless and quality.characters == 0


def test_figures_count_by_confidence_only() -> None:
    quality = quality_of([("12", 90), ("1)", 90), ("№", 10)])
    assert (quality.words, quality.characters, quality.confidence) == (0, 3, 90)


def test_compound_words() -> None:
    assert is_known("вице-министра") and not is_known("мкчу-прнщъ")
