"""Collisions inside the act: two norms that settle the same thing differently (factor F10, methodology 8, DESIGN 2).

Reads: norms of the act with their tokens. Says nothing where any condition, object, actor or procedure differs.
"""

from nlp.detection.detectors.collisions.detector import build
from nlp.detection.detectors.collisions.say import NAME

__all__ = ["NAME", "build"]
