"""A unit of an act in the notation of the draft cases («12» with sub «4)», «o1», «a1», «1/5)»).

Reads: the tree of an act. Writes: ``(unit, sub)``, as ``DraftFinding`` wants it.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.structure.act import Act, Role, Unit, UnitKind

_AMENDING = frozenset({Role.AMENDMENT, Role.QUOTED})


def gold_place(act: Act, address: str) -> tuple[str, str]:
    """``(unit, sub)`` of the unit with this address; ``("", "")`` when the act has no such unit.

    Annexes are counted in order («a1» is the first, whatever its own number). A point of the order part is «o1»; in an
    amending order it is the amendment, «1/5)», with the first point of the quoted wording as ``sub``.
    """
    chain = _chain(act.root, address)
    annex = next((unit for unit in chain if unit.kind is UnitKind.ANNEX), None)
    if annex is not None:
        return f"a{_annexes(act.root).index(annex.address) + 1}", ""
    if any(unit.role in _AMENDING for unit in chain):
        return _amendment(chain)
    article = _number(chain, UnitKind.ARTICLE)
    point = _number(chain, UnitKind.POINT)
    subpoint = _labelled(_number(chain, UnitKind.SUBPOINT))
    if article:
        return article, point or subpoint
    in_order = any(unit.kind is UnitKind.ORDER for unit in chain)
    return (f"o{point}" if in_order and point else point), subpoint


def _chain(unit: Unit, address: str) -> tuple[Unit, ...]:
    if unit.address == address:
        return (unit,)
    for child in unit.children:
        below = _chain(child, address)
        if below:
            return (unit, *below)
    return ()


def _annexes(unit: Unit) -> list[str]:
    """Addresses of the outermost annexes in document order."""
    if unit.kind is UnitKind.ANNEX:
        return [unit.address]
    return [address for child in unit.children for address in _annexes(child)]


def _amendment(chain: Sequence[Unit]) -> tuple[str, str]:
    quoted = [unit for unit in chain if unit.role is Role.QUOTED]
    outer = [unit for unit in chain if unit.role is not Role.QUOTED]
    labels = [_number(outer, UnitKind.POINT), _labelled(_number(outer, UnitKind.SUBPOINT))]
    return "/".join(label for label in labels if label), _number(quoted, UnitKind.POINT)


def _number(units: Sequence[Unit], kind: UnitKind) -> str:
    return next((unit.number for unit in units if unit.kind is kind), "")


def _labelled(number: str) -> str:
    return f"{number})" if number else ""
