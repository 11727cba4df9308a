"""Where things lie, from the environment: database, folder of kept files, pack, settings.

``SARAPTAMA_DATA``: the folder of the service (default ``data`` under the current folder). ``SARAPTAMA_DATABASE``: URL
of the database (default: a SQLite file in that folder). ``SARAPTAMA_PACK``: name or folder of the pack (``kz``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

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

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Configuration:
        """Raises ``ValueError`` naming the variable that makes no sense."""
        data = Path(environ.get("SARAPTAMA_DATA") or "data").absolute()
        return cls(
            data=data,
            database=environ.get("SARAPTAMA_DATABASE") or f"sqlite:///{data / 'saraptama.db'}",
            pack=environ.get("SARAPTAMA_PACK") or "kz",
            limits=Limits.from_environment(dict(environ)),
            settings=Settings.from_environment(environ),
        )

    def office(self, pack: Pack) -> Office:
        """The office over this configuration; opens the database lazily and makes the folder of files when needed."""
        factors = {factor.id: factor.name for factor in pack.all_factors.values()}
        files = Blobs(self.data / "files")
        return Office(Database(self.database), files, factors, self.settings, limits=self.limits)
