"""Rows of all tables as lines of JSON, the same from SQLite and PostgreSQL, and back.

Reads and writes: one row a line, an object column → plain value, in the order of the primary key (by bytes, whatever
the collation of the database). What is of the moment only – sessions, failed sign-ins, workers – is left out,
and so are people's own checks: what they delete must not live on in a copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    String,
    Table,
    collate,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.sql import null

from expertise.store.base import Base, Moment
from expertise.store.database import Database  # registers all tables

LEFT_OUT = frozenset({"sessions", "begun_sign_ins", "attempts", "workers", "own_checks", "check_days"})
_AT_ONCE = 500
_JOBS_SCHEMA = "dbos"


def kept_tables() -> Mapping[str, Table]:
    """Tables of a dump by name, each after those it points at."""
    return {table.name: table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT}


def rows(connection: Connection, table: Table) -> Iterator[bytes]:
    """All rows of a table, one line each."""
    keys = [_by_bytes(connection, column) for column in table.primary_key.columns]
    found = connection.execute(select(table).order_by(*keys), execution_options={"yield_per": _AT_ONCE})
    for row in found.mappings():
        plain = {column.name: _plain(row[column.name]) for column in table.columns}
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def values_of(table: Table, line: bytes) -> dict[str, Any]:
    """A row as it is put in. Raises ``ValueError`` for a line that is no row of this table."""
    raw = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(raw, dict) or list(raw) != [column.name for column in table.columns]:
        raise ValueError("columns")
    return {column.name: _value(column, raw[column.name]) for column in table.columns}


def put_in(connection: Connection, table: Table, given: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, and let numbers that the database gives go on after theirs."""
    left = iter(given)
    while some := [dict(row) for row in islice(left, _AT_ONCE)]:
        connection.execute(table.insert(), some)
    column = table.autoincrement_column
    if column is not None and connection.dialect.name == "postgresql":
        highest = connection.scalar(select(func.max(column)))
        given_by = {"table": table.name, "column": column.name, "highest": highest or 1, "used": highest is not None}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest, :used)"), given_by)


def filled_tables(connection: Connection) -> list[str]:
    """Tables of a dump that have rows; those that are not there have none."""
    there = set(inspect(connection).get_table_names())
    known = [table for name, table in kept_tables().items() if name in there]
    return [table.name for table in known if connection.execute(select(table).limit(1)).first() is not None]


def jobs_left(database: Database) -> str:
    """Where the engine of jobs has left tables of an earlier service; empty where it has not."""
    if database.is_sqlite:
        path = Path(f"{database.url.database}.jobs")
        return str(path) if path.exists() else ""
    with database.engine.connect() as connection:
        return _JOBS_SCHEMA if _JOBS_SCHEMA in inspect(connection).get_schema_names() else ""


def _by_bytes(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """PostgreSQL sorts words by its locale; SQLite by their bytes."""
    if connection.dialect.name == "postgresql" and isinstance(column.type, String):
        return collate(column, "C")
    return column


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def _value(column: Column[Any], raw: Any) -> Any:
    if raw is None:
        if not column.nullable:
            raise ValueError(column.name)
        return null() if isinstance(column.type, JSON) else None
    if isinstance(column.type, JSON):
        return raw
    wanted = next(kind for stored, kind in _KINDS if isinstance(column.type, stored))
    if type(raw) is not (wanted if wanted in (bool, int) else str):
        raise ValueError(column.name)
    return wanted.fromisoformat(raw) if issubclass(wanted, date) else raw


_KINDS: tuple[tuple[type[Any], type[Any]], ...] = (
    (Moment, datetime),
    (Date, date),
    (Boolean, bool),
    (Integer, int),
    (String, str),
)
