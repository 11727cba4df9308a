"""Analyses of a case as they are told: how far they are, and their results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.reading_list import most_useful
from expertise.documents.sarif import to_sarif
from expertise.messages import LANGUAGES, say
from expertise.office import Office
from expertise.people import Actor
from expertise.store.case_tables import Analysis, ExaminationRow
from expertise.store.cases import NotFoundError, Opened, open_case
from nlp.examination import Examination
from nlp.structure.counting import points

Counts = dict[str, Any]
_SUPPRESSED = 200
_NOTICES = 100


def summary_of(
    office: Office, examination: Examination, content: Mapping[str, Any], entered: Examination | None = None
) -> dict[str, Any]:
    """What is told of a result without opening it; its findings as SARIF are kept, ``sarif``: language → sha256.

    ``questions``: what the machine could not decide, in the order of the texts, for the reading list, and no more than
    one for ``settings.question_points`` points of a text (the result has all); ``suppressed``:
    words that were not marked because the act closes them, how many and the first of them; ``notices``: what is to be
    known of reading and judging, first of all which findings did not enter the case (``entered`` has those that did);
    ``texts_compared``: whether divergences of two texts were looked for. ``content``: the examination as JSON.
    """
    told = {name: content[name] for name in ("counts", "versions")}
    sarif = {code: office.files.put(_sarif(office, examination, code)).sha256 for code in LANGUAGES}
    questions = _questions(office, examination, content)
    asked = sum(len(text["questions"]) for text in content["texts"])
    return {
        **told,
        "sarif": sarif,
        "questions": questions,
        "questions_left_out": asked - len(questions),
        "suppressed": _suppressed(content),
        "notices": [*_left_out(entered or examination), *_notices(content)][:_NOTICES],
        "texts_compared": examination.texts_compared,
    }


def _questions(office: Office, examination: Examination, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for report, text in zip(examination.reports, content["texts"], strict=True):
        most = max(points(report.act.root) // office.settings.question_points, 1)
        found += [{"language": text["language"], **each} for each in most_useful(text["questions"], most)]
    return found


def _notices(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is to be said of the dossier as a whole (``language`` ""), then of each text."""
    every = [("", notice) for notice in content["notices"]]
    every += [(text["language"], notice) for text in content["texts"] for notice in text["notices"]]
    return [{"language": language, "text": notice["text"]} for language, notice in every]


def _left_out(entered: Examination) -> list[dict[str, Any]]:
    """What is to be said of texts with more findings than enter a case."""
    told = []
    for report in entered.reports:
        for notice in (each for each in report.notices if each.code == "examine.shown_part"):
            text = {code: say("expertise.findings_left_out", code, dict(notice.params)) for code in LANGUAGES}
            told.append({"language": report.language, "text": text})
    return told


def _suppressed(content: Mapping[str, Any]) -> dict[str, Any]:
    """The first so many: they are a help for reading, and the result has all."""
    every = [
        {name: entry[name] for name in ("factor", "mark", "text")} | {"language": text["language"]}
        for text in content["texts"]
        for entry in text["suppressed"]
    ]
    return {"total": len(every), "first": [entry | {"mark": _place(entry["mark"])} for entry in every[:_SUPPRESSED]]}


def _place(mark: Mapping[str, Any]) -> dict[str, Any]:
    return {name: mark[name] for name in ("citation", "start", "end")}


def analyses(session: Session, opened: Opened) -> tuple[Analysis, ...]:
    """All wishes of the current round to have the draft examined, the last first."""
    case = opened.case
    rows = select(Analysis).where(
        Analysis.case_id == case.id, Analysis.round == case.round, Analysis.later_id.is_(None)
    )
    return tuple(session.scalars(rows.order_by(Analysis.asked_at.desc(), Analysis.id.desc())))


def list_analyses(office: Office, actor: Actor, case_id: str) -> tuple[tuple[Analysis, Counts | None], ...]:
    """Wishes of the current round with the counts of what was found, for whoever may see findings."""
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id)
        return tuple((row, _counts(session, opened, row)) for row in analyses(session, opened))


def get_analysis(office: Office, actor: Actor, case_id: str, analysis_id: str) -> tuple[Analysis, Counts | None]:
    """One of them. Raises ``NotFoundError``."""
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id)
        row = _one(session, opened, analysis_id)
        return row, _counts(session, opened, row)


def result_of(office: Office, actor: Actor, case_id: str, analysis_id: str, sarif: str = "") -> str:
    """Name of the kept file with the result: JSON, or SARIF in the language ``sarif``.

    Raises ``NotFoundError`` where the analysis is not done, ``DeniedError``.
    """
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "see_findings")
        row = _one(session, opened, analysis_id)
        found = session.get(ExaminationRow, row.examination_id) if row.examination_id else None
    kept = (found.summary.get("sarif", {}).get(sarif) if sarif else found.result) if found else None
    if not kept:
        raise NotFoundError("expertise.no_analysis")
    return str(kept)


def _sarif(office: Office, examination: Examination, language: str) -> bytes:
    return json.dumps(to_sarif(examination, language, office.factors), ensure_ascii=False).encode()


def _one(session: Session, opened: Opened, analysis_id: str) -> Analysis:
    row = session.get(Analysis, analysis_id)
    if row is None or row.case_id != opened.case.id:
        raise NotFoundError("expertise.no_analysis")
    return row


def _counts(session: Session, opened: Opened, row: Analysis) -> Counts | None:
    if not opened.may("see_findings") or not row.examination_id:
        return None
    found = session.get(ExaminationRow, row.examination_id)
    return dict(found.summary["counts"]) if found else None
