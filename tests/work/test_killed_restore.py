"""Backing up and restoring killed −9 at moments of chance: all is there or nothing, and the next try succeeds."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from expertise.backup.contents import BackupError
from expertise.backup.making import back_up
from expertise.backup.restoring import check_backup, restore
from expertise.office import Office
from expertise.people import OPERATOR
from expertise.store.blobs import Blobs
from expertise.store.dump import filled_tables
from expertise.store.schema import upgrade
from expertise.work.journal import verify
from tests.conftest import REPOSITORY
from tests.databases import postgres, sqlite
from tests.seeds import chance
from tests.work.test_backup import everything
from tests.work.test_backup import full as full

pytestmark = pytest.mark.slow
KILLS = 6


def begun(what: str, office: Office, path: Path) -> subprocess.Popen[str]:
    """The process, about to begin."""
    url = office.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.work.backup_process", what, url, str(office.files.folder), str(path)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def killed(what: str, office: Office, path: Path, seconds: float) -> None:
    """Begun, and killed after these seconds unless it has ended by then."""
    process = begun(what, office, path)
    time.sleep(seconds)
    process.kill()
    process.wait()


def timed(what: str, office: Office, path: Path) -> float:
    """Seconds that it takes when nobody disturbs it."""
    process, start = begun(what, office, path), time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - start


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path, office: Office) -> Iterator[Iterator[Office]]:
    """One empty office after another."""
    engine, opened = request.param, []

    def make() -> Iterator[Office]:
        for number in count():
            folder = tmp_path / f"place-{number}"
            folder.mkdir()
            server = request.getfixturevalue("postgres_server") if engine == "postgresql" else None
            made = postgres(server) if server else sqlite(folder)
            database = next(made)
            opened.append(made)
            yield replace(office, database=database, files=Blobs(folder / "files"))

    yield make()
    for made in opened:
        next(made, None)


def test_a_restoration_killed_at_any_moment(full: Office, places: Iterator[Office], tmp_path: Path) -> None:
    path, random = tmp_path / "backup", chance("restore")
    made = back_up(full, OPERATOR, path)
    whole = timed("restore", next(places), path)
    seen, reach = set(), whole
    for _ in range(KILLS):
        place = next(places)
        killed("restore", place, path, random.uniform(0, reach))
        upgrade(place.database)
        with place.database.snapshot() as connection:
            seen.add(done := bool(filled_tables(connection)))
        reach = (
            0.6 * reach if done else whole
        )  # part of the time is the end of the process: kills must come before it too
        if not done:
            try:
                restore(place, OPERATOR, path)
            except BackupError as error:  # killed between the files and the rows: the folder is named
                assert error.code == "expertise.restore_files_there"
                place.files.folder.rename(place.files.folder.with_name("left"))
                restore(place, OPERATOR, path)
        before, after = everything(full), everything(place)
        assert {name: rows for name, rows in before.items() if not name.startswith("audit")} == {
            name: rows for name, rows in after.items() if not name.startswith("audit")
        }
        assert set(place.files.names()) == set(full.files.names())
        assert verify(place, OPERATOR, made.contents.audit_head).faults == ()
    assert False in seen, "no kill came in the middle"


def test_a_backup_killed_at_any_moment(full: Office, tmp_path: Path) -> None:
    random, whole = chance("back up"), timed("back_up", full, tmp_path / "first")
    for number in range(KILLS):
        path = tmp_path / f"{number}"
        killed("back_up", full, path, random.uniform(0, whole))
        if path.exists():
            check_backup(OPERATOR, path)
    assert back_up(full, OPERATOR, tmp_path / "last").contents.tables["cases"].rows == 1
    check_backup(OPERATOR, tmp_path / "last")
    assert verify(full, OPERATOR).faults == ()
