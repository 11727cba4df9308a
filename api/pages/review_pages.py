"""The review: the act with flagged words, findings beside it, decisions by form or by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.accounts.gate import AtCase, in_case
from api.pages.act_view import Entry, Line, MarkedSpan, contents, lines
from api.pages.cards import Card, card, spans
from api.pages.forms import Form, form_of, onward, seat_of
from api.pages.rendering import page, render
from api.problems import Problem, language_of, problem_of
from api.service import desk_of
from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Seat
from expertise.shown_text import ShownText, read_texts
from expertise.store.case_tables import Case
from expertise.store.cases import Opened, open_case
from expertise.work.analysing import latest_examination
from expertise.work.reviewing import (
    DECIDES,
    SEES,
    Reviewed,
    add_finding,
    chapters_read,
    decide,
    finish,
    read_chapter,
    reviewed,
    take_back,
)
from expertise.work.seats import seats_of
from nlp.errors import SaraptamaError
from nlp.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_findings"))]
FindingId = Annotated[str, Path(pattern="^[0-9a-z-]{1,64}$")]
_CHAPTER = "chapter:"


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One text of the act on the page."""

    language: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents: the entry, the key under which it is read, its anchor."""

    entry: Entry
    key: str
    anchor: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)


@router.get("/cases/{case_id}/review")
def review_page(request: Request, at: Sees) -> Response:
    """The review as the actor's seat has it."""
    return _review(request, at)


@router.post("/cases/{case_id}/findings")
async def add_form(request: Request, at: Sees) -> Response:
    """A finding by hand: its words are looked up in the text."""
    form = await form_of(request)

    def save(office: Office) -> str:
        said = _said(form)
        language = form["language"] if form["language"] in LANGUAGES else "ru"
        places = tuple((language, start, end) for start, end in _find(office, at, language, form["quote"]))
        made = Said(said.factor, said.severity, said.explanation, said.risk, said.recommendation, said.wording, places)
        return add_finding(office, at.actor, at.case_id, made, language, seat=seat_of(form["seat"]))

    try:
        finding = await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_review, request, at, told, "add", form)
    return onward(f"/cases/{at.case_id}/review", "added", f"f-{finding}", seat=form["seat"])


@router.post("/cases/{case_id}/findings/{finding_id}")
async def decide_form(request: Request, at: Sees, finding_id: FindingId) -> Response:
    """A decision on a finding."""
    form = await form_of(request)

    def save(office: Office) -> None:
        verdict = _verdict(form["verdict"])
        said = _changed(office, at, finding_id, form) if verdict is Verdict.EDITED else Said()
        decide(
            office, at.actor, at.case_id, finding_id, verdict,
            seat=seat_of(form["seat"]), said=said, reason=form["reason"],
        )  # fmt: skip

    return await _on_finding(request, at, finding_id, form, save)


@router.post("/cases/{case_id}/findings/{finding_id}/undo")
async def undo_form(request: Request, at: Sees, finding_id: FindingId) -> Response:
    """The last decision no longer counts."""
    form = await form_of(request)
    return await _on_finding(
        request, at, finding_id, form,
        lambda office: take_back(office, at.actor, at.case_id, finding_id, seat=seat_of(form["seat"])),
    )  # fmt: skip


@router.post("/cases/{case_id}/chapters")
async def chapter_form(request: Request, at: Annotated[AtCase, Depends(in_case("read_chapter"))]) -> Response:
    """A chapter has been read."""
    form = await form_of(request)
    key = form["chapter"][:190]
    return await _then_review(
        request, at, form,
        lambda office: read_chapter(office, at.actor, at.case_id, _CHAPTER + key, seat=seat_of(form["seat"])), "",
    )  # fmt: skip


@router.post("/cases/{case_id}/finish")
async def finish_form(request: Request, at: Sees) -> Response:
    """Everything is decided."""
    form = await form_of(request)
    return await _then_review(
        request, at, form, lambda office: finish(office, at.actor, at.case_id, seat=seat_of(form["seat"])), "finished"
    )  # fmt: skip


async def _then_review(
    request: Request, at: AtCase, form: Form, save: Callable[[Office], object], done: str
) -> Response:
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_review, request, at, told, "", form)
    return onward(f"/cases/{at.case_id}/review", done, seat=form["seat"])


