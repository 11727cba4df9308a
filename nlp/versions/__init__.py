"""Versions: two texts of one act, unit by unit and word by word."""

from nlp.versions.compare import Version, Versions, versions
from nlp.versions.redline import Edit, Op, apply, edits, pieces

__all__ = ["Edit", "Op", "Version", "Versions", "apply", "edits", "pieces", "versions"]
