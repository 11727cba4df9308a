"""A service in which something of everything lies, made by use cases: what is kept of a schema when it is released."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from api.accounts.passwords import Passwords
from expertise.case.adoption import Verdict as Fate
from expertise.case.answers import Given, Signatory, recommended
from expertise.case.certificate import Kind, Signs
from expertise.case.decisions import Verdict
from expertise.case.periods import named
from expertise.case.states import State
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Role, Seat
from expertise.store.case_tables import Case, FindingRow
from expertise.store.cases import open_case
from expertise.store.people_tables import Person
from expertise.store.service_tables import WorkerRow
from expertise.work.adopting import comment_adoption, decide_adoption, decide_rest
from expertise.work.analysing import ask, run
from expertise.work.answering import comment, save_answers, submit
from expertise.work.certifying import Wanted, draw_up
from expertise.work.concluding import conclude, preview
from expertise.work.families import choose_base
from expertise.work.hooks import EVENTS, add_hook
from expertise.work.identities import begin
from expertise.work.indicating import Selection
from expertise.work.issued import conclusion_of, sign
from expertise.work.journal import erase
from expertise.work.moving import advance
from expertise.work.once import once
from expertise.work.own_checks import ask_check, receive
from expertise.work.pack_changes import CurrentExaminer, change_pack
from expertise.work.pack_previews import ask_preview
from expertise.work.people import actor_of, add_person, close_person
from expertise.work.planning import Measure, plan
from expertise.work.registering import keep_file, register
from expertise.work.reviewing import decide, finish, read_chapter, reviewed
from expertise.work.risking import rate
from expertise.work.running import run_job
from expertise.work.seats import declare, give_seat
from expertise.work.sign_ins import begin_session, note_try
from expertise.work.taking_over import take_over
from expertise.work.tokens import give_token
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.work.adoption_scenes import ACT, bring_act, seen, work
from tests.work.answer_scenes import WHY, conclude_and_send
from tests.work.conftest import Clock, Staff
from tests.work.test_similar import give_expert

PASSWORD = "пароль для проверки 1"
DRAFT = """Об утверждении Правил осмотра колодцев

ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила осмотра колодцев.

Правила осмотра колодцев

