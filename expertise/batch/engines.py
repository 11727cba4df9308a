"""Where drafts are examined: processes of this machine, or workers of Dask on many. The same function runs on both.

An engine is an executor of ``concurrent.futures`` with its width; Dask and threads differ in nothing else here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from expertise.batch import work
from expertise.batch.settings import BatchError, BatchSettings, Setup
from expertise.batch.work import Answer, Task

_AHEAD = 2  # drafts that are handed over for each that can be examined at once
_WORKER_DEATHS = 3  # of Dask: after so many dead workers a draft is given up


@dataclass(frozen=True, slots=True)
class Engine:
    """``width``: how many drafts are examined at once, asked again as machines come and go."""

    name: str
    executor: Executor
    width: Callable[[], int]

    def versions(self, setup: Setup) -> dict[str, Any]:
        """What results of this engine depend on. Raises what ``Seat`` raises."""
        found: dict[str, Any] = self._result(self._handed_over(work.versions_of, setup))
        return found

    def answers(self, setup: Setup, versions: dict[str, Any], tasks: Iterable[Task]) -> Iterator[Answer]:
        """Answers as they come, each task once; tasks are taken only as there is room, so that memory stays flat."""
        waiting: dict[Future[Answer], Task] = {}
        for task in tasks:
            waiting[self._handed_over(work.examine, setup, task, versions)] = task
            while len(waiting) >= _AHEAD * max(self.width(), 1):
                yield from self._done(waiting)
        while waiting:
            yield from self._done(waiting)

    def _handed_over(self, what: Callable[..., Any], *given: object) -> Future[Any]:
        try:
            return self.executor.submit(what, *given)
        except (OSError, RuntimeError):  # of a client that gave its scheduler up
            raise BatchError("batch.scheduler_lost") from None

    def _done(self, waiting: dict[Future[Answer], Task]) -> Iterator[Answer]:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            task = waiting.pop(future)
            try:
                yield self._result(future)
            except _KilledError:
                yield Answer(task.draft, task.key, "batch.killed", {"tries": _WORKER_DEATHS})

    def _result(self, future: Future[Any]) -> Any:
        try:
            return future.result()
        except CancelledError:
            raise BatchError("batch.scheduler_lost") from None
        except Exception as error:
            if type(error).__name__ == "KilledWorker":  # of distributed, which may not be installed
                raise _KilledError from error
            raise


class _KilledError(Exception):
    """All workers that took the draft died."""


@contextmanager
def local(workers: int) -> Iterator[Engine]:
    """Processes of this machine, one for each of ``workers`` threads, which only wait for them."""
    work.open_again()
    executor = ThreadPoolExecutor(workers, thread_name_prefix="batch")
    try:
        yield Engine("local", executor, lambda: workers)
    finally:
        work.stop()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def dask(url: str, settings: BatchSettings) -> Iterator[Engine]:
    """Workers of a running Dask scheduler; each of their threads has an examining process.

    Raises ``BatchError``: ``batch.no_dask`` where it is not installed, ``batch.no_scheduler``, ``batch.no_workers``.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise BatchError("batch.no_dask") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what went wrong is told in the user's language
    try:
        client = distributed.Client(url, timeout=settings.batch_scheduler_seconds, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise BatchError("batch.no_scheduler", url=url) from None
    try:
        try:
            client.wait_for_workers(1, timeout=settings.batch_scheduler_seconds)
        except TimeoutError:
            raise BatchError("batch.no_workers", url=url) from None
        yield Engine("dask", client.get_executor(pure=False), lambda: _threads(client))
    finally:
        with suppress(Exception):  # a scheduler that is gone must not hide why the batch ended
            client.run(work.close_idle, on_error="ignore")
        client.close()


def _threads(client: Any) -> int:
    """Threads of all workers now. Raises ``BatchError`` (``batch.scheduler_lost``)."""
    try:
        return sum(client.ncores().values())
    except (OSError, TimeoutError, RuntimeError):
        raise BatchError("batch.scheduler_lost") from None
