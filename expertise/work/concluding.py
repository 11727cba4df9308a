"""The conclusion: looked at before it is drawn up, then drawn up and frozen in one transaction with the move.

Reads: decisions that stand, requisites, seats, the last examination. Writes: files among the kept ones, a
``ConclusionRow``, the move of the case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.conclusion import HIDDEN_SERVICE, Material, Sat, canonical, content, content_hash
from expertise.case.decided import Decided
from expertise.case.decisions import STANDS, Decision, disagreements, final
from expertise.case.reading_list import Chapter, chapters, unread
from expertise.case.requisites import empty
from expertise.case.states import CaseError, State, move
from expertise.documents.conclusion import Preview, conclusion
from expertise.documents.model import Document
from expertise.messages import requisite_name, say
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.store.case_tables import Case, ConclusionRow, SeatRow
from expertise.store.cases import Opened, open_case
from expertise.store.job_columns import DONE, RUNNING, WAITING
from expertise.store.people_tables import Person
from expertise.work.analysing import is_stale
from expertise.work.drawing_up import files_of_conclusion
from expertise.work.examined import Examined, examined, of_other_texts, result_of
from expertise.work.moving import apply
from expertise.work.registering import files_of, subject
from expertise.work.restoring import restored
from expertise.work.results import analyses
from expertise.work.reviewing import chapters_read
from expertise.work.seats import seats_of
from nlp.limits import Limits

LANGUAGES = ("ru", "kk")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A conclusion as it would be drawn up now. ``obstacles``: why it cannot be, in the order to mend them."""

    content: Mapping[str, Any]
    obstacles: tuple[CaseError, ...]
    chapters: tuple[Chapter, ...]


def preview(office: Office, actor: Actor, case_id: str) -> Drawn:
    """The content as it stands, with what is missing. Raises ``DeniedError``, ``NotFoundError``.

    While the experts differ or one is at work, the first one's decisions are shown: nobody learns here what the second
    one decided.
    """
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "see_draft_conclusion")
        return _drawn(session, office, opened, audit.head(session))[0]


def preview_document(office: Office, actor: Actor, case_id: str, language: str) -> Document:
    """The same as a document that says on every page that it is no conclusion."""
    return document_of(preview(office, actor, case_id), language)


def document_of(drawn: Drawn, language: str) -> Document:
    """A conclusion as it would be drawn up now, with what is missing before it."""
    empty_, unread_ = blanks(drawn, language)
    shown = Preview(
        empty=empty_,
        unread=unread_ if drawn.chapters else None,
        obstacles=[say(error.code, language, error.params).rstrip(".") + "." for error in drawn.obstacles],
    )
    return conclusion(drawn.content, language, preview=shown)


def confirmed_factors(session: Session, office: Office, opened: Opened) -> tuple[frozenset[str], bool]:
    """Factors of the findings that a preview would tell, and whether nothing is in the way of the conclusion."""
    seats = seats_of(session, opened.case)
    _, found, obstacles = _found(session, office, opened, seats)
    return frozenset(each.decision.said.factor or each.content["factor"] for each in found), not obstacles


def blanks(drawn: Drawn, language: str) -> tuple[list[str], list[str]]:
    """What is missing and hinders nothing: requisites that would print as «___», chapters nobody marked as read."""
    named = [requisite_name(key, drawn.content["case"]["kind"], language) for key in drawn.content["empty"]]
    return named, [chapter.citation.get(language, chapter.address) for chapter in unread(drawn.chapters)]


