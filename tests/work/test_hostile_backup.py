"""An archive is hostile until compared: whatever is wrong with one is a message, and nothing is taken in."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertise.backup import archive as archives
from expertise.backup.contents import LONGEST_CONTENTS, BackupError, DamagedBackupError
from expertise.backup.making import back_up
from expertise.backup.restoring import check_backup, restore
from expertise.case.conclusion import canonical, content_hash
from expertise.office import Office
from expertise.people import OPERATOR, Role
from expertise.store.blobs import Blobs
from expertise.store.case_tables import ConclusionRow
from expertise.store.database import Database
from expertise.work.people import actor_of, add_person
from expertise.work.registering import keep_file, register
from tests.databases import sqlite
from tests.work.backups import Members, forged, listed_anew, members, put_together, sealed

CONTENT = {"findings": [], "version": 1}
TEXT = "Правила".encode()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small backup with an account, a case, a file and a conclusion."""
    folder = tmp_path_factory.mktemp("office")
    for database in sqlite(folder):
        office = Office(database, Blobs(folder / "files"), {})
        person = add_person(office, OPERATOR, "anna", "Анна", [Role.COORDINATOR], "")
        case = register(office, actor_of(person), "Правила")
        keep_file(office, actor_of(person), case.id, "text", "draft.txt", [TEXT])
        kept = office.files.put(canonical(CONTENT))
        with database.transaction() as session:
            session.add(
                ConclusionRow(
                    case_id=case.id, round=1, number="1", content=CONTENT, content_hash=content_hash(CONTENT),
                    files={"conclusion.json": kept.sha256}, audit_head="0" * 64, made_by=person.id,
                    made_at=datetime(2026, 3, 2, tzinfo=UTC),
                )
            )  # fmt: skip
        back_up(office, OPERATOR, folder / "backup")
    return (folder / "backup").read_bytes()


@pytest.fixture
def nowhere(tmp_path: Path) -> Office:
    """Where nothing is yet."""
    database = Database(f"sqlite:///{tmp_path / 'data' / 'saraptama.db'}")
    return Office(database, Blobs(tmp_path / "data" / "files"), {})


def refusal(path: Path, data: bytes) -> str:
    """The code with which an archive is refused, by the check."""
    path.write_bytes(data)
    with pytest.raises(BackupError) as caught:
        check_backup(OPERATOR, path)
    return caught.value.code.removeprefix("expertise.")


def test_the_archive_is_whole(whole: bytes, tmp_path: Path, nowhere: Office) -> None:
    (tmp_path / "backup").write_bytes(forged(whole, lambda parts: None))  # so that forging as such changes nothing
    restore(nowhere, OPERATOR, tmp_path / "backup")
    assert nowhere.files.get(hashlib.sha256(TEXT).hexdigest()) == TEXT


