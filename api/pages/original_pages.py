"""Pages of the original: the picture of a page, and the page with the words of findings marked on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.act_view import MarkedSpan
from api.problems import problem_of
from api.service import desk_of
from expertise.office import Office
from expertise.shown_text import ShownText, boxes_in
from expertise.work.originals import Frame, OriginalPage, original_page, page_of
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
SeesText = Annotated[AtCase, Depends(in_case("see_text"))]
Language = Annotated[str, Path(pattern="^(ru|kk)$")]
PageNumber = Annotated[int, Path(ge=1, le=1_000_000)]
_TONES = ("dismissed", "low", "medium", "high")
_AIR = 2  # pixels around the words


@dataclass(frozen=True, slots=True)
class MarkOnPage:
    """Words of a finding on the page: frames, one a line. ``first``: the finding's first words are these."""

    finding: str
    tone: str
    frames: tuple[Frame, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the original with marks. ``problem`` says why it cannot be shown."""

    language: str
    number: int
    pages: int
    width: int
    height: int
    picture: str
    marks: tuple[MarkOnPage, ...]
    problem: str = ""


@router.get("/cases/{case_id}/original/{language}/{number}")
def picture(request: Request, at: SeesText, language: Language, number: PageNumber) -> Response:
    """A page of the PDF or scan as people see it."""
    found = original_page(desk_of(request).office, at.actor, at.case_id, language, number)
    return Response(found.png, media_type="image/png")


def sheet(
    request: Request, at: AtCase, text: ShownText, number: int, marks: Sequence[MarkedSpan], office: Office
) -> Sheet:
    """Page ``number`` of the original of a text; what is wrong with it is told on the page."""
    try:
        found = page_of(office, text, number)
    except SaraptamaError as error:
        last = max((box.page for box in text.boxes), default=1)
        return Sheet(text.language, number, last, 0, 0, "", (), problem_of(request, error).message)
    return Sheet(
        text.language, number, found.pages, found.width, found.height,
        f"/cases/{at.case_id}/original/{text.language}/{number}", marks_on(found, text, marks),
    )  # fmt: skip


def marks_on(page: OriginalPage, text: ShownText, marks: Iterable[MarkedSpan]) -> tuple[MarkOnPage, ...]:
    """The marks of a page, the gravest last: what is drawn last lies on top."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    begun: set[str] = set()
    found: list[MarkOnPage] = []
    for mark in ordered:
        words = [word.frame for word in page.words if word.start < mark.end and word.end > mark.start]
        if words:
            found.append(MarkOnPage(mark.finding, mark.tone, lines_of(words), mark.finding not in begun))
        if boxes_in(text, mark.start, mark.end):
            begun.add(mark.finding)
    return tuple(sorted(found, key=lambda mark: _TONES.index(mark.tone)))


def lines_of(words: Sequence[Frame]) -> tuple[Frame, ...]:
    """Frames of words → frames of lines, with a little air around."""
    lines: list[Frame] = []
    for word in words:
        if lines and _follows(lines[-1], word):
            lines[-1] = _around(lines[-1], word)
        else:
            lines.append(word)
    return tuple((x - _AIR, y - _AIR, width + 2 * _AIR, height + 2 * _AIR) for x, y, width, height in lines)


def _follows(line: Frame, word: Frame) -> bool:
    """Whether a word stands on the line; on a page shown turned lines run down or up."""
    down = min(line[1] + line[3], word[1] + word[3]) - max(line[1], word[1])
    across = min(line[0] + line[2], word[0] + word[2]) - max(line[0], word[0])
    if word[3] > 2 * word[2]:
        return across * 2 > min(line[2], word[2])
    return down * 2 > min(line[3], word[3]) and word[0] >= line[0]


def _around(one: Frame, other: Frame) -> Frame:
    x, y = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return x, y, right - x, bottom - y


def pages_of(text: ShownText, marks: Iterable[MarkedSpan]) -> Mapping[str, int]:
    """Finding → page on which its first words stand."""
    found: dict[str, int] = {}
    for mark in sorted(marks, key=lambda each: each.start):
        boxes = boxes_in(text, mark.start, mark.end)
        if boxes:
            found.setdefault(mark.finding, boxes[0].page)
    return found
