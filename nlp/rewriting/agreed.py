"""One defect of both authentic texts has one cure.

Reads: the linked findings of both texts. Writes: the same, where a unit that one text would lose and the other keep in
a new wording is no longer struck out: the developer is told in words what to do, and the texts stay alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.detection.finding import Finding, Recommendation
from nlp.detection.pack import Pack
from nlp.rewriting.direction import in_words
from nlp.rewriting.propose import texts_of


def agreed(found: Sequence[Finding], others: Sequence[Finding], pack: Pack, language: str) -> tuple[Finding, ...]:
    """The findings of one text, told in ``language``, so that they go with ``others``, those of the other text."""
    known = {each.id: each.recommendation for each in others}
    return tuple(_kept(each, known.get(each.counterpart), pack, language) for each in found)


def _kept(finding: Finding, other: Recommendation | None, pack: Pack, language: str) -> Finding:
    mine = finding.recommendation
    if mine is None or other is None or mine.action != "delete" or not other.wording:
        return finding
    said = in_words(finding, pack, language, texts_of(language))
    return finding if said is None else replace(finding, recommendation=said)
