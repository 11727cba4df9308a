"""The database by its URL: SQLite out of the box, PostgreSQL where one runs. Same tables, same code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from expertise.store import (  # noqa: F401  (tables register)
    adoption_tables,
    answer_tables,
    audit_tables,
    case_tables,
    check_tables,
    indicator_tables,
    pack_tables,
    people_tables,
    risk_tables,
    service_tables,
    similar_tables,
)
from expertise.store.base import Base

BUSY_SECONDS = 30
_LAST = "before_commit"


class Database:
    """An engine and its sessions."""

    def __init__(self, url: str) -> None:
        """``url`` as SQLAlchemy writes it: ``sqlite:////path/file.db`` or ``postgresql+psycopg://…``."""
        self.url = make_url(url)
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        event.listen(self._sessions, "before_commit", _do_last)
        self._together: ContextVar[Session | None] = ContextVar("together", default=None)
        self._readers = sessionmaker(self.engine.execution_options(reads_only=True), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is one file."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that is committed when the block ends and rolled back when it fails.

        Inside ``together`` it is that one's session, and nothing is committed before that one ends.
        """
        outer = self._together.get()
        if outer is not None:
            yield outer
            outer.flush()
            return
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def together(self) -> Iterator[Session]:
        """Make one transaction of all that use cases do inside: all of it happens or nothing."""
        with self._sessions.begin() as session:
            before = self._together.set(session)
            try:
                yield session
            finally:
                self._together.reset(before)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; whatever it holds at the end is thrown away."""
        with self._readers() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that only reads, and sees the database as it was at the first look, whoever writes meanwhile."""
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect() as connection:
            yield connection.execution_options(**({"reads_only": True} if self.is_sqlite else options))

    def create_all(self) -> None:
        """All tables, without migrations: for tests only."""
        Base.metadata.create_all(self.engine)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def before_commit(session: Session, do: Callable[[], object]) -> None:
    """Do something as the last of the transaction, and not at all when it fails; when ``do`` fails, so does it."""
    session.info.setdefault(_LAST, []).append(do)


def _do_last(session: Session) -> None:
    for do in session.info.pop(_LAST, ()):
        do()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer (WAL); a write is on the disk before it is told; foreign keys hold."""
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """A transaction that will write takes the lock at once: one that read first could not be given it later."""
    writes = connection.get_execution_options().get("reads_only") is not True
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
