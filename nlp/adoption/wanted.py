"""Wanted: what a recommendation asks to be done with a norm – the norm as it would read, words to go, words to come.

Reads: the words of a recommendation (an expert's own or the machine's) and the patterns of its language
(``data/*.yaml``). Writes: ``Wanted``. A recommendation that says nothing of these is wanted as a whole wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import yaml

from nlp.structure.labels import read_label

_LONGEST = 20_000  # characters of a recommendation that are read


class Deed(StrEnum):
    """What is asked."""

    WORDING = "wording"  # the norm as a whole is to read so
    WORDS = "words"  # some words are to go or to be others
    SUPPLEMENT = "supplement"  # words are to be added
    DELETE = "delete"  # the unit is to go (and, maybe, a sentence to come)
    NOTHING = "nothing"  # no recommendation was given


@dataclass(frozen=True, slots=True)
class Wanted:
    """``wording``: the whole norm or the words to be added; ``swaps``: words that are to be others ("" – to go);
    ``label``: with which the proposed wording begins («12.», «3)»), it tells the level of the unit."""

    deed: Deed
    wording: str = ""
    swaps: tuple[tuple[str, str], ...] = ()
    label: str = ""


@lru_cache(maxsize=4)
def patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """Patterns of a language by name."""
    text = (files(__package__) / "data" / f"{language}.yaml").read_text("utf-8")
    return {name: re.compile(each, re.IGNORECASE | re.DOTALL) for name, each in yaml.safe_load(text).items()}


def wanted(recommendation: str, language: str, action: str = "") -> Wanted:
    """What a recommendation asks. ``action``: replace, delete or supplement, where the machine itself wrote it."""
    words = recommendation.strip()[:_LONGEST]
    if action == "delete" or not words:
        return Wanted(Deed.DELETE if action == "delete" else Deed.NOTHING)
    if action == "supplement":
        return Wanted(Deed.SUPPLEMENT, words)
    label, body = _label(words)
    if label:
        return Wanted(Deed.WORDING, body, label=label)
    return _instruction(words, language) or Wanted(Deed.WORDING, body)


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
    rewritten = _of(found["rewrite"], "new")
    if rewritten:
        label, body = _label(rewritten)
        return Wanted(Deed.WORDING, body, label=label)
    return Wanted(Deed.NOTHING) if found["direction"] is not None else None


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
