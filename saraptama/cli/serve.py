"""saraptama serve and saraptama worker: the service, and the processes that examine."""

from __future__ import annotations

import gc
import logging
import os
import resource
import signal
import subprocess
import sys
import threading
import time

import click
import uvicorn

from api.configuration import Configuration
from api.jobs.worker import Worker
from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.store.schema import require_current
from expertise.work.own_checks import sweep as sweep_own_checks
from nlp.detection.pack import Pack
from nlp.pipeline import Examiner
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.registers import load_registers
from saraptama.weights import find_classifier

_LONGEST_PAUSE = 30.0
_END_SECONDS = 30
_UPLOAD_SECONDS = 24 * 3600  # an upload that began before and has not ended was broken off by a kill
_CONNECTIONS = 65_536
_PARENT = "SARAPTAMA_PARENT"


def serve(words: Words, host: str, port: int, with_worker: bool) -> int:
    """Serve pages and REST until a signal; beside it one worker, started again whenever it ends.

    Raises ``SchemaError`` for a database of another version, ``ValueError`` for a variable that makes no sense.
    """
    _, pack, office = _opened(words)
    _log()
    office.files.sweep(time.time() - _UPLOAD_SECONDS)
    sweep_own_checks(office, time.time() - _UPLOAD_SECONDS)
    app = create_service(office, pack, Reach.from_environment(os.environ))
    _allow_connections()
    gc.collect()
    gc.freeze()  # rules and routes stay for good: looking through them again would hold up whoever waits for a page
    keeper = _Keeper() if with_worker else None
    if keeper:
        keeper.start()
    click.echo(words("cli.serving", address=f"http://{host}:{port}"))
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: None)  # uvicorn ends on them and then hands them on: the worker must end too
    try:
        uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)
    finally:
        if keeper:
            keeper.stop()
        office.database.dispose()
    return 0


def work(words: Words, name: str) -> int:
    """Do analyses until a signal. Raises as ``serve``."""
    configuration, pack, office = _opened(words)
    _log()
    private = Reach.from_environment(os.environ).private_hooks
    registers = load_registers(configuration.services, configuration.limits, configuration.acts)
    examiner = Examiner(pack, configuration.limits, registers, find_classifier())
    worker = Worker(office, examiner, configuration.limits, name, _parent(), private_hooks=private)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: worker.stop())
    click.echo(words("cli.working", name=name))
    worker.work()
    return 0


def _opened(words: Words) -> tuple[Configuration, Pack, Office]:
    try:
        configuration = Configuration.from_environment(os.environ)
    except ValueError as error:
        raise click.UsageError(words("cli.bad_setting", setting=str(error))) from None
    pack = find_pack(configuration.pack)
    office = configuration.office(pack)
    require_current(office.database)
    return configuration, pack, office


def _parent() -> int:
    """The process that keeps this worker, when one does: without it the worker ends, or there would soon be two."""
    return int(os.environ.get(_PARENT) or 0)


def _allow_connections() -> None:
    """As many open files as the system lets this process have: each connection is one, the usual bound is 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if hard == resource.RLIM_INFINITY else min(_CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _log() -> None:
    """One line an event on standard error: where systemd and containers look."""
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every look at the version


class _Keeper:
    """Keeps one worker process alive; one that ends at once is started again at growing distances."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the worker."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to end and wait for it; one that does not end is killed (what it did is taken up again)."""
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(_END_SECONDS)

    def _keep(self) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            environment = os.environ | {_PARENT: str(os.getpid())}
            self._process = subprocess.Popen([sys.executable, "-m", "saraptama", "worker"], env=environment)
            code = self._process.wait()
            if self._stopping.is_set():
                return
            logging.getLogger("saraptama.service").warning("the worker ended (%d) and is started again", code)
            pause = min(pause * 2, _LONGEST_PAUSE)
            self._stopping.wait(pause)
