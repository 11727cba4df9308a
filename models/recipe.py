"""The recipe of the classifier, read from ``recipe.yaml``."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def recipe() -> dict[str, Any]:
    """A fresh copy of the settings, free to be changed by the caller."""
    made: dict[str, Any] = yaml.safe_load(files("models").joinpath("recipe.yaml").read_text(encoding="utf-8"))
    return made
