"""What the review page is made of, for one seat: texts, cards, contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.accounts.gate import AtCase
from api.pages.act_view import Entry, Line, MarkedSpan, contents
from api.pages.cards import Card, card
from expertise.case.decisions import STANDS
from expertise.case.reading_list import Asked, questions
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Seat
from expertise.shown_text import ShownText, boxes_in
from expertise.store.case_tables import Case
from expertise.store.cases import Opened, open_case
from expertise.work.analysing import latest_examination
from expertise.work.answer_sheets import positions
from expertise.work.kept_texts import texts_of
from expertise.work.reviewing import DECIDES, SEES, Reviewed, chapters_read, reviewed, twins
from expertise.work.seats import seats_of
from expertise.work.taking_over import Proposed, proposed

CHAPTER = "chapter:"
QUESTION = "question:"
_NOTHING: Mapping[str, Any] = {"total": 0, "first": ()}


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One text of the act on the page."""

    language: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents: the entry, the key under which it is read, its anchor, its page in the original."""

    entry: Entry
    key: str
    anchor: str
    page: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)


@dataclass(frozen=True, slots=True)
class Twin:
    """The same defect in the other authentic text: its finding, that one's number and text; whether it is undecided."""

    id: str
    number: int
    language: str
    is_open: bool  # so that one decision may hold for both


@dataclass(frozen=True, slots=True)
class Beside:
    """Another finding on the same norm, whose wording is to be read together with this one's."""

    id: str
    number: int
    factor: str


@dataclass(frozen=True, slots=True)
class Board:
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
    answers: Mapping[str, tuple[int, str]]
    questions: tuple[Asked, ...]
    suppressed: Mapping[str, Any]
    notices: Sequence[Mapping[str, Any]]
    questions_left_out: int
    taken: Mapping[str, Proposed]
    to_add: tuple[Proposed, ...]
    twins: Mapping[str, Twin]
    beside: Mapping[str, tuple[Beside, ...]]

    @property
    def decided(self) -> int:
        """How many findings have a decision."""
        return sum(each.decision is not None for each in self.found)

    def units_of_proposals(self, language: str) -> Mapping[str, str]:
        """Proposal → the unit here that it is about."""
        every = (*self.taken.values(), *self.to_add)
        wanted = {(each.language, each.unit) for each in every}
        cited = {
            (text.language, unit.address): unit.citation[language]
            for text in (self.texts if wanted else ())
            for unit in text.units
            if (text.language, unit.address) in wanted
        }
        return {each.id: cited.get((each.language, each.unit), "") for each in every}


def board_of(session: Session, office: Office, at: AtCase, wanted: str, language: str, only: str = "") -> Board:
    """The board of the seat ``wanted``, of one's own where that is not one may see; citations in ``language``.

    ``only``: the one finding whose card is made, with its twin; else those of all are.
    Raises ``CaseError`` for whoever may see the work of no seat.
    """
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
    texts = texts_of(office, last)
    summary = last.summary if last else {}
    pairs = _twins(found, seat)
    wanted_cards = {only, pairs[only].id} if only in pairs else {only}
    cards = tuple(
        card(each, number, texts, language)
        for number, each in enumerate(found, start=1)
        if not only or each.row.id in wanted_cards
    )
    looked_up = chapters_read(session, opened.case, seat)
    read = frozenset(key.removeprefix(CHAPTER) for key in looked_up)
    deciding = is_mine and not finished and opened.may(DECIDES[seat])
    answers = positions(session, opened) if opened.may("see_answers") else {}
    taken = proposed(session, opened) if seat is Seat.FIRST and opened.may("see_taken_over") else ()
    return Board(
        opened.case, opened, seat, tuple(each.value for each in choice), deciding, finished, texts, found, cards, read,
        answers, questions(summary.get("questions", ()), looked_up),
        summary.get("suppressed", _NOTHING), summary.get("notices", ()), summary.get("questions_left_out", 0),
        {each.finding: each for each in taken if each.finding},
        tuple(each for each in taken if not each.finding and not _is_added(each, found)), pairs,
        _beside(found),
    )  # fmt: skip


def _twins(found: Sequence[Reviewed], seat: Seat) -> dict[str, Twin]:
    linked = twins([each.row for each in found])
    at = {each.row.id: (number, each) for number, each in enumerate(found, start=1)}
    made = {}
    for finding, other in linked.items():
        number, each = at[other]
        language = str(each.content.get("text_language", ""))
        made[finding] = Twin(other, number, language, _is_free(each, seat))
    return made


def _beside(found: Sequence[Reviewed]) -> dict[str, tuple[Beside, ...]]:
    """Finding → the others on its norm of the same text, but for those that were dismissed or are gone."""
    norms: dict[tuple[str, str], list[Beside]] = {}
    for number, each in enumerate(found, start=1):
        norm, decision = str(each.content.get("provision", "")), each.decision
        if norm and not each.gone and (decision is None or decision.verdict in STANDS):
            factor = decision.said.factor if decision and decision.said.factor else str(each.content["factor"])
            key = (str(each.content.get("text_language", "")), norm)
            norms.setdefault(key, []).append(Beside(each.row.id, number, factor))
    return {each.id: tuple(one for one in same if one is not each) for same in norms.values() for each in same}


def _is_free(each: Reviewed, seat: Seat) -> bool:
    return each.decision is None and not each.gone and seat is not Seat.ADJUDICATOR


def _is_added(each: Proposed, found: Sequence[Reviewed]) -> bool:
    """Whether the expert has a finding of their own with the words of the proposal."""
    own = (one.content for one in found if one.row.added_by)
    return any((one.get("factor"), one.get("explanation")) == (each.said.factor, each.said.explanation) for one in own)


def chosen(texts: Sequence[ShownText], asked: str, language: str) -> tuple[ShownText, ...]:
    """Both texts when asked for; else the one asked for, that of the reader's language, or the first."""
    if asked == "both" or not texts:
        return tuple(texts)
    named = [text for text in texts if text.language == asked] or [text for text in texts if text.language == language]
    return tuple(named[:1] or texts[:1])


def contents_of(
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
        boxes = boxes_in(text, at, at + 1)
        key, anchor = f"{text.language}:{entry.address}", f"u-{text.language}-{at}"
        found.append(ContentsEntry(entry, key, anchor, boxes[0].page if boxes else 0))
    return tuple(found)


def in_order(cards: Sequence[Card], shown: Sequence[ShownText]) -> tuple[Card, ...]:
    """Findings of the texts that are shown first, then those of the other text; each in the order of its text."""
    languages = {text.language for text in shown}
    return tuple(sorted(cards, key=lambda each: bool(each.language) and each.language not in languages))


def filtered(cards: Sequence[Card], show: str, severity: str, factor: str) -> tuple[Card, ...]:
    """The cards that are asked for; an empty word asks for all."""
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
