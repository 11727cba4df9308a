"""The service killed −9 in the middle of an upload, and clients that go away: no half case, nothing left over."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from expertise.office import Office
from expertise.people import Actor
from expertise.store.case_tables import Case, CaseFile
from tests.api.rest_scenes import count
from tests.conftest import REPOSITORY
from tests.seeds import moments
from tests.work.conftest import Staff

Keys = Callable[[Actor], dict[str, str]]
SIZE, LONGEST = 20_000_000, 120  # bytes; seconds on a machine under load
(SENT,) = moments("upload", (SIZE // 2,), range(1, SIZE))


class Web:
    """The service in a process of its own."""

    def __init__(self, office: Office) -> None:
        url = office.database.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.api.web_process", url, str(office.files.folder)]
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def half_an_upload(self, case: Case, headers: dict[str, str]) -> socket.socket:
        """A connection on which half of a file was sent, or as much as the seed says."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST)
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        path = f"/api/v1/cases/{case.id}/files?kind=text&name=a.txt"
        head = f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Length: {SIZE}\r\n{told}\r\n"
        connection.sendall(head.encode() + b"a" * SENT)
        return connection

    def upload(self, case: Case, headers: dict[str, str]) -> tuple[int, dict[str, object]]:
        """A whole one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        connection.request("POST", f"/api/v1/cases/{case.id}/files?kind=text&name=a.txt", b"a" * SIZE, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def kill(self) -> None:
        """Without a word of warning."""
        self.process.kill()  # SIGKILL; harmless when it is dead already
        self.process.wait()


@pytest.fixture
def web(office: Office) -> Iterator[Web]:
    started = Web(office)
    yield started
    started.kill()


def coming(office: Office) -> int:
    return len(list(office.files.folder.glob(".coming-*")))


def wait_for(office: Office, number: int) -> None:
    until = time.monotonic() + LONGEST
    while coming(office) != number:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_service_killed_in_an_upload(office: Office, staff: Staff, case: Case, keys: Keys, web: Web) -> None:
    headers, before = keys(staff.coordinator), count(office, CaseFile)
    names = list(office.files.names())
    connection = web.half_an_upload(case, headers)
    wait_for(office, 1)
    web.kill()
    connection.close()
    assert (count(office, CaseFile), list(office.files.names())) == (before, names)
    assert office.files.sweep(time.time() + 1) == 1 and coming(office) == 0
    again = Web(office)
    try:
        status, told = again.upload(case, headers)
    finally:
        again.kill()
    assert (status, told["size"]) == (201, SIZE)
    assert count(office, CaseFile) == before + 1


def test_a_client_that_goes_away(office: Office, staff: Staff, case: Case, keys: Keys, web: Web) -> None:
    headers, before = keys(staff.coordinator), count(office, CaseFile)
    connections = [web.half_an_upload(case, headers) for _ in range(3)]
    wait_for(office, 3)
    for connection in connections:
        connection.close()
    wait_for(office, 0)
    assert count(office, CaseFile) == before
    assert web.upload(case, headers)[0] == 201
