"""The tree of an act as plain data, for ``saraptama structure FILE --json``."""

from __future__ import annotations

from typing import Any

from nlp.structure.act import Act, Unit
from nlp.structure.amendments.told import told, told_act
from nlp.structure.citations import Citations
from nlp.structure.operations import Operation, Step


def to_tree(act: Act, language: str = "") -> dict[str, Any]:
    """The act as nested dictionaries: kind, number, address, citation, role, heading, text, children.

    ``citation`` is in ``language`` ("ru" or "kk"), by default in the language of the unit. ``text`` holds only the
    unit's own words. JSON-ready; the root also has ``language``, ``is_act``, ``requisites``, ``notices`` and
    ``operations`` (the amendments, each also in words).
    """
    tree = _branch(act, act.root, language, Citations(act))
    tree["language"] = act.language
    tree["is_act"] = act.is_act
    tree["requisites"] = {name: getattr(act.requisites, name) for name in act.requisites.__dataclass_fields__}
    tree["notices"] = [{"code": notice.code, "params": dict(notice.params)} for notice in act.notices]
    tree["operations"] = [_operation(act, operation, language) for operation in act.operations]
    return tree


def _operation(act: Act, operation: Operation, language: str) -> dict[str, Any]:
    unit = act.find(operation.address)
    spoken = language or (unit.language if unit else "") or "ru"
    amended = operation.act
    return {
        "kind": operation.kind.value,
        "address": operation.address,
        "told": told(act, operation, spoken),
        "act": {name: getattr(amended, name) for name in amended.__dataclass_fields__ if name != "span"},
        "act_told": told_act(amended, spoken),
        "target": _path(operation.target),
        "instruction": act.text(operation.instruction),
        "old": act.text(operation.old),
        "new": act.text(operation.new),
        "units": list(operation.units),
        "after": _path(operation.after),
        **{name: getattr(operation, name) for name in ("everywhere", "inflected", "before")},
    }


def _path(steps: tuple[Step, ...]) -> list[dict[str, str]]:
    return [{"kind": step.kind.value, "number": step.number, "title": step.title} for step in steps]


def _branch(act: Act, unit: Unit, language: str, citations: Citations) -> dict[str, Any]:
    return {
        "kind": unit.kind.value,
        "number": unit.number,
        "address": unit.address,
        "citation": citations.cite(unit.address, language or unit.language or "ru"),
        "role": unit.role.value,
        "heading": act.text(unit.heading),
        "text": act.text(unit.own),
        "children": [_branch(act, child, language, citations) for child in unit.children],
    }
