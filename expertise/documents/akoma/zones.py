"""Parts of a document – preface, preamble, body, conclusions, attachments – out of what stands in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.structure.act import Role, Unit, UnitKind

_PREFACE = frozenset({Role.REQUISITE, Role.TITLE, Role.STAMP, Role.HEADING})
_PREAMBLE = frozenset({Role.PREAMBLE, Role.ENACTING})
_CONCLUSIONS = frozenset({Role.SIGNATURE, Role.STAMP, Role.REQUISITE})
ATTACHED = frozenset({UnitKind.DOCUMENT, UnitKind.ANNEX})


@dataclass(frozen=True, slots=True)
class Zones:
    """Units of one document, in order; text order is never changed."""

    preface: Sequence[Unit]
    preamble: Sequence[Unit]
    body: Sequence[Unit]
    conclusions: Sequence[Unit]
    attachments: Sequence[Unit]


def zones(owner: Unit) -> Zones:
    """The zones of an act, of an approved document or of an annex. The units of an order are those of its act."""
    units: list[Unit] = []
    for child in owner.children:
        units += child.children if child.kind is UnitKind.ORDER and child.children else (child,)
    first = _run(units, lambda unit: _simple(unit, _PREFACE))
    second = first + _run(units[first:], lambda unit: _simple(unit, _PREAMBLE))
    attached = next((n for n, unit in enumerate(units) if n >= second and unit.kind in ATTACHED), len(units))
    closing = attached - _run(units[second:attached][::-1], lambda unit: _simple(unit, _CONCLUSIONS))
    return Zones(
        units[:first], units[first:second], units[second:closing], units[closing:attached], units[attached:]
    )  # fmt: skip


def _simple(unit: Unit, roles: frozenset[Role]) -> bool:
    return unit.kind is UnitKind.TEXT and unit.role in roles and not unit.children


def _run(units: Sequence[Unit], belongs: Callable[[Unit], bool]) -> int:
    return next((n for n, unit in enumerate(units) if not belongs(unit)), len(units))
