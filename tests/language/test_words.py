"""Lemmas and tags of single words, both languages; the tables stand beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.language import of


def table(name: str) -> list[tuple[str, str, tuple[str, ...], frozenset[str]]]:
    rows = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, lemma, others, tags = [*line.split("\t"), ""][:4]
            rows.append((word, lemma, tuple(filter(None, others.split("|"))), frozenset(tags.split())))
    return rows


RUSSIAN = table("ru_words.tsv")
KAZAKH = table("kk_words.tsv")


@pytest.mark.parametrize(("word", "lemma", "others", "tags"), RUSSIAN, ids=[row[0] for row in RUSSIAN])
def test_russian_word(word: str, lemma: str, others: tuple[str, ...], tags: frozenset[str]) -> None:
    (token,) = of("ru").analyse(word)
    assert token.lemma == lemma
    assert set(others) <= set(token.lemmas)
    assert tags <= token.tags


@pytest.mark.parametrize(("word", "lemma", "others", "tags"), KAZAKH, ids=[row[0] for row in KAZAKH])
def test_kazakh_word(word: str, lemma: str, others: tuple[str, ...], tags: frozenset[str]) -> None:
    (token,) = of("kk").analyse(word)
    assert token.lemma == lemma
    assert set(others) <= set(token.lemmas)
    assert tags <= token.tags


def test_tables_are_large_enough() -> None:
    assert len(RUSSIAN) >= 120
    assert len(KAZAKH) >= 120


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("саясат", "сая"),
        ("және", "жә"),
        ("табыс", "таб"),
        ("қаражат", "қаражау"),
        ("баға", "бақ"),
        ("сала", "салу"),
        ("алдын", "алу"),
        ("жағдай", "жақ"),
        ("келісім", "келіс"),
        ("орынбасар", "орынбасу"),
    ],
)
def test_kazakh_word_is_not_cut_too_short(word: str, wrong: str) -> None:
    assert of("kk").lemmas(word)[0] != wrong


@pytest.mark.parametrize("tag", ["neg", "pass"])
def test_negation_and_passive_are_not_invented(tag: str) -> None:
    for word in ("мемлекет", "мәслихат", "мазмұн", "маңызды", "қызмет", "талап", "жарғы", "береді", "қарайды"):
        (token,) = of("kk").analyse(word)
        assert tag not in token.tags, word


def test_lemmas_of_unknown_words_are_never_empty() -> None:
    for code in ("ru", "kk"):
        for word in ("бвгджз", "ъ", "х", "Zzz", "абвгдеёжзий", "№"):
            assert of(code).lemmas(word)


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en"):
        of("en")
