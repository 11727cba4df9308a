"""Which column of a table holds what: headings in Russian and Kazakh are data (``data/<register>.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nlp.errors import ReadingError
from nlp.register.table import Row

_HEADING_ROWS = 15  # a table may have a title above its headings


@dataclass(frozen=True, slots=True)
class Columns:
    """``at``: field → number of its column; ``headings``: field → what stands above it, to be told to the user."""

    line: int
    at: Mapping[str, int]
    headings: Mapping[str, str]

    def value(self, row: Row, field: str) -> str:
        """The cell of a field; "" where the table has no such column or the row is short."""
        place = self.at.get(field, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else ""


def find_columns(rows: Sequence[Row], register: str) -> Columns:
    """The heading row and its columns. Raises ``ReadingError("register.no_columns")`` naming the fields not found."""
    wanted = headings_of(register)
    best = max((_match(row, wanted["fields"]) for row in rows[:_HEADING_ROWS]), key=lambda found: len(found.at))
    needed = wanted["needed"]
    missing = [" | ".join(group) for group in needed if not any(field in best.at for field in group)]
    if missing:
        known = "; ".join(f"{field}: {', '.join(words)}" for field, words in wanted["fields"].items())
        raise ReadingError("register.no_columns", missing=", ".join(missing), known=known)
    return best


@cache
def headings_of(register: str) -> Mapping[str, Any]:
    """Fields of a register with the headings they are known by."""
    text = resources.files("nlp.register").joinpath("data").joinpath(f"{register}.yaml").read_text("utf-8")
    data: Mapping[str, Any] = yaml.safe_load(text)
    return data


def _match(row: Row, fields: Mapping[str, Sequence[str]]) -> Columns:
    """A heading that is the very words of a field wins over one that begins with them."""
    at: dict[str, int] = {}
    for exact in (True, False):
        for place, cell in enumerate(row.cells):
            if place in at.values():
                continue
            for field, words in fields.items():
                if field not in at and _is(_folded(cell), words, exact):
                    at[field] = place
                    break
    return Columns(row.line, at, {field: row.cells[place] for field, place in at.items()})


def _is(cell: str, words: Sequence[str], exact: bool) -> bool:
    folded = [_folded(each) for each in words]
    return cell in folded if exact else any(cell.startswith(each) for each in folded)


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е").strip(" .:*№")
