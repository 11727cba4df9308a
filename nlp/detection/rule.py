"""Rule: one entry of a rule file, compiled. The file's form is given by ``schema/rules.schema.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nlp.matching import Pattern, PatternSet, parse_pattern
from nlp.matching.pattern import Lists
from nlp.norms.frame import Field


class Scope(StrEnum):
    """Where a context pattern is looked for, seen from the words that fired."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    BEFORE = "before"  # in the clause, left of the words
    AFTER = "after"  # in the clause, right of the words
    OVERLAP = "overlap"  # shares a token with the words
    TEXT = "text"
    LEAD = "lead"  # with the words that close the list after its last item
    HEADING = "heading"
    PROVISION = "provision"  # text, lead-in and heading


@dataclass(frozen=True, slots=True)
class Context:
    """Holds when any of the patterns is found in the scope."""

    scope: Scope
    patterns: PatternSet


@dataclass(frozen=True, slots=True)
class FrameTest:
    """Slot name → allowed values; empty means anything. ``no_action`` lists kinds that must not be."""

    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    no_action: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActTest:
    """Holds for acts of these forms (``Requisites.form``, ``approved_form``); where the form is not known – a provision
    pasted alone – for provisions whose text, lead-in or heading names such an act."""

    forms: frozenset[str]
    named: PatternSet


@dataclass(frozen=True, slots=True)
class Condition:
    """A frame test and contexts that must (``present``) and must not (``absent``) hold."""

    frame: FrameTest
    present: tuple[Context, ...] = ()
    absent: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A sentence of a rule's own tests; ``marked`` are the [[…]] spans of the text that must be flagged."""

    text: str
    lead: str = ""
    heading: str = ""
    marked: tuple[tuple[int, int], ...] = ()
    marked_lead: tuple[tuple[int, int], ...] = ()
    flags: bool = True
    strength: int = 0  # 0: any
    act: str = ""  # form of the act, as ``Provision.act_form``


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one language."""

    id: str
    factor: str
    language: str
    strength: int
    confidence: float
    triggers: tuple[Pattern, ...]
    fields: frozenset[Field]
    roles: frozenset[str]
    condition: Condition
    raised: Condition | None  # where it holds, strength is 2
    explanation: Mapping[str, str]
    risk: Mapping[str, str]
    rewrite: tuple[Mapping[str, Any], ...]  # as in the file, ``at`` compiled
    tests: tuple[RuleTest, ...]
    name: Mapping[str, str]
    act: ActTest | None = None  # what act the rule is for; None: any
    direction: Mapping[str, str] = field(default_factory=dict)  # instead of the factor's own, see ``Factor.direction``


DEFAULT_ROLES = frozenset({"norm", "quoted"})
DEFAULT_ACTORS = ("public", "none")
DEFAULT_MODALITY = ("option", "duty", "indicative", "none")


def build_rule(entry: Mapping[str, Any], factor: str, language: str, lists: Lists) -> Rule:
    """Compile one entry that the JSON Schema has accepted; raises ``PackError`` for bad patterns."""
    return Rule(
        id=entry["id"],
        factor=factor,
        language=language,
        strength=entry.get("strength", 1),
        confidence=entry.get("confidence", 0.5),
        triggers=tuple(parse_pattern(source, lists) for source in entry["any"]),
        fields=frozenset(Field(name) for name in entry.get("fields", ("text",))),
        roles=frozenset(entry.get("roles", DEFAULT_ROLES)),
        condition=_condition(entry, lists, defaults=True),
        raised=_condition(entry["strong_when"], lists, defaults=False) if "strong_when" in entry else None,
        explanation=entry.get("explanation", {}),
        risk=entry.get("risk", {}),
        rewrite=tuple(_edit(edit, lists) for edit in entry.get("rewrite", ())),
        tests=tuple(_tests(entry.get("tests", {}))),
        name=entry.get("name", {}),
        act=_act_test(entry["acts"], lists) if "acts" in entry else None,
        direction=entry.get("direction", {}),
    )


def _edit(edit: Mapping[str, Any], lists: Lists) -> Mapping[str, Any]:
    """An entry of ``rewrite``; the patterns of ``at`` and ``of`` are compiled."""
    places = {key: edit[key] for key in ("at", "of") if key in edit}
    made = {key: PatternSet([parse_pattern(source, lists) for source in each]) for key, each in places.items()}
    return {**edit, **made}


def _act_test(wanted: Mapping[str, Sequence[str]], lists: Lists) -> ActTest:
    return ActTest(frozenset(wanted["forms"]), PatternSet([parse_pattern(source, lists) for source in wanted["any"]]))


def _condition(entry: Mapping[str, Any], lists: Lists, defaults: bool) -> Condition:
    return Condition(
        frame=_frame_test(entry.get("frame", {}), defaults),
        present=_contexts(entry.get("with", ()), lists),
        absent=_contexts(entry.get("unless", ()), lists),
    )


def _frame_test(wanted: Mapping[str, Sequence[str]], defaults: bool) -> FrameTest:
    allowed = {slot: frozenset(values) for slot, values in wanted.items() if slot != "no_action"}
    if defaults:
        # Suppression 4 of methodology 10: unless a rule says otherwise, private persons, courts and bans
        # are left alone.
        allowed.setdefault("actor", frozenset(DEFAULT_ACTORS))
        allowed.setdefault("modality", frozenset(DEFAULT_MODALITY))
    return FrameTest(allowed, frozenset(wanted.get("no_action", ())))


def _contexts(entries: Sequence[Mapping[str, Any]], lists: Lists) -> tuple[Context, ...]:
    return tuple(
        Context(Scope(entry["in"]), PatternSet([parse_pattern(source, lists) for source in entry["any"]]))
        for entry in entries
    )


def _tests(tests: Mapping[str, Any]) -> list[RuleTest]:
    made = []
    for flags, name in ((True, "flag"), (False, "pass")):
        for raw in tests.get(name, ()):
            entry: Mapping[str, Any] = {"text": raw} if isinstance(raw, str) else raw
            text, marked = strip_marks(entry["text"])
            lead, marked_lead = strip_marks(entry.get("lead", ""))
            heading = entry.get("heading", "")
            strength, act = entry.get("strength", 0), entry.get("act", "")
            made.append(RuleTest(text, lead, heading, marked, marked_lead, flags, strength, act))
    return made


def strip_marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """«… [[вправе отказать]] …» → the plain text and the spans that stood in double brackets."""
    plain = ""
    spans = []
    rest = marked
    while "[[" in rest and "]]" in rest:
        before, _, rest = rest.partition("[[")
        inside, _, rest = rest.partition("]]")
        plain += before
        spans.append((len(plain), len(plain) + len(inside)))
        plain += inside
    return plain + rest, tuple(spans)
