"""saraptama rules check | list | explain."""

from __future__ import annotations

import click

from nlp.changes.check import check_safeguards
from nlp.detection.detectorcheck import check_detectors
from nlp.detection.pack import Pack
from nlp.detection.rule import Condition, Rule
from nlp.detection.rulecheck import check_pack
from nlp.errors import PackError
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words
from saraptama.packs import find_pack


def check_rules(words: Words, pack: str) -> int:
    """Run the tests inside the rules and the coverage check."""
    loaded = find_pack(pack)
    problems = (*check_pack(loaded), *check_safeguards(loaded), *check_detectors(loaded))
    for problem in problems:
        click.echo(words(problem.code, rule=problem.rule, text=problem.text))
    rules = loaded.rules()
    safeguards = [safeguard for part in loaded.languages.values() for safeguard in part.safeguards]
    tests = sum(len(rule.tests) for rule in rules) + sum(len(safeguard.tests) for safeguard in safeguards)
    tests += sum(len(data.tests) for data in loaded.detectors.values())
    click.echo(words("rules.summary", rules=len(rules) + len(safeguards), tests=tests, problems=len(problems)))
    return Exit.PACK if problems else Exit.OK


def list_rules(words: Words, pack: str, factor: str | None) -> int:
    """One line a rule: id, strength, name."""
    loaded = find_pack(pack)
    if factor is not None and factor not in loaded.factors:
        raise PackError("rules.unknown_factor", factor=factor, known=", ".join(loaded.factors))
    for rule in loaded.rules():
        if factor in (None, rule.factor):
            click.echo(f"{rule.id}\t{rule.strength}\t{rule.name[words.language]}")
    return Exit.OK


def explain_rule(words: Words, rule_id: str, pack: str) -> int:
    """Everything a rule says, in words."""
    loaded = find_pack(pack)
    rule = loaded.by_id.get(rule_id)
    if rule is None:
        raise PackError("rules.unknown_rule", rule=rule_id)
    for line in _lines(words, rule, loaded):
        click.echo(line)
    return Exit.OK


def _lines(words: Words, rule: Rule, pack: Pack) -> list[str]:
    language = words.language
    factor = pack.factors[rule.factor]
    lines = [
        f"{rule.id} – {rule.name[language]}",
        words("rules.factor", name=factor.name[language], number=factor.code),
        words("rules.strength", strength=rule.strength, confidence=f"{rule.confidence:.2f}"),
        words("rules.looks_for"),
        *(f"  {pattern.source}" for pattern in rule.triggers),
        words("rules.fields", fields=", ".join(sorted(rule.fields)), roles=", ".join(sorted(rule.roles))),
        *_condition(words, rule.condition, "rules.condition"),
    ]
    if rule.raised is not None:
        lines += _condition(words, rule.raised, "rules.raised")
    lines += [
        words("rules.explanation", text=rule.explanation[language]),
        words("rules.risk", text=rule.risk[language]),
        words("rules.tests"),
    ]
    return lines + [f"  {'+' if test.flags else '–'} {_sentence(test.lead, test.text)}" for test in rule.tests]


def _sentence(lead: str, text: str) -> str:
    return f"{lead} {text}".strip()


def _condition(words: Words, condition: Condition, title: str) -> list[str]:
    lines = [f"  {slot}: {', '.join(sorted(values))}" for slot, values in sorted(condition.frame.allowed.items())]
    if condition.frame.no_action:
        lines.append(f"  no_action: {', '.join(sorted(condition.frame.no_action))}")
    for name, contexts in (("with", condition.present), ("unless", condition.absent)):
        for context in contexts:
            sources = " · ".join(pattern.source for pattern in context.patterns.patterns)
            lines.append(f"  {name} {context.scope}: {sources}")
    return [words(title), *lines] if lines else []
