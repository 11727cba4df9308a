"""A draft compared with the base of its family, and decisions of the base put before its expert as proposals.

Nothing is applied: a proposal is no decision, and one on which the expert has decided is not made. The expert is told
what is proposed and on which unit, never whose the base expertise was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.decided import Decided
from expertise.case.decisions import Decision, Said, Verdict, current, final
from expertise.case.similar import ADDED, Beside, Linked, beside, proposal
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.policy import require
from expertise.store.case_tables import Case, FindingRow
from expertise.store.cases import Opened, open_case
from expertise.store.similar_tables import TakenOver
from expertise.work.analysing import latest_examination
from expertise.work.examined import Examined, examined
from expertise.work.families import base_of
from expertise.work.kept_texts import texts_of
from expertise.work.registering import subject
from expertise.work.reviewing import decisions
from expertise.work.seats import seats_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """A case beside its base, for the coordinator. ``taken``: findings of the base that were taken over already."""

    case: Case
    base: Case
    texts: tuple[Beside, ...]
    taken: frozenset[str]

    @property
    def left(self) -> bool:
        """Whether there is a decision that may be proposed and was not."""
        every = (each for text in self.texts for each in text.linked)
        return any(each.proposes and each.base.finding not in self.taken for each in every)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as the expert sees it: the decision with its words, the unit here, how it was linked."""

    id: str
    finding: str
    verdict: Verdict
    said: Said
    reason: str
    language: str
    unit: str
    quote: str
    made_by: str
    same_words: bool


def compared(session: Session, office: Office, opened: Opened) -> Comparison:
    """Raises ``DeniedError``, ``NotFoundError``, ``CaseError`` (no base; texts of no common language)."""
    base = base_of(session, opened)
    there = open_case(session, opened.actor, base.id, "see_final")
    seen = examined(session, office, there)
    texts = texts_of(office, latest_examination(session, opened))
    rows = select(FindingRow).where(FindingRow.case_id == opened.case.id, FindingRow.round == opened.case.round)
    findings = {row.id: row.content for row in session.scalars(rows.order_by(FindingRow.position)) if not row.added_by}
    made = [
        beside(one, two, _decided(session, there, seen), findings)
        for two in texts for one in seen.texts if one.language == two.language
    ]  # fmt: skip
    if not made:
        raise CaseError("expertise.no_common_text")
    return Comparison(opened.case, base, tuple(made), frozenset(row.base_finding_id for row in _taken(session, opened)))


def take_over(office: Office, actor: Actor, case_id: str, choices: Mapping[str, str] | None = None) -> int:
    """Put the decisions of the base before the first expert; how many proposals were made.

    ``choices``: finding of the base → finding here, where several were as good; what is not chosen is not proposed.
    Raises ``DeniedError``, ``NotFoundError``, ``CaseError`` (no expert, no base).
    """
    now, choices = office.clock(), choices or {}
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "take_over", lock=True)
        if Seat.FIRST not in seats_of(session, opened.case):
            raise CaseError("expertise.no_expert")
        comparison = compared(session, office, opened)
        decided = current(decisions(session, opened.case), Seat.FIRST)
        made: list[TakenOver] = []
        for text in comparison.texts:
            for each in text.linked:
                finding = each.finding or _chosen(each, choices)
                if each.base.finding in comparison.taken or finding in decided or not _may_take(each, finding):
                    continue
                made.append(_row(opened, comparison.base, text.language, each, finding))
        for row in made:
            row.by, row.at = actor.id, now
        session.add_all(made)
        told = {"base": comparison.base.id, "proposals": [[row.base_finding_id, row.finding_id] for row in made]}
        audit.write(session, actor, now, "take_over", subject(case_id), None, told)
    return len(made)


def proposed(session: Session, opened: Opened) -> tuple[Proposed, ...]:
    """What was taken over for the first expert, in the order it came. Raises ``DeniedError``."""
    require(opened.actor, "see_taken_over", opened.standing)
    return tuple(
        Proposed(
            row.id, row.finding_id, Verdict(row.verdict), Said(**row.said), row.reason, row.language, row.unit,
            row.quote, row.made_by, row.same_words,
        )
        for row in _taken(session, opened)
    )  # fmt: skip


def _taken(session: Session, opened: Opened) -> list[TakenOver]:
    case = opened.case
    rows = select(TakenOver).where(TakenOver.case_id == case.id, TakenOver.round == case.round)
    return list(session.scalars(rows.order_by(TakenOver.at, TakenOver.id)))


def _decided(session: Session, there: Opened, seen: Examined) -> list[Decided]:
    """Decisions of the base that count, those to dismiss a finding too."""
    second = seen.by(Seat.SECOND) if Seat.SECOND in seats_of(session, there.case) else None
    counts: Mapping[str, Decision] = final(seen.by(Seat.FIRST), second, seen.by(Seat.ADJUDICATOR))
    return [each for each in seen.decided(counts) if not seen.gone(each.finding)]


def _chosen(each: Linked, choices: Mapping[str, str]) -> str:
    wanted = choices.get(each.base.finding, "")
    return wanted if wanted in each.candidates else ""


def _may_take(each: Linked, finding: str) -> bool:
    """A finding here, or – where the base has one that the machine did not make here – a norm to add it to."""
    return bool(finding) or (each.unit is not None and each.stands and not each.candidates)


def _row(opened: Opened, base: Case, language: str, each: Linked, finding: str) -> TakenOver:
    decision = each.base.decision
    return TakenOver(
        case_id=opened.case.id, round=opened.case.round, finding_id=finding, base_case_id=base.id,
        base_finding_id=each.base.finding, verdict=(decision.verdict if finding else Verdict.ADDED).value,
        said={name: value for name, value in asdict(proposal(each, finding)).items() if value and name != "places"},
        reason=decision.reason, language=language, unit=each.unit.address if each.unit else "",
        quote="" if finding else each.words, made_by=each.made_by if finding else ADDED, same_words=each.same_words,
    )  # fmt: skip
