"""The example client against the service on a port: once, again after a failure, and when it is refused."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from expertise.office import Office
from expertise.people import OPERATOR, Role
from expertise.store.case_tables import Case, CaseFile
from expertise.work.tokens import give_token
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP
from tests.api.living import living, word_file
from tests.conftest import REPOSITORY
from tests.work.conftest import Hire

SOURCE = REPOSITORY / "examples" / "client" / "client.py"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("client_example", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_draft_goes_its_way_and_nothing_is_done_twice(
    example: ModuleType, office: Office, examiner: Examiner, hire: Hire, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    secret, _ = give_token(office, OPERATOR, hire("system", Role.CLIENT).id, "example")
    draft = tmp_path / "draft.docx"
    draft.write_bytes(word_file())
    monkeypatch.setenv("SARAPTAMA_TOKEN", secret)
    with living(office, examiner, CHEAP) as address:
        for _ in range(2):
            assert example.main([address, str(draft), "--title", "Правила", "--language", "kk"]) == 0
        told = capsys.readouterr()
        client = example.Client(address, "srp_wrong", "kk", pause=lambda seconds: None)
        with pytest.raises(example.ServiceError) as refused:
            client.register("Ереже", "k" * 20)
        assert refused.value.status == 401
        assert refused.value.code and refused.value.message and refused.value.request_id
        client = example.Client(address, secret, pause=lambda seconds: None)
        case = client.register("Иное", "key-of-another")
        client.upload(case, "novel.txt", "Жили-были старик со старухой.".encode(), "key-of-a-novel")
        with pytest.raises(example.AnalysisError):
            client.wait(case, client.analyse(case, "key-of-analysis"), 60)
        assert example.main([address, str(tmp_path / "none.docx"), "--title", "x"]) == 1
    lines = told.out.splitlines()
    assert lines and lines[: len(lines) // 2] == lines[len(lines) // 2 :]
    assert any("«иные документы»" in line or "разумный срок" in line for line in lines), lines
    with office.database.reading() as session:
        assert session.query(Case).count() == 2 and session.query(CaseFile).count() == 2


class _Busy(BaseHTTPRequestHandler):
    """Busy twice, then breaks off once, then answers; what it was asked is kept."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers.get("Idempotency-Key", "")))
        if self.path.endswith("/proxy"):
            self._answer(502, b"<html>Bad gateway</html>")
        elif len(self.asked) <= 2:
            self._answer(503, b'{"error": {"code": "api.busy", "message": "b", "params": {}, "request_id": "1"}}')
        elif len(self.asked) == 3:
            self.close_connection = True
        else:
            self._answer(201, json.dumps({"id": "7"}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Retry-After", "2")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Says nothing."""


@pytest.fixture
def busy() -> Iterator[str]:
    _Busy.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_comes_back_later_with_the_same_key_and_only_where_that_is_safe(example: ModuleType, busy: str) -> None:
    pauses: list[float] = []
    client = example.Client(busy, "t", pause=pauses.append)
    assert client.register("Правила", "one-key") == "7"
    assert _Busy.asked == [("/api/v1/cases", "one-key")] * 4 and pauses[:2] == [2.0, 2.0] and len(pauses) == 3
    with pytest.raises(example.ServiceError) as refused:
        client.ask("POST", "/proxy", {})
    assert (refused.value.status, refused.value.message) == (502, "Bad Gateway")
    assert len(_Busy.asked) == 5  # a request without a key is not repeated


def test_it_stays_small_typed_and_within_the_standard_library() -> None:
    source = SOURCE.read_text("utf-8")
    assert len(source.splitlines()) <= 200
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names | {"__future__"}
