"""Named bounds of a batch, and what every examining process is started with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from nlp.environment import overrides
from nlp.errors import SaraptamaError
from nlp.limits import Limits


class BatchError(SaraptamaError):
    """The batch as a whole cannot go on: the list, the folder or the machines, never a single draft."""


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """Each can be set by the environment as ``SARAPTAMA_`` + the name in capitals.

    ``batch_tries``: how often a draft is begun whose process was killed; ``batch_child_drafts``: after so many an
    examining process is replaced.
    """

    batch_seconds: int = 900
    batch_memory_bytes: int = 4 * 1024**3
    batch_tries: int = 2
    batch_child_drafts: int = 500
    batch_list_lines: int = 200_000
    batch_line_characters: int = 20_000
    batch_start_seconds: int = 600
    batch_scheduler_seconds: int = 30

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> BatchSettings:
        """Overrides from ``environ``; raises ``ValueError`` naming the variable that is no whole number above zero."""
        return cls(**overrides(cls, environ))


@dataclass(frozen=True, slots=True)
class Setup:
    """What an examining process is started with, the same on every machine.

    ``entry`` names the module that is run (it calls ``child.serve``); pack, model and registers are names or absolute
    paths, looked up on the machine that examines. ``path``: further folders to import from.
    """

    entry: str
    pack: str
    model: str = ""
    services: str = ""
    acts: str = ""
    force: bool = False
    limits: Limits = field(default_factory=Limits)
    settings: BatchSettings = field(default_factory=BatchSettings)
    path: tuple[str, ...] = ()


def setup_from(raw: dict[str, Any]) -> Setup:
    """A setup as ``asdict`` and JSON leave it."""
    limits, settings = Limits(**raw.pop("limits")), BatchSettings(**raw.pop("settings"))
    return Setup(**{**raw, "path": tuple(raw["path"])}, limits=limits, settings=settings)


def setup_to(setup: Setup) -> dict[str, Any]:
    """A setup as plain JSON values."""
    return asdict(setup)


def failure(error: SaraptamaError, file: str = "") -> dict[str, Any]:
    """Code and params of a message as plain JSON values; the file it is about, where there are several."""
    params = {key: value if isinstance(value, int | str) else str(value) for key, value in error.params.items()}
    return {"code": error.code, "params": params, "file": file}
