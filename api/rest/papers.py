"""Papers made of a conclusion when they are asked for: the comparative table and others."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.file_names import of_paper
from api.sending import as_file
from api.service import desk_of
from expertise.store.cases import open_case
from expertise.work.papers import paper_file

router = APIRouter(tags=["conclusions"])
Sees = Annotated[AtCase, Depends(in_case("see_case"))]
PaperName = Annotated[str, Path(pattern=r"^[a-z_]{1,40}\.[a-z]{2}\.[a-z]{3,4}$")]
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


@router.get("/cases/{case_id}/papers/{name}", response_class=Response, responses=_FILE)
def paper(request: Request, at: Sees, name: PaperName) -> Response:
    """``comparison.ru.docx``: name of the paper, language, form (``docx`` or ``pdf``)."""
    office = desk_of(request).office
    content = paper_file(office, at.actor, at.case_id, name)
    with office.database.reading() as session:
        return as_file(name, content, of_paper(open_case(session, at.actor, at.case_id).case, name))
