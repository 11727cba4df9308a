"""The demonstration is made: accounts, cases from drafts of our own, decisions, a conclusion.

Reads: ``demo.yaml``, sample drafts. Writes: through use cases only, so the audit tells of all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from expertise.case.adoption import Verdict as Result
from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.documents.fonts import FontsMissingError, font_files
from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.policy import require
from expertise.store.case_tables import Analysis
from expertise.store.cases import open_case
from expertise.store.dump import filled_tables
from expertise.store.job_columns import DONE
from expertise.work.adopted import adoption_of
from expertise.work.adopting import decide_adoption
from expertise.work.analysing import ask, run
from expertise.work.concluding import conclude, preview
from expertise.work.later_texts import About, bring
from expertise.work.moving import advance
from expertise.work.people import actor_of, add_person
from expertise.work.registering import keep_file, register
from expertise.work.reviewing import Reviewed, decide, finish, read_chapter, reviewed
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner

BEGUN = 4  # decisions of each seat in a case that is begun
_DISMISSED, _EDITED = 2, 1  # which findings are dismissed and edited, counted from 0
_ISSUED = ("issued", "adopted")  # stages at which the conclusion was sent
_BY_ITSELF = ("adopted", "in_part", "moot")  # proposals that are confirmed without a reason
_LEVELS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Shown:
    """What was made: logins with their roles; numbers of the cases; whether a conclusion could be drawn up."""

    people: Mapping[str, tuple[Role, ...]]
    cases: tuple[str, ...]
    concluded: bool


@dataclass(frozen=True, slots=True)
class _Stage:
    office: Office
    examiner: Examiner
    limits: Limits
    people: Mapping[str, Actor]

    def who(self, role: Role) -> Actor:
        return next(actor for actor in self.people.values() if actor.has(role))


def drafts_there(folder: Path) -> bool:
    """Whether the drafts of the demonstration lie in ``folder``."""
    return all((folder / case["draft"]).is_file() for case in _plan()["cases"])


def demonstrate(
    office: Office, actor: Actor, examiner: Examiner, folder: Path, hash_of: Callable[[str], str], *, add: bool = False
) -> Shown:
    """Make the demonstration from the drafts in ``folder``. ``hash_of``: login → hash of its password.

    Raises ``DeniedError``, ``CaseError`` where the database is not empty unless it is to be added to, or where a login
    is taken.
    """
    require(actor, "manage_people")
    with office.database.snapshot() as connection:
        if filled_tables(connection) and not add:
            raise CaseError("expertise.demo_not_empty")
    plan = _plan()
    people = {}
    for entry in plan["people"]:
        roles = [Role(name) for name in entry["roles"]]
        person = add_person(
            office, actor, entry["login"], entry["name"], roles, hash_of(entry["login"]),
            organisation=entry.get("organisation", ""), language=entry["language"], must_change=False,
        )  # fmt: skip
        people[person.login] = actor_of(person)
    stage = _Stage(office, examiner, Limits(), people)
    concluded = _can_conclude()
    numbers = tuple(_case(stage, entry, folder, concluded) for entry in plan["cases"])
    return Shown({login: tuple(who.roles) for login, who in people.items()}, numbers, concluded)


def _case(stage: _Stage, plan: Mapping[str, Any], folder: Path, concluded: bool) -> str:
    office, coordinator = stage.office, stage.who(Role.COORDINATOR)
    today = office.clock().date().isoformat()
    requisites = {**plan["requisites"], "letter_date": today, "edition_date": today}
    if plan["go"] in _ISSUED:
        requisites["date"] = today
    developer = stage.who(Role.DEVELOPER)
    case = register(office, coordinator, plan["title"], developer=developer.id, requisites=requisites)
    keep_file(office, coordinator, case.id, "text", plan["draft"], [(folder / plan["draft"]).read_bytes()])
    if run(office, stage.examiner, stage.limits, ask(office, coordinator, case.id).id) != DONE:
        raise CaseError("expertise.demo_not_examined", name=plan["draft"])
    seats = {Seat(seat): stage.people[login] for seat, login in plan["seats"].items()}
    for seat, expert in seats.items():
        give_seat(office, coordinator, case.id, seat, expert.id)
    advance(office, coordinator, case.id, "assign")
    for expert in seats.values():
        declare(office, expert, case.id)
    advance(office, seats[Seat.FIRST], case.id, "start")
    if plan["go"] != "review":
        for seat, expert in seats.items():
            _decide(office, expert, case.id, seat, plan["dismissed"], BEGUN if plan["go"] == "begun" else None)
    if plan["go"] in _ISSUED:
        _issue(stage, case.id, seats[Seat.FIRST], concluded)
    if plan["go"] == "adopted" and concluded:
        _adopt(stage, case.id, plan["adopted"], folder)
    return case.number


def _decide(office: Office, expert: Actor, case_id: str, seat: Seat, dismissed: str, most: int | None) -> None:
    with office.database.reading() as session:
        found = reviewed(session, open_case(session, expert, case_id), seat)
    for number, each in enumerate(found[:most]):
        verdict, said, reason = Verdict.CONFIRMED, Said(), ""
        if number == _DISMISSED:
            verdict, reason = Verdict.DISMISSED, dismissed
        elif number == _EDITED:
            verdict, said = Verdict.EDITED, Said(severity=_other_level(each))
        decide(office, expert, case_id, each.row.id, verdict, seat=seat, said=said, reason=reason)


def _other_level(found: Reviewed) -> str:
    return _LEVELS[(_LEVELS.index(found.content["severity"]) + 1) % len(_LEVELS)]


def _issue(stage: _Stage, case_id: str, expert: Actor, concluded: bool) -> None:
    """Without fonts no conclusion can be drawn up: the case then stays where the review is finished."""
    office = stage.office
    for chapter in preview(office, expert, case_id).chapters:
        read_chapter(office, expert, case_id, chapter.key)
    finish(office, expert, case_id)
    if concluded:
        conclude(office, expert, case_id, limits=stage.limits)
        advance(office, stage.who(Role.APPROVER), case_id, "approve")
        advance(office, stage.who(Role.COORDINATOR), case_id, "send")


def _adopt(stage: _Stage, case_id: str, plan: Mapping[str, Any], folder: Path) -> None:
    """The adopted act is entered and compared, every proposal is confirmed by a person, the case is closed."""
    office, coordinator = stage.office, stage.who(Role.COORDINATOR)
    kept = office.files.put((folder / plan["draft"]).read_bytes())
    about = About(plan["number"], office.clock().date())
    brought = bring(office, coordinator, case_id, "adopted", [(plan["draft"], kept)], about)
    with office.database.reading() as session:
        analysis = session.scalars(select(Analysis.id).where(Analysis.later_id == brought.id)).one()
    if run(office, stage.examiner, stage.limits, analysis) != DONE:
        raise CaseError("expertise.demo_not_examined", name=plan["draft"])
    with office.database.reading() as session:
        found = adoption_of(session, open_case(session, coordinator, case_id, "see_adoption").case)
    for each in found:
        proposed = each.proposed
        if proposed in _BY_ITSELF:
            decide_adoption(office, coordinator, case_id, each.number, Result(proposed))
        else:
            decide_adoption(office, coordinator, case_id, each.number, Result("not_adopted", plan["reason"]))
    advance(office, coordinator, case_id, "adopt")


def _can_conclude() -> bool:
    try:
        font_files()
    except FontsMissingError:
        return False
    return True


def _plan() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))
    return loaded
