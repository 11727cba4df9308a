"""A worker: a process that does analyses one after another, and may be killed at any moment."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from functools import partial

from api.jobs.engine import JobEngine
from api.jobs.hooks import deliver_due, post
from expertise.office import Office
from expertise.work.pack_changes import CurrentExaminer
from expertise.work.queueing import alive, gone, put_back, take_over, waiting
from expertise.work.reminding import remind
from expertise.work.running import run_job
from nlp.limits import Limits
from nlp.pipeline import Examiner

_log = logging.getLogger("saraptama.worker")
_ROUND_SECONDS = 1.0
_LAST_WAIT_SECONDS = 20


class Worker:
    """``name`` must be one worker's alone and the same after a restart: what it had in hand is taken up by it.

    ``parent``: the process without which the worker ends; 0 – it lives by itself. ``private_hooks``: messages may go
    into the own network.
    """

    def __init__(
        self,
        office: Office,
        examiner: Examiner,
        limits: Limits,
        name: str,
        parent: int = 0,
        *,
        private_hooks: bool = False,
    ) -> None:
        self._office = office
        self._send = partial(post, private=private_hooks)
        self._parent = parent
        self._name = name
        self._stopping = threading.Event()
        self._told: dict[str, None] = {}

        current = CurrentExaminer(office, examiner)

        def job(analysis_id: str) -> None:
            self._do(lambda: run_job(office, current, limits, analysis_id, name), analysis_id)

        self._engine = JobEngine(office.database.url.render_as_string(hide_password=False), name, job)

    def work(self) -> None:
        """Work until ``stop`` is called (from a signal, another thread)."""
        alive(self._office, self._name, started=True)
        self._engine.start()
        while not self._stopping.wait(_ROUND_SECONDS):
            if self._parent and os.getppid() != self._parent:
                break
            self._guarded(self.round)
        self._engine.stop(_LAST_WAIT_SECONDS)
        gone(self._office, self._name)

    def stop(self) -> None:
        """End after the job in hand, or leave it for the next start when it takes too long."""
        self._stopping.set()

    def round(self) -> None:
        """What is done every second beside the jobs: signs of life, work left behind, waiting jobs, terms, messages."""
        alive(self._office, self._name)
        for analysis_id in take_over(self._office):
            _log.warning("analysis %s was left behind and waits again", analysis_id)
        for analysis_id, name in waiting(self._office):
            if name not in self._told:
                self._engine.tell(analysis_id, name)
                self._told[name] = None
        remind(self._office)
        deliver_due(self._office, self._send)

    def _do(self, job: Callable[[], object], analysis_id: str) -> None:
        """A job that breaks off (memory, the database) waits again; the engine hears of no failure."""
        try:
            job()
        except Exception:
            _log.exception("analysis %s broke off", analysis_id)
            put_back(self._office, analysis_id)

    @staticmethod
    def _guarded(step: Callable[[], None]) -> None:
        try:
            step()
        except Exception:  # the database may be away for a while: the worker outlives it
            _log.exception("a round failed")
