"""An OpenID provider: where it is asked, which keys it signs with, and a code exchanged for whom it knows.

Everything comes from the issuer that was configured: addresses it publishes on another host are refused. Answers are
bounded in time and length; redirects are not followed. Why a provider was not believed stands in the log only.
"""

from __future__ import annotations

import base64
import http.client
import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from api.accounts.id_token import Known, TokenError, UnknownKeyError, verify
from api.accounts.openid_settings import OpenId
from api.outgoing import ask
from api.problems import ApiError

log = logging.getLogger("saraptama.service")

_KEPT = timedelta(hours=1)
_NEW_KEYS_EVERY = timedelta(minutes=1)  # a token with an unknown key must not make us ask for keys again and again
_AT_ONCE = 8  # people that wait for the provider at the same time: each holds a thread
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Published:
    """What the provider publishes of itself."""

    authorization: str
    token: str
    keys: str
    in_body: bool  # the secret goes into the form, not into the header


class Provider:
    """A provider, asked within ``seconds`` for answers of at most ``limit`` bytes."""

    def __init__(self, of: OpenId, clock: Callable[[], datetime], seconds: int, limit: int) -> None:
        self.of = of
        self._clock, self._seconds, self._limit = clock, seconds, limit
        self._room = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._published: tuple[datetime, _Published] | None = None
        self._keys: tuple[datetime, Sequence[Mapping[str, Any]]] | None = None

    def way(self, state: str, nonce: str, challenge: str) -> str:
        """Where a browser goes to sign in. Raises ``ApiError``: the provider does not answer, or not as one."""
        asked = {
            "response_type": "code",
            "client_id": self.of.client,
            "redirect_uri": self.of.back,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = self._known().authorization
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"

    def exchange(self, code: str, verifier: str, nonce: str) -> Known:
        """Whom the code is about. Raises ``ApiError`` as ``way``, and when the token proves nothing."""
        known = self._known()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.of.back,
                "code_verifier": verifier}  # fmt: skip
        headers = {"Content-Type": _FORM, "Accept": "application/json"}
        if not self.of.secret or known.in_body:
            form |= {"client_id": self.of.client} | ({"client_secret": self.of.secret} if self.of.secret else {})
        else:
            pair = f"{quote(self.of.client, safe='')}:{quote(self.of.secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        token = self._asked("POST", known.token, urlencode(form).encode(), headers).get("id_token")
        if not isinstance(token, str):
            raise _refused("no token")
        try:
            return self._verified(token, nonce)
        except TokenError as error:
            raise _refused(str(error)) from error

    def _verified(self, token: str, nonce: str) -> Known:
        said = self.of.issuer, self.of.client, nonce, self._clock()
        try:
            return verify(token, self._published_keys(), *said)
        except UnknownKeyError:
            return verify(token, self._published_keys(fresh=True), *said)

    def _known(self) -> _Published:
        with self._lock:
            kept = self._published
        if kept and self._clock() - kept[0] < _KEPT:
            return kept[1]
        found = self._read(self._asked("GET", f"{self.of.issuer.rstrip('/')}/.well-known/openid-configuration"))
        with self._lock:
            self._published = self._clock(), found
        return found

    def _read(self, raw: Mapping[str, Any]) -> _Published:
        if raw.get("issuer") != self.of.issuer:
            raise _refused("another issuer")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        authorization, token, keys = (self._own(name, raw.get(name)) for name in names)
        methods = raw.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return _Published(authorization, token, keys, "client_secret_basic" not in methods)

    def _own(self, name: str, address: object) -> str:
        """An address on the host of the issuer itself."""
        mine = urlsplit(self.of.issuer)
        try:
            parts = urlsplit(address) if isinstance(address, str) and address.isascii() else None
            same = parts is not None and (parts.scheme, parts.netloc) == (mine.scheme, mine.netloc)
        except ValueError:
            same = False
        if not same or not isinstance(address, str) or not address.isprintable() or " " in address:
            raise _refused(name)
        return address

    def _published_keys(self, *, fresh: bool = False) -> Sequence[Mapping[str, Any]]:
        with self._lock:
            kept = self._keys
        age = _NEW_KEYS_EVERY if fresh else _KEPT
        if kept and self._clock() - kept[0] < age:
            return kept[1]
        raw = self._asked("GET", self._known().keys).get("keys")
        keys = [key for key in raw if isinstance(key, dict)] if isinstance(raw, list) else []
        with self._lock:
            self._keys = self._clock(), keys
        return keys

    def _asked(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        if not self._room.acquire(blocking=False):
            raise ApiError(503, "api.openid_silent")
        try:
            status, content = ask(method, url, self._seconds, self._limit, body, headers)
        except (OSError, ValueError, http.client.HTTPException) as error:
            log.warning("the OpenID provider gives no answer: %s", type(error).__name__)
            raise ApiError(503, "api.openid_silent") from error
        finally:
            self._room.release()
        if status != 200:
            raise _refused(f"status {status}")
        try:
            told = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise _refused("no JSON") from error
        if not isinstance(told, dict):
            raise _refused("no object")
        return told


def _refused(why: str) -> ApiError:
    log.warning("the OpenID provider is not believed: %s", why)
    return ApiError(401, "api.openid_refused")