1. Инспектор вправе закрыть колодец.
2. Владелец представляет паспорт колодца и иные документы.
3. Ответ даётся в разумный срок.
"""
STATES = tuple(state.value for state in State)
_WHO = Signatory("Ахметова А. Б.", "директор департамента", "12-3/77", date(2026, 3, 4))


def people(office: Office) -> Staff:
    """Accounts of all roles with one password, and one that is closed."""
    kept = Passwords(1).hash(PASSWORD)

    def hire(login: str, *roles: Role) -> Actor:
        return actor_of(add_person(office, OPERATOR, login, f"Имя {login}", roles, kept, must_change=False))

    made = Staff(hire)
    gone = add_person(office, OPERATOR, "gone", "Имя gone", [Role.EXPERT], kept, organisation="Отдел", language="kk")
    close_person(office, OPERATOR, gone.id)
    return made


def fill(office: Office, examiner: Examiner, clock: Clock) -> None:
    """All of it. The clock goes on from one thing to the next."""
    staff = people(office)
    add_hook(office, OPERATOR, "https://hook.example/saraptama", EVENTS)
    cases = {state: _case(office, staff, examiner, state, clock) for state in STATES}
    _around_the_issued(office, staff, cases["adopted"], clock)
    _similar(office, staff, examiner, cases["sent"])
    _methodologist(office, examiner, cases["in_review"])
    for kind in Kind:
        draw_up(office, staff.coordinator, Wanted(kind, Selection(named("2026")), Signs("Сериков С.", "Руководитель")))
    _service(office, staff, examiner)
    erase(office, OPERATOR, "по просьбе человека", subject=f"case:{cases['withdrawn'].id}")


def _case(office: Office, staff: Staff, examiner: Examiner, state: str, clock: Clock) -> Case:
    """A case that has come as far as ``state``."""
    clock.on(minutes=7)
    requisites = {"developer": "Акимат области", "sphere": "ecology", "region": "Область"}
    case = register(office, staff.coordinator, f"Правила осмотра колодцев, {state}",
                    developer=staff.developer.id, requisites=requisites)  # fmt: skip
    keep_file(office, staff.coordinator, case.id, "text", "проект.txt", [DRAFT.encode()])
    if state == "registered":
        return case
    if state in ("withdrawn", "returned"):
        advance(office, staff.coordinator, case.id, {"withdrawn": "withdraw"}.get(state, "return"), "по письму")
        return case
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    if state == "in_review":
        give_seat(office, staff.coordinator, case.id, Seat.SECOND, staff.second.id)
    advance(office, staff.coordinator, case.id, "assign")
    if state != "assigned":
        _review(office, staff, case, state)
    if state in ("answered", "adopted"):
        _answer(office, staff, case)
    if state == "adopted":
        bring_act(office, staff, case, DRAFT.replace(" вправе закрыть", " закрывает") + ACT.splitlines()[-1])
        assert work(office, examiner) == ["done"]
        for number, each in seen(office, staff, case).items():
            decide_adoption(office, staff.coordinator, case.id, number, Fate(each.proposed, "так в акте"))
        advance(office, staff.coordinator, case.id, "adopt")
    if state == "not_adopted":
        decide_rest(office, staff.coordinator, case.id, Fate("moot", "акт не принят"))
        advance(office, staff.coordinator, case.id, "not_adopt", "проект отозван разработчиком")
    return case


def _review(office: Office, staff: Staff, case: Case, state: str) -> None:
    declare(office, staff.first, case.id)
    if state == "in_review":
        declare(office, staff.second, case.id)
    advance(office, staff.first, case.id, "start")
    if state in ("sent", "answered", "adopted", "not_adopted"):
        conclude_and_send(office, staff, case)
        return
    with office.database.reading() as session:
        found = reviewed(session, open_case(session, staff.first, case.id), Seat.FIRST)
    for number, each in enumerate(found[:2] if state == "in_review" else found):
        verdict, reason = (Verdict.CONFIRMED, "") if number else (Verdict.DISMISSED, "не подтверждается")
        decide(office, staff.first, case.id, each.row.id, verdict, reason=reason)
    if state == "in_review":
        decide(office, staff.second, case.id, found[0].row.id, Verdict.CONFIRMED, seat=Seat.SECOND)
        return
    for chapter in preview(office, staff.first, case.id).chapters:
        read_chapter(office, staff.first, case.id, chapter.key)
    finish(office, staff.first, case.id)
    conclude(office, staff.first, case.id, ["kk"])
    if state == "approved":
        advance(office, staff.approver, case.id, "approve")
        sign(office, staff.first, case.id, "kk.docx", "подпись.p7s", [b"signed"])


def _answer(office: Office, staff: Staff, case: Case) -> None:
    with office.database.reading() as session:
        content = conclusion_of(session, open_case(session, staff.coordinator, case.id)).content
    given = {int(each["number"]): Given("accepted") for each in recommended(content)}
    one = next(iter(given))
    save_answers(office, staff.developer, case.id, {one: Given("rejected", reason=WHY)})
    sheet = submit(office, staff.developer, case.id, _WHO, given | {one: Given("rejected", reason=WHY)})
    comment(office, staff.first, case.id, sheet.row.id, one, "Довод не убеждает.")


def _around_the_issued(office: Office, staff: Staff, case: Case, clock: Clock) -> None:
    clock.on(days=1)
    rate(office, staff.first, case.id, 1, 2, 3, "Решение касается денег.")
    plan(office, staff.developer, case.id, {1: Measure(responsible="Ахметова А. Б.", term="IV квартал")})
    comment_adoption(office, staff.first, case.id, 1, "Учтено.")


def _similar(office: Office, staff: Staff, examiner: Examiner, base: Case) -> None:
    """A draft much like another one, whose decisions are offered to its expert; a file that nobody can read."""
    made = register(office, staff.coordinator, "Правила осмотра колодцев района", requisites={"region": "Район"})
    words = DRAFT.replace("Инспектор вправе", "Инспектор района вправе")
    keep_file(office, staff.coordinator, made.id, "text", "район.txt", [words.encode()])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, made.id).id) == "done"
    give_expert(office, staff, made)
    choose_base(office, staff.coordinator, base.id)
    assert take_over(office, staff.coordinator, made.id) > 0
    broken = register(office, staff.coordinator, "Файл, который не читается")
    keep_file(office, staff.coordinator, broken.id, "text", "битый.docx", [b"PK\x03\x04 no document"])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, broken.id).id) == "failed"


def _methodologist(office: Office, examiner: Examiner, case: Case) -> None:
    person = actor_of(add_person(office, OPERATOR, "methodologist", "Имя", [Role.METHODOLOGIST], "", must_change=False))
    with office.database.reading() as session:
        rows = session.scalars(select(FindingRow).where(FindingRow.case_id == case.id)).all()
    rule = next(each["detector"] for row in rows for each in row.content.get("evidence", ()) if "." in each["detector"])
    previewed = ask_preview(office, person, "off", rule, {}, [case.number])
    assert run_job(office, CurrentExaminer(office, examiner), Limits(), previewed.id) == "done"
    change_pack(office, person, "off", rule, {}, "шумит на приказах")


def _service(office: Office, staff: Staff, examiner: Examiner) -> None:
    give_token(office, OPERATOR, staff.coordinator.id, "другая система")

    def do() -> dict[str, str]:
        return {"id": register(office, staff.coordinator, "Дело из другой системы").id}

    once(office, staff.coordinator, "ключ-1", ["register"], do)
    check = ask_check(office, staff.developer, [receive(office, staff.developer, "мой.txt", [DRAFT.encode()])])
    assert run_job(office, CurrentExaminer(office, examiner), Limits(), check.id, "w") == "done"
    begin(office, "state", "browser", "nonce", "verifier", "/cases")
    note_try(office, "coordinator", "10.0.0.1")
    with office.database.reading() as session:
        person = session.get_one(Person, staff.coordinator.id)
    begin_session(office, person)
    with office.database.transaction() as session:
        session.add(WorkerRow(name="w", started_at=office.clock(), seen_at=office.clock()))
