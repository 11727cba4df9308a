"""Changes of one text of the draft: operations rebuilt with the acts in force, their norms judged.

Reads: the draft, its operations, the bases. Writes: ``ChangesReport``. The draft's own QUOTED provisions whose
resulting norm was rebuilt are judged there and not a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.changes.bases import Base
from nlp.changes.change import Change, Outcome, State
from nlp.changes.dead_references import dead_references
from nlp.changes.judging import Judge, JudgedChanges, Unchanged, judge_changes
from nlp.changes.naming import act_name
from nlp.changes.norms import changed_norms, norms_of_changes
from nlp.changes.rebuild import Rebuilding, rebuild
from nlp.changes.showing import DraftUnits, NormShowing
from nlp.detection.finding import Finding
from nlp.detection.pack import Pack
from nlp.structure import structure
from nlp.structure.act import Act, Provision
from nlp.structure.operations import Operation, OperationKind


@dataclass(frozen=True, slots=True)
class ChangesReport:
    """What became of the operations of one text and what was found in the resulting norms."""

    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    judged: int = 0
    rebuilt_units: frozenset[str] = frozenset()


def rebuild_for(draft: Act, operations: Sequence[Operation], bases: Sequence[Base]) -> Rebuilding:
    """The operations of a draft on the bases of their languages.

    The repeal of a whole act («признать утратившим силу приказ …») leaves no norm to judge: no wording is asked for.
    """
    units = {unit.address: unit for unit in draft.root.walk()}
    main = "kk" if draft.language == "kk" else "ru"

    def language_of(operation: Operation) -> str:
        unit = units.get(operation.address)
        return unit.language if unit is not None and unit.language else main

    amending = [each for each in operations if each.target or each.kind is not OperationKind.REPEAL]
    return rebuild(draft, amending, bases, language_of, structure)


def rebuilt_units(rebuilding: Rebuilding) -> frozenset[str]:
    """Quoted units of the draft whose resulting norms were rebuilt."""
    done = [outcome for outcome in rebuilding.outcomes if outcome.state is State.REBUILT]
    return frozenset(unit for outcome in done for unit in outcome.operation.units)


def examine_changes(
    draft: Act,
    rebuilding: Rebuilding,
    changes: Sequence[Change],
    everything: Sequence[Provision],
    pack: Pack,
    judge: Judge,
    language: str,
    seen: dict[str, int],
) -> ChangesReport:
    """Findings on the rebuilt norms and on the changes of comparative tables; ``everything`` are the provisions of the
    draft."""
    operations = [outcome.operation for outcome in rebuilding.outcomes]
    units = DraftUnits(draft)
    judged: list[JudgedChanges] = []
    dead: list[Finding] = []
    for rebuilt in rebuilding.acts:
        norms = changed_norms(rebuilt, operations)
        position = rebuilt.base.position
        named = next(o.operation.act for o in rebuilding.outcomes if o.base == position and o.state is State.REBUILT)
        name = act_name(named, language) or rebuilt.base.act.requisites.title
        showing = NormShowing(units, norms, language, name, rebuilt)
        judged.append(judge_changes(draft, norms, showing, pack, judge, seen))
        dead += dead_references(rebuilt, norms, showing, pack, seen)
    if changes:
        norms = norms_of_changes(changes, everything)
        judged.append(judge_changes(draft, norms, NormShowing(units, norms, language, "", None), pack, judge, seen))
    return ChangesReport(
        outcomes=rebuilding.outcomes,
        findings=(*(finding for item in judged for finding in item.findings), *dead),
        unchanged=tuple(entry for item in judged for entry in item.unchanged),
        judged=sum(item.judged for item in judged),
        rebuilt_units=rebuilt_units(rebuilding),
    )
