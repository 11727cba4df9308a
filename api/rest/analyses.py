"""Analyses: asked for, followed, their results given."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import FileResponse

from api.accounts.gate import AtCase, in_case
from api.rest.keys import Key
from api.rest.models import HEX_ID, Asked, Moment, Told
from api.service import desk_of
from expertise.messages import say
from expertise.people import Actor
from expertise.store.case_tables import Analysis
from expertise.work.analysing import ask
from expertise.work.once import once
from expertise.work.results import get_analysis, list_analyses, result_of

router = APIRouter(tags=["analyses"])
Sees = Annotated[AtCase, Depends(in_case("see_case"))]
Asks = Annotated[AtCase, Depends(in_case("analyse"))]
SeesFindings = Annotated[AtCase, Depends(in_case("see_findings"))]
AnalysisId = Annotated[str, Path(pattern=HEX_ID)]
_TYPES = {"json": "application/json", "sarif": "application/sarif+json"}


class Wish(Asked):
    """``force``: examine also what does not look like a draft act."""

    force: bool = False


class Why(Told):
    """Why it failed, in words too; ``file``: which one, if one."""

    code: str
    message: str
    file: str


class AnalysisTold(Told):
    """An analysis. ``status``: waiting, running, done, failed; ``done``: thousandths of the work."""

    id: str
    status: str
    done: int
    reason: Why | None
    counts: dict[str, Any] | None
    asked_by: str
    asked_at: Moment
    started_at: Moment | None
    ended_at: Moment | None


class Analyses(Told):
    """All of the current round, the last first."""

    analyses: list[AnalysisTold]


@router.post("/cases/{case_id}/analyses", status_code=202)
def wish(request: Request, at: Asks, body: Wish, key: Key = "") -> AnalysisTold:
    """Have the current files examined; the same files that wait already are not examined twice."""
    office = desk_of(request).office

    def do() -> dict[str, Any]:
        row = ask(office, at.actor, at.case_id, force=body.force)
        return _told(row, at.actor, None).model_dump(mode="json")

    return AnalysisTold.model_validate(once(office, at.actor, key, ["analyse", at.case_id, body.force], do))


@router.get("/cases/{case_id}/analyses")
def list_all(request: Request, at: Sees) -> Analyses:
    """Analyses of the case."""
    found = list_analyses(desk_of(request).office, at.actor, at.case_id)
    return Analyses(analyses=[_told(row, at.actor, counts) for row, counts in found])


@router.get("/cases/{case_id}/analyses/{analysis_id}")
def one(request: Request, at: Sees, analysis_id: AnalysisId) -> AnalysisTold:
    """How far it is."""
    row, counts = get_analysis(desk_of(request).office, at.actor, at.case_id, analysis_id)
    return _told(row, at.actor, counts)


@router.get("/cases/{case_id}/analyses/{analysis_id}/result", response_class=FileResponse)
def result(
    request: Request,
    at: SeesFindings,
    analysis_id: AnalysisId,
    form: Literal["json", "sarif"] = "json",
    language: Literal["ru", "kk"] = "ru",
) -> FileResponse:
    """The machine's findings: the examination by its JSON Schema, or SARIF 2.1.0 in a language."""
    office = desk_of(request).office
    sha256 = result_of(office, at.actor, at.case_id, analysis_id, "" if form == "json" else language)
    name = f"examination.{form}" if form == "json" else f"examination.{language}.sarif"
    return FileResponse(office.files.checked(sha256), filename=name, media_type=_TYPES[form])


def _told(row: Analysis, actor: Actor, counts: dict[str, Any] | None) -> AnalysisTold:
    reason = None
    if row.reason:
        code, params = row.reason["code"], row.reason.get("params", {})
        reason = Why(code=code, message=say(code, actor.language, params), file=row.reason.get("file", ""))
    return AnalysisTold(
        id=row.id, status=row.status, done=row.done or 0, reason=reason, counts=counts, asked_by=row.asked_by,
        asked_at=row.asked_at, started_at=row.started_at, ended_at=row.ended_at,
    )  # fmt: skip
