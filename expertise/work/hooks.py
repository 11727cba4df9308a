"""Hooks: addresses of other systems that are told of events. What is told names cases by id, never what is in them.

Rows of ``deliveries`` are written in the transaction of the event; a worker sends them.
"""

from __future__ import annotations

import ipaddress
import json
import secrets
import socket
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.base import new_id
from expertise.store.cases import NotFoundError
from expertise.store.service_tables import Delivery, Hook

EVENTS = ("case.moved", "analysis.done", "analysis.failed", "answer.due")
LONGEST_URL = 1_000
_INSIDE = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


def add_hook(
    office: Office, actor: Actor, url: str, events: Iterable[str], *, private: bool = False
) -> tuple[str, Hook]:
    """A hook and the secret that signs what is sent to it; it is told this once.

    ``private``: addresses inside the house and plain HTTP are permitted. Raises ``DeniedError``, ``CaseError`` (the
    address, an unknown event or none, too many hooks).
    """
    require(actor, "manage_hooks")
    check_address(url, private=private)
    wanted = set(events)
    if not wanted or wanted - set(EVENTS):
        raise CaseError("expertise.hook_events", events=", ".join(EVENTS))
    now, secret = office.clock(), secrets.token_urlsafe(32)
    with office.database.transaction() as session:
        count = session.scalar(select(func.count()).select_from(Hook).where(Hook.stopped_at.is_(None))) or 0
        if count >= office.settings.hooks:
            raise CaseError("expertise.too_many_hooks", limit=office.settings.hooks)
        row = Hook(
            url=url, secret=secret, events=[event for event in EVENTS if event in wanted], created_by=actor.id,
            created_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit.write(session, actor, now, "add_hook", f"hook:{row.id}", None, {"url": url, "events": row.events})
    return secret, row


def list_hooks(office: Office, actor: Actor) -> tuple[Hook, ...]:
    """All hooks, the last made first."""
    require(actor, "manage_hooks")
    with office.database.reading() as session:
        return tuple(session.scalars(select(Hook).order_by(Hook.created_at.desc(), Hook.id)))


def stop_hook(office: Office, actor: Actor, hook_id: str) -> Hook:
    """Nothing is sent there any more. Stopping twice changes nothing."""
    require(actor, "manage_hooks")
    now = office.clock()
    with office.database.transaction() as session:
        row = session.get(Hook, hook_id)
        if row is None:
            raise NotFoundError("expertise.no_hook")
        if row.stopped_at is None:
            row.stopped_at = now
            audit.write(session, actor, now, "stop_hook", f"hook:{row.id}", {"url": row.url}, None)
    return row


def notify(session: Session, office: Office, event: str, told: Mapping[str, object]) -> None:
    """Leave a message for every hook that wants the event, in the transaction of the event. ``told``: ids and codes."""
    now = office.clock()
    for hook in session.scalars(select(Hook).where(Hook.stopped_at.is_(None)).order_by(Hook.id)):
        if event not in hook.events:
            continue
        made = new_id()
        body = {"id": made, "event": event, "at": now.isoformat(timespec="seconds"), **told}
        session.add(
            Delivery(
                id=made, hook_id=hook.id, event=event, body=json.dumps(body, ensure_ascii=False), status="waiting",
                next_at=now,
            )
        )  # fmt: skip


def check_address(url: str, *, private: bool = False) -> None:
    """Raises ``CaseError`` for what is no address to send to, and for one inside the house unless ``private``.

    Names are not looked up here; whoever sends looks the name up and refuses again.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise CaseError("expertise.hook_address") from error
    schemes = ("https", "http") if private else ("https",)
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if not plain or not host or port == 0 or parts.username is not None or parts.fragment:
        raise CaseError("expertise.hook_address")
    if parts.scheme not in schemes or (not private and _is_inside(host)):
        raise CaseError("expertise.hook_inside")


def _is_inside(host: str) -> bool:
    number = _number(host)
    if number is not None:
        return not number.is_global or number.is_multicast
    return "." not in host or host.endswith(_INSIDE)


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The number a host is written as, in all the ways that the C library reads one («127.1», «0x7f.1»)."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None
