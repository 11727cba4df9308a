"""New wording of an operation: the quoted units under the instruction, or an annex of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.structure.act import Act, Role, Span, Unit, UnitKind
from nlp.structure.amendments.emit import Draft
from nlp.structure.annexes import annex_number
from nlp.structure.operations import Piece

Found = tuple[Span, tuple[str, ...]]  # the words and the addresses of their units
NOTHING: Found = ((0, 0), ())
_QUIET = (Role.STAMP,)


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes of the draft itself by number, in document order: of the act, and of a list approved by it."""

    found: tuple[tuple[str, Unit], ...]

    def wording(self, number: str) -> Found:
        """The words of annex ``number`` ("": the only one) below its stamp."""
        fitting = [unit for known, unit in self.found if known == number]
        if not fitting and len(self.found) == 1 and (not number or (number == "1" and self.found[0][0] == "")):
            fitting = [self.found[0][1]]
        if len(fitting) != 1:
            return NOTHING
        unit = fitting[0]
        parts = [child for child in unit.children if child.role not in _QUIET]
        if len(parts) == 1 and parts[0].kind in (UnitKind.ANNEX, UnitKind.DOCUMENT):  # under a stamp of its own
            unit = parts[0]
            parts = [child for child in unit.children if child.role not in _QUIET]
        return ((parts[0].span[0], unit.span[1]) if parts else (0, 0)), (unit.address,)


def annexes_of(act: Act, owner: Unit) -> Annexes:
    """Annexes and approved documents that lie directly in ``owner``: the draft, or a document it approves."""
    found = []
    bare = ""  # number of an annex whose words stand under a stamp of approval of their own
    for unit in owner.children:
        if unit.kind not in (UnitKind.ANNEX, UnitKind.DOCUMENT):
            continue
        stamp = next((child for child in unit.children if child.role is Role.STAMP), None)
        if stamp is None:
            continue
        number = bare or unit.number or annex_number(act.text(stamp.own))
        only_stamp = all(child.role is Role.STAMP for child in unit.children)
        bare = number if only_stamp and unit.kind is UnitKind.ANNEX else ""
        if not only_stamp:
            found.append((number, unit))
    return Annexes(tuple(found))


def shares(drafts: Sequence[Draft], block: Sequence[Unit]) -> list[Found]:
    """Which quoted units belong to which of the targets of one instruction.

    Units are matched by kind and number; else in order, when there are as many units as targets; else every target has
    the whole wording.
    """
    if not block:
        return [NOTHING] * len(drafts)
    rows = all(draft.target and draft.target[-1].kind is UnitKind.ROW for draft in drafts)
    if rows and len(block) == 1 and block[0].kind is UnitKind.TABLE:
        block = [row for row in block[0].children if row.role is not Role.HEADING] or block
    if len(drafts) == 1:
        return [_over(block)]
    starts = [_index_of(draft, block) for draft in drafts]
    if all(start >= 0 for start in starts) and len(set(starts)) == len(starts):
        return [_over(block[start : min((s for s in starts if s > start), default=len(block))]) for start in starts]
    inner = [_inside(draft, block) for draft in drafts]
    if all(inner):
        return [_of_unit(draft, unit) for draft, unit in zip(drafts, inner, strict=True) if unit]
    pieces = block if len(block) == len(drafts) else [u for unit in block for u in unit.walk() if u.own != (0, 0)]
    if len(pieces) == len(drafts):
        return [_over([unit]) for unit in block] if pieces is block else [(u.own, (u.address,)) for u in pieces]
    return [_over(block)] * len(drafts)


def _inside(draft: Draft, block: Sequence[Unit]) -> Unit | None:
    """The quoted unit that a draft names, or whose heading it means, wherever it lies: an article in a new chapter."""
    named = [step for step in draft.target if step.kind is not Piece.HEADING]
    step = named[-1] if named else None
    units = (unit for top in block for unit in top.walk())
    return next((u for u in units if step and step.number and (u.kind, u.number) == (step.kind, step.number)), None)


def _index_of(draft: Draft, block: Sequence[Unit]) -> int:
    step = draft.target[-1] if draft.target else None
    if step is None or isinstance(step.kind, Piece):
        return -1
    return next((n for n, unit in enumerate(block) if unit.kind is step.kind and unit.number == step.number), -1)


def _of_unit(draft: Draft, unit: Unit) -> Found:
    if draft.target[-1].kind is Piece.HEADING and unit.heading != (0, 0):
        return (unit.span[0], unit.heading[1]), (unit.address,)
    return _over([unit])


def _over(block: Sequence[Unit]) -> Found:
    return (block[0].span[0], block[-1].span[1]), tuple(unit.address for unit in block)
