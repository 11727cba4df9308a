"""The preliminary check of a case, as a page and as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.document_html import blocks
from api.pages.file_names import of_preliminary
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.sending import as_sent
from api.service import desk_of
from expertise.documents.model import Document
from expertise.messages import LANGUAGES
from expertise.store.cases import open_case
from expertise.work.case_preliminary import preliminary_of_case
from expertise.work.preliminary import as_file
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_preliminary"))]
FileName = Annotated[str, Path(pattern=r"^[a-z]{2,20}\.[a-z]{3,4}$")]


@router.get("/cases/{case_id}/preliminary")
def preliminary_page(request: Request, at: Sees) -> Response:
    """What the machine says of the draft; not the conclusion, and it says so."""
    office, shown = desk_of(request).office, shown_language(request)
    document, told = None, None
    try:
        document = preliminary_of_case(office, at.actor, at.case_id, shown)
    except SaraptamaError as error:
        told = problem_of(request, error)
    return _page(request, at, shown, document, told)


@router.get("/cases/{case_id}/preliminary/files/{name}")
def preliminary_file(request: Request, at: Sees, name: FileName) -> Response:
    """The same in Word or PDF."""
    office = desk_of(request).office
    with office.database.reading() as session:
        number = open_case(session, at.actor, at.case_id).case.number
    return saved(name, number, lambda language: preliminary_of_case(office, at.actor, at.case_id, language))


def shown_language(request: Request) -> str:
    """The language a document is asked for in; that of the page where none is."""
    asked = request.query_params.get("language", "")
    return asked if asked in LANGUAGES else language_of(request)


def saved(name: str, about: str, document: Callable[[str], Document]) -> Response:
    """A file «ru.docx», «kk.pdf» … of the document in its language, to be saved. ``about``: the case or the draft."""
    language, _, form = name.partition(".")
    content = as_file(document(language), form)
    return as_sent(of_preliminary(about, name), content)


def _page(request: Request, at: AtCase, shown: str, document: Document | None, told: Problem | None) -> Response:
    with desk_of(request).office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_preliminary")
    return page(
        request, "preliminary.html", told.status if told else 200, problem=told, case=opened.case, may=opened.may,
        document=document, blocks=blocks(document) if document else (), shown=shown, languages=LANGUAGES,
        path=f"/cases/{at.case_id}/preliminary",
    )  # fmt: skip
