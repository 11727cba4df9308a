"""Words of comparative tables in both languages, read from ``data/comparative.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.structure.formulas import LANGUAGES, phrase
from nlp.structure.wording import fold

_EDGES = ' \t\n\u00a0.,;:*_«»"“”()'


@dataclass(frozen=True, slots=True)
class TableWords:
    """``columns``: name of a column → language → expression; ``cells``: kind of short cell → expression; ``title``."""

    columns: Mapping[str, Mapping[str, re.Pattern[str]]]
    cells: Mapping[str, re.Pattern[str]]
    title: re.Pattern[str]
    of_draft: tuple[re.Pattern[str], ...]
    data: Mapping[str, Mapping[str, Any]]

    def column(self, text: str) -> tuple[str, str] | None:
        """(name, language) of the column that a cell of a head names, or None. Names are those of the data."""
        bare = plain(text)
        for name, languages in self.columns.items():
            for language, pattern in languages.items():
                if pattern.search(bare):
                    return name, language
        return None

    def cell(self, text: str) -> str:
        """ "absent", "removed", "unchanged", or "" for real wording."""
        bare = plain(text)
        if len(bare) > _LONGEST_SHORT:
            return ""
        return next((name for name, pattern in self.cells.items() if pattern.search(bare)), "")

    def is_title(self, text: str) -> bool:
        """Whether a line says that a comparative table follows."""
        return len(text) <= _LONGEST_TITLE and self.title.search(plain(text)) is not None


_LONGEST_SHORT = 120  # characters of «подпункт 3) пункта 2 статьи 5 исключить»
_LONGEST_TITLE = 600
# A cell of the head is asked for these columns in this order: «обоснование предлагаемой редакции» is a reason.
_ORDER = ("number", "reason", "current", "proposed", "proposed_weak", "unit")


def plain(text: str) -> str:
    """The cell folded, on one line, without marks around it: «Действующая\\nредакция.» → «действующая редакция»."""
    return " ".join(fold(text).split()).strip(_EDGES)


@lru_cache(maxsize=1)
def table_words() -> TableWords:
    """Read and compile the data once."""
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "comparative.yaml").read_text("utf-8"))
    columns = {name: {code: _joined(data[code]["columns"][name]) for code in LANGUAGES} for name in _ORDER}
    kinds = tuple(data["ru"]["cells"])
    cells = {kind: _joined([words for code in LANGUAGES for words in data[code]["cells"][kind]]) for kind in kinds}
    title = _joined([words for code in LANGUAGES for words in data[code]["title"]])
    drafts = tuple(re.compile(phrase(data[code]["of_draft"])) for code in LANGUAGES)
    return TableWords(columns, cells, title, drafts, data)


def _joined(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase(words)})" for words in phrases))
