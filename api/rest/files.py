"""Files of a case: sent as the raw body, kept as they came, given back as they came."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator
from starlette.requests import Request
from starlette.responses import FileResponse

from api.accounts.gate import AtCase, in_case
from api.rest.keys import Key
from api.rest.models import HEX_ID, Moment, Told, without_nul
from api.rest.receiving import RAW_BODY, receiving
from api.service import desk_of
from expertise.store.cases import open_case
from expertise.work.once import once
from expertise.work.registering import files_of, get_file, note_file, require_kind, take_out_file

router = APIRouter(tags=["files"])
SeesText = Annotated[AtCase, Depends(in_case("see_text"))]
Uploads = Annotated[AtCase, Depends(in_case("upload", uploads=True))]
TakesOut = Annotated[AtCase, Depends(in_case("upload"))]
FileId = Annotated[str, Path(pattern=HEX_ID)]


class FileTold(Told):
    """A file. ``status``: kept, read, failed; ``reason`` says why it failed (code, params)."""

    id: str
    kind: str
    name: str
    sha256: str
    size: int
    status: str
    reason: dict[str, Any] | None
    uploaded_by: str
    uploaded_at: Moment


class Files(Told):
    """Files of the current round."""

    files: list[FileTold]


@router.get("/cases/{case_id}/files")
def files(request: Request, at: SeesText) -> Files:
    """All files that were not taken out."""
    with desk_of(request).office.database.reading() as session:
        found = files_of(session, open_case(session, at.actor, at.case_id, "see_text"))
    return Files(files=[FileTold.model_validate(row) for row in found])


@router.post("/cases/{case_id}/files", status_code=201, openapi_extra=RAW_BODY)
def upload(
    request: Request,
    at: Uploads,
    kind: Annotated[str, Query(pattern="^[a-z]{1,20}$")],
    name: Annotated[str, Query(min_length=1, max_length=1_000), AfterValidator(without_nul)],
    key: Key = "",
) -> FileTold:
    """Add a file: its bytes are the body. Nothing is entered into the case before all of it is on the disk."""
    office = desk_of(request).office
    require_kind(kind)
    with office.files.arriving() as coming:
        with receiving(request) as pieces:
            kept = coming.put_stream(pieces, office.settings.upload_bytes)

        def do() -> dict[str, Any]:
            row = note_file(office, at.actor, at.case_id, kind, name, kept)
            return FileTold.model_validate(row).model_dump(mode="json")

        asked = ["upload", at.case_id, kind, name, kept.sha256]
        return FileTold.model_validate(once(office, at.actor, key, asked, do))


@router.get("/cases/{case_id}/files/{file_id}", response_class=FileResponse)
def download(request: Request, at: SeesText, file_id: FileId) -> FileResponse:
    """The file, byte for byte; browsers save it and never show it."""
    office = desk_of(request).office
    row = get_file(office, at.actor, at.case_id, file_id)
    path = office.files.checked(row.sha256)
    return FileResponse(path, filename=row.name, media_type="application/octet-stream")


@router.delete("/cases/{case_id}/files/{file_id}", status_code=204)
def take_out(request: Request, at: TakesOut, file_id: FileId) -> None:
    """The file no longer belongs to the dossier; it stays in the history."""
    take_out_file(desk_of(request).office, at.actor, at.case_id, file_id)
