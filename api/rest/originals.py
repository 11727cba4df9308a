"""The original of a text page by page: the picture, and where the words of the text stand on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.rest.models import Language, Told
from api.service import desk_of
from expertise.work.originals import OriginalPage, original_page

router = APIRouter(tags=["originals"])
SeesText = Annotated[AtCase, Depends(in_case("see_text"))]
PageNumber = Annotated[int, Path(ge=1, le=1_000_000)]
_PICTURE: dict[int | str, dict[str, object]] = {200: {"content": {"image/png": {}}}}


class WordTold(Told):
    """A word: offsets in code points of the clean text, half-open; where it stands, in pixels of the picture."""

    start: int
    end: int
    x: int
    y: int
    width: int
    height: int


class OriginalTold(Told):
    """A page: its size in pixels, how many pages the file has, the words of the text on it."""

    page: int
    pages: int
    width: int
    height: int
    words: list[WordTold]


@router.get("/cases/{case_id}/originals/{language}/{page}")
def page(request: Request, at: SeesText, language: Language, page: PageNumber) -> OriginalTold:
    """Where the words of the text stand on a page of its PDF or scan."""
    found = _page(request, at, language, page)
    words = [_told(each.start, each.end, each.frame) for each in found.words]
    return OriginalTold(page=page, pages=found.pages, width=found.width, height=found.height, words=words)


@router.get("/cases/{case_id}/originals/{language}/{page}/picture", response_class=Response, responses=_PICTURE)
def picture(request: Request, at: SeesText, language: Language, page: PageNumber) -> Response:
    """The page as people see it, a PNG."""
    return Response(_page(request, at, language, page).png, media_type="image/png")


def _page(request: Request, at: AtCase, language: str, number: int) -> OriginalPage:
    return original_page(desk_of(request).office, at.actor, at.case_id, language, number)


def _told(start: int, end: int, frame: tuple[int, int, int, int]) -> WordTold:
    x, y, width, height = frame
    return WordTold(start=start, end=end, x=x, y=y, width=width, height=height)
