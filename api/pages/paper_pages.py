"""Papers of a case to be saved: the comparative table and others."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.file_names import of_paper
from api.sending import as_file
from api.service import desk_of
from expertise.store.cases import open_case
from expertise.work.papers import paper_file

router = APIRouter(include_in_schema=False)


@router.get("/cases/{case_id}/papers/{name}")
def paper_page(
    request: Request,
    at: Annotated[AtCase, Depends(in_case("see_case"))],
    name: Annotated[str, Path(max_length=100)],
) -> Response:
    """One paper, made now."""
    office = desk_of(request).office
    content = paper_file(office, at.actor, at.case_id, name)
    with office.database.reading() as session:
        return as_file(name, content, of_paper(open_case(session, at.actor, at.case_id).case, name))
