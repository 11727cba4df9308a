"""Forms of a case about its files: kept, given back, taken out, examined."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.case_view import doing
from api.pages.forms import form_of, pieces
from api.pages.texts import Texts
from api.problems import language_of
from api.sending import as_sent
from api.service import desk_of
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.cases import open_case
from expertise.work.analysing import ask
from expertise.work.registering import file_content, keep_files, take_out_file
from expertise.work.results import analyses

router = APIRouter(include_in_schema=False)
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Sees = Annotated[AtCase, Depends(in_case("see_case"))]
Uploads = Annotated[AtCase, Depends(in_case("upload", uploads=True))]


@router.post("/cases/{case_id}/files")
async def files_form(request: Request, at: Uploads) -> Response:
    """Keep files of one kind, all of them or none."""
    form = await form_of(request)

    def save(office: Office) -> None:
        if not form.files:
            raise CaseError("expertise.file_empty", name="–")
        given = [(file.filename or "", pieces(file)) for file in form.files]
        keep_files(office, at.actor, at.case_id, form["kind"], given)

    return await doing(request, at, save, "uploaded")


@router.get("/cases/{case_id}/files/{file_id}")
def file_content_page(request: Request, at: Annotated[AtCase, Depends(in_case("see_text"))], file_id: Id) -> Response:
    """The file as it came, to be saved and never shown by the browser."""
    row, content = file_content(desk_of(request).office, at.actor, at.case_id, file_id)
    return as_sent(row.name, content)


@router.post("/cases/{case_id}/files/{file_id}/out")
async def take_out_form(request: Request, at: Annotated[AtCase, Depends(in_case("upload"))], file_id: Id) -> Response:
    """A file leaves the dossier."""
    return await doing(
        request, at, lambda office: take_out_file(office, at.actor, at.case_id, file_id), "taken_out"
    )  # fmt: skip


@router.post("/cases/{case_id}/analysis")
async def analysis_form(request: Request, at: Annotated[AtCase, Depends(in_case("analyse"))]) -> Response:
    """Have the files examined."""
    form = await form_of(request)
    force = form["force"] == "1"
    return await doing(request, at, lambda office: ask(office, at.actor, at.case_id, force=force), "asked")


@router.get("/cases/{case_id}/progress")
def progress(request: Request, at: Sees) -> dict[str, Any]:
    """How far the last analysis is, for the page that waits for it."""
    office = desk_of(request).office
    with office.database.reading() as session:
        asked = analyses(session, open_case(session, at.actor, at.case_id))
    if not asked or asked[0].status in ("done", "failed"):
        return {"ended": True, "done": 1000, "words": ""}
    words = Texts(language_of(request))
    said = words("case.analysis_waiting")
    if asked[0].status == "running":
        said = words("case.analysis_running", percent=asked[0].done // 10)
    return {"ended": False, "done": asked[0].done, "words": said}
