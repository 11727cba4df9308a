"""How long an act is, as its readers count it."""

from __future__ import annotations

from nlp.structure.act import Unit, UnitKind


def points(root: Unit) -> int:
    """Points under a unit, and articles that hold none."""
    found, left = 0, [root]
    while left:  # units may be nested deeper than functions call each other
        unit = left.pop()
        left.extend(unit.children)
        found += unit.kind is UnitKind.POINT or (unit.kind is UnitKind.ARTICLE and not _holds_points(unit))
    return found


def _holds_points(article: Unit) -> bool:
    """Points of an article stand directly in it, or in its parts and paragraphs."""
    return any(child.kind is UnitKind.POINT or _holds_points(child) for child in article.children)
