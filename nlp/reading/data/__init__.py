"""Data of the reading room: tables and formulas that a lawyer can read and change."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=16)
def load(name: str) -> dict[str, Any]:
    """The mapping in ``nlp/reading/data/<name>``; raises ``ValueError`` when the file is not a mapping."""
    value = yaml.safe_load(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    if not isinstance(value, dict):
        raise ValueError(f"{name}: a mapping is expected")
    return value
