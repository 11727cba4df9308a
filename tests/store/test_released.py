"""Every schema that was ever released can be upgraded with all that lay in it; its migration stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, MetaData, Text, delete, select, text
from starlette.testclient import TestClient

from api.app import served
from api.service import Reach
from api.serving import create_service
from expertise.office import Office, Settings
from expertise.people import OPERATOR, Actor
from expertise.store import dump
from expertise.store.base import Base
from expertise.store.blobs import Blobs
from expertise.store.case_tables import Case
from expertise.store.database import Database
from expertise.store.people_tables import Person
from expertise.store.references import changed_conclusions
from expertise.store.schema import SchemaError, differences, migrating, newest, require_current, upgrade
from expertise.work.journal import verify
from expertise.work.people import actor_of
from expertise.work.registering import register
from expertise.work.tokens import give_token
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from tests.api.conftest import CHEAP
from tests.store.released.kept import Released, ddl_hash, migration_hash, released
from tests.store.released.scene import PASSWORD, STATES

RELEASED = tuple(released())
EACH = pytest.mark.parametrize("kept", RELEASED, ids=lambda kept: kept.revision)
_PAGE = re.compile(r"^/cases/\{case_id\}(/[a-z-]+)*$")


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, on either engine."""
    if request.param == "sqlite":
        yield (database := Database(f"sqlite:///{tmp_path / 'old.db'}"))
        database.dispose()
        return
    server = request.getfixturevalue("postgres_server")
    name = server.make()
    yield (database := Database(server.url(name)))
    database.dispose()
    server.drop(name)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def test_all_but_the_newest_schema_are_kept_and_the_newest_once_it_is_released() -> None:
    assert [kept.revision for kept in RELEASED][:1] == ["0001"]
    assert {kept.revision for kept in RELEASED} <= {f"{number:04d}" for number in range(1, int(newest()) + 1)}


@EACH
def test_a_released_migration_is_never_written_anew(kept: Released, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    assert upgrade(database, kept.revision) == kept.revision
    assert ddl_hash(database) == kept.about["ddl"], "databases with the released tables exist: add a migration instead"
    assert migration_hash(kept.revision) == kept.about["migration"], "add a migration instead of changing this one"
    database.dispose()


@EACH
def test_all_is_there_after_an_upgrade(kept: Released, bare: Database, tmp_path: Path, pack: Pack) -> None:
    files = Blobs(tmp_path / "files")
    kept.put(bare, files)
    if kept.revision != newest():
        with pytest.raises(SchemaError):
            require_current(bare)
    assert upgrade(bare) == newest()
    require_current(bare)
    assert differences(bare) == []
    _rows_are_the_same(kept, bare)
    names = {factor.id: factor.name for factor in pack.all_factors.values()}
    now = datetime.fromisoformat(kept.about["moment"]) + timedelta(days=1)
    office = Office(bare, files, names, Settings(), lambda: now, pack=pack)
    assert verify(office, OPERATOR, str(kept.rows("audit")[-1]["hash"])).faults == ()
    with bare.reading() as session:
        assert list(changed_conclusions(session)) == []
        people = {each.login: actor_of(each) for each in session.scalars(select(Person))}
        assert {case.state for case in session.scalars(select(Case))} == set(STATES)
    _pages_open(office, pack, people)
    register(office, people["coordinator"], "Дело после обновления")
    with pytest.raises(Exception, match="only ever added to"), bare.transaction() as session:
        session.execute(text("DELETE FROM audit"))


def _rows_are_the_same(kept: Released, database: Database) -> None:
    """Row by row, in all columns that are still there."""
    with database.snapshot() as connection:
        for name, count in kept.about["rows"].items():
            table = Base.metadata.tables[name]
            after = [json.loads(line) for line in dump.rows(connection, table)]
            before = kept.rows(name)
            assert len(before) == len(after) == count > 0, name
            for one, other in zip(before, after, strict=True):
                assert {key: other.get(key) for key in one} == one, name


def _pages_open(office: Office, pack: Pack, people: Mapping[str, Actor]) -> None:
    """Signing in with the old password; every case, and of some of them every page, for coordinator and expert."""
    app = create_service(office, pack, Reach(plain_http=True), passwords=CHEAP)
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    said = {"login": "coordinator", "password": PASSWORD}
    assert client.post("/api/v1/session", json=said).status_code == 201
    client.cookies.clear()
    pages = sorted({route.path for route in served(app) if _PAGE.match(route.path) and route.method == "GET"})
    assert len(pages) > 8
    with office.database.reading() as session:
        cases = list(session.scalars(select(Case).order_by(Case.number)))
    opened: dict[str, int] = dict.fromkeys(pages, 0)
    looked_at = {"coordinator": ("in_review", "adopted"), "first": ("in_review",)}
    for login in looked_at:
        secret, _ = give_token(office, OPERATOR, people[login].id, "test")
        headers = {"authorization": f"Bearer {secret}"}
        for case in cases:
            for page in pages if login == "coordinator" or case.state == "in_review" else pages[:1]:
                answer = client.get(page.format(case_id=case.id), headers=headers)
                assert answer.status_code in (200, 303, 403, 404, 409), (page, case.state, answer.text[:300])
                opened[page] += answer.status_code == 200
        listed = client.get("/cases", headers=headers)
        assert listed.status_code == 200 and (login == "first" or cases[0].number in listed.text)
        for path in ("/certificates", "/indicators"):
            assert client.get(path, headers=headers).status_code == (200 if login == "coordinator" else 403)
    assert opened.pop(pages[0]) >= len(cases)
    assert [page for page, count in opened.items() if not count] == ["/cases/{case_id}/differences"]  # for adjudicators


# How migrations are carried out


def test_rows_that_point_at_a_table_outlive_its_change(database: Database) -> None:
    office = Office(database, Blobs(Path("unused")), {})
    with database.transaction() as session:
        person = Person(login="a", name="А", roles=["coordinator"], created_at=office.clock())
        session.add(person)
        session.flush()
        actor = actor_of(person)
    case = register(office, actor, "Дело")
    with migrating(database) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("people", recreate="auto" if not database.is_sqlite else "always") as batch:
            batch.add_column(Column("nickname", Text, server_default="", nullable=False))
    with database.reading() as session:
        assert session.get_one(Case, case.id).coordinator_id == session.scalars(select(Person)).one().id
    with database.engine.connect() as connection:
        made = MetaData()
        made.reflect(connection, only=["people"])
        assert "nickname" in made.tables["people"].columns
    if database.is_sqlite:
        with pytest.raises(SchemaError, match="schema_lost"), migrating(database) as connection:
            connection.execute(delete(Person))
        with database.reading() as session:
            assert session.scalars(select(Person)).one().login == "a"
        with pytest.raises(Exception, match="FOREIGN KEY"), database.transaction() as session:
            session.execute(delete(Person))
