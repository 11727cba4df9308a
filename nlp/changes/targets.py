"""Finding the unit that an amendment names in the tree of the amended act (methodology 5.1, «Parser consequence»).

Reads: an act and a path of steps. Writes: the unit and the span that the step means, or the code of what is wrong. A
clause reaches up to the next clause: the list it opens hangs beside it in the tree. The first clause or indent of a
unit may be the unit's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.changes.bases import alike, documents_of, title_of
from nlp.structure.act import Act, Role, Span, Unit, UnitKind
from nlp.structure.forms import form_of_title
from nlp.structure.labels import HEADINGS
from nlp.structure.operations import LAST, AmendedAct, Piece, Step
from nlp.structure.wording import fold, number_key, roman_value

MISSING = "examine.operation_unit_missing"
SEVERAL = "examine.operation_unit_several"
UNKNOWN = "examine.operation_unit_unknown"
_ORDINAL = (UnitKind.CLAUSE, UnitKind.INDENT)
_TITLED = (*HEADINGS, UnitKind.ANNEX, UnitKind.DOCUMENT, UnitKind.TEXT, UnitKind.POINT)


@dataclass(frozen=True, slots=True)
class Target:
    """A unit and the part of the text meant: ``span`` with the label, ``body`` without it. ``holder`` is the unit whose
    children inside ``span`` are the target's parts: the unit itself, or the parent of a clause."""

    unit: Unit
    span: Span
    body: Span
    holder: Unit


def scope_of(act: Act, amended: AmendedAct) -> Target | str:
    """The part of the act that paths are counted in: an approved document, the order part, or the whole act."""
    documents = documents_of(act)
    if amended.document or amended.document_title:
        fitting = [unit for unit in documents if _is_document(act, unit, amended)]
        if amended.document_title and len(fitting) > 1:
            named = [unit for unit in fitting if alike(amended.document_title, title_of(act, unit))]
            fitting = named or fitting
        if len(fitting) == 1:
            return whole(fitting[0])
        if fitting:
            return SEVERAL
        annexes = [unit for unit in act.root.walk() if unit.kind is UnitKind.ANNEX]
        titled = [unit for unit in annexes if alike(amended.document_title, title_of(act, unit))]
        return whole(titled[0]) if len(titled) == 1 else MISSING
    order = next((unit for unit in act.root.children if unit.kind is UnitKind.ORDER), None)
    if order is not None:
        return whole(act.root)
    return whole(documents[0]) if len(documents) == 1 and not act.requisites.form else whole(act.root)


def _is_document(act: Act, unit: Unit, amended: AmendedAct) -> bool:
    form = form_of_title(title_of(act, unit), "document")
    if amended.document and form is not None:
        return form.id == amended.document
    return bool(amended.document_title) and alike(amended.document_title, title_of(act, unit))


def whole(unit: Unit) -> Target:
    """The unit as it is."""
    return Target(unit, unit.span, (unit.own[0], unit.span[1]) if unit.own != (0, 0) else unit.span, unit)


def find(act: Act, scope: Target, path: Sequence[Step]) -> Target | str:
    """The target at the end of ``path`` inside ``scope``, or a code."""
    here = scope
    for place, step in enumerate(path):
        found = _step(act, here, step, first=place == 0)
        if isinstance(found, str):
            return found
        here = found
    return here


def _step(act: Act, scope: Target, step: Step, first: bool) -> Target | str:
    if isinstance(step.kind, Piece):
        return _piece(act, scope, step)
    level = next(_levels(act, scope, step, first), [])
    if len(level) == 1:
        return level[0]
    if level:
        return SEVERAL
    own = _own_words(scope, step)
    return own if own is not None else MISSING


def _piece(act: Act, scope: Target, step: Step) -> Target | str:
    unit = scope.unit
    if step.kind is Piece.HEADING:
        title = next((child.own for child in unit.children if child.role is Role.TITLE), (0, 0))
        span = unit.heading if unit.heading != (0, 0) else title
        return Target(unit, span, span, unit) if span != (0, 0) else MISSING
    if step.kind is Piece.PREAMBLE:
        found = [child for child in act.root.children if child.role is Role.PREAMBLE]
        return whole(found[0]) if len(found) == 1 else MISSING
    if step.kind is Piece.NOTE:
        notes = [child for child in unit.walk() if child.address.rpartition("__")[2].startswith("note")]
        return whole(notes[0]) if len(notes) == 1 else (SEVERAL if notes else MISSING)
    return UNKNOWN  # sentences and columns are not units of the tree


