"""Signing in by an OpenID provider: the authorization code flow with PKCE, state and nonce.

What was begun is kept here and used once, by the browser that began it; the provider's answer is believed only then.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from api.accounts.provider import Provider
from api.problems import ApiError
from api.service import Desk
from expertise.people import Actor
from expertise.work.identities import begin, link, person_of, take
from expertise.work.sign_ins import begin_session, fresh_secret, note_address

_LONGEST = 4_096  # characters of a code


def provider_of(desk: Desk) -> Provider:
    """The provider; without one there is no such page."""
    if desk.provider is None:
        raise ApiError(404, "api.no_such_place")
    return desk.provider


def set_out(desk: Desk, address: str, way: str) -> tuple[str, str]:
    """Where the browser goes, and the secret it keeps until it comes back. ``way``: the page wanted afterwards.

    Raises ``TooManyTriesError``, ``ApiError``.
    """
    provider = provider_of(desk)
    note_address(desk.office, address)
    state, nonce, verifier, browser = (fresh_secret() for _ in range(4))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    there = provider.way(state, nonce, challenge)
    begin(desk.office, state, browser, nonce, verifier, way)
    return there, browser


def come_back(desk: Desk, answer: dict[str, str], browser: str, old_secret: str, language: str) -> tuple[str, str]:
    """The secret of a new session, for the cookie, and the page that was wanted.

    ``answer``: what the provider put into the address. Raises ``ApiError``, ``DeniedError`` (an identity that no
    account here has, a closed account, one without a role).
    """
    provider = provider_of(desk)
    begun = take(desk.office, answer.get("state", ""), browser)
    if begun is None:
        raise ApiError(401, "api.openid_again")
    issuer = answer.get("iss", provider.of.issuer)  # RFC 9207
    if not hmac.compare_digest(issuer.encode(), provider.of.issuer.encode()):
        raise ApiError(401, "api.openid_refused")
    code = answer.get("code", "")
    if "error" in answer or not code or len(code) > _LONGEST:
        raise ApiError(401, "api.openid_denied")
    known = provider.exchange(code, begun.verifier, begun.nonce)
    person = person_of(
        desk.office, provider.of.issuer, known.subject, creates=provider.of.creates, name=known.name,
        login=known.login, language=language,
    )  # fmt: skip
    secret, _ = begin_session(desk.office, person, old_secret, openid=True)
    return secret, begun.way


def link_identity(desk: Desk, actor: Actor, person_id: str, number: str) -> None:
    """Whom the provider calls ``number`` is this account; an empty one takes that back. Raises as ``link``."""
    link(desk.office, actor, person_id, provider_of(desk).of.issuer, number)
