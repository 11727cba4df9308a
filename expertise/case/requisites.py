"""Requisites of a dossier: fields, what may stand in them, what is still empty (methodology 1.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from expertise.case.states import CaseError

LONGEST = 20_000  # characters of one field
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """One requisite. ``asked``: an empty one is named in the list of what is missing; ``choices``: what may stand in it
    where it is no free text; ``anew``: a repeat expertise has its own."""

    key: str
    kind: str
    asked: bool = True
    choices: tuple[str, ...] = ()
    anew: bool = False


@cache
def fields() -> tuple[Field, ...]:
    """All requisites in the order of a conclusion."""
    raw = yaml.safe_load(files("expertise.case").joinpath("requisites.yaml").read_text(encoding="utf-8"))
    return tuple(
        Field(
            entry["key"],
            entry["kind"],
            asked=entry.get("asked", True),
            choices=tuple(entry.get("of", ())),
            anew=entry.get("anew", False),
        )
        for entry in raw
    )


def carried_on(given: Mapping[str, str]) -> dict[str, str]:
    """What a repeat expertise of the same draft begins with."""
    left = {field.key for field in fields() if field.anew}
    return {key: words for key, words in given.items() if key not in left}


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """The given requisites, trimmed. Raises ``CaseError``: unknown field, too long, no date, no number, no choice of
    the list."""
    known = {field.key: field for field in fields()}
    result = {}
    for key, words in given.items():
        if key not in known:
            raise CaseError("expertise.unknown_requisite", field=key)
        words = words.replace("\r\n", "\n").strip()
        if len(words) > LONGEST:
            raise CaseError("expertise.requisite_too_long", field=key, limit=LONGEST)
        if words and known[key].kind == "date":
            _check_date(key, words)
        if words and known[key].kind == "number" and not _NUMBER.fullmatch(words):
            raise CaseError("expertise.requisite_number", field=key, value=words[:40])
        if words and known[key].choices and words not in known[key].choices:
            raise CaseError("expertise.requisite_choice", field=key, value=words[:40])
        result[key] = words
    return result


def _check_date(key: str, words: str) -> None:
    try:
        date.fromisoformat(words)
    except ValueError as error:
        raise CaseError("expertise.requisite_date", field=key, value=words[:40]) from error


def spheres() -> tuple[str, ...]:
    """What a draft may be about, in the order shown; reports and maps are drawn up by these."""
    return next(field.choices for field in fields() if field.key == "sphere")


def empty(given: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of requisites that a conclusion would print as «___»."""
    return tuple(field.key for field in fields() if field.asked and not given.get(field.key, "").strip())
