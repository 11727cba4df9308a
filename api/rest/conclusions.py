"""Conclusions: looked at before they are drawn up, drawn up, given out, signed; what two experts differ on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.file_names import of_conclusion
from api.problems import language_of
from api.rest.models import Asked, Language, Moment, Told, plain_text
from api.rest.receiving import RAW_BODY, receiving
from api.rest.review import DecisionTold, decision_told
from api.sending import as_file
from api.service import desk_of
from expertise.documents.docx_writer import write_docx
from expertise.messages import say
from expertise.store.case_tables import ConclusionRow, SignatureRow
from expertise.store.cases import open_case
from expertise.work.adjudicating import differences
from expertise.work.concluding import conclude, preview, preview_document
from expertise.work.issued import conclusion_file, conclusion_of, conclusions, sign, signatures

router = APIRouter(tags=["conclusions"])
SeesDraft = Annotated[AtCase, Depends(in_case("see_draft_conclusion"))]
Sees = Annotated[AtCase, Depends(in_case("see_conclusion"))]
Concludes = Annotated[AtCase, Depends(in_case("to_conclude"))]
Signs = Annotated[AtCase, Depends(in_case("sign", uploads=True))]
SeesDifferences = Annotated[AtCase, Depends(in_case("see_differences"))]
FileName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9.-]{0,49}$")]
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


class Languages(Asked):
    """In which languages the conclusion is drawn up."""

    languages: Annotated[list[Language], Field(min_length=1, max_length=2)]


class Obstacle(Told):
    """Why the conclusion cannot be drawn up yet."""

    code: str
    message: str


class ChapterTold(Told):
    """A chapter of the act, and whether the expert has read it."""

    key: str
    citation: dict[str, str]
    read: bool


class Draft(Told):
    """The conclusion as it would be drawn up now."""

    content: dict[str, Any]
    obstacles: list[Obstacle]
    chapters: list[ChapterTold]


class SignatureTold(Told):
    """A detached signature as it came."""

    id: str
    signs: str
    name: str
    sha256: str
    size: int
    by: str
    at: Moment


class ConclusionTold(Told):
    """A conclusion. ``files``: name → SHA-256; ``audit_head``: the head of the audit that is printed on it."""

    id: str
    number: str
    round: int
    content_hash: str
    files: dict[str, str]
    audit_head: str
    made_by: str
    made_at: Moment
    set_aside_at: Moment | None
    signatures: list[SignatureTold]


class Conclusions(Told):
    """All conclusions of the case, those set aside too, the last first."""

    conclusions: list[ConclusionTold]


class DifferenceTold(Told):
    """A finding on which the experts differ; decisions only where one may see them."""

    finding: str
    content: dict[str, Any]
    first: DecisionTold | None
    second: DecisionTold | None
    adjudged: DecisionTold | None
    settled: bool


class AgreementTold(Told):
    """How far the experts agree on a factor, all together where ``factor`` is empty."""

    factor: str
    findings: int
    same: int
    kappa: float | None
    alpha: float | None
    unitising: float | None


class DifferencesTold(Told):
    """What the blind experts differ on. ``shown``: whether decisions are shown to whoever asks."""

    differences: list[DifferenceTold]
    agreement: list[AgreementTold]
    shown: bool


@router.get("/cases/{case_id}/conclusion/draft")
def draft(request: Request, at: SeesDraft) -> Draft:
    """The conclusion as it stands, and what is missing."""
    drawn = preview(desk_of(request).office, at.actor, at.case_id)
    return Draft(
        content=dict(drawn.content),
        obstacles=[
            Obstacle(code=each.code, message=say(each.code, at.actor.language, each.params)) for each in drawn.obstacles
        ],
        chapters=[ChapterTold(key=each.key, citation=dict(each.citation), read=each.read) for each in drawn.chapters],
    )


@router.get("/cases/{case_id}/conclusion/draft.docx", response_class=Response, responses=_FILE)
def draft_document(request: Request, at: SeesDraft, language: Annotated[Language, Query()] = "ru") -> Response:
    """The same as a Word file that says on every page that it is no conclusion."""
    document = preview_document(desk_of(request).office, at.actor, at.case_id, language)
    return as_file(f"draft.{language}.docx", write_docx(document))


@router.post("/cases/{case_id}/conclusion", status_code=201)
def draw_up(request: Request, at: Concludes, body: Languages) -> ConclusionTold:
    """Draw the conclusion up, freeze it, move the case."""
    return _told(conclude(desk_of(request).office, at.actor, at.case_id, body.languages), ())


@router.get("/cases/{case_id}/conclusions")
def all_of_them(request: Request, at: Sees) -> Conclusions:
    """Conclusions of all rounds."""
    with desk_of(request).office.database.reading() as session:
        rows = conclusions(session, open_case(session, at.actor, at.case_id, "see_conclusion"))
        return Conclusions(conclusions=[_told(row, signatures(session, row)) for row in rows])


@router.get("/cases/{case_id}/conclusion")
def current(request: Request, at: Sees) -> ConclusionTold:
    """The conclusion of this round."""
    with desk_of(request).office.database.reading() as session:
        row = conclusion_of(session, open_case(session, at.actor, at.case_id, "see_conclusion"))
        return _told(row, signatures(session, row))


@router.get("/cases/{case_id}/conclusion/files/{name}", response_class=Response, responses=_FILE)
def file(request: Request, at: Sees, name: FileName) -> Response:
    """A file of the conclusion: ``ru.docx``, ``kk.pdf``, ``conclusion.json``, ``findings.sarif``, …"""
    office = desk_of(request).office
    content = conclusion_file(office, at.actor, at.case_id, name)
    with office.database.reading() as session:
        case = open_case(session, at.actor, at.case_id).case
        return as_file(name, content, of_conclusion(case, name, language_of(request)))


@router.post("/cases/{case_id}/conclusion/files/{name}/signatures", status_code=201, openapi_extra=RAW_BODY)
def signature(
    request: Request,
    at: Signs,
    name: FileName,
    file_name: Annotated[str, Query(min_length=1, max_length=1_000), plain_text],
) -> SignatureTold:
    """Keep a detached signature of a file of the conclusion; its bytes are the body."""
    with receiving(request) as pieces:
        row = sign(desk_of(request).office, at.actor, at.case_id, name, file_name, pieces)
    return SignatureTold.model_validate(row)


@router.get("/cases/{case_id}/differences")
def differing(request: Request, at: SeesDifferences) -> DifferencesTold:
    """What two blind experts differ on, when both have finished."""
    office = desk_of(request).office
    with office.database.reading() as session:
        found = differences(session, office, open_case(session, at.actor, at.case_id, "see_differences"))
    return DifferencesTold(
        differences=[
            DifferenceTold(
                finding=each.row.id,
                content=dict(each.row.content),
                first=decision_told(each.first) if each.first else None,
                second=decision_told(each.second) if each.second else None,
                adjudged=decision_told(each.adjudged) if each.adjudged else None,
                settled=each.settled,
            )
            for each in found.items
        ],
        agreement=[AgreementTold.model_validate(each) for each in found.agreement],
        shown=found.shown,
    )


def _told(row: ConclusionRow, signed: tuple[SignatureRow, ...]) -> ConclusionTold:
    return ConclusionTold(
        id=row.id, number=row.number, round=row.round, content_hash=row.content_hash, files=dict(row.files),
        audit_head=row.audit_head, made_by=row.made_by, made_at=row.made_at, set_aside_at=row.set_aside_at,
        signatures=[SignatureTold.model_validate(each) for each in signed],
    )  # fmt: skip
