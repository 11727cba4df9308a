"""Messages to other systems: rows of ``deliveries`` are sent, signed, and tried again at growing distances."""

from __future__ import annotations

import hashlib
import hmac
import http.client
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from api.outgoing import connection, public_address
from expertise.office import Office
from expertise.store.service_tables import Delivery, Hook

SIGNATURE = "X-Saraptama-Signature"
_FIRST_WAIT_SECONDS = 10
_AT_ONCE = 3  # a round with slow receivers must be over before the worker counts as lost


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent where."""

    id: str
    url: str
    secret: str
    event: str
    body: str


Send = Callable[[Message, int], int]
"""Sends a message within so many seconds and gives the status that came back; raises ``OSError`` when none did."""


def deliver_due(office: Office, send: Send | None = None) -> int:
    """Send what is due; how many were delivered. A delivery may arrive twice (its id is in it), never silently not."""
    delivered = 0
    for message in _due(office):
        try:
            status = (send or post)(message, office.settings.hook_seconds)
            answer = str(status)
        except (OSError, ValueError, http.client.HTTPException) as error:
            status, answer = 0, type(error).__name__
        delivered += _note(office, message.id, 200 <= status < 300, answer)
    return delivered


def signature(secret: str, body: str) -> str:
    """What the receiver compares: HMAC-SHA256 of the body."""
    return "sha256=" + hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()


def post(message: Message, seconds: int, *, private: bool = False) -> int:
    """POST the message; ``private``: into the own network too.

    Raises ``ValueError`` for an address that is not permitted, ``OSError`` when nobody answers.
    """
    parts = urlsplit(message.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(message.url)
    made = connection(parts.scheme, host, port, public_address(host, port, private=private), seconds)
    try:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Saraptama-Event": message.event,
            "X-Saraptama-Delivery": message.id,
            SIGNATURE: signature(message.secret, message.body),
        }
        path = parts.path or "/"
        made.request("POST", f"{path}?{parts.query}" if parts.query else path, message.body.encode(), headers)
        return made.getresponse().status
    finally:
        made.close()


def _due(office: Office) -> list[Message]:
    rows = (
        select(Delivery, Hook)
        .join(Hook, Hook.id == Delivery.hook_id)
        .where(Delivery.status == "waiting", Delivery.next_at <= office.clock(), Hook.stopped_at.is_(None))
        .order_by(Delivery.next_at)
        .limit(_AT_ONCE)
    )
    with office.database.reading() as session:
        return [Message(row.id, hook.url, hook.secret, row.event, row.body) for row, hook in session.execute(rows)]


def _note(office: Office, delivery_id: str, done: bool, answer: str) -> bool:
    with office.database.transaction() as session:
        row = session.get(Delivery, delivery_id, with_for_update=True)
        if row is None or row.status != "waiting":
            return False
        row.tries, row.answer = row.tries + 1, answer[:200]
        if done:
            row.status = "done"
        elif row.tries >= office.settings.hook_tries:
            row.status = "failed"
        else:
            row.next_at = office.clock() + timedelta(seconds=_FIRST_WAIT_SECONDS * 4 ** (row.tries - 1))
    return done
