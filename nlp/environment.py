"""Named bounds from the environment: ``SARAPTAMA_`` and the name of a field in capitals.

Reads: a dataclass of numbers with defaults, variables. Writes: the values that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

PREFIX = "SARAPTAMA_"


def overrides(kind: type[Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Field → value for the variables that are set; a whole number where the default is one.

    Raises ``ValueError`` naming the variable that is no such number above zero.
    """
    given: dict[str, Any] = {}
    for each in fields(kind):
        variable = PREFIX + each.name.upper()
        raw = environ.get(variable)
        if raw is None or each.default is MISSING:
            continue
        given[each.name] = _number(raw, type(each.default), f"{variable}={raw!r}")
    return given


def _number(raw: str, kind: type[Any], told: str) -> Any:
    if kind is int and not raw.isdecimal():
        raise ValueError(told)
    try:
        value = kind(raw)
    except ValueError as error:
        raise ValueError(told) from error
    if not value > 0:
        raise ValueError(told)
    return value
