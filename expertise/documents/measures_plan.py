"""The plan of measures against corruption risks «план мероприятий по устранению коррупционных рисков».

Reads: the content of a conclusion, what people filled in by number. Writes: a Document: across, with a place for the
head's approval. What nobody has filled in prints as «___». Source of its columns: seed 004, item 6.3 (measures, terms,
executor, form of completion), seed 001 (expected result).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from expertise.case.answers import recommended
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.model import Block, Cell, Document, Emphasis, Paragraph, Run, Shade, Style, Table, text
from expertise.documents.naming import Content, named, restriction
from expertise.documents.words import Words, capital, factor_name, words_for

_COLUMNS = {
    "number": 9.0, "risk": 62.0, "measure": 70.0, "responsible": 32.0, "term": 24.0, "completion": 30.0, "result": 35.0,
}  # fmt: skip


class Filled(Protocol):
    """A row as people filled it in."""

    measure: str
    responsible: str
    term: str
    completion: str
    result: str


def measures_plan(
    content: Content, language: str, content_hash: str, filled: Mapping[int, Any], finished: bool = True
) -> Document:
    """The plan in Russian or Kazakh. ``filled``: rows (``Filled``) by the number of the recommendation. ``finished``:
    the review is, so that the plan is whole."""
    said = words_for(content, language)
    blanks = named(content, said)
    statement = "measures.page_statement" if content_hash else "conclusion.preview_statement"
    return Document(
        title=" ".join(said.lines("measures.heading", **blanks)),
        language=language,
        locale=said.say("locale"),
        blocks=tuple(_blocks(content, said, filled, finished)),
        page_statement=said.say(statement, **blanks),
        page_number=said.say("preliminary.page_number"),
        page_foot=said.say("conclusion.page_foot", hash=content_hash) if content_hash else "",
        page_mark=restriction(content, said),
        wide=True,
    )


def _blocks(content: Content, said: Words, filled: Mapping[int, Filled], finished: bool) -> Iterator[Block]:
    for line in said.lines("measures.approved"):
        yield text(line, Style.NOTE, keep=True)
    *before, last = said.lines("measures.heading", **named(content, said))
    yield from (text(line, Style.TITLE, keep=True) for line in before)
    yield text(last, Style.TITLE)
    found = recommended(content)
    if not finished:
        yield text(said.say("comparison.of_unfinished"), Style.NOTE, keep=True)
    if not found:
        yield text(said.say("measures.none"), emphasis=Emphasis.STRONG)
        return
    head = tuple(Cell((text(said.say(f"measures.{name}"), Style.COLUMN_HEAD),), Shade.HEAD) for name in _COLUMNS)
    yield Table(
        tuple(_COLUMNS.values()), tuple(_row(each, said, filled.get(each["number"])) for each in found), (head,)
    )
    yield text(said.say("measures.blanks"), Style.NOTE)


def _row(found: Mapping[str, Any], said: Words, filled: Filled | None) -> tuple[Cell, ...]:
    cells = finding_cells(found, said)
    own = filled.measure if filled else ""
    measure = _lines(own, said) if own else cells["proposal"]
    rest = [_lines(getattr(filled, name) if filled else "", said) for name in list(_COLUMNS)[3:]]
    return (cells["number"], _risk(found, cells, said), measure, *rest)


def _risk(found: Mapping[str, Any], cells: Mapping[str, Cell], said: Words) -> Cell:
    name = capital(factor_name(found["factor"], said.language, {found["factor"]: found["factor_name"]}))
    severity = said.say("comparison.severity", severity=said.say(f"preliminary.severity.{found['severity']}"))
    unit = cells["unit"].paragraphs[0].text
    lead = Paragraph((Run(f"{capital(unit)}. ", Emphasis.STRONG), Run(f"{name}. {severity}")), Style.CELL)
    risk = found["risk"].get(said.language) or next(iter(found["risk"].values()), None)
    told = [text(line.strip(), Style.CELL) for line in (risk["text"] if risk else "").splitlines() if line.strip()]
    return Cell((lead, *told))


def _lines(words_: str, said: Words) -> Cell:
    lines = [line.strip() for line in words_.splitlines() if line.strip()] or [said.say("conclusion.blank")]
    return Cell(tuple(text(line, Style.CELL) for line in lines))