async def _on_finding(
    request: Request, at: AtCase, finding_id: str, form: Form, save: Callable[[Office], object]
) -> Response:
    """Save, then show the finding: by itself for a script that asked for it, else the whole page at its place."""
    told: Problem | None = None
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
    if request.headers.get("x-fragment"):
        return await run_in_threadpool(_fragment, request, at, finding_id, form, told)
    if told is not None:
        return await run_in_threadpool(_review, request, at, told, finding_id, form)
    return onward(f"/cases/{at.case_id}/review", "decided", f"f-{finding_id}", seat=form["seat"])


@dataclass(frozen=True, slots=True)
class _Board:
    """What the page is made of, for one seat."""

    case: Case
    opened: Opened
    seat: Seat
    seats: tuple[str, ...]
    deciding: bool
    finished: bool
    texts: tuple[ShownText, ...]
    found: tuple[Reviewed, ...]
    cards: tuple[Card, ...]
    read: frozenset[str]

    @property
    def decided(self) -> int:
        return sum(bool(each.verdict) for each in self.cards)


def _board(session: Session, office: Office, at: AtCase, wanted: str, language: str) -> _Board:
    opened = open_case(session, at.actor, at.case_id, "see_findings")
    may_see = [seat for seat in Seat if opened.may(SEES[seat])]
    held = opened.standing.relations(at.actor)
    mine = [seat for seat in may_see if seat.value in held]
    choice = mine or may_see
    if not choice:
        raise CaseError("expertise.no_seat")
    seat = next((each for each in choice if each.value == wanted), choice[0])
    row = seats_of(session, opened.case).get(seat)
    is_mine = row is not None and row.person_id == at.actor.id and row.declared_at is not None
    finished = row is not None and row.finished_at is not None
    found = reviewed(session, opened, seat)
    last = latest_examination(session, opened)
    texts = read_texts(office.files.get(last.texts).decode()) if last else ()
    cards = tuple(card(each, number, texts, language) for number, each in enumerate(found, start=1))
    read = frozenset(key.removeprefix(_CHAPTER) for key in chapters_read(session, opened.case, seat))
    deciding = is_mine and not finished and opened.may(DECIDES[seat])
    return _Board(
        opened.case, opened, seat, tuple(each.value for each in choice), deciding, finished, texts, found, cards, read
    )


def _review(
    request: Request, at: AtCase, told: Problem | None = None, problem_of: str = "", form: Form | None = None
) -> Response:
    office, language = desk_of(request).office, language_of(request)
    asked = request.query_params
    wanted = form["seat"] if form else asked.get("seat", "")
    with office.database.reading() as session:
        board = _board(session, office, at, wanted, language)
    marks = {text.language: spans(board.cards, board.found, text) for text in board.texts}
    shown = _chosen(board.texts, asked.get("text", ""), language)
    acts = tuple(ShownAct(text.language, lines(text, marks[text.language], language)) for text in shown)
    filters = {name: asked.get(name, "") for name in ("show", "severity", "factor")}
    return page(
        request, "review.html", told.status if told else 200,
        path=f"/cases/{at.case_id}/review", may=board.opened.may,
        texts=acts, all_texts=board.texts, shown_text=asked.get("text", ""),
        contents=_contents(shown, acts, marks, board.read),
        cards=_filtered(board.cards, **filters), total=len(board.cards), decided=board.decided,
        present=[factor for factor in office.factors if any(each.factor == factor for each in board.cards)],
        show=filters["show"] or "all", severity=filters["severity"], factor=filters["factor"],
        finished=board.finished, problem=told, problem_of=problem_of, given=_given(form), **_shared(board, at),
    )  # fmt: skip


def _shared(board: _Board, at: AtCase) -> dict[str, Any]:
    """What a finding needs whether it stands on the page or comes by itself."""
    return {
        "case": board.case,
        "seat": board.seat.value,
        "seats": board.seats,
        "deciding": board.deciding,
        "action": f"/cases/{at.case_id}/findings",
        "original": f"/cases/{at.case_id}/original",
        "languages": [text.language for text in board.texts] or ["ru"],
    }


def _fragment(request: Request, at: AtCase, finding_id: str, form: Form, told: Problem | None) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        board = _board(session, office, at, form["seat"], language_of(request))
    one = next((each for each in board.cards if each.id == finding_id), None)
    html = render(
        request, "fragment.html", card=one, total=len(board.cards), decided=board.decided, problem=told,
        problem_of=finding_id if told else "", given=_given(form), **_shared(board, at),
    )  # fmt: skip
    return HTMLResponse(html, told.status if told else 200)


