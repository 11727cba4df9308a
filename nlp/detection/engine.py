"""Engine: the rules of a pack over one provision.

Reads: a provision. Writes: Evidence, one per rule and place. Phrases are matched first, through one index over all
rules of the language; frames and contexts are worked out only where a trigger fired.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp import language as languages
from nlp.detection.finding import Evidence
from nlp.detection.pack import Pack, PackLanguage
from nlp.detection.rule import ActTest, Condition, Context, FrameTest, Rule, Scope
from nlp.detection.suppression import silent_factors
from nlp.language.token import Tokens
from nlp.matching import Match, PatternSet
from nlp.matching.matcher import DEFAULT_STEPS
from nlp.norms import ProvisionAnalysis, analyse, frames
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.norms.lexicon import NormLexicon
from nlp.structure.act import Provision


@dataclass(frozen=True, slots=True)
class Judged:
    """Evidence on one provision with the frames it rests on."""

    provision_id: str
    evidence: tuple[Evidence, ...]
    frames: tuple[NormFrame, ...] = ()
    exhausted: tuple[str, ...] = ()  # rules that ran out of their budget of steps


class Engine:
    """Compiled once per pack; ``judge`` is pure. ``steps`` is the budget of work of one pattern on one string."""

    def __init__(self, pack: Pack, steps: int = DEFAULT_STEPS) -> None:
        self.pack = pack
        self._tables = {code: _Table(part, steps) for code, part in pack.languages.items()}

    def judge(self, provision_analysis: ProvisionAnalysis) -> Judged:
        """Evidence on one analysed provision; none for a language the pack does not speak."""
        provision = provision_analysis.provision
        table = self._tables.get(provision.language)
        if table is None:
            return Judged(provision.id, ())
        return table.judge(provision_analysis, self.pack.version)

    def analyse_and_judge(self, provision: Provision) -> Judged:
        """``judge`` for a provision that has not been analysed yet."""
        if provision.language not in self._tables:
            return Judged(provision.id, ())
        return self.judge(analyse(provision, languages.of(provision.language)))


class _Table:
    """Rules of one language behind one index."""

    def __init__(self, part: PackLanguage, steps: int) -> None:
        self._part = part
        self._owners: list[Rule] = []
        patterns = []
        for rule in part.rules:
            for trigger in rule.triggers:
                patterns.append(trigger)
                self._owners.append(rule)
        self._triggers = PatternSet(patterns, steps)

    def judge(self, analysis: ProvisionAnalysis, version: str) -> Judged:
        exhausted: list[int] = []
        hits = [
            (field, match, self._owners[match.index])
            for field in (Field.LEAD, Field.TEXT)
            for match in self._triggers.find(analysis.tokens(field), exhausted)
            if field in self._owners[match.index].fields and _role(analysis) in self._owners[match.index].roles
        ]
        view = _View(analysis, self._part.lexicon)
        # Most hits fall without frames, which are the dearest of all that a rule asks for.
        hits = [hit for hit in hits if view.may_hold(hit[2], hit[0], hit[1])]
        spent = tuple(sorted({self._owners[index].id for index in exhausted}))
        if not hits:
            return Judged(analysis.provision.id, (), (), spent)
        evidence = [
            made
            for field, match, rule in hits
            if (made := self._evidence(view, field, match, rule, version)) is not None
        ]
        evidence = [item for item in evidence if not self._suppressed(view, item)]
        if evidence:
            nothing = silent_factors(self._part.silent, analysis)
            evidence = [] if nothing is None else [item for item in evidence if item.factor not in nothing]
        return Judged(analysis.provision.id, tuple(evidence), view.frames, spent)

    def _evidence(self, view: _View, field: Field, match: Match, rule: Rule, version: str) -> Evidence | None:
        frame = view.frame_at(field, match.start)
        if frame is None or not view.holds(rule.condition, field, match, frame):
            return None
        strength = rule.strength
        if rule.raised is not None and view.holds(rule.raised, field, match, frame):
            strength = 2
        return Evidence(
            detector=rule.id,
            version=version,
            factor=rule.factor,
            spans=(FieldSpan(field, match.start, match.end),),
            strength=strength,
            confidence=rule.confidence,
            reason=_reason(rule, match, frame, self._triggers),
        )

    def _suppressed(self, view: _View, evidence: Evidence) -> bool:
        return any(
            view.overlaps(suppression.patterns, span)
            for suppression in self._part.suppressions
            if suppression.is_about(evidence.factor)
            for span in evidence.spans
        )


def _role(analysis: ProvisionAnalysis) -> str:
    return str(analysis.provision.role)


def _reason(rule: Rule, match: Match, frame: NormFrame, triggers: PatternSet) -> tuple[tuple[str, str], ...]:
    """Machine-readable: what fired and what the frame said."""
    return (
        ("pattern", triggers.patterns[match.index].source),
        ("actor", str(frame.actor.kind)),
        ("actor_name", frame.actor.name),
        ("modality", str(frame.modality)),
        ("action", frame.action.kind),
        ("time_limit", str(frame.time_limit.state)),
        ("grounds", str(frame.grounds.state)),
        ("documents", str(frame.documents.state)),
    )


class _View:
    """One provision under judgement; matches of a context are found once per field."""

    def __init__(self, analysis: ProvisionAnalysis, lexicon: NormLexicon) -> None:
        self._analysis = analysis
        self._lexicon = lexicon
        self._found: dict[tuple[int, Field], list[Match]] = {}

    @cached_property
    def frames(self) -> tuple[NormFrame, ...]:
        """Frames of the provision, made when something first asks for them."""
        return frames(self._analysis, self._lexicon)

    @cached_property
    def _by_field(self) -> Mapping[Field, Sequence[NormFrame]]:
        found: dict[Field, list[NormFrame]] = defaultdict(list)
        for frame in sorted(self.frames, key=lambda frame: frame.extent.start):
            found[frame.extent.field].append(frame)
        return found

    def may_hold(self, rule: Rule, field: Field, match: Match) -> bool:
        """Whether the rule may yet speak, as far as can be told without frames: what is wanted beside the words stands
        somewhere, and no word that excludes it stands where the borders of clauses do not count."""
        if not self.is_of(rule.act):
            return False
        return all(self._stands(context, field) for context in rule.condition.present) and not any(
            context.scope in _BEYOND_CLAUSES and self._context(context, field, match, None)
            for context in rule.condition.absent
        )

    def _stands(self, context: Context, field: Field) -> bool:
        """Whether the context is found in the fields of its scope at all."""
        return self._closes(context) or any(
            self._matches(context.patterns, where) for where in _scope_fields(context.scope, field)
        )

    def frame_at(self, field: Field, offset: int) -> NormFrame | None:
        """The frame whose clause holds the offset: pieces of clauses do not overlap."""
        frames_of_field = self._by_field[field]
        after = bisect_right(frames_of_field, offset, key=lambda frame: frame.extent.start)
        frame = frames_of_field[after - 1] if after else None
        return frame if frame is not None and offset < frame.extent.end else None

    def holds(self, condition: Condition, field: Field, match: Match, frame: NormFrame) -> bool:
        return (
            _frame_holds(condition.frame, frame)
            and all(self._context(context, field, match, frame) for context in condition.present)
            and not any(self._context(context, field, match, frame) for context in condition.absent)
        )

    def is_of(self, act: ActTest | None) -> bool:
        """Whether the provision stands in an act that the rule is for."""
        if act is None:
            return True
        form = self._analysis.provision.act_form
        return form in act.forms if form else any(self._matches(act.named, field) for field in Field)

    def overlaps(self, patterns: PatternSet, span: FieldSpan) -> bool:
        return any(m.start < span.end and m.end > span.start for m in self._matches(patterns, span.field))

    def _closes(self, context: Context) -> bool:
        """Whether closing words hold the context: they frame an item as its lead-in does."""
        return context.scope in _FRAMING and bool(context.patterns.find(self._analysis.tail))

    def _context(self, context: Context, field: Field, match: Match, frame: NormFrame | None) -> bool:
        return self._closes(context) or any(
            _in_scope(context.scope, candidate, match, frame, self._analysis.tokens(field))
            for where in _scope_fields(context.scope, field)
            for candidate in self._matches(context.patterns, where)
        )

    def _matches(self, patterns: PatternSet, field: Field) -> list[Match]:
        key = (id(patterns), field)
        if key not in self._found:
            self._found[key] = patterns.find(self._analysis.tokens(field))
        return self._found[key]


_FRAMING = frozenset({Scope.LEAD, Scope.PROVISION})
_BEYOND_CLAUSES = frozenset({Scope.OVERLAP, Scope.SENTENCE, Scope.TEXT, Scope.LEAD, Scope.HEADING, Scope.PROVISION})
"""Scopes that are told without a frame."""


def _scope_fields(scope: Scope, field: Field) -> Iterable[Field]:
    if scope is Scope.PROVISION:
        return (Field.TEXT, Field.LEAD, Field.HEADING)
    if scope in {Scope.TEXT, Scope.LEAD, Scope.HEADING}:
        return (Field(scope.value),)
    return (field,)


def _in_scope(scope: Scope, found: Match, match: Match, frame: NormFrame | None, tokens: Tokens) -> bool:
    if scope not in _BEYOND_CLAUSES:
        in_clause = frame is not None and frame.extent.start <= found.start and found.end <= frame.extent.end
        if scope is Scope.BEFORE:
            return in_clause and found.last <= match.mark_first
        if scope is Scope.AFTER:
            return in_clause and found.first >= match.mark_last
        return in_clause
    if scope is Scope.OVERLAP:
        return found.start < match.end and found.end > match.start
    if scope is Scope.SENTENCE:
        return tokens[found.first].sentence == tokens[match.first].sentence
    return True


def _frame_holds(test: FrameTest, frame: NormFrame) -> bool:
    if frame.action.kind in test.no_action:
        return False
    values = frame.values()
    return all(values[slot] in wanted for slot, wanted in test.allowed.items())
