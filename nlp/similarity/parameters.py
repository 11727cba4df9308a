"""Parameters of similarity, from ``parameters.yaml``, where each is explained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Parameters:
    """See ``parameters.yaml``."""

    stem: int
    shingle: int
    rows: int
    bands: int
    candidates: int
    unit_values: int
    unit_rows: int
    near: float
    member: float
    founder: float
    merge: float
    core: float
    general_weight: float
    fewest_words: int
    units: int
    members: int

    @property
    def values(self) -> int:
        """MinHash values of a draft."""
        return self.rows * self.bands


@cache
def parameters() -> Parameters:
    """Those of the product. Raises ``TypeError`` for a file that lacks one or has another."""
    return Parameters(**yaml.safe_load(files(__package__).joinpath("parameters.yaml").read_text("utf-8")))
