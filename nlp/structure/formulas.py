"""Formulas of acts: phrases, forms, words of units and tables of citation, read from ``data/{ru,kk}.yaml``.

Phrases of both languages are compiled into one expression per group, so that structuring does not depend on guessing
the language of a line first. How phrases are written is explained at the head of ``data/ru.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("ru", "kk")
NUMBER = r"\d{1,4}(?:\s?[-–‑]\s?\d{1,3})*[⁰¹²³⁴-⁹]*"

_SUGAR = re.compile(r"\[[^\]]*\]|(?<=[\w)])(?<!\\[wWsSdD])\*| … |…| \?| |#")


def phrase(text: str) -> str:
    """One phrase of the data files as a regular expression over folded text (see ``wording.fold``)."""
    swap = {"*": r"\w*", " … ": r"\s(?:.{0,400}?\s)?", "…": r".{0,400}?", " ?": r"\s*", " ": r"\s+", "#": NUMBER}
    return _SUGAR.sub(lambda found: swap.get(found.group(), found.group()), text)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of act («приказ», «Правила») in one language; ``level`` is ``act`` or ``document``."""

    id: str
    language: str
    level: str
    names: tuple[str, ...]
    cases: Mapping[str, str]
    possessive: Mapping[str, str]
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Formulas:
    """All formulas. ``groups`` maps a dotted name of the data («stamps.annex») to the expression of both languages."""

    groups: Mapping[str, re.Pattern[str]]
    forms: tuple[Form, ...]
    data: Mapping[str, Mapping[str, Any]]

    def has(self, group: str, folded: str) -> bool:
        """Whether any phrase of ``group`` occurs in the folded text; raises ``KeyError`` for an unknown group."""
        return self.groups[group].search(folded) is not None

    def form(self, form_id: str, language: str) -> Form | None:
        """The form with this id in this language, or None."""
        return next((form for form in self.forms if form.id == form_id and form.language == language), None)


@lru_cache(maxsize=1)
def formulas() -> Formulas:
    """Read and compile the data once."""
    data = {code: _read(code) for code in LANGUAGES}
    groups: dict[str, list[str]] = {}
    for content in data.values():
        for name, phrases in _groups(content):
            groups.setdefault(name, []).extend(phrases)
    compiled = {
        name: re.compile("|".join(f"(?:{phrase(p)})" for p in found)) for name, found in groups.items() if found
    }
    forms = tuple(_form(row, code) for code, content in data.items() for row in content["forms"])
    return Formulas(compiled, forms, data)


def _read(code: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / f"{code}.yaml").read_text("utf-8"))
    return content


_GROUPED = ("head", "stamps", "order_roles", "roles", "amendments", "numbered_parts")


def _groups(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    found = [(name, content[name]) for name in ("signature", "not_a_label")]
    found += [("enacting", phrases) for phrases in content["enacting"].values()]
    found += [(f"enacting.{form}", phrases) for form, phrases in content["enacting"].items()]
    found += [(f"{room}.{name}", phrases) for room in _GROUPED for name, phrases in content[room].items()]
    found += [(name, [rf"^{word}\W*$" for word in content[name]]) for name in ("contents",)]
    found += [("note", [rf"^{word}\s?[.:]?(\s|$)" for word in content["note"]])]
    return found


def _form(row: Mapping[str, Any], language: str) -> Form:
    return Form(
        row["id"], language, row["level"], tuple(row["names"]), row["cases"], row.get("possessive", {}),
        bool(row.get("anywhere", False)),
    )  # fmt: skip
