"""Checks a pack as a lawyer wrote it: every rule's own tests, and whether every rule and pattern is tested."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from nlp import language
from nlp.detection.engine import Engine, Judged
from nlp.detection.fusion import merge_spans
from nlp.detection.pack import Pack
from nlp.detection.rule import Rule, RuleTest
from nlp.detection.suppression import failures
from nlp.matching import Pattern
from nlp.matching.pattern import Element
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision, Role


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: ``code`` names a message (ru, kk), ``text`` is the test sentence or the pattern."""

    rule: str
    code: str
    text: str


def check_pack(pack: Pack, rules: Collection[str] | None = None) -> tuple[Problem, ...]:
    """All failing tests, of rules and of what the model alone is silent on, all patterns that no test triggers, and
    features that no word of the language bears.

    ``rules`` restricts the check to rules of these ids.
    """
    engine = Engine(pack)
    chosen = [rule for rule in pack.rules() if rules is None or rule.id in rules]
    problems = [problem for rule in chosen for problem in _check_rule(rule, engine)]
    if rules is None:
        problems += [
            Problem(name, code, text)
            for code_of_language, part in pack.languages.items()
            for name, code, text in failures(part.quiet + part.silent, code_of_language)
        ]
    return tuple(problems)


def _check_rule(rule: Rule, engine: Engine) -> Iterator[Problem]:
    fired: set[str] = set()
    for test in rule.tests:
        judged = engine.analyse_and_judge(to_provision(rule, test))
        mine = [item for item in judged.evidence if item.detector == rule.id]
        fired |= {dict(item.reason)["pattern"] for item in mine}
        yield from _check_test(rule, test, judged)
    for pattern in rule.triggers:
        if pattern.source not in fired:
            yield Problem(rule.id, "rules.pattern_untested", pattern.source)
    for pattern in _patterns(rule):
        for feature in sorted(_features(pattern.elements) - language.of(rule.language).features):
            yield Problem(rule.id, "rules.feature_unknown", f"<{feature}>, {pattern.source}")


def _patterns(rule: Rule) -> Iterator[Pattern]:
    """Those that fire and those that must or must not be there."""
    yield from rule.triggers
    for condition in filter(None, (rule.condition, rule.raised)):
        for context in (*condition.present, *condition.absent):
            yield from context.patterns.patterns


def _features(elements: Sequence[Element]) -> frozenset[str]:
    """Features that the elements ask for or exclude, entries of named lists too."""
    return frozenset().union(
        *(element.tags | element.without for element in elements),
        *(_features(phrase) for element in elements for phrase in element.phrases),
    )


def _check_test(rule: Rule, test: RuleTest, judged: Judged) -> Iterator[Problem]:
    mine = [item for item in judged.evidence if item.detector == rule.id]
    if not test.flags:
        if mine:
            yield Problem(rule.id, "rules.test_flagged", test.text)
        return
    if not mine:
        yield Problem(rule.id, "rules.test_missed", test.text)
        return
    if test.strength and max(item.strength for item in mine) != test.strength:
        yield Problem(rule.id, "rules.test_strength", test.text)
    for field, wanted in ((Field.TEXT, test.marked), (Field.LEAD, test.marked_lead)):
        # Two patterns may mark words that overlap; a reader sees them as one place, so they are compared as one.
        found = merge_spans(span for item in mine for span in item.spans if span.field == field)
        if wanted and found != merge_spans(FieldSpan(field, start, end) for start, end in wanted):
            yield Problem(rule.id, "rules.test_span", test.text)


def to_provision(rule: Rule, test: RuleTest) -> Provision:
    """A rule's test as the provision it stands for; definitions are tested in the role the rule asks for."""
    role = Role.NORM if str(Role.NORM) in rule.roles else Role(min(rule.roles))
    return Provision(rule.id, rule.language, test.text, test.lead, test.heading, role, act_form=test.act)
