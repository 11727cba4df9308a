"""Readings the general dictionary lacks or gets wrong: data/ru_words.tsv and data/ru_reflexive.txt."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from nlp.language.analysis import Reading
from nlp.language.russian.tags import shared_tags

_DATA = Path(__file__).parent.parent / "data"


class Corrections(NamedTuple):
    """``readings``: form → reading; ``preferred``: form → first lemma; ``reflexive``: -ся verbs, no passives."""

    readings: dict[str, Reading]
    preferred: dict[str, str]
    reflexive: frozenset[str]
    models: dict[str, str]

    def paradigm(self, lemma: str) -> list[tuple[str, Any]]:
        """Forms of a word that the table declines like a model, with pymorphy tags."""
        return forms_like(lemma, self.models[lemma])


@lru_cache(maxsize=1)
def corrections() -> Corrections:
    """The tables, read once."""
    readings: dict[str, Reading] = {}
    preferred: dict[str, str] = {}
    models: dict[str, str] = {}
    for line in (_DATA / "ru_words.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, word, value = line.split("\t")
        if kind == "like":
            models[word] = value
            for form, reading in paradigm_like(word, value).items():
                readings.setdefault(form, reading)
        elif kind == "fixed":
            readings[word] = Reading((word,), frozenset(value.split()) | {"fixed"})
        else:
            preferred[word] = value
    reflexive = (_DATA / "ru_reflexive.txt").read_text(encoding="utf-8").split()
    return Corrections(readings, preferred, frozenset(reflexive), models)


def paradigm_like(word: str, model: str) -> dict[str, Reading]:
    """All forms of ``word`` declined as ``model`` is («аким» as «депутат»).

    Raises ``ValueError`` when the model is unknown or the two do not end alike.
    """
    readings: dict[str, Reading] = {}
    for form, tag in forms_like(word, model):  # the nominative and the genitive come before the accusative
        readings.setdefault(form, Reading((word,), shared_tags(tag)))
    return readings


def forms_like(word: str, model: str) -> list[tuple[str, Any]]:
    """Pairs of form and pymorphy tag, the dictionary form first."""
    from nlp.language.russian.analyser import morphology

    parses = [parse for parse in morphology().parse(model) if parse.normal_form == model]
    if not parses or not morphology().word_is_known(model):
        raise ValueError(f"ru_words.tsv: model {model!r} is not in the dictionary")
    # Comparative and superlative forms («новее», «наиновейший») are left out: acts do not grade these words.
    lexeme = [form for form in parses[0].lexeme if form.tag.POS != "COMP" and "Supr" not in form.tag]
    stem = _common_start([form.word for form in lexeme])
    ending = model[len(stem) :]
    if ending and not word.endswith(ending):
        raise ValueError(f"ru_words.tsv: {word!r} does not end as {model!r} does")
    base = word[: len(word) - len(ending)] if ending else word
    return [(base + form.word[len(stem) :], form.tag) for form in lexeme]


def _common_start(words: list[str]) -> str:
    """The longest beginning that all words share."""
    first, last = min(words), max(words)
    length = 0
    while length < len(first) and first[length] == last[length]:
        length += 1
    return first[:length]
