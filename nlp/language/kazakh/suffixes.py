"""The table of endings (data/kk_suffixes.tsv) and every spelling each can have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final

_CHOICES: Final = {
    "A": "ае",
    "Y": "ыі",
    "Q": "қк",
    "G": "ғгқк",
    "L": "лдт",
    "D": "дт",
    "O": "ндт",
    "N": "ндт",
    "U": "днт",
    "I": "мбп",
    "M": "мбп",
}


@dataclass(frozen=True, slots=True)
class Suffix:
    """One ending: the slots it may follow (``after``), the slot it makes (``gives``), its template and tags."""

    name: str
    after: frozenset[str]
    gives: str
    template: str
    tags: frozenset[str]
    kind: str


@lru_cache(maxsize=1)
def suffixes() -> tuple[Suffix, ...]:
    """All endings in the order of the table."""
    path = Path(__file__).parent.parent / "data" / "kk_suffixes.tsv"
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, after, gives, template, tags, kind = line.split("\t")
            rows.append(Suffix(name, frozenset(after.split()), gives, template, frozenset(tags.split()), kind))
    return tuple(rows)


@lru_cache(maxsize=1)
def by_name() -> dict[str, Suffix]:
    """Ending by its name in the table."""
    return {suffix.name: suffix for suffix in suffixes()}


@lru_cache(maxsize=1)
def by_surface() -> dict[str, tuple[Suffix, ...]]:
    """Written form → the endings it may be."""
    table: dict[str, list[Suffix]] = {}
    for suffix in suffixes():
        for surface in surfaces(suffix.template):
            table.setdefault(surface, []).append(suffix)
    return {surface: tuple(found) for surface, found in table.items()}


def surfaces(template: str) -> frozenset[str]:
    """Every spelling of a template, harmony between its own letters not yet checked."""
    parts: list[tuple[str, ...]] = []
    index = 0
    while index < len(template):
        symbol = template[index]
        if symbol in "([":
            inner = template[index + 1]
            parts.append((*_CHOICES.get(inner, inner), ""))
            index += 3
            continue
        if symbol == "E":
            parts.append(("а", "е", "й", "и", "я"))
        elif symbol == "R":
            parts.append(("а", "е", "", "я"))
        elif symbol == "у" and index == 0:
            parts.append(("у", "ю"))
        else:
            parts.append(tuple(_CHOICES.get(symbol, symbol)))
        index += 1
    return frozenset("".join(choice) for choice in product(*parts))
