"""fresh(): which findings of a later text are new – neither they nor their factor were on the norm before.

Reads: the alignment, findings of both texts, and what rules said of the earlier one but was held for unlikely: a norm
that was changed a little may be thought a little likelier, and that is no new defect. For the same reason what the
model alone sees is new only in a norm that did not stand before. Writes: findings of the later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.alignment import Alignment
from nlp.detection.finding import MODEL, Finding
from nlp.structure.act import Act


def fresh(
    alignment: Alignment,
    old: Act,
    new: Act,
    before: Sequence[Finding],
    found: Sequence[Finding],
    unlikely: Sequence[tuple[str, str]] = (),
) -> Iterator[Finding]:
    """Findings of the later text whose norm the earlier text did not have with that factor; ``unlikely``: factors and
    addresses of the earlier text (``TextReport.unlikely``)."""
    known = {finding.id for finding in before}
    had = {*unlikely, *((finding.factor, mark.address) for finding in before for mark in finding.marks)}
    above_old, above_new = _parents(old), _parents(new)
    for finding in found:
        units = {mark.address for mark in finding.marks}
        earlier = {address for unit in units for address in _earlier(alignment, above_new, unit)}
        was = any((finding.factor, address) in had for address in earlier) or any(
            factor == finding.factor and earlier & _near(above_old, address) for factor, address in had
        )
        of_model = {item.detector for item in finding.evidence} == {MODEL}
        if finding.id not in known and not was and not (of_model and earlier):
            yield finding


def _parents(act: Act) -> dict[str, str]:
    return {child.address: unit.address for unit in act.root.walk() for child in unit.children}


def _earlier(alignment: Alignment, above: dict[str, str], address: str) -> tuple[str, ...]:
    """Units that the unit was; a first paragraph stands for its unit."""
    pair = alignment.of_right(address) or alignment.of_right(above.get(address, ""))
    return pair.left if pair is not None else ()


def _near(above: dict[str, str], address: str) -> set[str]:
    """A first paragraph and its unit are one place."""
    return {address, above.get(address, "")} if address.endswith("clause_1") else {address}
