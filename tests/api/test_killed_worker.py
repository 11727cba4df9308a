"""A worker killed −9 among twenty queued analyses: all are done in the end, each with one effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from expertise.office import Office
from expertise.store.audit_tables import Entry
from expertise.store.case_tables import Analysis, ExaminationRow, FindingRow
from expertise.work.analysing import ask
from expertise.work.registering import keep_file, register
from tests.conftest import REPOSITORY
from tests.seeds import moments, pause
from tests.work.conftest import DRAFT, Staff
from tests.work.conftest import clock as clock
from tests.work.conftest import examiner as examiner
from tests.work.conftest import hire as hire
from tests.work.conftest import office as office
from tests.work.conftest import staff as staff

CASES = 20
LONGEST = 240  # seconds; a machine under load may need most of it


def start(office: Office, name: str) -> subprocess.Popen[str]:
    url = office.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.api.worker_process", url, str(office.files.folder), name]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    """The worker and the child it parses in, without a word of warning."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def done(office: Office) -> int:
    with office.database.reading() as session:
        rows = select(func.count()).select_from(Analysis).where(Analysis.status.in_(["done", "failed"]))
        return session.scalar(rows) or 0


def wait_for(office: Office, count: int, until: float) -> None:
    while done(office) < count:
        assert time.monotonic() < until, f"{done(office)} of {count}"
        time.sleep(0.2)


@pytest.fixture
def queued(office: Office, staff: Staff) -> Office:
    for n in range(CASES):
        case = register(office, staff.coordinator, f"Дело {n}")
        text = DRAFT if n != CASES - 1 else "PK\x03\x04 no document"
        keep_file(office, staff.coordinator, case.id, "text", f"{n}.txt", [f"{text}\n4. Пункт {n}.\n".encode()])
        ask(office, staff.coordinator, case.id)
    return office


def test_all_are_done_once(queued: Office) -> None:
    until = time.monotonic() + LONGEST
    for finished in moments("worker", (2, 7, 11), range(CASES - 4)):
        worker = start(queued, "one")
        wait_for(queued, finished, until)
        time.sleep(pause(f"worker {finished}", 1.0))
        kill(worker)
    another = start(queued, "two")  # the first never comes back: what it had in hand is taken over
    wait_for(queued, CASES, until)
    another.terminate()
    assert another.wait(timeout=60) == 0
    with queued.database.reading() as session:
        counted = select(Analysis.status, func.count()).group_by(Analysis.status)
        statuses = {row.status: row[1] for row in session.execute(counted)}
        results = session.scalar(select(func.count()).select_from(ExaminationRow))
        examined = session.scalar(select(func.count()).select_from(Entry).where(Entry.action == "examined"))
        per_case = session.execute(select(FindingRow.case_id, func.count()).group_by(FindingRow.case_id)).all()
    assert statuses == {"done": CASES - 1, "failed": 1}
    assert results == examined == len(per_case) == CASES - 1
    assert len({count for _, count in per_case}) == 1
