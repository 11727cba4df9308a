"""What pages of methodologists show of the pack: factors, bases and rules with what stands of the changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.forms import Form
from expertise.case.pack_overlay import LANGUAGES, TEXTS, Change, basis_key
from expertise.work.pack_changes import PackState
from nlp.detection.pack import Factor
from nlp.detection.rule import Rule, RuleTest


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor in the list of all."""

    factor: Factor
    rules: int
    off: int
    bases: int
    verified: int


@dataclass(frozen=True, slots=True)
class BasisView:
    """A basis; ``verified``: by the pack itself, ``change``: by whom here, None where nobody has."""

    key: str
    text: Mapping[str, str]
    mark: str
    verified: str
    change: Change | None
    by: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list of its factor."""

    rule: Rule
    off: bool
    reworded: bool


@dataclass(frozen=True, slots=True)
class FactorView:
    """One factor with everything in it."""

    factor: Factor
    bases: tuple[BasisView, ...]
    rules: Mapping[str, tuple[RuleRow, ...]]


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule. ``words``: what it says now, or what somebody has just written, «explanation-ru» → words."""

    rule: Rule
    off: bool
    reworded: bool
    words: Mapping[str, str]
    flags: tuple[str, ...]
    passes: tuple[str, ...]


def factor_rows(state: PackState) -> tuple[FactorRow, ...]:
    """All factors in the order of the pack."""
    return tuple(_row(state, factor) for factor in state.pack.all_factors.values())


def factor_view(state: PackState, factor: str) -> FactorView:
    """Raises ``KeyError`` for a factor that the pack has not."""
    found = state.pack.all_factors[factor]
    rules = {code: tuple(row for row in _rules(state, found) if row.rule.language == code) for code in LANGUAGES}
    return FactorView(found, _bases(state, found), rules)


def rule_view(state: PackState, rule: str, form: Form | None) -> RuleView:
    """Raises ``KeyError`` for a rule that the pack has not."""
    found, now = state.pack.by_id[rule], state.standing
    said = {name: {**getattr(found, name), **now.reworded.get(rule, {}).get(name, {})} for name in TEXTS}
    words = {f"{name}-{code}": " ".join(said[name].get(code, "").split()) for name in TEXTS for code in LANGUAGES}
    if form is not None and form["kind"] == "reword":
        words = {name: form[name] for name in words}
    flags, passes = (tuple(_shown(test) for test in found.tests if test.flags is wanted) for wanted in (True, False))
    return RuleView(found, rule in now.off, rule in now.reworded, words, flags, passes)


def _row(state: PackState, factor: Factor) -> FactorRow:
    rules, bases = _rules(state, factor), _bases(state, factor)
    verified = sum(bool(basis.change or basis.verified) for basis in bases)
    return FactorRow(factor, len(rules), sum(row.off for row in rules), len(bases), verified)


def _rules(state: PackState, factor: Factor) -> tuple[RuleRow, ...]:
    now = state.standing
    found = (rule for rule in state.pack.rules() if rule.factor == factor.id)
    return tuple(RuleRow(rule, rule.id in now.off, rule.id in now.reworded) for rule in found)


def _bases(state: PackState, factor: Factor) -> tuple[BasisView, ...]:
    made = []
    for basis in factor.basis:
        key = basis_key(factor.id, basis)
        change = state.standing.verified.get(key)
        by = state.names.get(change.by, "") if change else ""
        text = {code: basis[code] for code in LANGUAGES}
        made.append(BasisView(key, text, basis["mark"], basis.get("verified", ""), change, by))
    return tuple(made)


def _shown(test: RuleTest) -> str:
    parts = (test.heading, test.lead, test.text)
    return " ".join(part.strip() for part in parts if part.strip())
