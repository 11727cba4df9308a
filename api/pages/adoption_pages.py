"""Adoption in a case: the adopted act and later versions, what became of every recommendation, the redline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.accounts.gate import AtCase, in_case
from api.pages.adoption_cards import cards
from api.pages.case_view import term_of
from api.pages.forms import Form, day_of, form_of, offset_of, onward, pieces
from api.pages.rendering import page, render
from api.pages.texts import Texts
from api.problems import Problem, language_of, problem_of
from api.service import desk_of
from expertise.case.adoption import DECIDABLE, Verdict
from expertise.case.states import State
from expertise.office import Office
from expertise.store.cases import open_case
from expertise.work.adopting import comment_adoption, decide_adoption, decide_rest, take_back_adoption
from expertise.work.adoption_views import AdoptionView, adoption_view
from expertise.work.later_texts import (
    About,
    bring,
    compare_again,
    later_text,
    redline,
    require_later_kind,
    withdraw_text,
)
from expertise.work.moving import open_ways
from expertise.work.naming import names_of
from expertise.work.registering import LATER_KINDS
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_adoption"))]
Brings = Annotated[AtCase, Depends(in_case("bring_text"))]
Uploads = Annotated[AtCase, Depends(in_case("bring_text", uploads=True))]
Decides = Annotated[AtCase, Depends(in_case("decide_adoption"))]
Number = Annotated[int, Path(ge=1, le=999_999)]
TextId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_CLOSES = ("adopt", "not_adopt")


@router.get("/cases/{case_id}/adoption")
def adoption_page(request: Request, at: Sees) -> Response:
    """Every recommendation with what the machine proposes and what was decided."""
    return _page(request, at)


@router.get("/cases/{case_id}/adoption/progress")
def adoption_progress(request: Request, at: Sees) -> dict[str, Any]:
    """How far the examination of the last later text is, for the page that waits for it."""
    with desk_of(request).office.database.reading() as session:
        view = adoption_view(session, open_case(session, at.actor, at.case_id))
    asked = [each.analysis for each in view.texts if each.analysis and each.analysis.status in ("waiting", "running")]
    if not asked:
        return {"ended": True, "done": 1000, "words": ""}
    words, first = Texts(language_of(request)), asked[0]
    said = words("case.analysis_waiting")
    if first.status == "running":
        said = words("case.analysis_running", percent=first.done // 10)
    return {"ended": False, "done": first.done, "words": said}


@router.post("/cases/{case_id}/adoption/texts")
async def text_form(request: Request, at: Uploads) -> Response:
    """A later text: one file, or both languages at once."""
    form = await form_of(request)

    def save(office: Office) -> None:
        require_later_kind(form["kind"])
        about = About(form["act_number"], day_of(form["act_date"], "act_date"))
        with office.files.arriving() as coming:
            kept = [
                (file.filename or "", coming.put_stream(pieces(file), office.settings.upload_bytes))
                for file in form.files
            ]
            bring(office, at.actor, at.case_id, form["kind"], kept, about, form["beside"][:32])

    return await _doing(request, at, save, "text_brought")


@router.post("/cases/{case_id}/adoption/texts/{text_id}/again")
async def again_form(request: Request, at: Brings, text_id: TextId) -> Response:
    """Examine and compare a later text once more."""
    form = await form_of(request)
    force = form["force"] == "1"
    return await _doing(
        request, at, lambda office: compare_again(office, at.actor, at.case_id, text_id, force=force), "asked"
    )  # fmt: skip


@router.post("/cases/{case_id}/adoption/texts/{text_id}/out")
async def withdraw_form(request: Request, at: Brings, text_id: TextId) -> Response:
    """It was the wrong text."""
    return await _doing(
        request, at, lambda office: withdraw_text(office, at.actor, at.case_id, text_id), "text_withdrawn"
    )  # fmt: skip


@router.get("/cases/{case_id}/adoption/texts/{text_id}")
def redline_page(request: Request, at: Sees, text_id: TextId) -> Response:
    """The draft and a later text: contents, words marked, new findings."""
    office = desk_of(request).office
    body = redline(office, at.actor, at.case_id, text_id, language_of(request))
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_adoption")
        row = later_text(session, opened, text_id)
    return page(
        request, "redline.html", case=opened.case, may=opened.may, text=row,
        body=Markup(body),
        path=f"/cases/{at.case_id}/adoption",
    )  # fmt: skip


@router.post("/cases/{case_id}/adoption/rest")
async def rest_form(request: Request, at: Decides) -> Response:
    """One decision for all recommendations that have none."""
    form = await form_of(request)
    return await _doing(
        request, at, lambda office: decide_rest(office, at.actor, at.case_id, _verdict(form)), "decided", "rest", form
    )  # fmt: skip


@router.post("/cases/{case_id}/adoption/{number}")
async def decide_form(request: Request, at: Decides, number: Number) -> Response:
    """A decision on one recommendation; ``run`` is the comparison that stood on the page."""
    form = await form_of(request)

    def save(office: Office) -> None:
        decide_adoption(office, at.actor, at.case_id, number, _verdict(form), run=form["run"][:32])

    return await _on_card(request, at, number, form, save)


@router.post("/cases/{case_id}/adoption/{number}/undo")
async def undo_form(
    request: Request, at: Annotated[AtCase, Depends(in_case("undo_adoption"))], number: Number
) -> Response:
    """The last decision no longer counts."""
    form = await form_of(request)
    return await _on_card(
        request, at, number, form, lambda office: take_back_adoption(office, at.actor, at.case_id, number)
    )  # fmt: skip


@router.post("/cases/{case_id}/adoption/{number}/comments")
async def comment_form(
    request: Request, at: Annotated[AtCase, Depends(in_case("comment_adoption"))], number: Number
) -> Response:
    """An expert of the case says something."""
    form = await form_of(request)
    return await _on_card(
        request, at, number, form,
        lambda office: comment_adoption(office, at.actor, at.case_id, number, form["text"]), "commented",
    )  # fmt: skip


def _verdict(form: Form) -> Verdict:
    return Verdict(form["state"], form["reason"], form["document"])


async def _doing(
    request: Request, at: AtCase, save: Callable[[Office], object], done: str, of: str = "", form: Form | None = None
) -> Response:
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        return await run_in_threadpool(_page, request, at, problem_of(request, error), of, form)
    return onward(f"/cases/{at.case_id}/adoption", done)


async def _on_card(
    request: Request, at: AtCase, number: int, form: Form, save: Callable[[Office], object], done: str = "decided"
) -> Response:
    """Save, then show the recommendation: by itself for a script that asked for it, else the page at its place."""
    told: Problem | None = None
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
    if request.headers.get("x-fragment"):
        return await run_in_threadpool(_fragment, request, at, number, form, told)
    if told is not None:
        return await run_in_threadpool(_page, request, at, told, str(number), form)
    return onward(f"/cases/{at.case_id}/adoption", done, f"a-{number}", offset=form["offset"][:9])


def _page(
    request: Request, at: AtCase, told: Problem | None = None, of: str = "", form: Form | None = None
) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_adoption")
        view = adoption_view(session, opened)
        names = names_of(session, _people(view))
        ways = tuple(way for way in open_ways(opened) if way.name in _CLOSES)
    size = office.settings.page_of_recommendations
    offset = _offset(request, view, of, form, size)
    return page(
        request, "adoption.html", told.status if told else 200,
        due=term_of(office, opened.case), kinds=LATER_KINDS[::-1], ways=ways, offset=offset, size=size,
        cards=cards(view.recommendations[offset : offset + size], language_of(request), later=_later(view)),
        limit_mb=office.settings.upload_bytes // (1024 * 1024),
        **_shared(at, view, opened, names, told, of, form),
    )  # fmt: skip


def _fragment(request: Request, at: AtCase, number: int, form: Form, told: Problem | None) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_adoption")
        view = adoption_view(session, opened)
        names = names_of(session, _people(view))
    one = [each for each in view.recommendations if each.number == number]
    html = render(
        request, "adoption_fragment.html", cards=cards(one, language_of(request), later=_later(view)), offset=0,
        **_shared(at, view, opened, names, told, str(number), form),
    )  # fmt: skip
    return HTMLResponse(html, told.status if told else 200)


def _shared(
    at: AtCase, view: AdoptionView, opened: Any, names: Any, told: Problem | None, of: str, form: Form | None
) -> dict[str, Any]:
    """What a recommendation needs whether it stands on the page or comes by itself."""
    written = ("state", "reason", "document", "text")
    return {
        "case": opened.case, "may": opened.may, "view": view, "names": names, "states": DECIDABLE,
        "run": view.run.id if view.run else "", "path": f"/cases/{at.case_id}/adoption", "problem": told,
        "problem_of": of if told else "", "given": {name: form[name] if form else "" for name in written},
        "places": {each.number: index for index, each in enumerate(view.recommendations)},
        "later": _later(view), "document": _document(view),
        "closed": State(opened.case.state) in (State.ADOPTED, State.NOT_ADOPTED),
    }  # fmt: skip


def _later(view: AdoptionView) -> bool:
    """Whether what the proposals are of is a later edition of the draft and no adopted act."""
    return view.shown is not None and view.shown.row.kind == "later"


def _document(view: AdoptionView) -> str:
    """How the adopted act is named in a decision, if its number is known."""
    row = view.shown.row if view.shown else None
    if row is None or not row.act_number:
        return ""
    return f"№ {row.act_number}" + (f", {row.act_date:%d.%m.%Y}" if row.act_date else "")


def _people(view: AdoptionView) -> list[str]:
    said = [each.by for one in view.recommendations for each in one.comments]
    made = [one.decision.by for one in view.recommendations if one.decision]
    return [*said, *made, *(each.row.by for each in view.texts)]


def _offset(request: Request, view: AdoptionView, of: str, form: Form | None, size: int) -> int:
    """The first recommendation of the page: with the one that something is wrong with, else as the address says."""
    numbers = [each.number for each in view.recommendations]
    wanted = numbers.index(int(of)) if of.isdecimal() and int(of) in numbers else offset_of(request)
    wanted = min(wanted, max(len(numbers) - 1, 0))
    return wanted - wanted % size
