"""The schema: migrations make what the code expects, on both engines; the audit cannot be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from expertise.store.database import Database
from expertise.store.schema import SchemaError, differences, require_current, upgrade


def test_migrations_make_the_tables_of_the_code(database: Database) -> None:
    assert differences(database) == []


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    first = upgrade(database)
    assert upgrade(database) == first
    require_current(database)


def test_a_database_without_schema_is_refused(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(SchemaError) as caught:
        require_current(empty)
    assert caught.value.code == "expertise.schema_other"


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_audit_takes_no_change(database: Database, statement: str) -> None:
    with database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO audit (id, at, by, action, subject, before, after, previous, hash)"
                " VALUES (1, '2026-01-01 00:00:00+00', '', 'a', 's', '', '', '0', '1')"
            )
        )
    with pytest.raises(DatabaseError, match="only ever added to"), database.transaction() as session:
        session.execute(text(statement))
