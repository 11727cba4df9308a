"""Status register of acts: table → rows → JSON that ``examine`` loads; acts looked up as a draft cites them.

Reads: bytes of a table, or of the JSON made of one. Writes: ``ActsRegister``. ``sha256`` is over the acts themselves.
Without a register nothing is claimed about other acts (DESIGN 2).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.references.citation import CitedAct
from nlp.register.columns import Columns, find_columns, headings_of
from nlp.register.kept import WrongRow, dump, hash_of, load, values_of
from nlp.register.table import Row, is_formula, read_table
from nlp.structure.forms import form_of_title, form_of_word
from nlp.structure.wording import fold

KIND = "acts"
_CHARACTERS = 2_000
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T].*)?")
_POINTED = re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})(?:\s*(?:г|ж)\.?)?")


class Status(StrEnum):
    """Whether an act is in force."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class RegisteredAct:
    """One act; "" where the register says nothing. Dates are ISO, ``form`` is the id of a form of act."""

    name_ru: str = ""
    name_kk: str = ""
    form: str = ""
    date: str = ""
    number: str = ""
    status: Status = Status.IN_FORCE
    repealed: str = ""
    replaced_by: str = ""

    def name(self, language: str) -> str:
        """The name in a language, else in the other one."""
        return (self.name_kk or self.name_ru) if language == "kk" else (self.name_ru or self.name_kk)


_FIELDS = tuple(field.name for field in fields(RegisteredAct))


class ActsRegister:
    """Acts looked up by number and date, or by name."""

    def __init__(self, acts: Iterable[RegisteredAct]) -> None:
        self.acts = tuple(sorted(acts, key=lambda act: (act.date, act.number, act.name_ru, act.name_kk, act.form)))
        self.sha256 = hash_of(self.acts)
        self._by_number: dict[str, list[RegisteredAct]] = defaultdict(list)
        self._by_name: dict[str, list[RegisteredAct]] = defaultdict(list)
        self._by_day: dict[tuple[str, str], list[RegisteredAct]] = defaultdict(list)
        for act in self.acts:
            if act.number:
                self._by_number[plain_number(act.number)].append(act)
            self._by_day[act.form, act.date].append(act)
            for name in {plain_name(act.name_ru), plain_name(act.name_kk)} - {""}:
                self._by_name[name].append(act)

    def find(self, cited: CitedAct) -> tuple[RegisteredAct, ...]:
        """Acts that a citation names: number and date agree, or the whole name does; forms must not differ."""
        if cited.number:
            found = [a for a in self._by_number.get(plain_number(cited.number), ()) if cited.date in ("", a.date)]
        else:
            found = self._by_name.get(plain_name(cited.name), []) if cited.name else []
        return tuple(act for act in found if cited.form in ("", act.form) or not act.form)

    def same_day(self, cited: CitedAct) -> tuple[RegisteredAct, ...]:
        """Acts of the cited form and date, whatever their number."""
        return tuple(self._by_day.get((cited.form, cited.date), ())) if cited.form and cited.date else ()


def plain_number(number: str) -> str:
    """«77-V» and «77 – В», «77/НҚ» and «77/нқ» are one number."""
    return re.sub(r"[^\w/-]", "", fold(number)).replace("v", "в")


def plain_name(name: str) -> str:
    """A name as letters and figures only."""
    return "".join(char for char in fold(name) if char.isalnum())


@dataclass(frozen=True, slots=True)
class ImportedActs:
    """What became of a table."""

    register: ActsRegister
    columns: Columns
    wrong: tuple[WrongRow, ...]


