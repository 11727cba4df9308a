"""A draft beside the base of its family: units aligned, what this text has otherwise, decisions of the base linked.

Reads: two shown texts in one language, decisions on one, findings of the other. Writes: ``Beside``. Links are made by
aligning units only, each with the pass that made it; where two are as good, a person is asked (DESIGN 3.7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expertise.case.decided import Decided
from expertise.case.decisions import STANDS, Said
from expertise.case.shown_units import own_words
from expertise.shown_text import ShownText, ShownUnit
from nlp.alignment import Alignment, Change, SameLanguage, align
from nlp.alignment.alignment import Node
from nlp.similarity.words import plain
from nlp.structure.act import UnitKind

_APART = frozenset({"current", "reason", "signature", "stamp"})
SAME_FINDING, SAME_WORDS, SAME_UNIT, ADDED = "finding", "words", "unit", "added"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One unit that is not the same in both texts. ``change``: as in alignment; ``local``: only names, numbers or dates
    differ; ``base_unit`` or ``unit`` is None where a text does not have it."""

    change: str
    base_unit: ShownUnit | None
    unit: ShownUnit | None
    base_words: str
    words: str
    local: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A decision of the base with the finding here that it is about. ``candidates``: several findings here, of which a
    person says which; ``unit``: where it stands here, None where this text has no such norm."""

    base: Decided
    finding: str
    candidates: tuple[str, ...]
    unit: ShownUnit | None
    base_unit: ShownUnit | None
    made_by: str
    same_words: bool
    words: str
    base_words: str

    @property
    def stands(self) -> bool:
        """Whether the base let the finding stand."""
        return self.base.decision.verdict in STANDS

    @property
    def is_tie(self) -> bool:
        """Whether a person is asked."""
        return not self.finding and bool(self.candidates)

    @property
    def proposes(self) -> bool:
        """Whether anything can be taken over."""
        return bool(self.finding or self.candidates or (self.unit is not None and self.stands))


@dataclass(frozen=True, slots=True)
class Beside:
    """Both texts of one language."""

    language: str
    deviations: tuple[Deviation, ...]
    linked: tuple[Linked, ...]
    same_units: int


def beside(
    base: ShownText, text: ShownText, decided: Sequence[Decided], findings: Mapping[str, Mapping[str, Any]]
) -> Beside:
    """``decided``: decisions of the base on findings in ``base``; ``findings``: id → content of those in ``text``."""
    left, right = _nodes(base), _nodes(text)
    alignment = align(left, right, SameLanguage(left, right, text.language))
    at = {unit.address: unit for unit in text.units}
    there = {unit.address: unit for unit in base.units}
    deviations = tuple(_deviations(alignment, base, text, there, at))
    links = _Links(alignment, base, text, there, at, findings)
    own = [each for each in decided if _language(each) == base.language]
    same = sum(pair.change is Change.SAME for pair in alignment.pairs)
    return Beside(text.language, deviations, tuple(links.all(own)), same)


def proposal(linked: Linked, finding: str) -> Said:
    """What a decision of the base would say here: words an expert wrote, and for a finding that the machine did not
    make here all that a finding needs. Places are never taken over: they are offsets of another text."""
    said, content = linked.base.decision.said, linked.base.content
    if finding:
        return Said(said.factor, said.severity, said.explanation, said.risk, said.recommendation, said.wording)
    made = content.get("recommendation")
    return Said(
        factor=said.factor or str(content["factor"]),
        severity=said.severity or str(content.get("severity", "medium")),
        explanation=said.explanation or str(content.get("explanation", "")),
        risk=said.risk or str(content.get("risk", "")),
        recommendation=said.recommendation
        or (str(made.get("instruction", "")) if isinstance(made, Mapping) else str(made or "")),
        wording=dict(said.wording or content.get("wording") or {}),
    )


def _language(decided: Decided) -> str:
    return next((code for code, _, _ in decided.places), str(decided.content.get("text_language", "")))


def _nodes(text: ShownText) -> tuple[Node, ...]:
    """Units as alignment sees them: below a root, without what is no norm; a first paragraph without a number is its
    unit's."""
    found: list[tuple[ShownUnit, int, str]] = []
    parents: list[tuple[int, int]] = [(-1, 0)]  # (depth, place)
    passed = 99
    for unit in text.units:
        if unit.depth > passed:
            continue
        passed = unit.depth if unit.role in _APART else 99
        if unit.role in _APART:
            continue
        while parents[-1][0] >= unit.depth:
            parents.pop()
        words = own_words(text, unit).strip() or text.text[unit.heading[0] : unit.heading[1]]
        above = parents[-1][1]
        holder = found[above - 1] if above else None
        if (unit.kind, holder is not None and not holder[2].strip()) == ("clause", True) and holder is not None:
            found[above - 1] = (holder[0], holder[1], words)
            parents.append((unit.depth, above))
            continue
        found.append((unit, above, words))
        parents.append((unit.depth, len(found)))
    children: dict[int, list[int]] = defaultdict(list)
    for place, (_, above, _) in enumerate(found, 1):
        children[above].append(place)
    root = Node("act", UnitKind.ACT, "", text.title, -1, tuple(children[0]))
    return (root, *(
        Node(unit.address, UnitKind(unit.kind), unit.label, words, above, tuple(children[place]))
        for place, (unit, above, words) in enumerate(found, 1)
    ))  # fmt: skip


