"""The form on which a developer writes positions on the recommendations of a conclusion, empty or with what is known.

Reads: the content of a conclusion, answers by number. Writes: a Document of the document model; as a Word file it can
be filled in and read back (``expertise.work.answer_files``): the first column and the printed hash say what it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from expertise.case.answers import Given, Signatory, recommended
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.model import Block, Cell, Document, Emphasis, Shade, Style, Table, text
from expertise.documents.naming import dated, named
from expertise.documents.words import DRAFT, IN_FORCE, LANGUAGES, Words, words, words_for

_COLUMNS = {
    "number": 9.0, "unit": 33.0, "proposal": 72.0, "position": 34.0, "position_wording": 61.0, "position_reason": 53.0,
}  # fmt: skip
_HEADS = {"number": "number", "position": "position", "wording": "position_wording", "reason": "position_reason"}


def answer_form(
    content: Mapping[str, Any],
    language: str,
    content_hash: str,
    least: int,
    answers: Mapping[int, Given] | None = None,
    signatory: Signatory | None = None,
) -> Document:
    """The form in Russian or Kazakh. ``least``: characters of a reason; ``answers`` stand in their cells.

    Raises ``ValueError`` for a language that has no words.
    """
    said = words_for(content, language)
    blanks = named(content, said)
    return Document(
        title=" ".join(said.lines("answer_form.heading", **blanks)),
        language=language,
        locale=said.say("locale"),
        blocks=tuple(_blocks(content, said, content_hash, least, answers or {}, signatory, blanks)),
        page_statement=said.say("answer_form.page_statement", **blanks),
        page_number=said.say("preliminary.page_number"),
        page_mark="",
    )


def heads() -> Mapping[str, frozenset[str]]:
    """Heads of the columns in all languages, by what stands below; those of the conclusion's own table are the same."""
    known = [words(code, kind) for code in LANGUAGES for kind in (DRAFT, IN_FORCE)]
    return {name: frozenset(_head(column, said) for said in known) for name, column in _HEADS.items()}


def _blocks(
    content: Mapping[str, Any], said: Words, content_hash: str, least: int, answers: Mapping[int, Given],
    signatory: Signatory | None, blanks: Mapping[str, str],
) -> Iterator[Block]:  # fmt: skip
    *before, last = said.lines("answer_form.heading", **blanks)
    yield from (text(line, Style.TITLE, keep=True) for line in before)
    yield text(last, Style.TITLE)
    found = recommended(content)
    if found:
        how = said.say("answer_form.how", position=said.say("conclusion.column_position"), least=least)
        yield text(how, Style.NOTE, keep=True)
        head = tuple(Cell((text(_head(name, said), Style.COLUMN_HEAD),), Shade.HEAD) for name in _COLUMNS)
        rows = tuple(_row(each, said, answers.get(each["number"])) for each in found)
        yield Table(tuple(_COLUMNS.values()), rows, (head,))
    else:
        yield text(said.say("answer_form.none"), emphasis=Emphasis.STRONG)
    yield text("")
    blank, who = said.say("conclusion.blank") * 5, signatory or Signatory()
    yield text(said.say("answer_form.signatory", name=who.name or blank, post=who.post or blank), keep=True)
    letter = dated(who.letter_date.isoformat() if who.letter_date else "", said, blank)
    yield text(said.say("answer_form.letter", number=who.letter_number or blank, **letter), keep=True)
    yield text(said.say("answer_form.hash", hash=content_hash), Style.NOTE)


def _row(found: Mapping[str, Any], said: Words, given: Given | None) -> tuple[Cell, ...]:
    known = finding_cells(found, said)
    own = {
        "position": said.say(f"answer_form.position.{given.position}") if given else "",
        "position_wording": given.wording if given else "",
        "position_reason": given.reason if given else "",
    }
    return tuple(known[name] if name in known else _filled(own[name]) for name in _COLUMNS)


def _filled(given: str) -> Cell:
    return Cell(tuple(text(line, Style.CELL) for line in given.split("\n")))


def _head(column: str, said: Words) -> str:
    room = "answer_form" if column == "position_wording" else "conclusion"
    return said.say(f"{room}.column_{column}")