@given(data=st.data())
def test_a_damaged_byte_anywhere_is_told(
    data: st.DataObject, whole: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    position = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[position] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(bytes(changed))
    with pytest.raises(DamagedBackupError):
        check_backup(OPERATOR, path)


@given(data=st.data())
def test_damage_under_a_new_seal_is_told_or_harmless(
    data: st.DataObject, whole: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever seals anew may change bytes that say nothing (dates of members); all that is taken in is as listed."""
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(whole) - 65))] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "forged"
    path.write_bytes(sealed(bytes(changed)))
    try:
        check_backup(OPERATOR, path)
    except BackupError:
        return
    assert (
        members(path.read_bytes()).items()
        >= {name: content for name, content in members(whole).items() if name != "manifest.json"}.items()
    )


def first(parts: Members, start: str) -> str:
    return next(name for name in parts if name.startswith(start))


def drop(start: str) -> Callable[[Members], None]:
    return lambda parts: parts.pop(first(parts, start)) and None


def add(name: str) -> Callable[[Members], None]:
    return lambda parts: parts.update({name: b"x"})


def rewrite(name: str, old: bytes, new: bytes, listed: bool = True) -> Callable[[Members], None]:
    def change(parts: Members) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)
        if listed:
            listed_anew(parts, name)

    return change


def contents(**said: object) -> Callable[[Members], None]:
    def change(parts: Members) -> None:
        raw = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**raw, **said}).encode()

    return change


def lose_a_file(parts: Members) -> None:
    """A file is gone from the archive and from its list; the case still names it."""
    sha256 = hashlib.sha256(TEXT).hexdigest()
    del parts[f"files/{sha256}"]
    lines = [line for line in parts["files.jsonl"].splitlines(keepends=True) if sha256.encode() not in line]
    parts["files.jsonl"] = b"".join(lines)
    listed_anew(parts, "files.jsonl")


def change_a_file(parts: Members) -> None:
    parts[f"files/{hashlib.sha256(TEXT).hexdigest()}"] = b"x" * len(TEXT)


def end_cut_off(parts: Members) -> None:
    """The last entry of the audit is gone, with its text, and the lists say so, but for the head."""
    for name in ("tables/audit.jsonl", "tables/audit_texts.jsonl"):
        lines = parts[name].splitlines(keepends=True)
        parts[name] = b"".join(lines[:-1] if name == "tables/audit.jsonl" else lines)
        listed_anew(parts, name)
    raw = json.loads(parts["manifest.json"])
    contents(audit_entries=raw["tables"]["audit"]["rows"])(parts)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (drop("manifest.json"), "backup_member_missing"),
        (drop("files.jsonl"), "backup_member_missing"),
        (drop("tables/people"), "backup_member_missing"),
        (drop("files/"), "backup_member_missing"),
        (add("../../etc/passwd"), "backup_member_unknown"),
        (add("/etc/passwd"), "backup_member_unknown"),
        (add("files/../../x"), "backup_member_unknown"),
        (add("tables/sessions.jsonl"), "backup_member_unknown"),
        (add(f"files/{'0' * 64}"), "backup_member_unknown"),
        (change_a_file, "backup_member"),
        (rewrite("tables/people.jsonl", "Анна".encode(), "Алла".encode(), listed=False), "backup_member"),
        (rewrite("files.jsonl", b'"size": ', b'"size": 1', listed=True), "backup_member"),
        (rewrite("files.jsonl", b'"size": ', b'"size": -', listed=True), "backup_member"),
        (rewrite("files.jsonl", b'{"sha256": "', b'{"sha256": "../', listed=True), "backup_member"),
        (lose_a_file, "backup_file_named"),
        (contents(version=2), "backup_version"),
        (contents(schema="0000"), "backup_schema"),
        (contents(kind="other"), "backup_contents"),
        (contents(tables={}), "backup_contents"),
        (contents(audit_entries=1), "backup_contents"),
        (contents(audit_head="0"), "backup_contents"),
        (contents(audit_head="f" * 64), "backup_audit"),
        (contents(audit_head="0" * 64), "backup_audit"),
        (contents(files=[]), "backup_contents"),
        (lambda parts: parts.update({"manifest.json": b"[" * 100_000}), "backup_contents"),
        (lambda parts: parts.update({"manifest.json": b" " * (LONGEST_CONTENTS + 1)}), "backup_contents"),
        (rewrite("tables/people.jsonl", b'"login"', b'"logon"'), "backup_row"),
        (rewrite("tables/people.jsonl", b'"closed":false', b'"closed":0'), "backup_row"),
        (rewrite("tables/people.jsonl", b'"created_at":"2', b'"created_at":"x'), "backup_row"),
        (rewrite("tables/people.jsonl", b'"name":"', b'"name":null,"":"'), "backup_row"),
        (rewrite("tables/people.jsonl", b"{", b"[" * 10_000), "backup_row"),
        (rewrite("tables/people.jsonl", b"+00:00", b""), "backup_table"),
        (rewrite("tables/people.jsonl", b'"roles":[', b'"roles":[ '), "backup_table"),
        (rewrite("tables/cases.jsonl", b'"coordinator_id":"', b'"coordinator_id":"0'), "backup_table"),
        (rewrite("tables/audit.jsonl", b'"add_person"', b'"add_people"'), "backup_audit"),
        (rewrite("tables/audit_texts.jsonl", "Анна".encode(), "Алла".encode()), "backup_audit"),
        (end_cut_off, "backup_audit"),
        (rewrite("tables/conclusions.jsonl", b'"findings":[]', b'"findings":[1]'), "backup_conclusion"),
    ],
)
def test_a_forged_archive_is_refused_in_words(
    whole: bytes, tmp_path: Path, nowhere: Office, change: Callable[[Members], None], code: str
) -> None:
    assert refusal(tmp_path / "forged", forged(whole, change)) == code
    with pytest.raises(BackupError):
        restore(nowhere, OPERATOR, tmp_path / "forged")
    assert not nowhere.files.folder.exists()
    assert [each.name for each in tmp_path.iterdir()] in (["forged"], ["data", "forged"], ["forged", "data"])
    assert not list(tmp_path.glob("data/.files-*"))


def test_nothing_packed_is_unpacked(whole: bytes, tmp_path: Path) -> None:
    parts = members(whole)
    bomb = {**parts, "files/bomb": b"\0" * 50_000_000}
    data = put_together(bomb, compression=zipfile.ZIP_DEFLATED)
    assert len(data) < 200_000
    assert refusal(tmp_path / "bomb", data) == "backup_member"


def test_two_members_of_one_name_are_refused(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "twice"
    path.write_bytes(whole)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("manifest.json", b"{}")
    assert refusal(path, sealed(path.read_bytes())) == "backup_member"


@pytest.mark.parametrize("data", [b"", b"x", b"0" * 64, b"0" * 63, b"PK\5\6" + b"\0" * 80])
def test_what_is_no_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path / "x", data) in ("backup_no_archive", "backup_seal")
    assert refusal(tmp_path / "x", sealed(data.rjust(64, b"x"))) in ("backup_no_archive", "backup_member_missing")


def test_an_archive_cut_anywhere_is_refused(whole: bytes, tmp_path: Path) -> None:
    for end in range(0, len(whole), 97):
        assert refusal(tmp_path / "cut", whole[:end]) in ("backup_no_archive", "backup_seal")


def test_a_row_longer_than_its_bound_is_not_read(whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = max(len(line) for name, part in members(whole).items() if name.startswith("tables/")
                  for line in part.splitlines(keepends=True))  # fmt: skip
    path = tmp_path / "whole"
    path.write_bytes(whole)
    monkeypatch.setattr(archives, "LONGEST_ROW", longest)
    check_backup(OPERATOR, path)
    monkeypatch.setattr(archives, "LONGEST_ROW", longest - 1)
    assert refusal(path, whole) == "backup_member"
