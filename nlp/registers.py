"""Registers that an operator may load: without one nothing is claimed about what it would tell (DESIGN 2).

Each register adds its own type and field here; ``sha256`` goes into the versions of an examination.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.register.acts import ActsRegister
from nlp.register.services import ServiceRegister


@dataclass(frozen=True, slots=True)
class Registers:
    """Registers at hand; None: not loaded."""

    services: ServiceRegister | None = None
    acts: ActsRegister | None = None

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """Pairs (register, sha256) of those loaded, sorted."""
        loaded = {"services": self.services, "acts": self.acts}
        return tuple(sorted((name, register.sha256) for name, register in loaded.items() if register is not None))


NONE = Registers()
