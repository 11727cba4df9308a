"""The engine of jobs: DBOS, over the same database (its own tables; beside SQLite a file of its own).

What is asked of it: a job that was begun is taken up again by the same worker after a kill. What it does not know of is
the business of ``expertise.work.queueing``: the wishes themselves, and workers that never come back.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy.engine import make_url

QUEUE = "analyses"
JOBS_VERSION = "1"  # of what a job is given (an id); jobs told by an older program are done by a newer one
_POLL_SECONDS = 0.5
_RECOVERIES = 1_000  # how often a try is taken up again is bounded by settings.analysis_tries, not by the engine


class TimedConnection(sqlite3.Connection):
    """A connection that answers ``unixepoch('subsec')`` whatever SQLite the system has: seconds, here whole ones.

    DBOS asks for it, in its tables too, where Python is 3.12 or later; SQLite has it since 3.42. Debian 12 has an older
    one, where it is NULL and no engine starts; before 3.38 there is no such function at all.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sqlite3.sqlite_version_info < (3, 42):
            self.create_function("unixepoch", 1, _seconds)


def _seconds(what: str) -> int:
    if what != "subsec":
        raise ValueError(what)  # nothing else was asked of it when this was written
    return int(time.time())


class JobEngine:
    """One worker's engine. There is one in a process."""

    def __init__(self, database: str, worker: str, job: Callable[[str], None]) -> None:
        """``job`` is called with the id of an analysis."""
        config: DBOSConfig = {
            "name": "saraptama",
            "system_database_url": engine_url(database),
            "executor_id": worker,
            "application_version": JOBS_VERSION,
            "run_admin_server": False,  # type: ignore[typeddict-unknown-key]
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        if make_url(database).get_backend_name() == "sqlite":
            config["db_engine_kwargs"] = {"connect_args": {"factory": TimedConnection}}
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS(config=config)

        @DBOS.workflow(name="analyse", max_recovery_attempts=_RECOVERIES)
        def analyse(analysis_id: str) -> None:
            job(analysis_id)

        self._analyse = analyse

    def start(self) -> None:
        """Begin to work; jobs that this worker left behind when it was killed are taken up again."""
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=_POLL_SECONDS)

    def tell(self, analysis_id: str, name: str) -> None:
        """Have an analysis done. Telling again under the same name changes nothing."""
        with SetWorkflowID(name):
            DBOS.enqueue_workflow(QUEUE, self._analyse, analysis_id)

    def stop(self, seconds: int) -> None:
        """End, after waiting so many seconds for the job in hand."""
        DBOS.destroy(workflow_completion_timeout_sec=seconds)


def engine_url(database: str) -> str:
    """Where the engine keeps its tables: in PostgreSQL in a schema of its own, beside SQLite in a file of its own."""
    url = make_url(database)
    if url.get_backend_name() != "sqlite":
        return url.render_as_string(hide_password=False)
    return url.set(database=f"{url.database}.jobs").render_as_string(hide_password=False)
