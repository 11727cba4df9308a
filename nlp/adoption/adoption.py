"""adoption(): a draft, its findings and the adopted act → what is proposed to have become of every recommendation.

Reads: both acts, ``Asked``, findings of the adopted act (and of the draft). Writes: ``Adoption``. A proposal only: a
person's decision is kept elsewhere and is never overwritten (DESIGN 3.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nlp.adoption.asked import Asked
from nlp.adoption.decide import Seen, decide
from nlp.adoption.links import Link, LinkPass, Links, text_of, texts_of
from nlp.adoption.measure import Measures, measures, proposed
from nlp.adoption.outcome import Adoption, Outcome, Quote, Reason, State
from nlp.adoption.wanted import Deed, of_removal
from nlp.adoption.where import Finder, Spot
from nlp.adoption.words import renumbered, signs
from nlp.alignment import Alignment, Change
from nlp.detection.finding import Finding
from nlp.structure.act import Act, UnitKind
from nlp.versions.fresh import fresh
from nlp.versions.texts import aligned, language_of_both

_NUMBERED = frozenset({UnitKind.POINT, UnitKind.ARTICLE})
_WIDE = frozenset({Deed.SUPPLEMENT, Deed.DELETE})


def adoption(
    draft: Act,
    adopted: Act,
    asked: Sequence[Asked],
    found: Sequence[Finding] = (),
    before: Sequence[Finding] = (),
    foreign: bool = False,
    unlikely: Sequence[tuple[str, str]] = (),
) -> Adoption:
    """``found``, ``before``: findings of the adopted act and of the draft, where both were examined; ``unlikely``: what
    was left out of the draft's findings (``TextReport.unlikely``).

    Raises ``DossierError`` (``versions.other_language``) for texts in two languages.
    """
    language = language_of_both(draft, adopted)
    alignment = aligned(draft, adopted, language)
    work = _Work(Finder(draft), Finder(adopted), alignment, language, found, before)
    outcomes = tuple(work.outcome(each) for each in asked)
    told = {finding.id for outcome in outcomes for finding in outcome.fires}
    new = [each for each in fresh(alignment, draft, adopted, before, found, unlikely) if each.id not in told]
    return Adoption(language, draft, adopted, outcomes, tuple(new), foreign)


class _Work:
    def __init__(
        self,
        draft: Finder,
        adopted: Finder,
        alignment: Alignment,
        language: str,
        found: Sequence[Finding],
        before: Sequence[Finding],
    ) -> None:
        self.draft, self.adopted, self.language = draft, adopted, language
        self.links = Links(draft, adopted, alignment)
        self.numbers = _numbers(alignment, draft, adopted)
        self.found = found
        self.by_id = {finding.id: finding for finding in found}
        self.before = {(finding.factor, mark.address) for finding in before for mark in finding.marks}

    def outcome(self, asked: Asked) -> Outcome:
        """One recommendation."""
        spot = self.draft.find(asked)
        if spot is None:
            return Outcome(asked, State.UNDECIDED, Reason.NOT_FOUND, 0.0, Link(LinkPass.NONE))
        scope = self._scope(asked, spot)
        link, near = self._link(asked, scope)
        measured = self._measures(asked, scope, link, near)
        anchored = self._anchor(asked, scope, link, measured)
        if anchored is not None:
            link = anchored
            measured = self._measures(asked, scope, link, "")
        fires = self._fires(asked.factor, link.units)
        closest = "" if link.units else self.links.closest(signs(self._words(scope), self.language))
        seen = self._seen(asked, spot, bool(fires), closest)
        made = decide(asked.wanted, link, measured, seen)
        return Outcome(
            asked, made.state, made.reason, made.confidence, link, spot.address,
            old=self._words(scope), recommended=proposed(asked.wanted, self._words(scope)),
            new=tuple(self._quotes(link.units or self._around(scope))), fires=fires, measures=measured, closest=closest,
        )  # fmt: skip

    def _seen(self, asked: Asked, spot: Spot, fires: bool, closest: str) -> Seen:
        return Seen(
            fires=fires or bool(closest and self._fires(asked.factor, (closest,))),
            fired=(asked.factor, spot.address) in self.before,
            closest=bool(closest),
            removal=asked.factor in of_removal("factors"),
            between=asked.factor in of_removal("between"),
        )

    def _scope(self, asked: Asked, spot: Spot) -> str:
        """The unit that the recommendation rewrites: where it begins with «12.», the point and not an item of it."""
        if asked.wanted.deed is Deed.WORDING and asked.wanted.label and not asked.wanted.label.endswith(")"):
            chain = self.draft.chains[spot.address]
            return next((unit.address for unit in reversed(chain) if unit.kind in _NUMBERED), spot.address)
        return spot.address

    def _link(self, asked: Asked, scope: str) -> tuple[Link, str]:
        """The link of the norm, and the words of the wider unit that holds it in the adopted act."""
        link = self.links.of(scope)
        same = self.by_id.get(asked.id)
        address = _norm_of(same) if same is not None else ""
        if address in self.adopted.chains:
            link = Link(LinkPass.FINDING, (address,), 1.0, link.change if link.units else Change.MOVED)
        above = self.links.parent(scope)
        return link, texts_of(self.adopted, self.links.of(above).units) if above else ""

    def _measures(self, asked: Asked, scope: str, link: Link, near: str) -> Measures:
        new = texts_of(self.adopted, link.units)
        around = f"{new} {near}" if asked.wanted.deed in _WIDE else new
        item = self.draft.chains[scope][-1].kind is UnitKind.SUBPOINT
        return measures(asked.wanted, asked.quote, self._words(scope), new, around, self.language, self.numbers, item)

    def _anchor(self, asked: Asked, scope: str, link: Link, measured: Measures) -> Link | None:
        """Another unit, where alignment found none or the norm stayed as it was and what is recommended may be new."""
        if not link.units:
            there = self.links.verbatim(asked.quote)
            if there.units or asked.wanted.deed is Deed.DELETE:
                return there if there.units else None
        if asked.wanted.deed is Deed.DELETE:
            return None
        if link.units and not (measured.same and asked.wanted.deed in {Deed.SUPPLEMENT, Deed.WORDING}):
            return None
        full = proposed(asked.wanted, self._words(scope))
        words = [signs(renumbered(text, self.language, self.numbers), self.language)
                 for text in (full, asked.quote, self._words(scope))]  # fmt: skip
        found = self.links.anchored(words[0], words[1] if not link.units else frozenset(), words[2])
        return found if found.units else None

    def _words(self, address: str) -> str:
        return text_of(self.draft.act, self.draft.chains[address][-1])

    def _around(self, scope: str) -> tuple[str, ...]:
        """The unit of the adopted act in which a norm stood that is gone."""
        above = self.links.parent(scope)
        return self.links.of(above).units if above else ()

    def _quotes(self, addresses: Sequence[str]) -> Iterator[Quote]:
        for address in addresses:
            start, end = self.adopted.chains[address][-1].span
            yield Quote(address, start, end, self.adopted.act.source.text[start:end].strip())

    def _fires(self, factor: str, addresses: Sequence[str]) -> tuple[Finding, ...]:
        units = set(addresses)
        return tuple(
            finding for finding in self.found
            if finding.factor == factor and any(self._within(mark.address, units) for mark in finding.marks)
        )  # fmt: skip

    def _within(self, address: str, units: set[str]) -> bool:
        return any(unit.address in units for unit in self.adopted.chains.get(address, ()))


def _norm_of(finding: Finding) -> str:
    """The norm that a finding's recommendation rewrites; its first mark may stand in another."""
    marked = [mark.address for mark in finding.marks]
    return finding.provision if finding.provision in marked else next(iter(marked), "")


def _numbers(alignment: Alignment, draft: Finder, adopted: Finder) -> Mapping[str, str]:
    """Numbers of points and articles that are others now; of the approved document, not of the order."""
    numbers: dict[str, str] = {}
    for pair in alignment.pairs:
        if len(pair.left) == len(pair.right) == 1:
            one, two = draft.chains[pair.left[0]], adopted.chains[pair.right[0]]
            inside = one[-1].kind in _NUMBERED and not any(unit.kind is UnitKind.ORDER for unit in one)
            if inside and one[-1].number != two[-1].number:
                numbers.setdefault(one[-1].number, two[-1].number)
    return numbers
