"""Wanted: what a recommendation asks to be done with a norm – the norm as it would read, words to go, words to come.

Reads: the words of a recommendation (an expert's own or the machine's) and the patterns of its language
(``data/*.yaml``). Writes: ``Wanted``. A recommendation that says nothing of these is wanted as a whole wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import yaml

from nlp import language as languages
from nlp.structure.labels import read_label

_LONGEST = 20_000  # characters of a recommendation that are read
_HEAD = 120  # … to see whether it begins with what is to be done
_ADDRESSED = frozenset({"разработчик", "необходимо", "следует", "просим"})
_LANGUAGES = ("ru", "kk")


class Deed(StrEnum):
    """What is asked."""

    WORDING = "wording"  # the norm as a whole is to read so
    WORDS = "words"  # some words are to go or to be others
    SUPPLEMENT = "supplement"  # words are to be added
    DELETE = "delete"  # the unit is to go (and, maybe, a sentence to come)
    NOTHING = "nothing"  # no recommendation was given, or one in words that brings none of the norm


@dataclass(frozen=True, slots=True)
class Wanted:
    """``wording``: the whole norm or the words to be added; ``swaps``: words that are to be others ("" – to go);
    ``label``: with which the proposed wording begins («12.», «3)»), it tells the level of the unit; ``in_words``: what
    is to be done is told without a wording; ``may_go``: to strike the norm out is all that is asked or one of the ways
    that are."""

    deed: Deed
    wording: str = ""
    swaps: tuple[tuple[str, str], ...] = ()
    label: str = ""
    in_words: bool = False
    may_go: bool = False


@lru_cache(maxsize=4)
def patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """Patterns of a language by name."""
    text = (files(__package__) / "data" / f"{language}.yaml").read_text("utf-8")
    return {name: re.compile(each, re.IGNORECASE | re.DOTALL) for name, each in yaml.safe_load(text).items()}


@lru_cache(maxsize=2)
def of_removal(name: str) -> frozenset[str]:
    """``factors``: whose defect is gone where the norm is, whatever else was asked; ``between``: those of them that
    are a defect of two norms."""
    text = (files(__package__) / "data" / "removal.yaml").read_text("utf-8")
    return frozenset(yaml.safe_load(text)[name])


def wanted(recommendation: str, language: str, action: str = "", told: str = "") -> Wanted:
    """What a recommendation asks. ``action``: replace, delete or supplement, where the machine itself wrote it;
    ``told``: what stands beside the proposed wording in words, in either language."""
    words = recommendation.strip()[:_LONGEST]
    found = _asked(words, language, action)
    only_words = found.deed is Deed.NOTHING
    said = " ".join(each for each in (told[:_LONGEST], words if only_words else "") if each)
    goes = found.deed is Deed.DELETE or (bool(found.swaps) and all(not new for _, new in found.swaps))
    return replace(found, in_words=only_words and bool(said.strip()), may_go=goes or _strikes(said))


def _strikes(said: str) -> bool:
    """Whether the words name striking out, alone or among other ways."""
    return any(patterns(code)["strikes"].search(said) for code in _LANGUAGES)


def _asked(words: str, language: str, action: str) -> Wanted:
    if action == "delete" or not words:
        return Wanted(Deed.DELETE if action == "delete" else Deed.NOTHING)
    if action == "supplement":
        return Wanted(Deed.SUPPLEMENT, words)
    label, body = _label(words)
    if label:
        return Wanted(Deed.WORDING, body, label=label)
    return _instruction(words, language) or (
        Wanted(Deed.NOTHING) if _orders(words, language) else Wanted(Deed.WORDING, body)
    )


def _orders(words: str, language: str) -> bool:
    """Whether Russian words begin with what is to be done, as no norm does: «Сослаться на …», «Разработчику …»."""
    tokens = languages.of(language).analyse(words[:_HEAD]) if language == "ru" else ()
    first = next((t for t in tokens if t.text.isalpha() and t.lemma not in _ADDRESSED), None)
    return first is not None and "infinitive" in first.tags and "noun" not in first.tags


def _instruction(words: str, language: str) -> Wanted | None:
    found = {name: pattern.search(words) for name, pattern in patterns(language).items()}
    swaps = [(_of(m, "old"), _of(m, "new")) for m in patterns(language)["replace_words"].finditer(words)]
    swaps += [(_of(m, "old"), "") for m in patterns(language)["delete_words"].finditer(words)]
    if swaps:
        return Wanted(Deed.WORDS, swaps=tuple(swaps))
    added = _of(found["add_words"], "new")
    if found["delete_unit"] is not None:
        return Wanted(Deed.DELETE, added)
    if added:
        return Wanted(Deed.SUPPLEMENT, added)
    if _directs(words, language):
        return Wanted(Deed.NOTHING)
    rewritten = _of(found["rewrite"], "new")
    if rewritten:
        label, body = _label(rewritten)
        return Wanted(Deed.WORDING, body, label=label)
    return None


def _directs(words: str, language: str) -> bool:
    """Whether words, each sentence that quotes the norm by itself, tell what is to be done and bring no wording."""
    known = patterns(language)
    return all(known["direction"].search(each) for each in known["next"].split(words))


def _of(match: re.Match[str] | None, name: str) -> str:
    if match is None:
        return ""
    groups = match.groupdict()
    return (groups.get(name) or groups.get(f"{name}2") or "").strip()


def _label(words: str) -> tuple[str, str]:
    """The number with which a wording begins, and the rest."""
    inner = words.lstrip('«"“ ')
    label = read_label(inner)
    if label is None or label.style == "bullet":
        return "", words
    return inner[: label.length].strip(), inner[label.length :].strip().rstrip('»”"')
