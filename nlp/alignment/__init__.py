"""Alignment: two trees of units → aligned units with operations."""

from nlp.alignment.align import align
from nlp.alignment.alignment import AlignedUnits, Alignment, Change, nodes
from nlp.alignment.similarity import RussianKazakh, SameLanguage

__all__ = ["AlignedUnits", "Alignment", "Change", "RussianKazakh", "SameLanguage", "align", "nodes"]