def _levels(act: Act, scope: Target, step: Step, first: bool) -> Iterator[list[Target]]:
    """Matching units level by level, the nearest first."""
    for units in levels_below(scope, first):
        same = [unit for unit in units if _matches(act, unit, step)]
        if step.number == LAST:
            same = [unit for unit in units if unit.kind is step.kind][-1:]
        if same:
            yield [_target(unit, units, scope) for unit in same]


def levels_below(scope: Target, first: bool) -> Iterator[list[Unit]]:
    """Units inside the scope by depth. Other texts (order part, documents, annexes) are entered only from outside."""
    level = [child for child in scope.holder.children if scope.span[0] <= child.span[0] < scope.span[1]]
    while level:
        yield level
        enter = first and scope.unit.kind is UnitKind.ACT
        level = [
            child
            for unit in level
            if unit.role is not Role.QUOTED and enter_text(unit, enter)
            for child in unit.children
        ]


def enter_text(unit: Unit, from_act: bool) -> bool:
    """An order part is entered from the act; documents and annexes only when they are the scope."""
    if unit.kind in (UnitKind.DOCUMENT, UnitKind.ANNEX):
        return False
    return unit.kind is not UnitKind.ORDER or from_act


def _target(unit: Unit, units: Sequence[Unit], scope: Target) -> Target:
    """A clause ends where the next clause of its parent begins."""
    if unit.kind is not UnitKind.CLAUSE or unit.children:
        return whole(unit)
    later = [other.span[0] for other in units if other.kind is UnitKind.CLAUSE and other.span[0] > unit.span[0]]
    inside = [other for other in units if other.span[0] >= unit.span[0] and other.span[1] <= scope.span[1]]
    end = min(later) if later else max(other.span[1] for other in inside)
    last = max((other.span[1] for other in inside if other.span[1] <= end), default=unit.span[1])
    return Target(unit, (unit.span[0], last), (unit.own[0], last), unit if unit.children else scope.holder)


def _matches(act: Act, unit: Unit, step: Step) -> bool:
    if step.title:
        if unit.kind not in _TITLED:
            return False
        own = act.text(unit.heading) if unit.heading != (0, 0) else title_of(act, unit) or act.text(unit.own)
        numbered = not step.number or same_number(unit.number, step.number)
        return _same_title(own, step.title) and numbered
    if unit.kind is not step.kind:
        return False
    if unit.kind in (UnitKind.ANNEX, UnitKind.DOCUMENT) and step.number in ("", "1") and not unit.number:
        return True
    return same_number(unit.number, step.number)


def same_number(one: str, two: str) -> bool:
    """«3-1» and «3–1», «37¹» and «37-1», «II» and «2» are one number."""
    if not one or not two:
        return one == two
    if any(char.isdigit() for char in one) and any(char.isdigit() for char in two):
        return number_key(one) == number_key(two)
    if fold(one) == fold(two):
        return True
    values = [roman_value(number) or (number_key(number)[0] if number.isdigit() else 0) for number in (one, two)]
    return values[0] == values[1] != 0


def _same_title(one: str, two: str) -> bool:
    return "".join(filter(str.isalnum, fold(one))) == "".join(filter(str.isalnum, fold(two)))


def _own_words(scope: Target, step: Step) -> Target | None:
    """«Абзац первый», «часть первая»: the own words of a unit whose tree has no first one."""
    unit = scope.unit
    if step.kind not in _ORDINAL or step.number != "1":
        return None
    if unit.own == (0, 0) and unit.children and unit.children[0].kind is UnitKind.CLAUSE:
        unit = unit.children[0]
    return Target(unit, unit.own, unit.own, unit) if unit.own != (0, 0) else None
