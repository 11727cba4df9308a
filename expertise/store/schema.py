"""The schema of the database: brought up to date, and checked against the code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from expertise.store.base import Base
from expertise.store.database import Database
from nlp.errors import SaraptamaError


class SchemaError(SaraptamaError):
    """The database is not of this version of the program."""


def upgrade(database: Database, to: str = "head") -> str:
    """Bring the schema up to date and return its revision. Data stay; running it twice changes nothing.

    ``to``: an earlier revision to stop at; for tests only. All of it happens or nothing.
    """
    with as_file(files("expertise.store.migrations")) as folder, migrating(database) as connection:
        command.upgrade(_config(str(folder), connection), to)
        return revision(connection)


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    """One transaction for all migrations.

    SQLite changes a table by making it anew and dropping the old one, which takes the rows that point at it for lost:
    foreign keys rest meanwhile and are checked before anything is committed.
    """
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            yield connection
        return
    with database.engine.connect() as connection:
        sqlite = connection.connection.driver_connection  # the switch does nothing inside of a transaction
        assert sqlite is not None
        sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise SchemaError("expertise.schema_lost", table=lost[0], points_at=lost[2])
        finally:
            sqlite.execute("PRAGMA foreign_keys=ON")


def require_current(database: Database) -> None:
    """Raises ``SchemaError`` unless the schema is the one this program knows: nothing is upgraded unasked."""
    with as_file(files("expertise.store.migrations")) as folder, database.engine.connect() as connection:
        found = revision(connection)
        known = _newest(_config(str(folder), connection))
    if found != known:
        raise SchemaError("expertise.schema_other", found=found or "–", known=known)


def revision(connection: Connection) -> str:
    """The version of a database's schema; empty where it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest() -> str:
    """The version of the schema that this program knows."""
    with as_file(files("expertise.store.migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        return _newest(config)


def differences(database: Database) -> list[Any]:
    """What the tables of the code have that the database has not, or the other way round."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Tables of the job engine in the same database are not ours to touch."""
    return kind != "table" or name in Base.metadata.tables


def _config(folder: str, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _newest(config: Config) -> str:
    return ScriptDirectory.from_config(config).get_current_head() or ""
