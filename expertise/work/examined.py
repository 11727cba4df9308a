"""The texts and decisions of a case as its conclusion and its adjudication need them, without regard to who asks.

The use cases that call this have asked the policy already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.decided import Decided
from expertise.case.decisions import Decision, Verdict, current
from expertise.office import Office
from expertise.people import Seat
from expertise.shown_text import ShownText
from expertise.store.case_tables import Analysis, Case, ExaminationRow, FindingRow
from expertise.store.cases import Opened
from expertise.store.job_columns import DONE
from expertise.work.analysing import latest_examination
from expertise.work.kept_texts import texts_of
from expertise.work.reviewing import decisions


@dataclass(frozen=True, slots=True)
class Examined:
    """The last examination with its texts, all findings of the round, and what each seat decided."""

    row: ExaminationRow | None
    texts: tuple[ShownText, ...]
    findings: Mapping[str, FindingRow]
    all_decisions: tuple[Decision, ...]

    def by(self, seat: Seat) -> dict[str, Decision]:
        """The decisions of a seat that count; who writes down what the machine said anyway has changed nothing."""
        made = current(self.all_decisions, seat)
        return {finding: self._without_repeats(decision) for finding, decision in made.items()}

    def _without_repeats(self, decision: Decision) -> Decision:
        content, said = self.findings[decision.finding].content, decision.said
        factor = "" if said.factor == content["factor"] else said.factor
        severity = "" if said.severity == content["severity"] else said.severity
        return replace(decision, said=replace(said, factor=factor, severity=severity))

    def gone(self, finding: str) -> bool:
        """Whether the last analysis no longer makes this finding."""
        row = self.findings[finding]
        return not row.added_by and (self.row is None or row.examination_id != self.row.id)

    def undecided(self, seat: Seat) -> tuple[str, ...]:
        """Findings that the seat has before it and has not decided on."""
        made, seen = self.by(seat), ("", seat.value)
        rows = [row for row in self.findings.values() if row.added_as in seen]
        return tuple(row.id for row in rows if row.id not in made and not self.gone(row.id))

    def decided(self, standing: Mapping[str, Decision]) -> tuple[Decided, ...]:
        """These findings in the order of the text, each with its decision."""
        rows = sorted((self.findings[finding] for finding in standing), key=lambda row: (row.position, row.id))
        return tuple(Decided(row.id, row.content, standing[row.id], bool(row.added_by)) for row in rows)


def examined(session: Session, office: Office, opened: Opened) -> Examined:
    """Everything of the round as it stands."""
    case = opened.case
    row = latest_examination(session, opened)
    rows = select(FindingRow).where(FindingRow.case_id == case.id, FindingRow.round == case.round)
    return Examined(
        row=row,
        texts=texts_of(office, row),
        findings={each.id: each for each in session.scalars(rows.order_by(FindingRow.position, FindingRow.id))},
        all_decisions=decisions(session, case),
    )


def result_of(office: Office, row: ExaminationRow) -> dict[str, Any]:
    """The JSON of an examination."""
    loaded: dict[str, Any] = json.loads(office.files.get(row.result))
    return loaded


def of_other_texts(session: Session, office: Office, case: Case, seen: Examined, found: Sequence[Decided]) -> list[str]:
    """Findings whose marked words were marked in texts that are no longer those of the dossier.

    A decision is not taken away because another file came; but a conclusion must not quote words that are not there.
    """
    if seen.row is None:
        return [each.finding for each in found]
    now = {text.language: text.text for text in seen.texts}
    return [each.finding for each in found if not _holds(session, office, case, seen, each, now)]


def _holds(session: Session, office: Office, case: Case, seen: Examined, each: Decided, now: Mapping[str, str]) -> bool:
    marked_in = _marked_in(session, case, seen, each)
    if marked_in is None or seen.row is None:
        return False
    if marked_in.texts == seen.row.texts:
        return True
    then = {text.language: text.text for text in texts_of(office, marked_in)}
    return all(now.get(code) == then.get(code) for code, _, _ in each.places)


def _marked_in(session: Session, case: Case, seen: Examined, each: Decided) -> ExaminationRow | None:
    """The examination in whose texts the words were marked."""
    row = seen.findings[each.finding]
    if not each.own_places:
        return session.get(ExaminationRow, row.examination_id) if row.examination_id else None
    if each.decision.said.places:
        return _examination_at(session, case, each.decision.at)
    added = [one.at for one in seen.all_decisions if one.finding == each.finding and one.verdict is Verdict.ADDED]
    return _examination_at(session, case, min(added)) if added else None


def _examination_at(session: Session, case: Case, at: datetime) -> ExaminationRow | None:
    rows = select(Analysis).where(
        Analysis.case_id == case.id, Analysis.round == case.round, Analysis.later_id.is_(None),
        Analysis.status == DONE, Analysis.ended_at <= at,
    )  # fmt: skip
    last = session.scalars(rows.order_by(Analysis.asked_at.desc(), Analysis.id.desc())).first()
    return session.get(ExaminationRow, last.examination_id) if last and last.examination_id else None
