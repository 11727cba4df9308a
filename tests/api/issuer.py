"""An OpenID provider of our own on loopback, that lies as it is told to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "saraptama", "тайна: 1"
_KEYS = [RSAKey.generate_key(2048, {"kid": f"k{n}", "use": "sig", "alg": "RS256"}) for n in range(2)]


class Issuer:
    """``claims``, ``header``: what is put over the right ones (None takes one away); ``sign``: another way of signing;
    ``publish``: over what is published; ``answer``: over the answer of the token's address."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.subject = "8f2c-anna"
        self.key, self.published = _KEYS[0], [_KEYS[0]]
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] | None = None
        self.publish: dict[str, Any] = {}
        self.content: dict[str, bytes] = {}
        self.status = 200
        self.hold = threading.Event()
        self.slow = False
        self.asked: list[str] = []
        self._begun: dict[str, dict[str, str]] = {}
        self.url = ""

    def rotate(self) -> None:
        """Another key signs from now on."""
        self.key, self.published = _KEYS[1], list(_KEYS)

    def authorize(self, address: str) -> dict[str, str]:
        """Somebody signs in at the address they were sent to; what the provider sends back with them."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.url}/authorize?") and asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe()
        self._begun[code] = asked
        return {"code": code, "state": asked["state"]}

    def metadata(self) -> dict[str, Any]:
        """What is published."""
        told = {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys"}  # fmt: skip
        return told | self.publish

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        return {"keys": [key.as_dict(private=False) for key in self.published]}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        """The answer to a code, once, to the right client with the right verifier."""
        asked = self._begun.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert asked["redirect_uri"] == form["redirect_uri"]
        self.authorization = authorization or form.get("client_secret", "")
        now = int(self.clock().timestamp())
        right = {"iss": self.url, "sub": self.subject, "aud": CLIENT, "exp": now + 300, "iat": now,
                 "nonce": asked["nonce"], "name": "Анна Ахметова", "preferred_username": "Anna"}  # fmt: skip
        claims = {name: value for name, value in (right | self.claims).items() if value is not None}
        return {"id_token": (self.sign or self._signed)(claims), "token_type": "Bearer", "access_token": "x"}

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": self.key.kid} | self.header
        return jwt.encode({name: value for name, value in header.items() if value is not None}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        """A token of nobody: «alg none»."""
        return f"{_part({'alg': 'none'})}.{_part(claims)}."

    def with_public_key(self, claims: dict[str, Any]) -> str:
        """A token anybody could write: the public key as a shared secret."""
        signed = f"{_part({'alg': 'HS256', 'kid': self.key.kid})}.{_part(claims)}"
        mac = hmac.new(self.key.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{_coded(mac)}"


def _part(value: object) -> str:
    return _coded(json.dumps(value).encode())


def _coded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@contextmanager
def answering(issuer: Issuer) -> Iterator[None]:
    """The provider on a port of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = issuer.keys() if self.path == "/keys" else issuer.metadata()
            self._tell(told)

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(raw).items()}
            self._tell(issuer.token(form, self.headers.get("Authorization", "")))

        def _tell(self, told: dict[str, Any]) -> None:
            issuer.asked.append(self.path)
            content = issuer.content.get(self.path, json.dumps(told).encode())
            self.send_response(issuer.status)
            self.send_header("Location", f"{issuer.url}/elsewhere")
            self.end_headers()
            if issuer.slow:  # the beginning of an answer, and then nothing
                self.wfile.write(content[:5])
                issuer.hold.wait(30)
                return
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield
    finally:
        issuer.hold.set()
        server.shutdown()
        server.server_close()
