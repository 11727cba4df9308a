"""Methodologists change the pack: verification, rules off and re-worded, preview; new analyses only."""

from __future__ import annotations

import json
from typing import Any

import pytest

from expertise.case.pack_overlay import bases
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import DeniedError
from expertise.store.case_tables import Case, ExaminationRow
from expertise.store.cases import NotFoundError, open_case
from expertise.work.analysing import ask, latest_examination
from expertise.work.case_preliminary import preliminary_of_case
from expertise.work.pack_changes import CurrentExaminer, change_pack, pack_history, pack_state
from expertise.work.pack_previews import ask_preview, get_preview, offered_cases
from expertise.work.running import run_job
from nlp.errors import SaraptamaError
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.work.conftest import Clock, Hire, Staff

WHY = "проверено по официальному тексту"


def examined_anew(office: Office, staff: Staff, case: Case, current: CurrentExaminer, clock: Clock) -> dict[str, Any]:
    clock.on(minutes=1)
    assert run_job(office, current, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    row = last(office, staff, case)
    content: dict[str, Any] = json.loads(office.files.get(row.result))
    return content


def last(office: Office, staff: Staff, case: Case) -> ExaminationRow:
    with office.database.reading() as session:
        row = latest_examination(session, open_case(session, staff.coordinator, case.id))
    assert row is not None
    return row


def findings(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for text in content["texts"] for finding in text["findings"]]


def unversioned(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Evidence names the version of the pack."""
    return [{**each, "evidence": [{**item, "version": ""} for item in each["evidence"]]} for each in found]


def test_changes_hold_for_new_analyses_only(
    office: Office, staff: Staff, hire: Hire, in_review: Case, examiner: Examiner, clock: Clock
) -> None:
    person, pack, current = hire("methodologist", Role.METHODOLOGIST), examiner.pack, CurrentExaminer(office, examiner)
    assert current.now() is examiner
    first = last(office, staff, in_review)
    before = json.loads(office.files.get(first.result))
    found = findings(before)
    off = next(each["evidence"][0]["detector"] for each in found if len(each["evidence"]) == 1)
    kept = next(each for each in found if each["evidence"][0]["detector"] not in ("powers.incomplete", off))
    basis = next(key for key, (factor, _) in bases(pack).items() if factor == kept["factor"])
    words = {"ru": "Новые слова о «{quote}».", "kk": "«{quote}» туралы жаңа сөздер."}

    preview = ask_preview(office, person, "off", off, {}, [in_review.number])
    assert run_job(office, current, Limits(), preview.id) == "done"
    told = get_preview(office, person, preview.id).result[in_review.number]
    assert told["gone"] >= 1 and told["after"] < told["before"] == len(found)
    assert {"what", "factor", "kind", "severity", "language", "place"} == set(told["findings"][0])

    verified = change_pack(office, person, "verify", basis, {"edition": "ред. от 01.01.2026"}, WHY)
    change_pack(office, person, "off", off, {}, "шумит на приказах")
    reworded = kept["evidence"][0]["detector"]
    change_pack(office, person, "reword", reworded, {"explanation": words, "risk": words}, "яснее для людей")
    after = examined_anew(office, staff, in_review, current, clock)
    assert after["versions"]["pack"]["id"] == f"{pack.id}+office"
    assert after["versions"]["pack"]["version"] == f"{pack.version}+3" and verified.id == 1
    assert off not in [e["detector"] for finding in findings(after) for e in finding["evidence"]]
    (same,) = [finding for finding in findings(after) if finding["id"] == kept["id"]]
    assert same["explanation"].startswith("Новые слова о «") and any(entry["verified"] for entry in same["basis"])
    ours = [entry["text"] for entry in same["basis"] if entry["verified"]]
    document = "\n".join(preliminary_of_case(office, staff.coordinator, in_review.id, "ru").texts())
    assert ours[0] in document
    assert json.loads(office.files.get(first.result)) == before and last(office, staff, in_review).id != first.id

    change_pack(office, person, "on", off, {}, "снова нужно людям")
    change_pack(office, person, "restore", reworded, {}, "прежние слова лучше")
    change_pack(office, person, "unverify", basis, {}, "сверено не с той редакцией")
    again = examined_anew(office, staff, in_review, current, clock)
    assert (
        unversioned(findings(again)) == unversioned(found)
        and again["versions"]["pack"]["version"] == f"{pack.version}+6"
    )
    history = pack_history(office, person)
    assert [row.kind for row in history.changes] == ["unverify", "restore", "on", "reword", "off", "verify"]
    assert history.names == {person.id: "Methodologist"} and pack_history(office, person, subject=off).total == 2


def test_what_is_no_change_is_refused(office: Office, staff: Staff, hire: Hire, case: Case, examiner: Examiner) -> None:
    person, pack = hire("methodologist", Role.METHODOLOGIST), examiner.pack
    rule, basis = next(iter(pack.by_id)), next(iter(bases(pack)))
    words = {"ru": "слова", "kk": "сөздер"}
    wrong: list[tuple[str, str, dict[str, Any], str, str]] = [
        ("verify", basis, {"edition": " "}, WHY, "pack_no_edition"),
        ("verify", basis, {"edition": "x"}, "short", "pack_reason"),
        ("verify", "vague_wording:0", {"edition": "x"}, WHY, "pack_no_basis"),
        ("unverify", basis, {}, WHY, "pack_unchanged"),
        ("off", "no.such.rule", {}, WHY, "pack_no_rule"),
        ("on", rule, {}, WHY, "pack_unchanged"),
        ("restore", rule, {}, WHY, "pack_unchanged"),
        ("delete", rule, {}, WHY, "pack_kind"),
        ("reword", rule, {"explanation": words}, WHY, "pack_words_missing"),
        ("reword", rule, {"explanation": {**words, "ru": "{path}"}, "risk": words}, WHY, "pack_blank"),
        ("reword", rule, {"explanation": {**words, "ru": "{quote!r}"}, "risk": words}, WHY, "pack_blank"),
        ("reword", rule, {"explanation": {**words, "ru": "{"}, "risk": words}, WHY, "pack_blank"),
        ("reword", rule, {"explanation": {**words, "ru": "x" * 20_001}, "risk": words}, WHY, "words_too_long"),
    ]
    for kind, subject, said, reason, code in wrong:
        with pytest.raises(SaraptamaError) as error:
            change_pack(office, person, kind, subject, said, reason)
        assert error.value.code == f"expertise.{code}"
    for numbers, code in (([], "preview_cases"), ([str(n) for n in range(6)], "preview_cases"),
                          ([case.number], "preview_no_case"), (["2026-9999"], "preview_no_case")):  # fmt: skip
        with pytest.raises(SaraptamaError) as error:
            ask_preview(office, person, "off", rule, {}, numbers)
        assert error.value.code == f"expertise.{code}"
    assert offered_cases(office, person) == () and pack_state(office, person).standing.version == 0
    for nobody in (staff.coordinator, staff.administrator, Actor("", "")):
        for ask_for in (pack_state, pack_history, offered_cases):
            with pytest.raises(DeniedError):
                ask_for(office, nobody)
        with pytest.raises(DeniedError):
            change_pack(office, nobody, "off", rule, {}, WHY)
    with pytest.raises(NotFoundError):
        get_preview(office, person, "0" * 32)


def test_so_many_previews_wait(office: Office, hire: Hire, in_review: Case, examiner: Examiner) -> None:
    person, rule = hire("methodologist", Role.METHODOLOGIST), next(iter(examiner.pack.by_id))
    for _ in range(office.settings.previews_waiting):
        ask_preview(office, person, "off", rule, {}, [in_review.number])
    with pytest.raises(SaraptamaError) as error:
        ask_preview(office, person, "off", rule, {}, [in_review.number])
    assert error.value.code == "expertise.previews_waiting"
