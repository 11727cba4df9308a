"""Words of the documents in one language, from ``texts/{ru,kk}.yaml``.

Reads: data files. Writes: filled texts. A missing key is a fault of the data and raises ``KeyError``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("ru", "kk")
DRAFT, IN_FORCE = "draft", "act_in_force"
"""Kinds of cases: the expertise of a draft, the internal analysis of risks of an act in force."""

_BLANK = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one language; keys are dotted paths: ``preliminary.severity.high``."""

    language: str
    entries: Mapping[str, Any]

    def say(self, key: str, **blanks: object) -> str:
        """One text with its blanks filled, in one pass: a brace inside a value stays a brace. Others stay open."""
        text = self._at(key)
        if not isinstance(text, str):
            raise KeyError(f"{self.language}: {key} is not a text")
        return _filled(text, blanks)

    def lines(self, key: str, **blanks: object) -> tuple[str, ...]:
        """A text of several lines with its blanks filled."""
        found = self._at(key)
        if not isinstance(found, list):
            raise KeyError(f"{self.language}: {key} is not a list")
        return tuple(_filled(str(line), blanks) for line in found)

    def known(self, key: str, default: str) -> str:
        """A text that other rooms may have no word for yet."""
        try:
            return self.say(key)
        except KeyError:
            return default

    def _at(self, key: str) -> Any:
        found: Any = self.entries
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise KeyError(f"{self.language}: {key}")
            found = found[part]
        return found


def _filled(text: str, blanks: Mapping[str, object]) -> str:
    return _BLANK.sub(lambda found: str(blanks.get(found[1], found[0])), text)


@cache
def words(language: str, kind: str = DRAFT) -> Words:
    """Words of ``ru`` or ``kk``; those of an act in force lie over those of a draft. Raises ``ValueError`` for another
    language."""
    if language not in LANGUAGES:
        raise ValueError(f"no documents in language {language!r}")
    if kind == DRAFT:
        source = files("expertise.documents.texts").joinpath(f"{language}.yaml")
        return Words(language, yaml.safe_load(source.read_text(encoding="utf-8")))
    usual = words(language).entries
    return Words(language, _laid_over(usual, usual.get(kind, {})))


def words_for(content: Mapping[str, Any], language: str) -> Words:
    """Words for the kind of case that the content of a conclusion is of."""
    return words(language, content["case"].get("kind", DRAFT))


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    both = {name: _laid_over(under[name], text) if isinstance(text, Mapping) else text for name, text in over.items()}
    return {**under, **both}


def factor_name(factor: str, language: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """Name of a factor in this language, else in the other one, else its id."""
    known = names.get(factor, {})
    return known.get(language) or next((name for _, name in sorted(known.items()) if name), factor)


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