def import_acts(data: bytes, name: str = "", limits: Limits | None = None) -> ImportedActs:
    """Table → register and the rows left out. Raises ``ReadingError`` as ``read_table`` and ``find_columns`` do, and
    ``register.acts_nothing_right`` when no row is whole."""
    rows = read_table(data, name, limits)
    columns = find_columns(rows, KIND)
    kept: dict[tuple[str, str, str, str], RegisteredAct] = {}
    wrong: list[WrongRow] = []
    for row in rows:
        if row.line <= columns.line:
            continue
        made = _act(row, columns)
        if isinstance(made, RegisteredAct):
            key = (made.form, made.date, plain_number(made.number), "" if made.number else plain_name(made.name("ru")))
            if key in kept and kept[key] != made:
                made = WrongRow(row.line, "register.row_act_twice", made.number or made.name("ru")[:40])
            else:
                kept[key] = made
        if isinstance(made, WrongRow):
            wrong.append(made)
    if not kept:
        raise ReadingError("register.acts_nothing_right", line=wrong[0].line if wrong else columns.line)
    return ImportedActs(ActsRegister(kept.values()), columns, tuple(wrong))


def dump_acts(register: ActsRegister) -> str:
    """The register as the file that ``load_acts`` reads."""
    return dump(KIND, register, register.acts)


def load_acts(data: bytes, limits: Limits | None = None) -> ActsRegister:
    """JSON → register. Raises ``ReadingError`` (``register.acts_damaged``): not of this form, or changed since."""
    return load(data, KIND, lambda rows: ActsRegister(map(_of_json, rows)), "register.acts_damaged", limits)


def _of_json(entry: Mapping[str, Any]) -> RegisteredAct:
    values: dict[str, Any] = values_of(entry, _FIELDS, _CHARACTERS)
    return RegisteredAct(**{**values, "status": Status(values["status"])})


def _act(row: Row, columns: Columns) -> RegisteredAct | WrongRow:
    values = {field: columns.value(row, field) for field in _FIELDS}
    for value in values.values():
        if is_formula(value):
            return WrongRow(row.line, "register.row_formula", value[:40])
        if len(value) > _CHARACTERS:
            return WrongRow(row.line, "register.row_too_long", value[:40])
    status = _status(values["status"])
    if status is None:
        return WrongRow(row.line, "register.row_no_status", values["status"][:40])
    for field in ("date", "repealed"):
        day = iso_day(values[field])
        if day is None:
            return WrongRow(row.line, "register.row_no_date", values[field][:40])
        values[field] = day
    if not any(re.search(r"\w{3}", values[field]) for field in ("name_ru", "name_kk")):
        return WrongRow(row.line, "register.row_act_no_name", values["number"][:40])
    values["number"] = values["number"].lstrip("№N ").strip()
    form = _form(values["form"], values["name_ru"], values["name_kk"])
    return RegisteredAct(
        name_ru=_bare(values["name_ru"]),
        name_kk=_bare(values["name_kk"]),
        form=form,
        date=values["date"],
        number=values["number"],
        status=status,
        repealed=values["repealed"],
        replaced_by=values["replaced_by"],
    )


def _status(words: str) -> Status | None:
    known: Mapping[str, list[str]] = headings_of(KIND)["statuses"]
    folded = fold(words).strip(" .")
    return next((Status(status) for status, names in known.items() if folded in names), None)


def iso_day(words: str) -> str | None:
    """«18.11.2015», «2015-11-18» → "2015-11-18"; "" for nothing, None for what is no day of a calendar."""
    if not words:
        return ""
    found = _ISO.fullmatch(words) or _POINTED.fullmatch(words)
    if found is None:
        return None
    year, month, day = (int(found.group(part)) for part in "ymd")
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _form(words: str, name_ru: str, name_kk: str) -> str:
    """The form that the column names, else the one the names begin or end with."""
    for text in (words, name_ru, name_kk):
        found = form_of_title(text, "act") if text else None
        if found is not None:
            return found.id
    first = words.split()
    return (form_of_word(first[0]) or "") if first else ""


def _bare(name: str) -> str:
    """The name in quotation marks where it has them: «Закон РК «О …»» is cited as «О …»."""
    found = re.search(r"[«\"“](.{3,}?)[»\"”]\s*(?:\w|$)", name) if len(re.findall(r"[«\"“]", name)) == 1 else None
    return found.group(1) if found else name
