"""Issued conclusions without an examination before them, and the worked example of the counting rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import yaml
from sqlalchemy import select

from expertise.case.conclusion import content_hash
from expertise.office import Office
from expertise.store.adoption_tables import AdoptionDecisionRow
from expertise.store.case_tables import Case, ConclusionRow
from expertise.work.moving import advance
from tests.work.conftest import Staff

EXAMPLE: Mapping[str, Any] = yaml.safe_load(
    files("expertise.case").joinpath("counting_example.yaml").read_text(encoding="utf-8")
)
RISK = {"ru": "=Может требовать вознаграждение за решение.", "kk": "Шешім үшін сыйақы талап етуі мүмкін."}


def finding(given: Mapping[str, Any]) -> dict[str, Any]:
    """A finding of a conclusion out of a short line of the example."""
    number, unit = given["number"], given["unit"]
    place = {
        "language": "ru", "address": unit, "start": 0, "end": 5, "quote": "слова", "repeats": False,
        "finding": f"f{number}",
        "citation": {"ru": f"пункт {number} Правил", "kk": f"Қағидалардың {number}-тармағы"},
    }  # fmt: skip
    said = {"finding": f"f{number}", "decision": 1, "by": "expert"}
    return {
        "number": number, "factor": given["factor"], "factor_name": {}, "severity": "high", "unit": unit,
        "places": [place], "norms": [], "change": {}, "also_at": [], "basis": {},
        "reasoning": {}, "risk": {code: {"text": words, **said} for code, words in RISK.items()},
        "recommendation": {"ru": {"text": given["words"], **said}} if given.get("words") else {},
        "proposals": [
            {"language": code, "action": "replace", "old": "слова", "label": "", "text": given[code], **said}
            for code in ("ru", "kk") if given.get(code)
        ],
        "decisions": [{"finding": f"f{number}", "decision": 1, "verdict": "confirmed", "by": "", "at": ""}],
    }  # fmt: skip


def content(title: str, findings: Sequence[Mapping[str, Any]], **other: str) -> dict[str, Any]:
    """What reports read of the content of a conclusion."""
    requisites = {"number": "12", "date": "2026-03-02", "developer": "", "sphere": ""} | other
    return {
        "act": {"title": {"ru": title, "kk": ""}, "forms": {"ru": "rules"}, "languages": ["ru"], "restricted": ""},
        "requisites": requisites,
        "findings": [finding(each) for each in findings],
        "audit_head": "",
    }


def issue(office: Office, staff: Staff, title: str, findings: Sequence[Mapping[str, Any]], **other: str) -> Case:
    """A case whose conclusion was approved, sent as people send it."""
    made, now = content(title, findings, **other), office.clock()
    with office.database.transaction() as session:
        case = Case(
            number=f"2026-{abs(hash((title, now))) % 10**8:08d}", title=title, state="approved",
            coordinator_id=staff.coordinator.id, developer_id=None, requisites={}, created_at=now, changed_at=now,
        )  # fmt: skip
        session.add(case)
        session.flush()
        conclude(office, session, case, made, staff.first.id)
    return advance(office, staff.coordinator, case.id, "send")


def conclude(office: Office, session: Any, case: Case, made: Mapping[str, Any], by: str) -> None:
    """The conclusion of the round, as if it had been drawn up."""
    row = ConclusionRow(
        case_id=case.id, round=case.round, number="12", content=dict(made), content_hash=content_hash(made),
        files={"conclusion.json": content_hash(made)},
        audit_head="", made_by=by, made_at=office.clock(),
    )  # fmt: skip
    session.add(row)


def end(office: Office, staff: Staff, case: Case, fate: str, reason: str = "", states: Mapping[int, str] = {}) -> None:
    """What became of the act, and what people decided of its recommendations.

    An adopted one is put into its state as it is, so that a recommendation may be left undecided.
    """
    with office.database.transaction() as session:
        conclusion = session.scalars(select(ConclusionRow).where(ConclusionRow.case_id == case.id)).one()
        for number, state in states.items():
            session.add(
                AdoptionDecisionRow(
                    case_id=case.id, round=1, conclusion_id=conclusion.id, number=number, finding_id=f"f{number}",
                    state=state, by=staff.coordinator.id, at=office.clock(),
                )
            )  # fmt: skip
        if fate == "adopted":
            session.get_one(Case, case.id).state = fate
    if fate in ("not_adopted", "withdrawn"):
        advance(office, staff.coordinator, case.id, {"not_adopted": "not_adopt"}.get(fate, "withdraw"), reason)


def becomes(findings: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Number of a finding → what the example says became of it."""
    return {each["number"]: each["becomes"] for each in findings if "becomes" in each}
