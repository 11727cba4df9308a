"""Where things lie, from the environment: database, folder of kept files, pack, settings.

``SARAPTAMA_DATA``: the folder of the service (default ``data`` under the current folder). ``SARAPTAMA_DATABASE``: URL
of the database (default: a SQLite file in that folder); its password may lie in a file of its own,
``SARAPTAMA_DATABASE_PASSWORD_FILE``. ``SARAPTAMA_PACK``: name or folder of the pack (``kz``). ``SARAPTAMA_SERVICES``:
the register of public services, as ``saraptama services import`` made it (none). ``SARAPTAMA_ACTS``: the status
register of acts, as ``saraptama acts import`` made it (none).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from expertise.office import Office, Settings
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from nlp.detection.pack import Pack
from nlp.limits import Limits

FindPack = Callable[[str], Pack]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the environment says."""

    data: Path
    database: str
    pack: str
    limits: Limits
    settings: Settings
    services: Path | None = None
    acts: Path | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Configuration:
        """Raises ``ValueError`` naming the variable that makes no sense."""
        data = Path(environ.get("SARAPTAMA_DATA") or "data").absolute()
        return cls(
            data=data,
            database=_database(environ, data),
            pack=environ.get("SARAPTAMA_PACK") or "kz",
            limits=Limits.from_environment(dict(environ)),
            settings=Settings.from_environment(environ),
            services=Path(environ["SARAPTAMA_SERVICES"]) if environ.get("SARAPTAMA_SERVICES") else None,
            acts=Path(environ["SARAPTAMA_ACTS"]) if environ.get("SARAPTAMA_ACTS") else None,
        )

    def office(self, pack: Pack) -> Office:
        """The office over this configuration; opens the database lazily and makes the folder of files when needed."""
        factors = {factor.id: factor.name for factor in pack.all_factors.values()}
        files = Blobs(self.data / "files")
        return Office(Database(self.database), files, factors, self.settings, limits=self.limits, pack=pack)


def secret_from_file(environ: Mapping[str, str], name: str) -> str:
    """The first line of the file that ``name`` names, empty where it names none.

    Raises ``ValueError`` naming the variable whose file cannot be read or is empty.
    """
    path = environ.get(name)
    if not path:
        return ""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}={path!r}") from error
    if not lines or not lines[0].strip():
        raise ValueError(f"{name}={path!r}")
    return lines[0].strip()


def _database(environ: Mapping[str, str], data: Path) -> str:
    given = environ.get("SARAPTAMA_DATABASE") or f"sqlite:///{data / 'saraptama.db'}"
    password = secret_from_file(environ, "SARAPTAMA_DATABASE_PASSWORD_FILE")
    try:
        url = make_url(given)
    except ArgumentError:
        raise ValueError("SARAPTAMA_DATABASE") from None  # it may hold a password: not repeated
    return url.set(password=password).render_as_string(hide_password=False) if password else given
