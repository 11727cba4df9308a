"""The seed of a long run: ``SOAK_SEED`` chooses what is left to chance. Without one every run does the same."""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random

SEED = os.environ.get("SOAK_SEED", "")


def chance(name: str) -> Random:
    """Chance of its own for whoever is called ``name``; the same for the same seed."""
    return Random(f"{SEED or '1'}:{name}")


def moments(name: str, usual: Sequence[int], among: range) -> list[int]:
    """``usual`` without a seed; with one as many of ``among`` in order."""
    return sorted(chance(name).sample(among, len(usual))) if SEED else list(usual)


def pause(name: str, most: float) -> float:
    """Seconds to wait before something is killed; none without a seed."""
    return chance(name).uniform(0, most) if SEED else 0.0
