"""Rows of the comparative tables of an act, as data: act and unit, wording in force, proposed wording, reason.

Reads: the tree that ``comparative`` grew. Writes: ``TableRow``s in document order. Changes (``nlp.changes``) and the
wording in force for a draft's amendments are made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.act import Act, Provision, Role, Span, Unit, UnitKind
from nlp.structure.comparative import is_comparative_row
from nlp.structure.comparative_units import read_path
from nlp.structure.comparative_words import table_words
from nlp.structure.forms import form_of_title
from nlp.structure.head import read_date
from nlp.structure.operations import AmendedAct, Step
from nlp.structure.provisions import NOT_JUDGED, provisions_of
from nlp.structure.wording import fold

_NONE: Span = (0, 0)
_QUOTED = re.compile(r"[«\"“„](.+)[»”\"“]", re.DOTALL)
_NUMBER = re.compile(r"№\s*([\w/-]*\d[\w/-]*)")
_ELISION = re.compile(r"(?:\.\s?){3,}|…")
_OPENING = re.compile(r"^\s*(?:\d{1,3}[.)]?\s+)?(?:[Вв]\s+)?")  # «1. В Закон …»
_LONGEST_NAME = 1000  # characters of a merged row that names an act


class Fate(StrEnum):
    """What the row does with the unit."""

    CHANGED = "changed"  # both wordings are given
    NEW = "new"  # «отсутствует» / «жоқ» in the wording in force
    REMOVED = "removed"  # «исключить» / «алып тасталсын» in the proposed wording
    UNCHANGED = "unchanged"  # «без изменений», or a cell without words


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row (of one language) of a comparative table.

    ``number`` is as printed; ``path`` is the unit that the row names, widest first. ``current`` and ``proposed`` are
    the provisions grown from the two columns, with lead-ins and headings; their ids are addresses in the act.
    ``removed``: addresses of proposed units that only say that the unit is struck out. ``span`` are the proposed
    words. ``elided``: the proposed column leaves words out («…»).
    """

    address: str
    number: str
    act: AmendedAct
    path: tuple[Step, ...]
    fate: Fate
    language: str
    current: tuple[Provision, ...]
    proposed: tuple[Provision, ...]
    removed: tuple[str, ...]
    span: Span
    proposed_address: str
    reason: Span = _NONE
    elided: bool = False


def comparative_rows(act: Act) -> tuple[TableRow, ...]:
    """All rows of all comparative tables; () when the act has none."""
    return tuple(_rows(act))


def _rows(act: Act) -> Iterator[TableRow]:
    units = tuple(act.root.walk())
    if not any(is_comparative_row(unit) for unit in units):
        return
    named = AmendedAct()
    passed_until = 0
    for unit in units:
        if unit.span[0] < passed_until:
            continue
        if is_comparative_row(unit):
            yield from _sides(act, unit, named)
            passed_until = unit.span[1]
        elif unit.kind in (UnitKind.ROW, UnitKind.TEXT, UnitKind.CLAUSE, UnitKind.CHAPTER):
            words = unit.own if unit.own != _NONE else unit.heading
            found = read_act_name(act.text(words), words)
            named = found or named


def read_act_name(text: str, span: Span = _NONE) -> AmendedAct | None:
    """The act that a merged row or a line above the table names; None when it names none.

    «Закон Республики Казахстан от 4 мая 2020 года № 5 «О сборах»», «Қазақстан Республикасының 2020 жылғы … Заңы».
    """
    if not text.strip() or len(text) > _LONGEST_NAME or table_words().is_title(text):
        return None
    quoted = _QUOTED.search(text)
    around = text[: quoted.start()] + text[quoted.end() :] if quoted else text
    form = form_of_title(_OPENING.sub("", around), "act")
    if form is None or (quoted is None and not re.search(r"казахстан|қазақстан", fold(text))):
        return None
    number = _NUMBER.search(around)
    return AmendedAct(
        form=form.id,
        title=quoted.group(1) if quoted else " ".join(text.split()),
        date=read_date(around),
        number=number.group(1) if number else "",
        span=span,
    )


def _sides(act: Act, row: Unit, named: AmendedAct) -> Iterator[TableRow]:
    """The row once, or once per language of a bilingual table: each side ends before the next wording in force."""
    sides: list[list[Unit]] = [[]]
    for child in row.children:
        kinds = {_column(other) for other in sides[-1]}
        column = _column(child)
        if (column == "current" and kinds & {"current", "proposed"}) and "proposed" in kinds:
            lead = [sides[-1].pop()] if sides[-1] and _column(sides[-1][-1]) == "unit" else []
            sides.append(lead)
        sides[-1].append(child)
    yield from (_side(act, row, side, named) for side in sides)


def _column(unit: Unit) -> str:
    names = {Role.CURRENT: "current", Role.REASON: "reason", Role.REQUISITE: "unit"}
    return names.get(unit.role, "proposed")


def _side(act: Act, row: Unit, side: list[Unit], named: AmendedAct) -> TableRow:
    cells: dict[str, list[Unit]] = {}
    for unit in side:
        cells.setdefault(_column(unit), []).append(unit)
    before, after = cells.get("current", []), cells.get("proposed", [])
    unit_words = " ".join(act.text(unit.own) for unit in cells.get("unit", []))
    shown = [p for unit in before if unit.children for p in provisions_of(act, _below(unit), _PASSED)]
    current = tuple(p for p in shown if table_words().cell(p.text) != "absent")
    proposed = tuple(p for unit in after for p in provisions_of(act, _below(unit), NOT_JUDGED))
    removed = tuple(p.address for p in proposed if p.role is Role.AMENDMENT)
    span = (after[0].span[0], after[-1].span[1]) if after else _NONE
    reasons = cells.get("reason", [])
    return TableRow(
        address=row.address,
        number=row.number,
        act=named,
        path=read_path(unit_words),
        fate=_fate(act, current, proposed),
        language=next((p.language for p in proposed), row.language),
        current=current,
        proposed=tuple(p for p in proposed if p.role is not Role.AMENDMENT),
        removed=removed,
        span=span,
        proposed_address=(*removed, *(unit.address for unit in after), row.address)[0],
        reason=(reasons[0].span[0], reasons[-1].span[1]) if reasons else _NONE,
        elided=_ELISION.search(act.text(_cell(row, side, span))) is not None,
    )


def _cell(row: Unit, side: list[Unit], span: Span) -> Span:
    """The whole proposed cell, with the elisions that are no part of its units."""
    before = [unit.span[1] for unit in side if unit.span[1] <= span[0]]
    after = [unit.span[0] for unit in side if unit.span[0] >= span[1]]
    return max(before, default=row.span[0]), min(after, default=row.span[1])


# Everything in the wording in force is told, headings too.
_PASSED = tuple(role for role in NOT_JUDGED if role is not Role.CURRENT)


def _below(unit: Unit) -> Unit:
    """A unit that holds this one, so that its own words are told as well."""
    return Unit(UnitKind.TEXT, "", "", unit.span, _NONE, children=(unit,))


def _fate(act: Act, current: tuple[Provision, ...], proposed: tuple[Provision, ...]) -> Fate:
    said = [table_words().cell(p.text) for p in proposed if p.role is Role.AMENDMENT]
    if any(p.role is not Role.AMENDMENT for p in proposed):
        return Fate.CHANGED if current else Fate.NEW
    if "removed" in said:
        return Fate.REMOVED
    return Fate.UNCHANGED
