"""saraptama serve: answers, examines, ends in good order; refuses a database of another version in words."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from expertise.store.database import Database
from expertise.store.schema import upgrade
from expertise.store.service_tables import WorkerRow
from tests.conftest import REPOSITORY

LONGEST = 120  # seconds


def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


def run(folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = os.environ | {"SARAPTAMA_DATA": str(folder), "SARAPTAMA_PLAIN_HTTP": "1"}
    command = [sys.executable, "-m", "saraptama", "--language", "kk", *words]
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip


def get(number: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def workers(folder: Path) -> int:
    with Database(f"sqlite:///{folder / 'saraptama.db'}").reading() as session:
        return session.scalar(select(func.count()).select_from(WorkerRow)) or 0


def test_it_answers_and_ends_in_good_order(tmp_path: Path) -> None:
    upgrade(Database(f"sqlite:///{tmp_path / 'saraptama.db'}"))
    number, until = port(), time.monotonic() + LONGEST
    process = run(tmp_path, "serve", "--port", str(number))
    while get(number, "/readyz") != 200:  # the worker has shown itself too
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.3)
    assert get(number, "/sign-in") == get(number, "/static/app.css") == 200
    process.send_signal(signal.SIGTERM)
    said, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{number}" in said
    assert "Traceback" not in log
    assert workers(tmp_path) == 0, "the worker said goodbye"


def test_without_its_service_the_worker_ends(tmp_path: Path) -> None:
    upgrade(Database(f"sqlite:///{tmp_path / 'saraptama.db'}"))
    number, until = port(), time.monotonic() + LONGEST
    process = run(tmp_path, "serve", "--port", str(number))
    while get(number, "/readyz") != 200:
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.3)
    process.kill()
    process.communicate(timeout=60)  # returns when the worker, who shares its streams, has ended
    assert workers(tmp_path) == 0


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    process = run(tmp_path, "serve")
    _, told = process.communicate(timeout=LONGEST)
    assert process.returncode != 0
    assert "saraptama db upgrade" in told and "Traceback" not in told


def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    environment = os.environ | {"SARAPTAMA_DATA": str(tmp_path), "SARAPTAMA_CASE_FILES": "many"}
    done = subprocess.run(
        [sys.executable, "-m", "saraptama", "worker"], cwd=REPOSITORY, env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and "SARAPTAMA_CASE_FILES" in done.stderr
