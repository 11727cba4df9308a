"""Accounts, database and audit from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from api.accounts.passwords import Passwords
from expertise.store.database import Database
from expertise.store.schema import newest
from expertise.work.sign_ins import by_login
from saraptama.cli.base import opened
from saraptama.cli.codes import Exit
from tests.cli.conftest import Run

PASSWORD = "длинный пароль 1"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SARAPTAMA_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SARAPTAMA_DATABASE", raising=False)
    return tmp_path / "data"


def add(run: Run, login: str = "root", *more: str) -> None:
    run("db", "upgrade")
    arguments = ("user", "add", login, "--name", "Анна Б.", "--role", "administrator", *more)
    ran = run(*arguments, stdin=f"{PASSWORD}\n")
    assert (ran.code, ran.err) == (Exit.OK, ""), ran.err


def test_the_database_is_made_and_checked(run: Run) -> None:
    ran = run("db", "check")
    assert ran.code == Exit.INPUT and "saraptama db upgrade" in ran.err
    assert run("db", "upgrade").code == Exit.OK
    assert run("db", "upgrade").out == f"База данных приведена к версии {newest()}.\n"
    assert run("db", "check").out.startswith("База данных соответствует программе: sqlite:///")


@pytest.mark.parametrize(("language", "said"), [("ru", "База данных не ответила"), ("kk", "Дерекқор жауап бермеді")])
def test_a_database_that_does_not_answer(run: Run, monkeypatch: pytest.MonkeyPatch, language: str, said: str) -> None:
    """No fault of the program: in a container it is met at the first start."""
    monkeypatch.setenv("SARAPTAMA_DATABASE", "postgresql+psycopg://saraptama@127.0.0.1:1/saraptama")
    ran = run("db", "upgrade", "--language", language)
    assert ran.code == Exit.INPUT and ran.err.startswith(said) and "SARAPTAMA_DATABASE" in ran.err
    assert "sqlalche.me" not in ran.err and "Traceback" not in ran.err


def test_a_database_that_lost_a_column(run: Run, data: Path) -> None:
    run("db", "upgrade")
    database = Database(f"sqlite:///{data / 'saraptama.db'}")
    with database.transaction() as session:
        session.execute(text("ALTER TABLE tokens DROP COLUMN name"))
    database.dispose()
    ran = run("db", "check", "--language", "kk")
    assert ran.code == Exit.DAMAGED and "tokens" in ran.err and ran.err.startswith("Дерекқор")


def test_the_first_administrator(run: Run) -> None:
    add(run)
    with opened() as office:
        person = by_login(office, "root")
    assert person is not None and person.must_change and person.roles == ["administrator"]
    assert Passwords(1).is_right(person.password_hash, PASSWORD)
    assert run("user", "list").out == "root\tАнна Б.\tадминистратор\t\n"
    assert "әкімші" in run("user", "list", "--language", "kk").out


def test_a_password_of_one_s_own_is_kept(run: Run) -> None:
    add(run, "root", "--keep-password", "--speaks", "kk", "--organisation", "ҚР ЗҚАИ")
    with opened() as office:
        person = by_login(office, "root")
    assert person is not None and not person.must_change
    assert (person.language, person.organisation) == ("kk", "ҚР ЗҚАИ")


@pytest.mark.parametrize(
    ("given", "said"), [("", "Пароль не введён"), ("\n", "Пароль не введён"), ("короткий\n", "не короче 12")]
)
def test_a_bad_password_adds_nobody(run: Run, given: str, said: str) -> None:
    run("db", "upgrade")
    ran = run("user", "add", "root", "--name", "А", "--role", "administrator", stdin=given)
    assert ran.code == Exit.INPUT and said in ran.err
    assert run("user", "list").out == ""


def test_a_password_is_no_argument(run: Run) -> None:
    run("db", "upgrade")
    ran = run("user", "add", "root", "--name", "А", "--role", "administrator", "--password", PASSWORD)
    assert ran.code == Exit.USAGE


def test_another_password_and_closing(run: Run) -> None:
    add(run)
    add(run, "anna")
    assert run("user", "password", "ANNA", stdin="совсем другой пароль\n").code == Exit.OK
    with opened() as office:
        person = by_login(office, "anna")
    assert person is not None and Passwords(1).is_right(person.password_hash, "совсем другой пароль")
    assert run("user", "close", "anna").code == Exit.OK
    assert "anna\tАнна Б.\tадминистратор\tзакрыта" in run("user", "list").out
    ran = run("user", "close", "root")
    assert ran.code == Exit.INPUT and "последний действующий администратор" in ran.err
    assert "нет" in run("user", "close", "nobody").err


def test_the_audit_is_verified(run: Run, data: Path) -> None:
    add(run)
    ran = run("audit", "verify")
    assert ran.code == Exit.OK and ran.out.startswith("Журнал цел: записей – 1, контрольная сумма ")
    head = ran.out.split()[-1].rstrip(".")
    assert run("audit", "verify", "--head", head).code == Exit.OK
    ran = run("audit", "verify", "--head", "f" * 64)
    assert ran.code == Exit.DAMAGED and "Контрольной суммы" in ran.err
    database = Database(f"sqlite:///{data / 'saraptama.db'}")
    with database.transaction() as session:
        session.execute(text("DROP TRIGGER audit_no_UPDATE"))
        session.execute(text("UPDATE audit SET action = 'nothing'"))
    database.dispose()
    ran = run("audit", "verify", "--language", "kk")
    assert ran.code == Exit.DAMAGED and "Журнал бүлінген" in ran.err


def test_a_setting_that_makes_no_sense(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_SESSION_HOURS", "0")
    ran = run("db", "check")
    assert ran.code == Exit.INPUT and "SARAPTAMA_SESSION_HOURS" in ran.err


def test_a_backup_is_made_checked_and_restored(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(run)
    copy = tmp_path / "backup.zip"
    ran = run("backup", copy)
    assert ran.code == Exit.OK and "Копия не зашифрована" in ran.out and str(copy) in ran.out
    assert run("backup", copy).code == Exit.INPUT
    assert run("backup", "--check", copy).code == Exit.OK
    assert run("restore", copy).code == Exit.INPUT  # the database is not empty
    monkeypatch.setenv("SARAPTAMA_DATA", str(tmp_path / "other"))
    ran = run("restore", copy, "--language", "kk")
    assert ran.code == Exit.OK and "қалпына келтіріліп" in ran.out
    head = next(word for word in ran.out.replace(".", " ").split() if len(word) == 64)
    assert run("audit", "verify", "--head", head).code == Exit.OK
    assert run("user", "list").out == "root\tАнна Б.\tадминистратор\t\n"
    copy.write_bytes(copy.read_bytes().replace("Анна".encode(), "Алла".encode()))
    ran = run("backup", copy, "--check")
    assert ran.code == Exit.DAMAGED and "изменена или повреждена" in ran.err
    assert run("restore", copy).code == Exit.DAMAGED
    assert run("restore", tmp_path / "none").code == Exit.OUTPUT
    assert run("backup", tmp_path / "none" / "x").code == Exit.OUTPUT


def test_texts_of_the_audit_are_erased(run: Run) -> None:
    add(run)
    ran = run("audit", "erase", "--person", "root", "--reason", "по заявлению")
    assert (ran.code, ran.out) == (
        Exit.OK, "Стёрты тексты при записях журнала: 1. Цепочка цела, о стирании сделана запись.\n",
    )  # fmt: skip
    assert run("audit", "verify").code == Exit.OK
    ran = run("audit", "erase", "--person", "root", "--reason", "снова", "--before", "2099-01-01")
    assert ran.code == Exit.INPUT and "Стирать нечего" in ran.err
    assert run("audit", "erase", "--reason", "x").code == Exit.INPUT
    assert run("audit", "erase", "--reason", "x", "--case", "2026-0001").code == Exit.INPUT
    assert run("audit", "erase", "--reason", "x", "--case", "1", "--person", "root").code == Exit.USAGE
    assert run("audit", "erase", "--entry", "1").code == Exit.USAGE
    assert run("audit", "erase", "--entry", "1", "--reason", "x", "--before", "вчера").code == Exit.USAGE


def test_a_demonstration_prints_each_password_once(run: Run, tmp_path: Path) -> None:
    run("db", "upgrade")
    assert "examples" in run("demo", "--drafts", tmp_path).err
    ran = run("demo", "--language", "kk")
    assert ran.code == Exit.OK and "2026-0001" not in ran.err
    rows = [line.split("\t") for line in ran.out.splitlines() if "\t" in line]
    assert len({password for _, password, _ in rows}) == len(rows) == 9
    assert {role for _, _, role in rows} >= {"сарапшы", "үйлестіруші", "әкімші"}
    with opened() as office:
        for login, password, _ in rows:
            person = by_login(office, login)
            assert person is not None and Passwords(1).is_right(person.password_hash, password)
    assert run("demo").code == Exit.INPUT
    assert run("demo", "--add").code == Exit.INPUT  # the logins are taken
