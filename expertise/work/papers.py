"""Papers that are made of a conclusion when they are asked for: nothing of them is kept.

Reads: the frozen content, else the preview of what an expert has confirmed so far; answers, registers. Writes: a
Document, or the bytes of a file. «comparison.ru.docx» names a paper, its language and its form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.answers import Given
from expertise.case.conclusion import HIDDEN_SERVICE
from expertise.case.states import DRAWN, CaseError, State
from expertise.documents.comparison import comparison
from expertise.documents.docx_writer import write_docx
from expertise.documents.measures_plan import measures_plan
from expertise.documents.model import Document
from expertise.documents.pdf_writer import write_pdf
from expertise.documents.services_letter import services_letter
from expertise.documents.words import LANGUAGES
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.case_tables import ConclusionRow, FindingRow
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.work.answer_sheets import submissions
from expertise.work.concluding import confirmed_factors, preview
from expertise.work.issued import conclusion_of
from expertise.work.planning import Measure, measures

WRITERS: Mapping[str, Callable[[Document], bytes]] = {"docx": write_docx, "pdf": write_pdf}


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper is made of. ``content_hash``: "" while the conclusion is not drawn up; ``kept``: findings as they
    were made, by id; ``finished``: the review is."""

    content: Mapping[str, Any]
    content_hash: str = ""
    answers: Mapping[int, Given] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    measures: Mapping[int, Measure] = field(default_factory=dict)
    finished: bool = True


def _comparison(told: Told, language: str) -> Document:
    return comparison(told.content, language, told.content_hash, told.answers, told.finished)


def _services_letter(told: Told, language: str) -> Document:
    return services_letter(told.content, language, told.content_hash, told.kept)


def _measures_plan(told: Told, language: str) -> Document:
    return measures_plan(told.content, language, told.content_hash, told.measures, told.finished)


PAPERS: Mapping[str, Callable[[Told, str], Document]] = {
    "comparison": _comparison,
    "services_letter": _services_letter,
    "measures_plan": _measures_plan,
}


def paper_file(office: Office, actor: Actor, case_id: str, name: str) -> bytes:
    """One paper as a file, «comparison.kk.pdf».

    Raises ``NotFoundError`` for a name there is not, ``DeniedError``, ``FontsMissingError``.
    """
    paper, language, form = (*name.split("."), "", "")[:3]
    if name != f"{paper}.{language}.{form}" or paper not in PAPERS or language not in LANGUAGES or form not in WRITERS:
        raise NotFoundError("expertise.no_paper", name=name[:50])
    return WRITERS[form](paper_document(office, actor, case_id, paper, language))


def paper_document(office: Office, actor: Actor, case_id: str, paper: str, language: str) -> Document:
    """One of ``PAPERS`` in Russian or Kazakh.

    Raises ``DeniedError`` for who may see neither the conclusion nor its draft, ``CaseError`` while nothing is
    confirmed and the review is not finished, and what the paper itself raises.
    """
    return PAPERS[paper](_told(office, actor, case_id), language)


def drawn_up(session: Session, opened: Opened) -> ConclusionRow | None:
    """The conclusion of this round, where there is one and the actor may see it."""
    if State(opened.case.state) not in DRAWN or not opened.may("see_conclusion"):
        return None
    return conclusion_of(session, opened)


def papers_of(session: Session, office: Office, opened: Opened) -> tuple[str, ...]:
    """Names of the papers that the actor may ask for and would get: none while nothing is confirmed and the review is
    not finished; the letter only where hidden services are confirmed."""
    row = drawn_up(session, opened)
    if row is None and not opened.may("see_draft_conclusion"):
        return ()
    services = bool(row.content["summary"]["hidden_services"]) if row is not None else False
    if row is None:
        factors, finished = confirmed_factors(session, office, opened)
        if not (factors or finished):
            return ()
        services = HIDDEN_SERVICE in factors
    return tuple(paper for paper in PAPERS if services or paper != "services_letter")


def _told(office: Office, actor: Actor, case_id: str) -> Told:
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id)
        kept = {row.id: row.content for row in _findings(session, opened)}
        row = drawn_up(session, opened)
        if row is not None:
            answers, planned = _answers(session, opened, row), measures(session, opened)
            return Told(row.content, row.content_hash, answers, kept, planned)
        require(actor, "see_draft_conclusion", opened.standing)
    drawn = preview(office, actor, case_id)
    finished = not drawn.obstacles
    if not (finished or drawn.content["findings"]):  # else it would say that there is nothing, and nobody has looked
        raise CaseError("expertise.review_unfinished")
    return Told(drawn.content, kept=kept, finished=finished)


def _findings(session: Session, opened: Opened) -> Iterable[FindingRow]:
    """Of the round; a paper takes what its conclusion names."""
    case = opened.case
    return session.scalars(select(FindingRow).where(FindingRow.case_id == case.id, FindingRow.round == case.round))


def _answers(session: Session, opened: Opened, row: ConclusionRow) -> Mapping[int, Given]:
    if not opened.may("see_answers"):
        return {}
    sheets = submissions(session, opened)
    return next((sheet.given for sheet in sheets if sheet.conclusion.id == row.id), {})
