"""What is kept of every released schema, and how it is put into a database of that schema."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, MetaData, Table, text
from sqlalchemy.sql import null

from expertise.store import dump
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from expertise.store.schema import upgrade

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Released:
    """A schema at its release. ``about``: hashes, the moment of the last row, numbers of rows, kept files."""

    revision: str
    about: Mapping[str, Any]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table as plain values."""
        found: list[dict[str, Any]] = self._unpacked("rows.json.xz")[table]
        return found

    def put(self, database: Database, kept: Blobs) -> None:
        """Make the schema of that time in an empty database, and put everything back as it was."""
        upgrade(database, self.revision)
        known = MetaData()
        known.reflect(database.engine)
        with database.engine.begin() as connection:
            for table in known.sorted_tables:
                if table.name in self.about["rows"]:
                    dump.put_in(connection, table, [_values(table, row) for row in self.rows(table.name)])
        for words in self._unpacked("files.json.xz").values():
            kept.put(words.encode())

    def _unpacked(self, name: str) -> dict[str, Any]:
        return _unpacked(HERE / self.revision / name)


def released() -> Iterator[Released]:
    """All of them, the first one first."""
    for path in sorted(HERE.glob("*/about.json")):
        yield Released(path.parent.name, json.loads(path.read_text()))


def pack(path: Path, content: Mapping[str, Any]) -> None:
    """Write plain values, packed."""
    path.write_bytes(lzma.compress(json.dumps(content, ensure_ascii=False).encode(), preset=9))


@cache
def _unpacked(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(lzma.decompress(path.read_bytes()))
    return content


def migration_hash(revision: str) -> str:
    """SHA-256 of the file of a migration."""
    folder = files("expertise.store.migrations.versions")
    (path,) = [each for each in folder.iterdir() if each.name.startswith(f"{revision}_")]
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ddl_hash(database: Database) -> str:
    """SHA-256 of what a SQLite database says of its tables, indexes and triggers; blanks do not count."""
    with database.engine.connect() as connection:
        found = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"))
        said = [" ".join(row.sql.split()) for row in found]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _values(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a table as the database describes it. Columns that came later are left to their defaults."""
    return {name: _value(table.columns[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return null() if isinstance(column.type, JSON) else None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
