"""Limits as the environment sets them, the same for every command."""

from __future__ import annotations

import os

from nlp.errors import ReadingError
from nlp.limits import Limits


def limits_of_environment() -> Limits:
    """Limits with overrides from ``SARAPTAMA_…``; a value that is no number above zero is an input error."""
    try:
        return Limits.from_environment(dict(os.environ))
    except ValueError as error:
        raise ReadingError("cli.bad_limit", setting=str(error)) from error
