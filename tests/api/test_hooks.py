"""Messages to other systems: signed, tried again, given up, and never sent into the own network."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from api.jobs import hooks
from api.jobs.hooks import SIGNATURE, Message, deliver_due, post, public_address, signature
from expertise.office import Office
from expertise.store.service_tables import Delivery, Hook
from tests.work.conftest import Clock
from tests.work.conftest import clock as clock
from tests.work.conftest import examiner as examiner
from tests.work.conftest import office as office

RECEIVED: list[tuple[str, dict[str, str], bytes]] = []


class _Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        RECEIVED.append((self.path, dict(self.headers), body))
        self.send_response(302 if self.path == "/elsewhere" else 204)
        self.send_header("Location", "http://127.0.0.1/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[str]:
    RECEIVED.clear()
    server = http.server.HTTPServer(("127.0.0.1", 0), _Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def delivery(office: Office) -> str:
    with office.database.transaction() as session:
        hook = Hook(
            url="https://ministry.example/in", secret="s", events=["sent"], created_by="a", created_at=office.clock()
        )
        session.add(hook)
        session.flush()
        row = Delivery(hook_id=hook.id, event="sent", body='{"case":"1"}', status="waiting", next_at=office.clock())
        session.add(row)
        session.flush()
        return row.id


def status(office: Office, delivery: str) -> tuple[str, int, str]:
    with office.database.reading() as session:
        row = session.get(Delivery, delivery)
        assert row is not None
        return row.status, row.tries, row.answer


def test_a_message_is_signed_and_sent_once(office: Office, delivery: str) -> None:
    sent: list[Message] = []

    def send(message: Message, _seconds: int) -> int:
        sent.append(message)
        return 202

    assert deliver_due(office, send) == 1
    assert deliver_due(office, send) == 0
    assert [(message.id, message.body) for message in sent] == [(delivery, '{"case":"1"}')]
    assert status(office, delivery) == ("done", 1, "202")


def test_it_is_tried_again_later_and_later_and_given_up(office: Office, delivery: str, clock: Clock) -> None:
    def refuse(_message: Message, _seconds: int) -> int:
        raise ConnectionRefusedError

    waits = 0
    while status(office, delivery)[0] == "waiting":
        deliver_due(office, refuse)
        tries = status(office, delivery)[1]
        assert deliver_due(office, refuse) == 0 and status(office, delivery)[1] == tries, "not before its time"
        clock.on(days=3)
        waits += 1
    assert status(office, delivery) == ("failed", office.settings.hook_tries, "ConnectionRefusedError")
    assert waits == office.settings.hook_tries


def test_a_stopped_hook_gets_nothing(office: Office, delivery: str) -> None:
    with office.database.transaction() as session:
        session.scalars(select(Hook)).one().stopped_at = office.clock()
    assert deliver_due(office, lambda *_: 200) == 0
    assert status(office, delivery)[0] == "waiting"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "localhost"]
)
def test_the_own_network_is_refused(host: str) -> None:
    with pytest.raises(ValueError):
        public_address(host, 80)


def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(ValueError):
        public_address("two-faced.example", 80)


@pytest.mark.parametrize("url", ["ftp://ministry.example/", "file:///etc/passwd", "http:///x", "ministry"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError):
        post(Message("1", url, "s", "sent", "{}"), 1)


def test_what_goes_over_the_wire(receiver: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "public_address", lambda host, port, **_: host)
    body = '{"дело":"1"}'
    assert post(Message("d1", f"{receiver}/in?x=1", "secret", "sent", body), 5) == 204
    ((path, headers, raw),) = RECEIVED
    assert (path, raw.decode()) == ("/in?x=1", body)
    assert headers[SIGNATURE] == signature("secret", body) and headers["X-Saraptama-Delivery"] == "d1"
    assert post(Message("d2", f"{receiver}/elsewhere", "secret", "sent", body), 5) == 302
    assert len(RECEIVED) == 2, "a redirect is not followed"


def test_a_setting_lets_messages_into_the_own_network(receiver: str) -> None:
    message = Message("1", f"{receiver}/in", "s", "sent", "{}")
    with pytest.raises(ValueError):
        post(message, 5)
    assert post(message, 5, private=True) == 204
    assert RECEIVED[0][1][SIGNATURE] == signature("s", "{}")
