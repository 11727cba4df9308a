"""Connections that the service makes itself: to an address looked up once, within a time, and nowhere else.

The address is looked up once and the connection made to what was found, so that a name cannot lead elsewhere between
the check and the call. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit


class TooLongError(ValueError):
    """The answer is longer than it may be."""


def public_address(host: str, port: int, *, private: bool = False) -> str:
    """An address of the host. Raises ``ValueError`` when any of its addresses is inside, unless ``private``."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not (private or all(ipaddress.ip_address(address).is_global for address in found)):
        raise ValueError(host)
    return sorted(found)[0]


def connection(scheme: str, host: str, port: int, address: str, seconds: int) -> http.client.HTTPConnection:
    """A connection to ``address``; with HTTPS the certificate must be that of ``host``."""
    if scheme == "http":
        plain = http.client.HTTPConnection(host, port, timeout=seconds)
        plain.sock = socket.create_connection((address, port), timeout=seconds)
        return plain
    secure = http.client.HTTPSConnection(host, port, timeout=seconds)
    raw = socket.create_connection((address, port), timeout=seconds)
    try:
        secure.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except BaseException:
        raw.close()
        raise
    return secure


def ask(
    method: str, url: str, seconds: int, limit: int, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and body of an answer, all of it within ``seconds`` and no longer than ``limit`` bytes.

    Raises ``OSError`` or ``http.client.HTTPException`` when no answer came in time, ``TooLongError``.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = public_address(host, port, private=True)
    made = connection(parts.scheme, host, port, address, seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _cut_off(made, seconds):
            made.request(method, path, body, dict(headers or {}))
            answer = made.getresponse()
            content = answer.read(limit + 1)
    finally:
        made.close()
    if len(content) > limit:
        raise TooLongError(host)
    return answer.status, content


@contextmanager
def _cut_off(made: http.client.HTTPConnection, seconds: int) -> Iterator[None]:
    """Shut the connection after so long in all: a peer that sends a byte now and then never runs into a time-out."""
    over = threading.Event()
    taken = made.sock

    def shut() -> None:
        over.set()
        try:
            taken.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError
