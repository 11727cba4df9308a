"""Similar drafts: families of a coordinator's own cases, decisions of the base taken over as proposals, seen by nobody
else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.policy import DeniedError
from expertise.store.case_tables import Case, DecisionRow
from expertise.store.cases import NotFoundError, open_case
from expertise.store.similar_tables import FamilyNorm, FingerprintBand, FingerprintRow
from expertise.work.analysing import ask, run
from expertise.work.families import Family, choose_base, family_of, list_families
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register, take_out_file
from expertise.work.reviewing import decide, reviewed
from expertise.work.seats import declare, give_seat
from expertise.work.taking_over import Comparison, Proposed, compared, proposed, take_over
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import DRAFT, Hire, Staff

OTHER = DRAFT.replace("1. Уполномоченный орган вправе", "1. Акимат Аксуского района вправе").replace(
    "3. Решение принимается в разумный срок.",
    "3. Решение принимается в разумный срок комиссией.\n4. Плата за разрешение не взимается.",
)
"""The same rules with another body in one norm, a word more in another, and a norm of its own."""
FAR = """О местах для купания

ПРИКАЗЫВАЮ:

1. Места для купания определяются акиматом города Сарань до первого июня.
2. Купание вне таких мест запрещается.
3. Спасательный пост работает с восьми часов утра.
"""


def another(office: Office, examiner: Examiner, actor: Actor, words: str, title: str = "Правила") -> Case:
    """One more case, examined."""
    made = register(office, actor, title, requisites={"developer": f"Орган {title}", "region": "Сарань"})
    keep_file(office, actor, made.id, "text", "draft.txt", [words.encode()])
    assert run(office, examiner, Limits(), ask(office, actor, made.id).id) == "done"
    return made


def give_expert(office: Office, staff: Staff, case: Case) -> None:
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.third.id)
    advance(office, staff.coordinator, case.id, "assign")
    declare(office, staff.third, case.id)
    advance(office, staff.third, case.id, "start")


def family(office: Office, actor: Actor, case: Case) -> Family | None:
    with office.database.reading() as session:
        return family_of(session, open_case(session, actor, case.id))


def beside(office: Office, actor: Actor, case: Case) -> Comparison:
    with office.database.reading() as session:
        return compared(session, office, open_case(session, actor, case.id))


def proposals(office: Office, actor: Actor, case: Case) -> tuple[Proposed, ...]:
    with office.database.reading() as session:
        return proposed(session, open_case(session, actor, case.id))


def test_the_whole_way(office: Office, staff: Staff, hire: Hire, in_review: Case, examiner: Examiner) -> None:
    stranger = hire("stranger", Role.COORDINATOR)
    member = another(office, examiner, staff.coordinator, OTHER, "Аксу")
    far = another(office, examiner, staff.coordinator, FAR, "Сарань")
    foreign = another(office, examiner, stranger, DRAFT, "Чужой")

    found = family(office, staff.coordinator, in_review)
    assert found is not None and {each.case.id for each in found.members} == {in_review.id, member.id}
    assert found.base is None and {each.body for each in found.members} >= {"Орган Аксу"}
    assert family(office, staff.coordinator, far) is None
    with office.database.reading() as session:
        rows = {row.case_id: row.family_id for row in session.scalars(select(FingerprintRow))}
        assert rows[foreign.id] == rows[member.id]  # it is one family, but the stranger coordinates only one case of it
        assert [each.id for each in list_families(session, staff.coordinator).families] == [found.id]
        assert list_families(session, stranger).total == 0
        assert family_of(session, open_case(session, stranger, foreign.id)) is None
        for actor in (staff.first, staff.developer, staff.observer):
            with pytest.raises(DeniedError):
                list_families(session, actor)
            with pytest.raises(DeniedError):
                family_of(session, open_case(session, actor, in_review.id))
        with pytest.raises(NotFoundError):
            compared(session, office, open_case(session, stranger, foreign.id))

    with pytest.raises(CaseError, match="no_base"):
        beside(office, staff.coordinator, member)
    with pytest.raises(DeniedError):
        choose_base(office, staff.coordinator, member.id)  # it has no conclusion yet
    conclude_and_send(office, staff, in_review)
    found = family(office, staff.coordinator, member)
    assert found is not None and found.base is not None and found.base.id == in_review.id and not found.chosen
    choose_base(office, staff.coordinator, in_review.id)
    found = family(office, staff.coordinator, member)
    assert found is not None and found.chosen
    with pytest.raises(CaseError, match="is_base"):
        beside(office, staff.coordinator, in_review)

    text = beside(office, staff.coordinator, member).texts[0]
    told = {(each.change, each.words[:12], each.local) for each in text.deviations}
    assert ("inserted", "Плата за раз", False) in told and ("changed", "Решение прин", False) in told
    assert all(each.unit is not None for each in text.linked if each.finding)
    assert {each.made_by for each in text.linked} >= {"unit"} and text.linked

    with pytest.raises(DeniedError):
        take_over(office, staff.coordinator, member.id)  # nobody is assigned yet
    give_expert(office, staff, member)
    mine = _findings(office, staff.third, member)
    decide(office, staff.third, member.id, mine[0], Verdict.DISMISSED, reason="уже решено мной")
    assert proposals(office, staff.third, member) == ()
    count = take_over(office, staff.coordinator, member.id)
    got = proposals(office, staff.third, member)
    assert count == len(got) > 0 and mine[0] not in {each.finding for each in got}
    assert {each.verdict for each in got} <= {Verdict.CONFIRMED, Verdict.ADDED, Verdict.EDITED}
    assert take_over(office, staff.coordinator, member.id) == 0  # once
    with office.database.reading() as session:  # nothing was decided by it
        rows_of = select(DecisionRow).where(DecisionRow.case_id == member.id)
        assert [row.finding_id for row in session.scalars(rows_of)] == [mine[0]]
        for actor in (staff.coordinator, staff.observer):
            with pytest.raises(DeniedError):
                proposed(session, open_case(session, actor, member.id))
    for actor in (staff.third, staff.first, stranger):
        with pytest.raises((DeniedError, NotFoundError)):
            take_over(office, actor, member.id)


def _findings(office: Office, actor: Actor, case: Case) -> list[str]:
    with office.database.reading() as session:
        return [each.row.id for each in reviewed(session, open_case(session, actor, case.id), Seat.FIRST)]


def test_edits_and_dismissals_of_the_base_and_ties(
    office: Office, staff: Staff, in_review: Case, examiner: Examiner
) -> None:
    words = OTHER + "5. Акимат вправе приостановить действие разрешения. Акимат вправе отозвать разрешение.\n"
    member = another(office, examiner, staff.coordinator, words, "Аксу")
    first = _findings(office, staff.first, in_review)
    said = Said(explanation="Своё основание.", wording={"ru": "Уполномоченный орган приостанавливает."})
    decide(office, staff.first, in_review.id, first[0], Verdict.EDITED, said=said)
    decide(office, staff.first, in_review.id, first[1], Verdict.DISMISSED, reason="перечень закрыт в законе")
    _conclude(office, staff, in_review, first[2:])
    give_expert(office, staff, member)
    text = beside(office, staff.coordinator, member).texts[0]
    choices = {each.base.finding: each.candidates[0] for each in text.linked if each.is_tie}
    take_over(office, staff.coordinator, member.id, choices)
    got = {each.verdict: each for each in proposals(office, staff.third, member)}
    assert got[Verdict.EDITED].said.explanation == "Своё основание." and not got[Verdict.EDITED].said.places
    assert got[Verdict.DISMISSED].reason == "перечень закрыт в законе"


def _conclude(office: Office, staff: Staff, case: Case, left: list[str]) -> None:
    from expertise.work.concluding import conclude
    from expertise.work.reviewing import finish

    for finding in left:
        decide(office, staff.first, case.id, finding, Verdict.CONFIRMED)
    finish(office, staff.first, case.id)
    conclude(office, staff.first, case.id, ["ru"])


def test_another_text_leaves_its_family(office: Office, staff: Staff, in_review: Case, examiner: Examiner) -> None:
    member = another(office, examiner, staff.coordinator, DRAFT, "Аксу")
    assert family(office, staff.coordinator, member) is not None
    with office.database.reading() as session:
        rows = session.scalars(select(FingerprintRow).where(FingerprintRow.case_id == member.id)).all()
        assert len(rows) == 1 and rows[0].family_id
    file = keep_file(office, staff.coordinator, member.id, "text", "other.txt", [FAR.encode()])
    with office.database.reading() as session:
        from expertise.work.registering import files_of

        files = files_of(session, open_case(session, staff.coordinator, member.id))
    take_out_file(office, staff.coordinator, member.id, next(each.id for each in files if each.id != file.id))
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, member.id).id) == "done"
    assert family(office, staff.coordinator, member) is None
    with office.database.reading() as session:
        kept = session.scalars(select(FingerprintRow)).all()
        assert len({row.family_id for row in kept}) == 2 == len(kept)
        assert {row.family_id for row in session.scalars(select(FingerprintBand))} <= {row.family_id for row in kept}
        assert {row.family_id for row in session.scalars(select(FamilyNorm))} == {row.family_id for row in kept}
