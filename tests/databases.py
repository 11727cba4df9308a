"""Databases for tests: SQLite files, and a PostgreSQL server that a test run starts for itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, text

from expertise.store.database import Database
from expertise.store.schema import upgrade

_PLACES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql")


def postgres_programs() -> Path | None:
    """Folder with ``initdb`` and ``postgres``; None where PostgreSQL is not installed."""
    for program in (shutil.which("initdb"),):
        if program:
            return Path(program).resolve().parent
    found = sorted(path for place in _PLACES for path in Path(place).glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Server:
    """A PostgreSQL server of this run on a free port; it keeps nothing and is not safe against power cuts."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="saraptama-pg-"))
        self.port = _free_port()
        user = "postgres" if os.geteuid() == 0 else ""
        if user:
            shutil.chown(self.folder, user)
        data = self.folder / "data"
        _run(user, [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
        self._stop = [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        self._user = user
        log = self.folder / "log"
        _run(user, [programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])
        self.template = self.make()
        database = Database(self.url(self.template))
        upgrade(database)
        database.dispose()

    def url(self, name: str) -> str:
        """SQLAlchemy's URL of one database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def make(self, template: str = "template1") -> str:
        """A fresh database."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database whoever is connected."""
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """End the server and remove its folder."""
        _run(self._user, self._stop)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _say(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@cache
def _sqlite_template() -> bytes:
    """An empty database with the schema: made once a process, migrations take longer than most tests."""
    with tempfile.TemporaryDirectory(prefix="saraptama-sqlite-") as folder:
        path = Path(folder) / "template.db"
        database = Database(f"sqlite:///{path}")
        upgrade(database)
        database.dispose()  # the last connection writes what WAL holds into the file
        return path.read_bytes()


def sqlite(folder: Path) -> Iterator[Database]:
    """A SQLite database with the schema in ``folder``."""
    path = folder / "saraptama.db"
    path.write_bytes(_sqlite_template())
    database = Database(f"sqlite:///{path}")
    yield database
    database.dispose()


def postgres(server: Server) -> Iterator[Database]:
    """A PostgreSQL database with the schema."""
    name = server.make(server.template)
    database = Database(server.url(name))
    yield database
    database.dispose()
    server.drop(name)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _run(user: str, command: list[object]) -> None:
    words = [str(word) for word in command]
    if user:
        words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *words]
    subprocess.run(words, check=True, capture_output=True, cwd="/")
