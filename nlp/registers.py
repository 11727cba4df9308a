"""Registers that an operator may load: without one nothing is claimed about what it would tell (DESIGN 2).

Each register adds its own type and field here; ``sha256`` goes into the versions of an examination.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Registers:
    """Registers at hand."""

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """Pairs (register, sha256) of those loaded, sorted."""
        return ()


NONE = Registers()
