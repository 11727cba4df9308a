"""Register of public services: table → rows → JSON that ``examine`` loads.

Reads: bytes of a table, or of the JSON made of one. Writes: ``ServiceRegister``. ``sha256`` is over the services
themselves, so that the same register out of CSV and out of XLSX is one (methodology 3.2, criterion C7 of 3.3).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.register.columns import Columns, find_columns
from nlp.register.table import Row, is_formula, read_table

KIND = "services"
FORMAT = 1
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
class WrongRow:
    """A row that was left out; ``code`` names a message, its blanks are ``line`` and ``value``."""

    line: int
    code: str
    value: str


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
    body = {
        "kind": KIND,
        "format": FORMAT,
        "sha256": register.sha256,
        "services": [asdict(service) for service in register.services],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def load_services(data: bytes, limits: Limits | None = None) -> ServiceRegister:
    """JSON → register. Raises ``ReadingError``: ``reading.file_too_large``, ``register.damaged`` (not of this form, or
    changed since it was made)."""
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise ReadingError("register.damaged", reason="bytes")
    try:
        body = json.loads(data.decode("utf-8"))
        if body["kind"] != KIND or body["format"] != FORMAT:
            raise ReadingError("register.damaged", reason="format")
        register = _register([_of_json(entry) for entry in body["services"]])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ReadingError("register.damaged", reason="JSON") from None
    if register.sha256 != body.get("sha256"):
        raise ReadingError("register.damaged", reason="sha256")
    return register


def _of_json(entry: Mapping[str, Any]) -> Service:
    values = {field: entry[field] for field in _FIELDS}
    if not all(isinstance(value, str) and len(value) <= _NAME_CHARACTERS for value in values.values()):
        raise ValueError(entry)
    return Service(**values)


def _register(services: Any) -> ServiceRegister:
    ordered = tuple(sorted(services, key=lambda service: (service.code, service.name_ru, service.name_kk)))
    written = json.dumps([asdict(service) for service in ordered], ensure_ascii=False, sort_keys=True)
    return ServiceRegister(ordered, hashlib.sha256(written.encode("utf-8")).hexdigest())


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
