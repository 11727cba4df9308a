"""An office with people, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from expertise.office import Office, Settings
from expertise.people import Actor, Role, Seat
from expertise.store.blobs import Blobs
from expertise.store.case_tables import Case
from expertise.store.database import Database
from expertise.store.people_tables import Person
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner

DRAFT = """Об утверждении Правил выдачи разрешений

ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила выдачи разрешений.

Правила выдачи разрешений

1. Уполномоченный орган вправе приостановить действие разрешения.
2. Заявитель представляет заявление, копию устава и иные документы.
3. Решение принимается в разумный срок.
Решение направляется лицу и может быть обжаловано в суд.
"""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: int) -> None:
        """Let time pass."""
        self.now += timedelta(**more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def examiner() -> Examiner:
    """The pack, loaded once a run."""
    return Examiner(load_pack(kz_pack()))


@pytest.fixture
def office(database: Database, tmp_path: Path, clock: Clock, examiner: Examiner) -> Iterator[Office]:
    factors = {factor.id: factor.name for factor in examiner.pack.all_factors.values()}
    settings = Settings(case_files=6, upload_bytes=1_000_000)
    yield Office(database, Blobs(tmp_path / "files"), factors, settings, clock, pack=examiner.pack)


Hire = Callable[..., Actor]


@pytest.fixture
def hire(office: Office) -> Hire:
    """``hire("name", Role.EXPERT, …)`` → an account and its actor."""

    def make(login: str, *roles: Role, closed: bool = False) -> Actor:
        with office.database.transaction() as session:
            person = Person(
                login=login, name=login.title(), roles=[role.value for role in roles], closed=closed,
                created_at=office.clock(),
            )  # fmt: skip
            session.add(person)
            session.flush()
            return Actor(person.id, person.name, frozenset(roles))

    return make


class Staff:
    """Everybody a case needs."""

    def __init__(self, hire: Hire) -> None:
        self.coordinator = hire("coordinator", Role.COORDINATOR)
        self.first = hire("first", Role.EXPERT)
        self.second = hire("second", Role.EXPERT)
        self.third = hire("third", Role.EXPERT)
        self.developer = hire("developer", Role.DEVELOPER)
        self.approver = hire("approver", Role.APPROVER)
        self.observer = hire("observer", Role.OBSERVER)
        self.administrator = hire("administrator", Role.ADMINISTRATOR)

    def everybody(self) -> list[Actor]:
        """All of them."""
        return list(vars(self).values())


@pytest.fixture
def staff(hire: Hire) -> Staff:
    return Staff(hire)


@pytest.fixture
def case(office: Office, staff: Staff) -> Case:
    """A registered case with a Russian draft."""
    made = register(office, staff.coordinator, "Правила выдачи разрешений", developer=staff.developer.id)
    keep_file(office, staff.coordinator, made.id, "text", "draft.txt", [DRAFT.encode()])
    return made


@pytest.fixture
def in_review(office: Office, staff: Staff, case: Case, examiner: Examiner) -> Case:
    """The case examined, with a first expert at work."""
    from expertise.work.analysing import ask, run

    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    return case
