"""Checks the safeguards of a pack as a lawyer wrote them: every safeguard's own tests, every pattern tried by one."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.changes.norms import ChangedNorm
from nlp.changes.safeguards import Removed, removed
from nlp.changes.words import compare
from nlp.detection.pack import Pack
from nlp.detection.rulecheck import Problem
from nlp.detection.safeguard import Look, Safeguard, SafeguardTest
from nlp.language import of
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision


def check_safeguards(pack: Pack) -> tuple[Problem, ...]:
    """All failing tests and all patterns that no test tries; empty when the data are sound."""
    safeguards = [safeguard for part in pack.languages.values() for safeguard in part.safeguards]
    return tuple(problem for safeguard in safeguards for problem in _check(safeguard, pack))


def _check(safeguard: Safeguard, pack: Pack) -> Iterator[Problem]:
    tried: set[int] = set()
    for test in safeguard.tests:
        shown = test.after if safeguard.look is Look.OPENED else test.before
        tried |= {match.index for match in safeguard.words.find(of(safeguard.language).analyse(shown))}
        mine = [found for found in removed([_norm(safeguard, test)], pack) if found.safeguard is safeguard]
        if not test.gone and mine:
            yield Problem(safeguard.id, "rules.test_flagged", test.before)
        elif test.gone and not mine:
            yield Problem(safeguard.id, "rules.test_missed", test.before)
        elif test.gone and test.marked and not _marks(safeguard, mine[0], test):
            yield Problem(safeguard.id, "rules.test_span", test.before)
    for index, pattern in enumerate(safeguard.patterns):
        if index not in tried:
            yield Problem(safeguard.id, "rules.pattern_untested", pattern.source)


def _marks(safeguard: Safeguard, found: Removed, test: SafeguardTest) -> bool:
    spans = found.came if safeguard.look is Look.OPENED else found.stood
    return spans == test.marked


def _norm(safeguard: Safeguard, test: SafeguardTest) -> ChangedNorm:
    before = Provision("before", safeguard.language, test.before)
    after = Provision("after", safeguard.language, test.after) if test.after else None
    new = tuple(FieldSpan(Field.TEXT, *span) for span in compare(test.before, test.after).new)
    return ChangedNorm(before, after, new, "", (0, 0), lambda start, end: ())
