"""What a power lacks: demanded elements that are absent or open, the factor each leads to, what is only asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nlp.norms.frame import NormFrame, SlotState
from nlp.norms.powers import ActIndex, Core, Element, Power, State, Words, estimates

COMPOSITION = "composition"
_IN_FRAME = ("time_limit", "grounds", "documents")
"""Elements that the frame of a clause tells of too."""
_HELD = frozenset({SlotState.CLOSED, SlotState.REFERENCE})


@dataclass(frozen=True, slots=True)
class Gap:
    """A demanded element that is missing (``words`` None) or left open by ``words``."""

    element: str
    factor: str
    place: str
    words: Words | None = None


class Gaps:
    """Judges powers of one text by the pack's settings."""

    def __init__(self, settings: Mapping[str, Any], index: ActIndex) -> None:
        self._settings = settings
        self._index = index

    def of(self, power: Power, core: Core) -> tuple[Gap, ...]:
        """Demanded elements of the kind that the act does not settle, the leading one first; none of what the clause of
        the core itself holds."""
        held = {name for name in _IN_FRAME if getattr(core.frame, name).state in _HELD}
        if Element.TIME_LIMIT.value in held and not self._is_own_time(core):
            held.discard(Element.TIME_LIMIT.value)
        if power.kind in self._settings["by_calendar"] and self._is_periodic(power, core.frame):
            held.add(Element.GROUNDS.value)
        demanded = [name for name in self._settings["demanded"][power.kind] if name not in held]
        gaps = (self._gap(name, power) for name in self._order(power) if name in demanded)
        found = tuple(gap for gap in gaps if gap is not None)
        if not found:
            return ()
        senseless = self._senseless(power)
        return tuple(gap for gap in found if gap.element not in senseless)

    def _is_periodic(self, power: Power, frame: NormFrame) -> bool:
        """«Один раз в год проводится обследование»: what is due by the calendar needs no ground."""
        words, text = self._index.words, self._index.analysis(power.core).text
        if words.not_periodic.find(text):
            return False
        extent = frame.extent
        return any(extent.start <= match.start and match.end <= extent.end for match in words.periodic.find(text))

    def _is_own_time(self, core: Core) -> bool:
        """Whether a time limit of the clause is of the power itself: no word that takes one for itself («с извещением
        за три дня», «два раза в год») stands in it or between it and the words of the power."""
        claims = self._index.words.elements[Element.TIME_LIMIT].claimed_by
        text = self._index.analysis(self._index.provisions[core.at]).text
        for span in core.frame.time_limit.spans:
            if span.field is not core.span.field:
                return True  # of the lead-in: it holds for every item
            start, end = min(span.start, core.span.start), max(span.end, core.span.end)
            between = (t for t in text if start <= t.start and t.end <= end)
            outside = (t for t in between if t.end <= core.span.start or t.start >= core.span.end)
            if not any(lemma in claims for token in outside for lemma in token.lemmas):
                return True
        return False

    def _senseless(self, power: Power) -> frozenset[str]:
        """Elements that very likely make no sense for this power: nobody can refuse where nobody applies. Whether an
        element is settled is never taken from an estimate: it was learnt on acts in force, which lack less.
        """
        least = self._settings["thresholds"]["senseless"]
        said = estimates().of(power).items()
        return frozenset(element.value for element, (state, sure) in said if state is State.NA and sure >= least)

    def asked(self, power: Power, found: Sequence[Gap]) -> tuple[str, ...]:
        """Elements to be asked about instead: left to a named act, the only one missing, or none but what the general
        law on administrative procedures settles for every body."""
        if all(gap.element in self._settings["general_law"] for gap in found):
            return tuple(gap.element for gap in found)
        if power.order is not None:
            return tuple(gap.element for gap in found if gap.element in self._settings["by_order"])
        return tuple(gap.element for gap in found) if len(found) == 1 else ()

    def factor(self, found: Sequence[Gap], said: Collection[str]) -> str:
        """The factor of the main missing element; one that rules have ``said`` of the norm itself goes before, so that
        one defect stays one finding («в разумный срок» is the rule's word on the same time limit)."""
        for gap in found:
            of_element = self._settings["gaps"][gap.element]
            for factor in (gap.factor, of_element.get("open"), of_element.get("absent")):
                if factor in said:
                    return str(factor)
        return found[0].factor

    def _order(self, power: Power) -> Sequence[str]:
        own: Sequence[str] = self._settings["order_of"].get(power.kind, ())
        return [*own, *(name for name in self._settings["order"] if name not in own)]

    def _gap(self, name: str, power: Power) -> Gap | None:
        gap = self._settings["gaps"][name]
        if name == COMPOSITION:
            return Gap(name, gap["absent"], gap["place"]) if self._lacks_composition(power) else None
        slot = power.slots[Element(name)]
        if name == Element.GROUNDS and power.state(Element.REFUSAL_GROUNDS) is State.PRESENT and power.kind == "refuse":
            return None
        if slot.of_other_step:
            return None
        if (slot.state is State.ABSENT or slot.supposed) and "absent" in gap:
            return Gap(name, gap["absent"], gap["place"])
        if slot.state is State.OPEN and "open" in gap and not slot.by_hint and not slot.supposed:
            return Gap(name, gap["open"], gap["place"], slot.words)
        return None

    def _lacks_composition(self, power: Power) -> bool:
        """A commission decides, and nowhere in the act its members or its voting are spoken of."""
        commissions = self._index.words.commissions
        return bool(commissions.find(self._index.analysis(power.core).text)) and not self._has_composition

    @cached_property
    def _has_composition(self) -> bool:
        words, index = self._index.words, self._index
        names = [
            lemma
            for pattern in words.commissions.patterns
            for element in pattern.elements
            for lemma in sorted(element.words)
        ]
        places = sorted({index.sentences[s].at for lemma in names for s in index.with_lemma(lemma)})
        return any(words.composition.find(index.analysis(index.provisions[n]).text) for n in places)
