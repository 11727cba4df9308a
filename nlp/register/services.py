"""Register of public services: table → rows → JSON that ``examine`` loads.

Reads: bytes of a table, or of the JSON made of one. Writes: ``ServiceRegister``. ``sha256`` is over the services
themselves, so that the same register out of CSV and out of XLSX is one (methodology 3.2, criterion C7 of 3.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.register.columns import Columns, find_columns
from nlp.register.kept import WrongRow, dump, hash_of, load, values_of
from nlp.register.table import Row, is_formula, read_table

KIND = "services"
_CODE = re.compile(r"\d[\d.\- ]{1,30}\d")
_NAME_CHARACTERS = 1_000
_FIELDS = ("code", "name_ru", "name_kk", "provider", "result", "form")


@dataclass(frozen=True, slots=True)
class Service:
    """One row; a name may be missing in one of the languages."""

    code: str
    name_ru: str = ""
    name_kk: str = ""
    provider: str = ""
    result: str = ""
    form: str = ""

    def name(self, language: str) -> str:
        """The name in a language, else in the other one."""
        first, second = (self.name_kk, self.name_ru) if language == "kk" else (self.name_ru, self.name_kk)
        return first or second


@dataclass(frozen=True, slots=True)
class ServiceRegister:
    """Services in the order of their codes."""

    services: tuple[Service, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a table."""

    register: ServiceRegister
    columns: Columns
    wrong: tuple[WrongRow, ...]


def import_services(data: bytes, name: str = "", limits: Limits | None = None) -> Imported:
    """Table → register and the rows left out. Raises ``ReadingError`` as ``read_table`` and ``find_columns`` do, and
    ``register.nothing_right`` when no row is whole."""
    rows = read_table(data, name, limits)
    columns = find_columns(rows, KIND)
    kept: dict[str, Service] = {}
    wrong: list[WrongRow] = []
    for row in rows:
        if row.line <= columns.line:
            continue
        made = _service(row, columns)
        if isinstance(made, Service) and made.code in kept and kept[made.code] != made:
            made = WrongRow(row.line, "register.row_code_twice", made.code)
        if isinstance(made, WrongRow):
            wrong.append(made)
        else:
            kept[made.code] = made
    if not kept:
        raise ReadingError("register.nothing_right", line=wrong[0].line if wrong else columns.line)
    return Imported(_register(kept.values()), columns, tuple(wrong))


def dump_services(register: ServiceRegister) -> str:
    """The register as the file that ``load_services`` reads."""
    return dump(KIND, register, register.services)


def load_services(data: bytes, limits: Limits | None = None) -> ServiceRegister:
    """JSON → register. Raises ``ReadingError`` (``register.damaged``): not of this form, or changed since."""
    return load(data, KIND, lambda rows: _register([_of_json(row) for row in rows]), "register.damaged", limits)


def _of_json(entry: Mapping[str, Any]) -> Service:
    return Service(**values_of(entry, _FIELDS, _NAME_CHARACTERS))


def _register(services: Any) -> ServiceRegister:
    ordered = tuple(sorted(services, key=lambda service: (service.code, service.name_ru, service.name_kk)))
    return ServiceRegister(ordered, hash_of(ordered))


def _service(row: Row, columns: Columns) -> Service | WrongRow:
    values = {field: columns.value(row, field) for field in _FIELDS}
    for value in values.values():
        if is_formula(value):
            return WrongRow(row.line, "register.row_formula", value[:40])
        if len(value) > _NAME_CHARACTERS:
            return WrongRow(row.line, "register.row_too_long", value[:40])
    if not _CODE.fullmatch(values["code"]):
        return WrongRow(row.line, "register.row_no_code", values["code"][:40])
    if not any(re.search(r"\w{3}", values[field]) for field in ("name_ru", "name_kk")):
        return WrongRow(row.line, "register.row_no_name", values["code"])
    return Service(**values)