def conclude(
    office: Office, actor: Actor, case_id: str, languages: Sequence[str] = LANGUAGES, limits: Limits | None = None
) -> ConclusionRow:
    """Draw the conclusion up in these languages, freeze it and move the case.

    Raises ``DeniedError``, ``CaseError`` (the first obstacle, no way from this state, a case that changed meanwhile),
    ``FontsMissingError``, and what reading the files of the draft raises. What fails leaves no conclusion, and the case
    where it was.
    """
    chosen = [code for code in LANGUAGES if code in languages]
    if not chosen or set(languages) - set(LANGUAGES):
        raise CaseError("expertise.no_document_language")
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "to_conclude")
        move(State(opened.case.state), "conclude")
        drawn, seen = _drawn(session, office, opened, audit.head(session))
    if drawn.obstacles:
        raise drawn.obstacles[0]
    given = [(file["kind"], file["name"], file["sha256"]) for file in drawn.content["files"]]
    drafts = restored(office, limits or Limits(), given, seen.texts, drawn.content["findings"])
    made = files_of_conclusion(office, drawn.content, drafts, chosen)
    kept = {name: office.files.put(data).sha256 for name, data in made.items()}
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "to_conclude", lock=True)
        again, _ = _drawn(session, office, opened, drawn.content["audit_head"])
        if again.obstacles or canonical(again.content) != canonical(drawn.content):
            raise CaseError("expertise.case_changed")
        return _freeze(session, office, opened, drawn.content, kept)


