"""The comparative table «сравнительная таблица» / «салыстырма кесте» to a draft with the wording the expertise
recommends.

Reads: the content of a conclusion, the developer's answers by number. Writes: a Document of the document model: across,
the head on every page. Norms stand whole, for their wording is to be copied; the words that change are marked on both
sides. The columns of the wording in force and of the developer's position are there where there is anything for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.case.answers import Given
from expertise.documents.comparison_wording import Side, draft_wording, in_force, recommended_wording
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.joint_wording import Joints, all_joints, joint_paragraphs
from expertise.documents.model import Block, Cell, Document, Emphasis, Paragraph, Run, Shade, Style, Table, text
from expertise.documents.naming import Content, named, restriction
from expertise.documents.words import Words, capital, factor_name, words_for

_NUMBER = 9.0
_WIDTHS = {"unit": 30.0, "in_force": 46.0, "draft": 46.0, "recommended": 50.0, "reasoning": 48.0, "position": 33.0}
_ACROSS = 262.0  # millimetres of an A4 page across, without its margins


def comparison(
    content: Content,
    language: str,
    content_hash: str = "",
    answers: Mapping[int, Given] | None = None,
    finished: bool = True,
) -> Document:
    """The table in Russian or Kazakh. Without ``content_hash`` the conclusion is not drawn up, and every page says so.

    ``answers``: the developer's, by the number of the recommendation. ``finished``: the review is, so that the table is
    whole. Raises ``ValueError`` for a language without
    words.
    """
    said = words_for(content, language)
    blanks = named(content, said)
    statement = "comparison.page_statement" if content_hash else "conclusion.preview_statement"
    return Document(
        title=" ".join(said.lines("comparison.heading", **blanks)),
        language=language,
        locale=said.say("locale"),
        blocks=tuple(_blocks(content, said, content_hash, answers or {}, finished)),
        page_statement=said.say(statement, **blanks),
        page_number=said.say("preliminary.page_number"),
        page_foot=said.say("conclusion.page_foot", hash=content_hash) if content_hash else "",
        page_mark=restriction(content, said),
        wide=True,
    )


def _blocks(
    content: Content, said: Words, content_hash: str, answers: Mapping[int, Given], finished: bool
) -> Iterator[Block]:
    blanks = named(content, said)
    for line in said.lines("comparison.heading", **blanks):
        yield text(line, Style.TITLE, keep=True)
    draft = "comparison.of_draft" if finished else "comparison.of_unfinished"
    drawn = "comparison.of_conclusion" if content_hash else draft
    yield text(said.say(drawn, **blanks), Style.NOTE, keep=True)
    found = content["findings"]
    if not found:
        yield text(said.say("comparison.none"), emphasis=Emphasis.STRONG)
        return
    amends = any(each["change"] for each in found)
    yield text(said.say("comparison.legend"), Style.NOTE, keep=True)
    if amends:
        yield text(said.say("comparison.legend_in_force"), Style.NOTE, keep=True)
    yield _table(found, said, amends, answers)
    if content_hash:
        yield text(said.say("conclusion.frozen", hash=content_hash), Style.NOTE)


def _table(found: Sequence[Mapping[str, Any]], said: Words, amends: bool, answers: Mapping[int, Given]) -> Table:
    left_out = {name for name, there in (("in_force", amends), ("position", bool(answers))) if not there}
    shares = {name: share for name, share in _WIDTHS.items() if name not in left_out}
    scale = (_ACROSS - _NUMBER) / sum(shares.values())
    widths = {"number": _NUMBER, **{name: round(share * scale, 1) for name, share in shares.items()}}
    head = tuple(Cell((text(said.say(f"comparison.column_{name}"), Style.COLUMN_HEAD),), Shade.HEAD) for name in widths)
    joints = all_joints(found)
    rows = []
    for each in found:
        cells = _cells(each, said, answers.get(each["number"]), joints)
        rows.append(tuple(cells[name] for name in widths))
    return Table(tuple(widths.values()), tuple(rows), (head,))


def _cells(found: Mapping[str, Any], said: Words, answer: Given | None, joints: Joints) -> dict[str, Cell]:
    known, side = finding_cells(found, said), Side(found, said)
    return {
        "number": known["number"],
        "unit": known["unit"],
        "in_force": Cell(tuple(in_force(side))),
        "draft": Cell(tuple(draft_wording(side))),
        "recommended": Cell((*recommended_wording(side), *joint_paragraphs(found, side.proposals, joints, said))),
        "reasoning": Cell((_factor(found, said), *known["reasoning"].paragraphs)),
        "position": Cell(tuple(_position(answer, said))),
    }


def _factor(found: Mapping[str, Any], said: Words) -> Paragraph:
    name = capital(factor_name(found["factor"], said.language, {found["factor"]: found["factor_name"]}))
    severity = said.say(f"preliminary.severity.{found['severity']}")
    told = said.say("comparison.severity", severity=severity)
    return Paragraph((Run(name + ". ", Emphasis.STRONG), Run(told, Emphasis.QUIET)), Style.CELL)


def _position(answer: Given | None, said: Words) -> Iterator[Paragraph]:
    if answer is None:
        yield text(said.say("conclusion.blank"), Style.CELL)
        return
    yield text(capital(said.say(f"answer_form.position.{answer.position}")) + ".", Style.CELL, Emphasis.STRONG)
    for label, given in (("own_wording", answer.wording), ("own_reason", answer.reason)):
        lines = [line.strip() for line in given.splitlines() if line.strip()]
        for index, line in enumerate(lines):
            before = (Run(said.say(f"comparison.{label}") + " ", Emphasis.QUIET),) if index == 0 else ()
            yield Paragraph((*before, Run(line)), Style.CELL)