def _deviations(
    alignment: Alignment, base: ShownText, text: ShownText, there: Mapping[str, ShownUnit], at: Mapping[str, ShownUnit]
) -> Iterable[Deviation]:
    normal = plain(text.language)
    for pair in alignment.pairs:
        one = [there[address] for address in pair.left if address in there]
        two = [at[address] for address in pair.right if address in at]
        old, new = (_words(source, units) for source, units in ((base, one), (text, two)))
        if old == new and pair.change in (Change.SAME, Change.RENUMBERED):
            continue
        change = Change.CHANGED if pair.change is Change.SAME else pair.change
        local = bool(one and two) and normal.words(old) == normal.words(new)
        yield Deviation(change.value, one[0] if one else None, two[0] if two else None, old, new, local)


def _words(text: ShownText, units: Iterable[ShownUnit]) -> str:
    found = [own_words(text, _told(text, unit)).strip() for unit in units]
    return "\n".join(words for words in found if words)


def _told(text: ShownText, unit: ShownUnit) -> ShownUnit:
    """The unit, or its first paragraph where it has no words of its own."""
    if unit.own[1] > unit.own[0]:
        return unit
    after = text.units.index(unit) + 1
    first = text.units[after] if after < len(text.units) else unit
    return first if first.depth > unit.depth and first.kind == "clause" else unit


class _Links:
    """Decisions of the base, each with its finding in the other text."""

    def __init__(
        self, alignment: Alignment, base: ShownText, text: ShownText, there: Mapping[str, ShownUnit],
        at: Mapping[str, ShownUnit], findings: Mapping[str, Mapping[str, Any]],
    ) -> None:  # fmt: skip
        self._alignment, self._base, self._text = alignment, base, text
        self._there, self._at, self._findings = there, at, findings
        self._here: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, content in findings.items():
            if content.get("text_language") == text.language:
                self._here[str(content["factor"]), _folded(str(content.get("provision", "")))].append(name)

    def all(self, decided: Sequence[Decided]) -> Iterable[Linked]:
        """In the order of the base. What two decisions would claim is asked, not given to the first."""
        rivals: dict[tuple[str, str], int] = defaultdict(int)
        for each in decided:
            rivals[str(each.content["factor"]), self._unit_of(each)] += 1
        taken = {each.finding for each in decided if each.finding in self._findings}
        for each in decided:
            yield self._one(each, taken, rivals[str(each.content["factor"]), self._unit_of(each)])

    def _one(self, each: Decided, taken: set[str], rivals: int) -> Linked:
        address = self._unit_of(each)
        pair = self._alignment.of_left(address)
        paired = pair.right[0] if pair is not None and len(pair.right) == len(pair.left) == 1 else ""
        unit, base_unit = self._at.get(paired), self._there.get(address)
        old = _words(self._base, [base_unit] if base_unit else [])
        new = _words(self._text, [unit] if unit else [])
        normal = plain(self._text.language)
        same = bool(new) and normal.words(old) == normal.words(new)
        finding, made_by = "", ADDED
        candidates: tuple[str, ...] = ()
        if each.finding in self._findings:
            finding, made_by, same = each.finding, SAME_FINDING, True
        elif paired:
            free = [name for name in self._here[str(each.content["factor"]), _folded(paired)] if name not in taken]
            made_by = (SAME_WORDS if same else SAME_UNIT) if free else ADDED
            if len(free) == 1 and rivals == 1:
                finding = free[0]
            else:
                candidates = tuple(free)
        return Linked(each, finding, candidates, unit, base_unit, made_by, same, new, old)

    def _unit_of(self, each: Decided) -> str:
        address = str(each.content.get("provision", "")) if not each.own_places else ""
        if not address and each.places:
            _, start, end = each.places[0]
            holding = [unit for unit in self._base.units if unit.start <= start and end <= unit.end]
            address = min(holding, key=lambda unit: (unit.end - unit.start, -unit.depth)).address if holding else ""
        return address if self._alignment.of_left(address) else _folded(address)


def _folded(address: str) -> str:
    """A first paragraph and its unit are one place."""
    return address.removesuffix("__clause_1")
