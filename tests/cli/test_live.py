"""The health check of a container asks the service and believes nothing else."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from saraptama import live


class Answer(http.server.BaseHTTPRequestHandler):
    """200 for /healthz, unless the server says otherwise."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_tells_whether_the_service_answers(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert live.answers(port)
    command = [sys.executable, "-I", live.__file__, str(port)]
    assert subprocess.run(command, check=False).returncode == 0
    monkeypatch.setattr(Answer, "status", 500)
    assert not live.answers(port)
    assert subprocess.run(command, check=False).returncode == 1


def test_nobody_there_is_no_answer() -> None:
    assert not live.answers(1)