def _chosen(texts: Sequence[ShownText], asked: str, language: str) -> tuple[ShownText, ...]:
    """Both texts when asked for; else the one asked for, that of the reader's language, or the first."""
    if asked == "both" or not texts:
        return tuple(texts)
    named = [text for text in texts if text.language == asked] or [text for text in texts if text.language == language]
    return tuple(named[:1] or texts[:1])


def _contents(
    texts: Sequence[ShownText],
    acts: Sequence[ShownAct],
    marks: Mapping[str, Sequence[MarkedSpan]],
    read: frozenset[str],
) -> tuple[ContentsEntry, ...]:
    """The contents of the first text shown; chapters are read by text and address, each leads to its first words."""
    if not texts:
        return ()
    text, act = texts[0], acts[0]
    own = frozenset(key.removeprefix(f"{text.language}:") for key in read if key.startswith(f"{text.language}:"))
    found = []
    for entry in contents(text, marks[text.language], own):
        at = next((line.at for line in act.lines if line.at >= entry.start), 0)
        found.append(ContentsEntry(entry, f"{text.language}:{entry.address}", f"u-{text.language}-{at}"))
    return tuple(found)


def _filtered(cards: Sequence[Card], show: str, severity: str, factor: str) -> tuple[Card, ...]:
    return tuple(
        each
        for each in cards
        if _is_shown(each, show) and severity in ("", each.severity) and factor in ("", each.factor)
    )


def _is_shown(each: Card, show: str) -> bool:
    if show == "open":
        return not each.verdict
    if show == "standing":
        return each.stands
    return show != "dismissed" or each.verdict == "dismissed"


_WRITTEN = ("verdict", "factor", "severity", "explanation", "risk", "recommendation", "reason", "quote", "language")


def _given(form: Form | None) -> dict[str, str]:
    names = (*_WRITTEN, *(f"wording_{code}" for code in LANGUAGES))
    return {name: form[name] if form else "" for name in names}


def _said(form: Form) -> Said:
    wording = {code: form[f"wording_{code}"].strip() for code in LANGUAGES if form[f"wording_{code}"].strip()}
    return Said(
        factor=form["factor"],
        severity=form["severity"],
        explanation=_plain(form["explanation"]),
        risk=_plain(form["risk"]),
        recommendation=_plain(form["recommendation"]),
        wording={code: _plain(words) for code, words in wording.items()},
    )


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _changed(office: Office, at: AtCase, finding_id: str, form: Form) -> Said:
    """Only what differs from the words that stood in the form: the rest stays the machine's."""
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_findings")
        found = reviewed(session, opened, seat_of(form["seat"]))
        row = next((each for each in found if each.row.id == finding_id), None)
    if row is None:
        return Said()
    bare = Reviewed(row.row, None, row.gone)
    machine, said = card(bare, 1, (), "ru"), _said(form)
    wording = {code: words for code, words in said.wording.items() if words != machine.wording.get(code, "").strip()}
    return Said(
        factor=said.factor if said.factor != machine.factor else "",
        severity=said.severity if said.severity != machine.severity else "",
        explanation=said.explanation if said.explanation != machine.explanation.strip() else "",
        risk=said.risk if said.risk != machine.risk.strip() else "",
        recommendation=said.recommendation if said.recommendation != machine.recommendation.strip() else "",
        wording={**machine.wording, **wording} if wording else {},
    )


def _find(office: Office, at: AtCase, language: str, quote: str) -> list[tuple[int, int]]:
    """Where the quoted words stand in the text; blanks and breaks of lines may differ."""
    with office.database.reading() as session:
        last = latest_examination(session, open_case(session, at.actor, at.case_id, "see_findings"))
    texts = read_texts(office.files.get(last.texts).decode()) if last else ()
    text = next((each.text for each in texts if each.language == language), "")
    found = _words_at(text, quote)
    if found is None:
        raise CaseError("expertise.quote_not_found")
    return [found]


def _words_at(text: str, quote: str) -> tuple[int, int] | None:
    """Offsets of the first place where the words of ``quote`` follow one another, whatever blanks are between."""
    wanted = "".join(quote.split())
    if not wanted:
        return None
    solid = [(sign, at) for at, sign in enumerate(text) if not sign.isspace()]
    at = "".join(sign for sign, _ in solid).find(wanted)
    return (solid[at][1], solid[at + len(wanted) - 1][1] + 1) if at >= 0 else None


def _verdict(name: str) -> Verdict:
    if name not in set(Verdict):
        raise CaseError("expertise.unknown_verdict")
    return Verdict(name)
