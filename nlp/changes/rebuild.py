"""rebuild(): the operations of a draft on the acts in force → the acts as they will read, and what could not be done.

Reads: operations of one text of the draft, the bases. Writes: amended acts structured anew, an outcome for every
operation. Operations are carried out in the order of the draft. A unit is looked up in the text in force first, because
amendments count its units as they stand there; when it is not there or was replaced, in the text as amended so far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nlp.changes.apply import Amending, apply
from nlp.changes.bases import Base, choose
from nlp.changes.change import Outcome, State
from nlp.changes.targets import MISSING
from nlp.changes.woven import Origin, Woven
from nlp.reading.source import Block, BlockKind, Place, SourceText
from nlp.structure.act import Act
from nlp.structure.operations import Operation, OperationKind

LanguageOf = Callable[[Operation], str]
Structure = Callable[[SourceText], Act]
_QUOTING = (OperationKind.REPLACE, OperationKind.INSERT)
_NEEDS = "examine.operation_needs_base"
_DRAFT_TABLES = 1_000_000  # tables of the draft and of the base are told apart by this


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """An act before and after the draft. ``text`` knows where each character of ``after`` came from."""

    base: Base
    after: Act
    text: Woven


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """All amended acts, and the outcome of every operation in the order of the draft."""

    acts: tuple[Rebuilt, ...]
    outcomes: tuple[Outcome, ...]


def rebuild(
    draft: Act,
    operations: Sequence[Operation],
    bases: Sequence[Base],
    language_of: LanguageOf,
    structure: Structure,
) -> Rebuilding:
    """Apply what can be applied; ``language_of`` tells the language of an operation."""
    amended: dict[int, Amending] = {}
    outcomes = []
    for number, operation in enumerate(operations):
        language = language_of(operation)
        base = choose(operation.act, language, bases)
        if isinstance(base, str):
            outcomes.append(_without(operation, base))
            continue
        amending = amended.setdefault(base.position, Amending(base.act, Woven(base.act.source.text), draft.source.text))
        code = _carry_out(amending, operation, number, language, draft.source, structure)
        if base.partial and code == MISSING:
            outcomes.append(_without(operation, _NEEDS))
        else:
            outcomes.append(_outcome(operation, code, base.position))
    by_position = {base.position: base for base in bases}
    acts = tuple(
        Rebuilt(
            by_position[position],
            structure(to_source(amending.woven, amending.base.source, draft.source)),
            amending.woven,
        )
        for position, amending in sorted(amended.items())
        if len(amending.woven.strands) > 1
    )
    return Rebuilding(acts, tuple(outcomes))


def _carry_out(
    amending: Amending, operation: Operation, number: int, language: str, draft: SourceText, structure: Structure
) -> str:
    code = apply(amending, operation, number, language, amending.base)
    if code != MISSING or len(amending.woven.strands) == 1:
        return code
    present = structure(to_source(amending.woven, amending.base.source, draft))
    return apply(amending, operation, number, language, present)


def _without(operation: Operation, code: str) -> Outcome:
    quoted = operation.kind in _QUOTING and bool(operation.units)
    if quoted:
        return Outcome(operation, State.JUDGED_AS_QUOTED, code)
    return Outcome(operation, State.NEEDS_WORDING, code)


def _outcome(operation: Operation, code: str, base: int) -> Outcome:
    if not code:
        return Outcome(operation, State.REBUILT, base=base)
    quoted = operation.kind in _QUOTING and bool(operation.units)
    return Outcome(operation, State.JUDGED_AS_QUOTED if quoted else State.NOT_APPLIED, code, base=base)


# --- the amended text as a source -------------------------------------------------------------------------------------


def to_source(woven: Woven, base: SourceText, draft: SourceText) -> SourceText:
    """The amended text with its paragraphs: those of the base, those of the quoted wording, and the breaks made."""
    text = woven.text
    blocks: list[Block] = []
    for start, end, origin, offset in _paragraphs(woven, base, draft):
        if text[start:end].strip():
            blocks.append(_block(start, end, origin, offset, base, draft, len(blocks)))
    return SourceText(text, tuple(blocks), base.format, name=base.name)


def _paragraphs(woven: Woven, base: SourceText, draft: SourceText) -> list[tuple[int, int, Origin, int]]:
    """(start, end, where its first words come from, their offset there) of every paragraph."""
    ends = {Origin.BASE: _breaks(base), Origin.DRAFT: _breaks(draft)}
    found: list[tuple[int, int, Origin, int]] = []
    start, first = 0, (Origin.MADE, 0)
    for at, strand in woven.placed():
        place = 0
        while (cut := strand.text.find("\n", place)) >= 0:
            source = strand.start + cut
            if strand.origin is Origin.MADE or source in ends[strand.origin]:
                first = first if first[0] is not Origin.MADE or cut == place else (strand.origin, strand.start + place)
                found.append((start, at + cut, *first))
                start, first = at + cut + 1, (Origin.MADE, 0)
            place = cut + 1
        if first[0] is Origin.MADE and strand.origin is not Origin.MADE and at + len(strand.text) > start:
            first = (strand.origin, strand.start + start - at if start > at else strand.start)
    found.append((start, len(woven.text), *first))
    return found


def _breaks(source: SourceText) -> frozenset[int]:
    return frozenset(block.end for block in source.blocks)


def _block(start: int, end: int, origin: Origin, offset: int, base: SourceText, draft: SourceText, order: int) -> Block:
    source = draft if origin is Origin.DRAFT else base
    if origin is Origin.MADE or not source.blocks:
        return Block(BlockKind.PARAGRAPH, start, end, Place(order))
    like = source.block_at(offset)
    place = replace(like.place, paragraph=order, page=0)
    if origin is Origin.DRAFT and like.place.table >= 0:
        place = replace(place, table=like.place.table + _DRAFT_TABLES)
    return Block(like.kind, start, end, place, style=like.style)
