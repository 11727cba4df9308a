"""Registers that an operator has loaded: files named on the command line or in the environment."""

from __future__ import annotations

from pathlib import Path

from nlp.limits import Limits
from nlp.reading.reader import load_file
from nlp.register.acts import load_acts
from nlp.register.services import load_services
from nlp.registers import Registers


def load_registers(services: Path | None, limits: Limits, acts: Path | None = None) -> Registers:
    """Registers out of the files that ``saraptama services import`` and ``acts import`` made; None: not loaded.

    Raises ``ReadingError``: no such file, one of another form, or one changed since it was made.
    """
    return Registers(
        services=load_services(load_file(services, limits), limits) if services else None,
        acts=load_acts(load_file(acts, limits), limits) if acts else None,
    )
