"""nlp.matching: patterns over tokens, written as data, and the engine that finds them.

The pattern language is described in ``pattern.py`` and, for lawyers, in ``docs/rules.md``.
"""

from nlp.matching.matcher import Match, PatternSet
from nlp.matching.pattern import Pattern, parse_pattern

__all__ = ["Match", "Pattern", "PatternSet", "parse_pattern"]