def _freeze(
    session: Session, office: Office, opened: Opened, frozen: Mapping[str, Any], kept: Mapping[str, str]
) -> ConclusionRow:
    case, now, digest = opened.case, office.clock(), content_hash(frozen)
    row = ConclusionRow(
        case_id=case.id, round=case.round, number=frozen["requisites"]["number"][:50], content=dict(frozen),
        content_hash=digest, files=dict(kept), audit_head=frozen["audit_head"], made_by=opened.actor.id, made_at=now,
        set_aside_at=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    apply(session, office, opened, "conclude")
    told = {"conclusion": row.id, "content": digest, "files": dict(kept)}
    audit.write(session, opened.actor, now, "conclude", subject(case.id), None, told)
    return row


def _drawn(session: Session, office: Office, opened: Opened, head: str) -> tuple[Drawn, Examined]:
    case, seats = opened.case, seats_of(session, opened.case)
    seen, found, obstacles = _found(session, office, opened, seats)
    material = Material(
        number=case.number,
        round=case.round,
        title=case.title,
        kind=case.kind,
        requisites=case.requisites,
        experts=_sat(session, seats, seen),
        developer=_organisation(session, case),
        files=sorted((file.kind, file.name, file.sha256) for file in files_of(session, opened)),
        texts=seen.texts,
        standing=found,
        factors=office.factors,
        audit_head=head,
        **_of_texts(office, seen),
    )
    read = chapters_read(session, case, Seat.FIRST)
    return Drawn(content(material), obstacles, chapters(seen.texts, read)), seen


def _found(
    session: Session, office: Office, opened: Opened, seats: Mapping[Seat, SeatRow]
) -> tuple[Examined, list[Decided], tuple[CaseError, ...]]:
    """What was examined, what of it stands in the texts as they are now, and what is in the way of a conclusion."""
    seen = examined(session, office, opened)
    standing, differing = _standing(seen, seats)
    found = seen.decided(standing)
    stale = set(of_other_texts(session, office, opened.case, seen, found))
    obstacles = tuple(_obstacles(session, opened, seen, seats, differing, stale))
    return seen, [each for each in found if each.finding not in stale], obstacles


def _standing(seen: Examined, seats: Mapping[Seat, SeatRow]) -> tuple[dict[str, Decision], int]:
    """The decisions that count among those that let a finding stand, and how many differences are open."""
    first, adjudged = seen.by(Seat.FIRST), seen.by(Seat.ADJUDICATOR)
    second = seen.by(Seat.SECOND) if Seat.SECOND in seats else None
    open_ = 0
    if second is not None:
        open_ = sum(pair.finding not in adjudged for pair in disagreements(first, second))
    settled = second is None or (not open_ and _finished(seats, Seat.SECOND))
    counts = final(first, second, adjudged) if settled else {**first, **adjudged}
    return {finding: decision for finding, decision in counts.items() if decision.verdict in STANDS}, open_


def _finished(seats: Mapping[Seat, SeatRow], seat: Seat) -> bool:
    return seat in seats and seats[seat].finished_at is not None


def _obstacles(
    session: Session,
    opened: Opened,
    seen: Examined,
    seats: Mapping[Seat, SeatRow],
    differing: int,
    stale: Collection[str],
) -> Iterator[CaseError]:
    if seen.row is None:
        yield CaseError("expertise.not_examined")
    asked = analyses(session, opened)
    if any(row.status in (WAITING, RUNNING) for row in asked):
        yield CaseError("expertise.analysis_under_way")
    elif any(is_stale(session, opened, row) for row in [row for row in asked if row.status == DONE][:1]):
        yield CaseError("expertise.files_changed")
    at_work = [seat for seat in (Seat.FIRST, Seat.SECOND) if seat in seats or seat is Seat.FIRST]
    for seat in at_work:
        if seat not in seats or seats[seat].declared_at is None:
            yield CaseError("expertise.seat_undeclared", seat=seat.value)
        elif not _finished(seats, seat):
            yield CaseError("expertise.seat_unfinished", seat=seat.value)
        elif missed := seen.undecided(seat):
            yield CaseError("expertise.findings_open", count=len(missed))
    if differing and all(_finished(seats, seat) for seat in at_work):
        yield CaseError("expertise.disagreements_open", count=differing)
    if stale:
        yield CaseError("expertise.finding_of_old_text", count=len(stale))


def _sat(session: Session, seats: Mapping[Seat, SeatRow], seen: Examined) -> list[Sat]:
    """Who answers for the conclusion: an adjudicator only where one decided something."""
    acting = [seat for seat in Seat if seat in seats and (seat is not Seat.ADJUDICATOR or seen.by(seat))]
    people = {row.id: row.name for row in session.scalars(select(Person).where(Person.id.in_(_ids(seats))))}
    return [Sat(seat.value, people.get(seats[seat].person_id, ""), _day(seats[seat])) for seat in acting]


def _ids(seats: Mapping[Seat, SeatRow]) -> list[str]:
    return [row.person_id for row in seats.values()]


def _day(row: SeatRow) -> str:
    return row.declared_at.date().isoformat() if row.declared_at else ""


def still_empty(session: Session, opened: Opened, examined: bool) -> tuple[str, ...]:
    """Keys of requisites that a conclusion would print as «___» as the case stands now, in the order of a conclusion.

    ``examined``: there is an examination, which tells the form of the act. What the case itself knows – the materials,
    the expert, the developer's body, the statements – is not asked for.
    """
    case, seats = opened.case, seats_of(session, opened.case)
    at_work = [row for seat, row in seats.items() if seat is not Seat.ADJUDICATOR]
    knows = {
        "materials": True, "act_form": examined, "expert": Seat.FIRST in seats,
        "developer": bool(_organisation(session, case)),
        "no_conflict": bool(at_work) and all(row.declared_at for row in at_work),
    }  # fmt: skip
    return tuple(key for key in empty(case.requisites) if not knows.get(key))


def _organisation(session: Session, case: Case) -> str:
    person = session.get(Person, case.developer_id) if case.developer_id else None
    return person.organisation if person else ""


def _of_texts(office: Office, seen: Examined) -> dict[str, Any]:
    """What the examination says of the act: its form, a restriction mark, the versions; and what it looked at."""
    if seen.row is None:
        return {"forms": {}, "restricted": "", "versions": {}}
    result = result_of(office, seen.row)
    registers = {each["name"]: each["sha256"] for each in result["versions"]["registers"]}
    marks = [text["requisites"]["restricted"].strip() for text in result["texts"]]
    return {
        "forms": {text["language"]: text["requisites"]["form"] for text in result["texts"]},
        "restricted": next((mark for mark in marks if mark), ""),
        "versions": result["versions"],
        "looked_for_services": HIDDEN_SERVICE in office.factors,
        "services_register": registers.get("services", ""),
        "texts_compared": bool(seen.row.summary.get("texts_compared")),
    }
