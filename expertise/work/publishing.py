"""Open data of a year, counted at most once in a while and given out from memory in between.

Reads: drafts that count, of all cases. Writes: nothing.
"""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from expertise.case.open_data import JOINED, Cell, cells, passport
from expertise.case.periods import named
from expertise.documents.words import words
from expertise.messages import LANGUAGES, term
from expertise.office import Office
from expertise.people import MACHINE
from expertise.work.indicating import Selection, drafts

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Published:
    """The cells of a year and when they were counted."""

    year: int
    at: datetime
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class OpenData:
    """What was counted last, by year; safe for several threads."""

    office: Office
    _kept: dict[int, Published] = field(default_factory=dict)
    _room: threading.Lock = field(default_factory=threading.Lock)

    def of(self, year: int) -> Published:
        """The year as it was counted within the last ``open_data_minutes``. Raises ``CaseError`` for no year."""
        settings, now = self.office.settings, self.office.clock()
        with self._room:
            kept = self._kept.get(year)
            if kept is None or now - kept.at >= timedelta(minutes=settings.open_data_minutes):
                period = named(str(year))
                with self.office.database.reading() as session:
                    found = drafts(session, MACHINE, Selection(period))
                kept = self._kept[year] = Published(year, now, cells(found, settings.open_data_drafts))
        return kept


def rows(office: Office, published: Published) -> Iterator[dict[str, Any]]:
    """The cells with the fields of the passport; what is not published is null."""
    names = [each["name"] for each in passport()["fields"]]
    for cell in published.cells:
        told: dict[str, Any] = {"table": cell.table, "value": cell.value, **cell.counts}
        told |= {f"name_{code}": _name(office, cell, code) for code in LANGUAGES}
        yield {name: told.get(name) for name in names}


def as_csv(office: Office, published: Published) -> str:
    """The same as CSV (UTF-8, comma, a head line): a text that a table program would take for a formula is quoted."""
    stream = io.StringIO()
    names = [each["name"] for each in passport()["fields"]]
    writer = csv.DictWriter(stream, names, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(office, published):
        writer.writerow({name: _plain(value) for name, value in row.items()})
    return stream.getvalue()


def data_passport(office: Office, year: int, licence: str, publisher: str) -> Mapping[str, Any]:
    """What the data are: fields, period, licence, rule, the least number of drafts in a cell."""
    known, period = passport(), named(str(year))
    return {
        "title": known["title"],
        "about": known["about"],
        "publisher": publisher,
        "licence": licence,
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        "counted_every_minutes": office.settings.open_data_minutes,
        "least_drafts_in_a_cell": office.settings.open_data_drafts,
        "rule": {**{code: list(words(code).lines("counting.rule")) for code in LANGUAGES}, "en": known["rule_en"]},
        "fields": known["fields"],
    }


def _name(office: Office, cell: Cell, language: str) -> str:
    said = words(language)
    if cell.table == "all":
        return ""
    if not cell.value:
        return said.say("certificate.unstated")
    if cell.value == JOINED:
        return said.say("certificate.joined")
    if cell.table == "sphere":
        return term("sphere", cell.value, language)
    if cell.table == "act_form":
        return said.known(f"act_forms.{cell.value}", cell.value)
    if cell.table == "factor":
        return office.factors.get(cell.value, {}).get(language, cell.value)
    return cell.value


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
