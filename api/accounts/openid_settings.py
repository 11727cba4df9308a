"""Whether people sign in by an OpenID provider, by passwords, or both – from the environment."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from api.configuration import secret_from_file

BACK = "/sign-in/openid/back"
"""Where the provider sends people back to; the provider is told this address of the service beforehand."""


@dataclass(frozen=True, slots=True)
class OpenId:
    """One provider. ``address``: of this service as people's browsers know it, without a path.

    ``creates``: whoever the provider knows gets an account at the first sign-in, without any role.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    address: str
    creates: bool = False

    @property
    def back(self) -> str:
        """The whole address people are sent back to."""
        return self.address + BACK

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> OpenId | None:
        """From ``SARAPTAMA_OPENID_ISSUER``, ``_CLIENT``, ``_SECRET`` or ``_SECRET_FILE``, ``_CREATE``,
        ``_PLAIN_HTTP`` and ``SARAPTAMA_ADDRESS``; None where no issuer is set.

        Raises ``ValueError`` naming the variable that makes no sense. Plain HTTP is taken for a provider on this very
        machine only, and only when it is asked for.
        """
        issuer = environ.get("SARAPTAMA_OPENID_ISSUER", "")
        if not issuer:
            return None
        _check("SARAPTAMA_OPENID_ISSUER", issuer, plain=yes(environ, "SARAPTAMA_OPENID_PLAIN_HTTP"))
        address = environ.get("SARAPTAMA_ADDRESS", "").rstrip("/")
        parts = _check("SARAPTAMA_ADDRESS", address, plain=yes(environ, "SARAPTAMA_PLAIN_HTTP"))
        if parts.path:
            raise ValueError(f"SARAPTAMA_ADDRESS={address!r}")
        client = environ.get("SARAPTAMA_OPENID_CLIENT", "")
        if not client:
            raise ValueError("SARAPTAMA_OPENID_CLIENT=''")
        secret = environ.get("SARAPTAMA_OPENID_SECRET") or secret_from_file(environ, "SARAPTAMA_OPENID_SECRET_FILE")
        creates = yes(environ, "SARAPTAMA_OPENID_CREATE")
        return cls(issuer, client, secret, address, creates)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in. Without ``passwords`` only the administrator with the login ``emergency`` has one."""

    openid: OpenId | None = None
    passwords: bool = True
    emergency: str = ""

    def takes_password(self, login: str) -> bool:
        """Whether a password is asked of this login at all."""
        return self.passwords or (bool(self.emergency) and login.strip().lower() == self.emergency)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> SignIn:
        """As ``OpenId``, and ``SARAPTAMA_PASSWORDS``, ``SARAPTAMA_EMERGENCY_LOGIN``.

        Raises ``ValueError`` when passwords are off and nothing stands in their place.
        """
        openid = OpenId.from_environment(environ)
        passwords = yes(environ, "SARAPTAMA_PASSWORDS", default="1")
        if not passwords and openid is None:
            raise ValueError("SARAPTAMA_PASSWORDS='0' SARAPTAMA_OPENID_ISSUER=''")
        return cls(openid, passwords, environ.get("SARAPTAMA_EMERGENCY_LOGIN", "").strip().lower())


def yes(environ: Mapping[str, str], name: str, default: str = "0") -> bool:
    """A variable that is ``1`` or ``0``. Raises ``ValueError`` naming it when it is something else."""
    raw = environ.get(name) or default
    if raw not in ("0", "1"):
        raise ValueError(f"{name}={raw!r}")
    return raw == "1"


def _check(name: str, address: str, *, plain: bool) -> SplitResult:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        fine = parts.port != 0 and address.isascii() and address.isprintable() and " " not in address
    except ValueError:
        raise ValueError(f"{name}={address!r}") from None
    secure = parts.scheme == "https" or (parts.scheme == "http" and plain and _is_here(host))
    if not (fine and host and secure) or parts.username is not None or parts.query or parts.fragment:
        raise ValueError(f"{name}={address!r}")
    return parts


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
