"""Figures as plain JSON values, and back to text: rounding happens here and nowhere else."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from typing import Any

DIGITS = 4


def plain(value: object) -> Any:
    """Dataclasses, enums and tuples as JSON values; numbers rounded to 4 digits, whole ones as integers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        rounded = round(value, DIGITS)
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def json_text(value: object) -> str:
    """One JSON document, sorted keys, same bytes for the same value."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def json_line(value: object) -> str:
    """One line of JSON Lines."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True) + "\n"


def percent(value: float | None) -> str:
    """0.8333 → «83.3»; «–» for a figure that is not defined."""
    return "–" if value is None else f"{100 * value:.1f}"


def number(value: float | None) -> str:
    """A count or a rate with at most two decimals; «–» for None."""
    if value is None:
        return "–"
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}"
