"""References that lead nowhere: units that are not there or are excluded, norms that cite themselves, acts that a
register marks as repealed; and how deep a blanket reference leads.

Reads: norms of the act, its tree, the register of acts if one is loaded. Says nothing of quoted wording of other acts,
nor of citations whose owner the words do not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nlp.detection.act_view import ActView
from nlp.detection.detectors.reference_words import ReferenceWords, quoted
from nlp.detection.finding import Edit, Kind
from nlp.detection.observation import Blanks, Detected, Detector, Observation, Place
from nlp.detection.pack import Pack
from nlp.norms.frame import Field, FieldSpan
from nlp.references.citation import THIS, CitationKind, CitedAct
from nlp.references.depth import Depth, depth
from nlp.references.references import Reference, References
from nlp.references.resolve import Resolved, State
from nlp.register.acts import ActsRegister, RegisteredAct, Status
from nlp.structure.act import Act, Provision, Role, UnitKind
from nlp.structure.citations import Citations
from nlp.structure.operations import Step
from nlp.structure.wording import fold

NAME = "references"
FACTOR = "defective_reference"
BLANKET = "blanket_reference"
_ROLES = frozenset({Role.NORM, Role.DEFINITION})
_DEPTHS = {Depth.BODY: "depth_body", Depth.UNNAMED_ACT: "depth_act", Depth.ACT: "depth_act"}


def build(pack: Pack) -> Detector:
    """The detector with the pack's words."""
    return _References(pack.detectors[NAME].texts, pack.detectors[NAME].words)


def dead_in(pack: Pack, act: Act, everything: Sequence[Provision], wanted: Sequence[Provision]) -> list[Observation]:
    """References of ``wanted`` provisions of an act that is no draft – one as amended – to units it does not have.

    Nothing where the pack has no detector of references.
    """
    if NAME not in pack.detectors:
        return []
    detector = _References(pack.detectors[NAME].texts, pack.detectors[NAME].words)
    return detector.dead(act, everything, wanted)


