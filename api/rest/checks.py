"""Own preliminary checks, outside of cases, and the preliminary check of a case."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, allowed, in_case
from api.pages.file_names import of_preliminary
from api.rest.analyses import Why
from api.rest.keys import Key
from api.rest.models import HEX_ID, Asked, Id, Limit, Moment, Offset, Page, Told, without_nul
from api.rest.receiving import RAW_ANSWER, RAW_BODY, receiving
from api.sending import as_file, as_sent
from api.service import desk_of
from expertise.documents.model import Document
from expertise.messages import say
from expertise.people import Actor
from expertise.store.cases import open_case
from expertise.store.check_tables import OwnCheck
from expertise.work.case_preliminary import preliminary_of_case
from expertise.work.once import once
from expertise.work.own_checks import (
    ACTION,
    ask_check,
    check_document,
    check_result,
    delete_check,
    get_check,
    hand_over,
    list_checks,
    receive,
)
from expertise.work.preliminary import as_file as written
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["checks"])
Checks = Annotated[Signed, Depends(allowed(ACTION))]
Uploads = Annotated[Signed, Depends(allowed(ACTION, uploads=True))]
SeesPreliminary = Annotated[AtCase, Depends(in_case("see_preliminary"))]
CheckId = Annotated[str, Path(pattern=HEX_ID)]
DocumentName = Annotated[str, Path(pattern=r"^(ru|kk)\.(docx|pdf)$")]
CheckFile = Annotated[str, Path(pattern=r"^((ru|kk)\.(docx|pdf)|result\.json)$")]


class CheckTold(Told):
    """A check of one's own. ``status``: waiting, running, done, failed; ``done``: thousandths of the work."""

    id: str
    name: str
    status: str
    done: int
    reason: Why | None
    counts: dict[str, Any] | None
    asked_at: Moment
    ended_at: Moment | None


class ChecksPage(Page):
    """Part of one's own checks, the last first; ``left_today``: how many may still be asked for on this day."""

    checks: list[CheckTold]
    left_today: int


class IntoCase(Asked):
    """The case that the texts of a check enter."""

    case: Id


class HandedOver(Told):
    """The files as they are in the case now."""

    files: list[str]


@router.post("/checks", status_code=202, openapi_extra=RAW_BODY)
def wish(
    request: Request,
    signed: Uploads,
    name: Annotated[str, Query(min_length=1, max_length=1_000), AfterValidator(without_nul)],
    force: bool = False,
    key: Key = "",
) -> CheckTold:
    """Have a draft checked: its bytes are the body. Nobody but who sent it sees it."""
    office, actor = desk_of(request).office, signed.actor
    with receiving(request) as pieces:
        sent = receive(office, actor, name, pieces)

    def do() -> dict[str, Any]:
        return _told(ask_check(office, actor, [sent], force=force), actor).model_dump(mode="json")

    asked = ["check", sent.name, sent.kept.sha256, force]
    return CheckTold.model_validate(once(office, actor, key, asked, do))


@router.get("/checks")
def list_all(request: Request, signed: Checks, offset: Offset = 0, limit: Limit = 50) -> ChecksPage:
    """One's own checks."""
    found = list_checks(desk_of(request).office, signed.actor, offset, limit)
    told = [_told(row, signed.actor) for row in found.checks]
    return ChecksPage(total=found.total, offset=offset, checks=told, left_today=found.left_today)


@router.get("/checks/{check_id}")
def one(request: Request, signed: Checks, check_id: CheckId) -> CheckTold:
    """How far it is."""
    return _told(get_check(desk_of(request).office, signed.actor, check_id), signed.actor)


@router.get("/checks/{check_id}/files/{name}", response_class=Response, responses=RAW_ANSWER)
def file(request: Request, signed: Checks, check_id: CheckId, name: CheckFile) -> Response:
    """The preliminary check («ru.docx», «kk.pdf», …), or the examination by its JSON Schema («result.json»)."""
    office = desk_of(request).office
    if name == "result.json":
        return as_sent("examination.json", check_result(office, signed.actor, check_id))
    about = PurePath(get_check(office, signed.actor, check_id).name).stem
    return _saved(name, about, check_document(office, signed.actor, check_id, name[:2]))


@router.post("/checks/{check_id}/case")
def into_case(request: Request, signed: Checks, check_id: CheckId, body: IntoCase) -> HandedOver:
    """The texts enter a case as if uploaded there; what was found stays with their owner."""
    rows = hand_over(desk_of(request).office, signed.actor, check_id, body.case)
    return HandedOver(files=[row.id for row in rows])


@router.delete("/checks/{check_id}", status_code=204)
def delete(request: Request, signed: Checks, check_id: CheckId) -> None:
    """The check and its files are gone for good."""
    delete_check(desk_of(request).office, signed.actor, check_id)


@router.get("/cases/{case_id}/preliminary/{name}", response_class=Response, responses=RAW_ANSWER)
def of_case(request: Request, at: SeesPreliminary, name: DocumentName) -> Response:
    """The preliminary check of a case, of its last analysis."""
    office = desk_of(request).office
    with office.database.reading() as session:
        number = open_case(session, at.actor, at.case_id).case.number
    return _saved(name, number, preliminary_of_case(office, at.actor, at.case_id, name[:2]))


def _saved(name: str, about: str, document: Document) -> Response:
    return as_file(f"preliminary.{name}", written(document, name.rpartition(".")[2]), of_preliminary(about, name))


def _told(row: OwnCheck, actor: Actor) -> CheckTold:
    reason = None
    if row.reason:
        code, params = row.reason["code"], row.reason.get("params", {})
        reason = Why(code=code, message=say(code, actor.language, params), file=row.reason.get("file", ""))
    return CheckTold(
        id=row.id, name=row.name, status=row.status, done=row.done or 0, reason=reason,
        counts=row.summary.get("counts"), asked_at=row.asked_at, ended_at=row.ended_at,
    )  # fmt: skip
