"""The token by which a provider says who somebody is (OpenID Connect Core 1.0, 3.1.3.7).

Only signatures that need the provider's private key are taken: with a shared secret, or with the public key used as
one, anybody could write a token.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import import_key

ALGORITHMS: Mapping[str, str] = {"RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "ES256": "EC",
                                 "ES384": "EC"}  # fmt: skip
"""Algorithm → type of its keys."""

LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
_LEEWAY_SECONDS = 60


class TokenError(ValueError):
    """The token proves nothing; the words say why, for the log."""


class UnknownKeyError(TokenError):
    """The key that signed the token is not among those given: newer ones may have it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the provider knows. ``name`` and ``login`` are what it calls them, empty when it does not say."""

    subject: str
    name: str
    login: str


def verify(token: str, keys: Sequence[Mapping[str, Any]], issuer: str, client: str, nonce: str, now: datetime) -> Known:
    """Whom the token is about. ``keys``: the provider's, as it publishes them.

    Raises ``TokenError`` unless the signature, issuer, audience, end and nonce are right; ``UnknownKeyError``.
    """
    try:
        header = jws.extract_compact(token.encode()).headers()
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise TokenError("algorithm")
        key = import_key(dict(_key(keys, str(algorithm), header.get("kid"))))
        claims = jwt.decode(token, key, algorithms=[str(algorithm)]).claims
        demands = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        demands.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, UnicodeError) as error:
        if isinstance(error, TokenError):
            raise
        raise TokenError(type(error).__name__) from error
    return _known(claims, client, nonce)


def _key(keys: Sequence[Mapping[str, Any]], algorithm: str, kid: object) -> Mapping[str, Any]:
    """The one key that may have signed; a token that names none is taken where there is just one."""
    fit = [
        key
        for key in keys
        if key.get("kty") == ALGORITHMS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    ]
    if not fit:
        raise UnknownKeyError("key")
    if len(fit) > 1:
        raise TokenError("several keys")
    return fit[0]


def _known(claims: Mapping[str, Any], client: str, nonce: str) -> Known:
    said, subject, audience = claims.get("nonce"), claims["sub"], claims["aud"]
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise TokenError("nonce")
    party = claims.get("azp", client if isinstance(audience, str) or len(audience) == 1 else None)
    if party != client:
        raise TokenError("azp")
    if not is_subject(subject):
        raise TokenError("sub")
    return Known(subject, _words(claims.get("name")), _words(claims.get("preferred_username")))


def is_subject(words: str) -> bool:
    """Whether this can be somebody's number at a provider."""
    return bool(words.strip()) and len(words) <= LONGEST_SUBJECT and words.isascii() and words.isprintable()


def _words(value: object) -> str:
    return " ".join(value.replace("\x00", "").split())[:300] if isinstance(value, str) else ""