class _References:
    def __init__(self, texts: Mapping[str, Any], words: Mapping[str, Any]) -> None:
        self.texts = texts
        self._sends = {code: re.compile("|".join(map(re.escape, data["sends"]))) for code, data in words.items()}
        self._transitional = {code: re.compile("|".join(data["transitional"])) for code, data in words.items()}
        self._longest = {code: int(data["longest_circular"]) for code, data in words.items()}

    def __call__(self, view: ActView) -> Detected:
        references = view.references
        words = ReferenceWords(view.citations, references.tree, self.texts["words"])
        found: list[Observation] = []
        for provision in view.judged:
            if provision.role in _ROLES and provision.language in self._sends and not self._is_transitional(provision):
                found += self._of(view, words, references.of(provision), provision)
        found += self._grounds(view, words)
        without = [
            reference
            for provision in view.judged
            if provision.role in _ROLES
            for reference in references.of(provision)
            if any(each.state is State.ABSENT for each in reference.resolved)
        ]
        return Detected((*found, *self._without_annexes(words, without)))

    def _grounds(self, view: ActView, words: ReferenceWords) -> Iterator[Observation]:
        """Acts that the preamble names as the ground of the whole draft, by the register alone."""
        register = view.registers.acts
        for provision in view.provisions if register is not None else ():
            if provision.role is Role.PREAMBLE and provision.language in self._sends:
                for reference in view.references.of(provision):
                    if register is not None and reference.citation.kind is CitationKind.EXTERNAL:
                        yield from self._registered(words, reference, register)

    def dead(self, act: Act, everything: Sequence[Provision], wanted: Sequence[Provision]) -> list[Observation]:
        """Units that are not there or are excluded, and nothing else."""
        cited = Citations(act)
        references = References(act, everything, cited)
        words = ReferenceWords(cited, references.tree, self.texts["words"])
        return [
            found
            for provision in wanted
            if provision.language in self._sends and not self._is_transitional(provision)
            for reference in references.of(provision)
            for found in self._dead(words, reference)
        ]

    def _is_transitional(self, provision: Provision) -> bool:
        """«Порядок введения в действие», «признать утратившими силу»: such norms name units that are to go."""
        words = fold(f"{provision.heading} {provision.lead} {provision.text}")
        return self._transitional[provision.language].search(words) is not None

    def _of(
        self, view: ActView, words: ReferenceWords, found: Sequence[Reference], provision: Provision
    ) -> Iterator[Observation]:
        for reference in found:
            broken = list(self._dead(words, reference))
            yield from broken
            if broken:
                continue
            if self._is_circular(view, reference):
                edits = _edits(reference, reference.citation.targets[0].path[-1])
                yield self._said(words, reference, "circular", {"words": quoted(provision.text)}, edits)
            elif reference.citation.kind is CitationKind.EXTERNAL and view.registers.acts is not None:
                yield from self._registered(words, reference, view.registers.acts)
        yield from self._depths(view, words, found, provision)

    # --- inside the act ----------------------------------------------------------------------------------------------

    def _dead(self, words: ReferenceWords, reference: Reference) -> Iterator[Observation]:
        for state in (State.MISSING, State.EXCLUDED):
            same = [each for each in reference.resolved if each.state is state and not each.target.inner]
            if same:
                yield self._broken(words, reference, same)

    def _broken(self, words: ReferenceWords, reference: Reference, broken: Sequence[Resolved]) -> Observation:
        text = "missing" if broken[0].state is State.MISSING else "excluded"
        blanks = words.of_broken(broken)
        edits = _edits(reference, broken[0].step) if text == "missing" and len(broken) == 1 else ()
        said = self._said(words, reference, text, blanks, edits)
        step = broken[0].step
        kind = step.kind.value if step is not None else ""
        return replace(said, reason=(*said.reason, (text, kind)))

    def _without_annexes(self, words: ReferenceWords, found: Sequence[Reference]) -> Iterator[Observation]:
        """Once for the whole act: it cites annexes and none is at hand, which is mostly the upload's fault."""
        if found:
            first = found[0]
            cited = dict.fromkeys(quoted(each.provision.text[slice(*each.citation.span)]) for each in found)
            yield self._said(words, first, "absent", words.of_absent([*cited][1:]), kind=Kind.ATTENTION)

    def _is_circular(self, view: ActView, reference: Reference) -> bool:
        """A unit of one sentence that sends for its rule to itself."""
        provision, citation = reference.provision, reference.citation
        named = citation.owner or any(step.number == THIS for target in citation.targets for step in target.path)
        if citation.kind is not CitationKind.INTERNAL or len(reference.resolved) != 1 or not named:
            return False
        unit = reference.resolved[0].unit
        if unit is None or unit.kind not in (UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT):
            return False
        alone = unit.address == provision.address or (
            unit.address in provision.path and [child.address for child in unit.children] == [provision.address]
        )
        if not alone or any(child.address != provision.address for child in unit.children):
            return False
        text = fold(provision.text)
        short = len(text) <= self._longest[provision.language] and not re.search(r"[.!?]\s+\S", text)
        around = text[max(0, citation.span[0] - 60) : citation.span[1] + 60]
        return short and self._sends[provision.language].search(around) is not None

    # --- other acts --------------------------------------------------------------------------------------------------

    def _registered(self, words: ReferenceWords, reference: Reference, register: ActsRegister) -> Iterator[Observation]:
        cited = reference.citation.act
        if cited is None or not cited.is_named:
            return
        found = register.find(cited)
        if found and all(act.status is Status.REPEALED for act in found):
            text = "repealed_ground" if reference.provision.role is Role.PREAMBLE else "repealed"
            yield self._said(words, reference, text, words.of_repealed(found[0]))
        elif not found and cited.number:
            alike = register.same_day(cited)
            if alike:
                yield self._unknown(words, reference, cited, alike)

    def _unknown(
        self, words: ReferenceWords, reference: Reference, cited: CitedAct, alike: Sequence[RegisteredAct]
    ) -> Observation:
        blanks = words.of_unknown(cited, alike)
        return self._said(words, reference, "unknown_number", blanks, kind=Kind.ATTENTION)

    # --- depth -------------------------------------------------------------------------------------------------------

    def _depths(
        self, view: ActView, words: ReferenceWords, found: Sequence[Reference], provision: Provision
    ) -> Iterator[Observation]:
        """What a rule called a blanket reference: how deep the citation under its words leads."""
        said = view.said(provision)
        factor = next((each for each in said.factors if each.factor == BLANKET), None) if said else None
        if factor is None:
            return
        spans = [span for span in factor.spans if span.field is Field.TEXT]
        for reference in found:
            start, end = reference.citation.span
            text = _DEPTHS.get(depth(reference))
            if text and any(span.start < end and start < span.end for span in spans):
                yield self._said(words, reference, text, {}, factor=BLANKET, kind=factor.kind, strength=factor.strength)
                return

    # --- saying ------------------------------------------------------------------------------------------------------

    def _said(
        self,
        words: ReferenceWords,
        reference: Reference,
        text: str,
        blanks: Blanks | Mapping[str, str],
        edits: tuple[Edit, ...] = (),
        factor: str = FACTOR,
        kind: Kind = Kind.REMARK,
        strength: int = 2,
    ) -> Observation:
        start, end = reference.citation.span
        told = {**words.of(reference), **{name: words.both(value) for name, value in blanks.items()}}
        return Observation(
            detector=NAME,
            text=text,
            factor=factor,
            places=(Place(reference.provision, FieldSpan(Field.TEXT, start, end)),),
            kind=kind,
            strength=strength if kind is Kind.REMARK or factor == BLANKET else 1,
            confidence=0.9 if kind is Kind.REMARK else 0.5,
            blanks=told,
            edits=edits,
            reason=(
                ("citation", quoted(reference.provision.text[start:end])),
                ("depth", depth(reference).name.lower()),
            ),
        )


def _edits(reference: Reference, step: Step | None) -> tuple[Edit, ...]:
    """The number that leads nowhere becomes a blank; nothing where the words write it otherwise or more than once."""
    start, end = reference.citation.span
    if step is None or not step.number[:1].isdigit():
        return ()
    written = reference.provision.text[start:end]
    found = list(re.finditer(rf"(?<![\d-]){re.escape(step.number)}(?!-?\d)", written))
    if len(found) != 1:
        return ()
    at = start + found[0].start()
    return (Edit(FieldSpan(Field.TEXT, at, at + len(step.number)), "___"),)
