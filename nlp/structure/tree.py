"""The tree of an act as plain data, for ``saraptama structure FILE --json``."""

from __future__ import annotations

from typing import Any

from nlp.structure.act import Act, Unit
from nlp.structure.citations import Citations


def to_tree(act: Act, language: str = "") -> dict[str, Any]:
    """The act as nested dictionaries: kind, number, address, citation, role, heading, text, children.

    ``citation`` is in ``language`` ("ru" or "kk"), by default in the language of the unit. ``text`` holds only the
    unit's own words. JSON-ready; the root also has ``language``, ``is_act``, ``requisites`` and ``notices``.
    """
    tree = _branch(act, act.root, language, Citations(act))
    tree["language"] = act.language
    tree["is_act"] = act.is_act
    tree["requisites"] = {name: getattr(act.requisites, name) for name in act.requisites.__dataclass_fields__}
    tree["notices"] = [{"code": notice.code, "params": dict(notice.params)} for notice in act.notices]
    return tree


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
