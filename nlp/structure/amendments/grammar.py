"""The words of amendments, read from ``data/amendments.{ru,kk}.yaml`` and compiled once per language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.structure.act import UnitKind
from nlp.structure.formulas import LANGUAGES, formulas, phrase
from nlp.structure.operations import Piece
from nlp.structure.ordinals import ordinal
from nlp.structure.wording import fold

FIGURE = r"\d{1,4}(?:\.\d{1,3}){0,3}(?:\s?[-–‑]\s?\d{1,3}(?![\d.]*\)?\s*[-–]?\s*\d{4}))*[⁰¹²³⁴-⁹]*\)?"
LETTER = r"[а-яәғқңөұүһіa-z]\)"
ROMAN = r"[ivxlcіх]{1,7}(?!\w)"
_MOST = 199  # ordinals in words that are read
_KAZAKH = re.compile(r"[әғқңөұүһ]")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled words of one language; see the data for what each group means."""

    language: str
    data: Mapping[str, Any]
    verbs: tuple[tuple[str, re.Pattern[str]], ...]
    marks: tuple[tuple[str, re.Pattern[str]], ...]
    fillers: frozenset[str]
    conjunctions: re.Pattern[str]
    any_verb: re.Pattern[str]
    ordinals: Mapping[str, tuple[int, frozenset[str]]]


@lru_cache(maxsize=len(LANGUAGES))
def grammar(language: str) -> Grammar:
    """The grammar of "ru" or "kk"; raises ``FileNotFoundError`` for another language."""
    text = (files("nlp.structure") / "data" / f"amendments.{language}.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    verbs = tuple((name, _any(found)) for name, found in data["verbs"].items())
    marks = tuple((name, _any(found)) for name, found in data["marks"].items())
    readable = [found for name, found in data["verbs"].items() if name != "unreadable"]
    return Grammar(
        language,
        data,
        verbs,
        marks,
        frozenset(data["fillers"]),
        re.compile("|".join(rf"{re.escape(word)}(?!\w)" for word in _longest(data["conjunctions"]))),
        _any([p for found in readable for p in found], "(?<!\\w)"),
        _ordinals(language),
    )


def _any(phrases: Iterable[str], before: str = "") -> re.Pattern[str]:
    return re.compile(before + "(?:" + "|".join(f"(?:{phrase(p)})" for p in phrases) + r")(?!\w)")


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def unit_of(name: str) -> UnitKind | Piece:
    """The kind of unit, or of piece, that a name of the data means."""
    return UnitKind(name) if name in UnitKind._value2member_map_ else Piece(name)


def language_of_words(folded: str, default: str) -> str:
    """Language of an instruction: the words of amendments tell it even where no Kazakh letter does («5-бапта:»)."""
    bare = re.sub(r"[«“„\"][^»”“\"]*[»”“\"]|№\s*\S+", " ", folded)  # «№ 17-ө» stands in Russian texts, too
    if _KAZAKH.search(bare) or _kazakh_words().search(bare):
        return "kk"
    return "ru" if re.search(r"[а-я]", bare) else default


@lru_cache(maxsize=1)
def _kazakh_words() -> re.Pattern[str]:
    data = grammar("kk").data
    stems = "|".join(_longest(stem for found in data["units"].values() for stem in found if stem != "абзац"))
    verbs = "|".join(phrase(p) for found in data["verbs"].values() for p in found)
    return re.compile(rf"\d\)?\s?-?\s?(?:{stems})|{verbs}|(?<!\w)деген|(?:інші|ыншы|екінші)(?!\w)")


def _ordinals(language: str) -> dict[str, tuple[int, frozenset[str]]]:
    """Ordinal word → value and the cases it may stand in."""
    found: dict[str, tuple[int, set[str]]] = {}
    if language == "kk":
        return {fold(ordinal(value, "kk")): (value, frozenset()) for value in range(1, _MOST + 1)}
    cases = formulas().data["ru"]["citation"]["draft"]
    for value in range(1, _MOST + 1):
        for gender in "mfn":
            for case in cases:
                word = fold(ordinal(value, "ru", gender, case))
                found.setdefault(word, (value, set()))[1].add(case)
                if gender == "m" and case == "gen":
                    found.setdefault(word, (value, set()))[1].add("gen")
    return {word: (value, frozenset(cases)) for word, (value, cases) in found.items()}


@lru_cache(maxsize=len(LANGUAGES))
def number_item(language: str) -> str:
    """One number of a unit as an expression: figures, a letter, Roman figures, an ordinal in words."""
    table = formulas().data[language]["ordinals"]
    last = grammar(language).data["last"]
    if language == "kk":
        tens = "|".join(_longest(table["tens_cardinal"].values()))
        hundreds = "|".join(_longest(table["hundreds_cardinal"].values()))
        words = "|".join(_longest([*table["units"], *table["tens"].values()]))
        return rf"(?:{FIGURE}|{LETTER}|(?:(?:{hundreds})\s+)?(?:(?:{tens})\s+)?(?:{words})(?!\w)|{last}(?!\w)|{ROMAN})"
    stems = "|".join(_longest([*table["units"], *table["tens"].values()]))
    tens = "|".join([*table["tens_cardinal"].values(), *table["hundreds_cardinal"].values()])
    return rf"(?:{FIGURE}|{LETTER}|(?:(?:{tens})\s+)*(?:{stems}|{last})[а-я]{{1,3}}(?!\w)|{ROMAN})"
