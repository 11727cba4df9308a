"""The engine of jobs starts on every Python and SQLite that the program is said to run on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

# What DBOS does where Python is 3.12 or later, whichever this one is: on Debian 12, whose SQLite is older than what it
# takes for granted, no worker started.
LATER = """
import queue, sys
from types import SimpleNamespace
import dbos._sys_db, dbos._sys_db_sqlite
from api.jobs.engine import JobEngine

old, new = "(strftime('%s','now') * 1000)", "(unixepoch('subsec') * 1000)"
steps = dbos._sys_db_sqlite.sqlite_migrations
steps[:] = [step.replace(old, new) if isinstance(step, str) else step for step in steps]
assert any(new in step for step in steps if isinstance(step, str))
dbos._sys_db.sys = SimpleNamespace(version_info=(3, 12), maxsize=sys.maxsize)

done = queue.Queue()
engine = JobEngine(sys.argv[1], "worker-1", done.put)
engine.start()
engine.tell("an analysis", "once")
print(done.get(timeout=60))
engine.stop(10)
"""


def test_it_starts_where_python_is_newer_than_sqlite(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LATER, f"sqlite:///{tmp_path}/saraptama.db"]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout) == (0, "an analysis\n"), ran.stderr[-2000:]
