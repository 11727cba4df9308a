"""Roles of units: points of the order part by their formulas, definitions, aims, principles, amendments, forms."""

from __future__ import annotations

import re

from nlp.structure.act import Role, UnitKind
from nlp.structure.amendments.reading import amends_by_title, announces_changes, is_frame, is_instruction, may_instruct
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import LANGUAGES, formulas
from nlp.structure.nodes import Node
from nlp.structure.wording import fold

_ORDER_ROLES = (
    (Role.APPROVAL, "approval"), (Role.REPEAL, "repeal"), (Role.CONTROL, "control"),
    (Role.ENTRY_INTO_FORCE, "entry_into_force"), (Role.REGISTRATION, "registration"), (Role.AMENDMENT, "amendment"),
)  # fmt: skip
_LIST_ROLES = ((Role.DEFINITION, "definition"), (Role.AIM, "aim"), (Role.PRINCIPLE, "principle"))
_ITEMS = (UnitKind.SUBPOINT, UnitKind.INDENT)
_KEPT = (
    Role.TITLE,
    Role.STAMP,
    Role.HEADING,
    Role.REQUISITE,
    Role.SIGNATURE,
    Role.PREAMBLE,
    Role.ENACTING,
    Role.QUOTED,
    Role.CURRENT,
    Role.REASON,
    Role.EXCLUDED,
)
_NUMBERED = (UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE)
_TERM_LENGTH = 300  # characters in which a definition must come to its dash
_BLANK = re.compile(r"_{3,}")
_FEW_BLANKS = 3


def assign_roles(root: Node, text: str) -> None:
    """Set the roles of all nodes below ``root`` (methodology 5.2, 5.3, 6.7, 6.8)."""
    _Roles(text).texts(root)


class _Roles:
    def __init__(self, text: str) -> None:
        self.text = text

    def texts(self, root: Node) -> None:
        amending = self._title_has(root, "order_roles.amendment") or self._amending_title(root)
        for child in root.children:
            if child.kind is UnitKind.ORDER:
                for point in child.children:
                    self._order_point(point)
            elif child.kind in (UnitKind.DOCUMENT, UnitKind.ANNEX):
                self._attached(child)
            elif child.role is Role.NORM:
                self._norms(child, "", amending=amending and self._has(child, "order_roles.amendment"))

    # --- the order part ---------------------------------------------------------------------------------------------

    def _order_point(self, point: Node) -> None:
        own = self._first_words(point)
        first_item = next((self._own(node) for node in point.children if node.kind in _ITEMS), "")
        for role, group in _ORDER_ROLES:
            name = f"order_roles.{group}"
            hit = formulas().has(name, own) or (role is Role.REGISTRATION and formulas().has(name, first_item))
            hit = hit or (role is Role.APPROVAL and not own.endswith((".", ";")) and self._tail_has(point, name))
            if hit:
                self._spread(point, role)
                return
        self._norms(point, "")

    def _tail_has(self, point: Node, group: str) -> bool:
        """In Kazakh the verb stands at the end of the last item: «1. Қоса беріліп отырған: 1) …; 2) … бекітілсін.»"""
        items = [node for node in point.children if node.kind in _ITEMS]
        return bool(items) and formulas().has(group, self._own(items[-1]).rstrip())

    def _spread(self, node: Node, role: Role) -> None:
        if node.role not in _KEPT:
            node.role = role
        for child in node.children:
            if child.role is not Role.QUOTED:
                self._spread(child, role)

    # --- approved documents and annexes -----------------------------------------------------------------------------

    def _attached(self, owner: Node) -> None:
        title = next((self._own(node) for node in owner.children if node.role is Role.TITLE), "")
        form = form_of_title(title, "document")
        if owner.role is Role.FORM or (owner.kind is UnitKind.ANNEX and self._is_blank(owner)):
            self._spread(owner, Role.FORM)
            return
        if formulas().has("stamps.repealed", title):
            self._spread_children(owner, Role.REPEAL)
            return
        changes = (form is not None and form.id == "changes") or amends_by_title(title)
        for child in owner.children:
            if child.kind is UnitKind.ANNEX:
                self._attached(child)
            elif changes and child.role not in _KEPT:
                self._spread(child, Role.AMENDMENT)
            elif child.role is Role.NORM:
                self._norms(child, "")

    def _spread_children(self, owner: Node, role: Role) -> None:
        for child in owner.children:
            if child.kind is not UnitKind.ANNEX:
                self._spread(child, role)

    def _is_blank(self, owner: Node) -> bool:
        """A form to be filled in: several blanks «____» in the annex."""
        return len(_BLANK.findall(self.text[owner.start : owner.end])) >= _FEW_BLANKS + self._stamp_blanks(owner)

    def _stamp_blanks(self, owner: Node) -> int:
        stamps = [node for node in owner.children if node.role is Role.STAMP]
        return sum(len(_BLANK.findall(self.text[node.start : node.end])) for node in stamps)

    # --- norms ------------------------------------------------------------------------------------------------------

    def _norms(self, node: Node, heading: str, amending: bool = False) -> None:
        if node.role in _KEPT:
            return
        if node.kind in _NUMBERED and formulas().has("roles.excluded", self._own(node)):
            node.role = Role.EXCLUDED
            return
        if amending or node.role is Role.AMENDMENT or self._announces(node):
            self._spread(node, Role.AMENDMENT)
            return
        if node.kind is UnitKind.ARTICLE:
            heading = self._words(node.heading)
        own = self._own(node)
        if own:
            self._text_role(node, own, heading)
        for child in node.children:
            self._norms(child, heading)
        self._list_role(node, heading)
        self._frame_role(node)
        self._repeal_role(node)

    def _announces(self, node: Node) -> bool:
        """«Внести в Закон … следующие изменения:»."""
        own = self.text[node.own[0] : node.own[1]]
        return formulas().has("order_roles.amendment", self._own(node)[:600]) and announces_changes(own)

    def _repeal_role(self, node: Node) -> None:
        """Acts listed below «признать утратившими силу:», or above the Kazakh verb in the last item of the list."""
        items = node.of_kind(UnitKind.SUBPOINT)
        leads = node.role is Role.REPEAL and self._own(node).endswith(":")
        closes = len(items) > 1 and items[-1].role is Role.REPEAL and self._tail_has(node, "order_roles.repeal")
        alone = all(item.role is Role.NORM for item in items[:-1])
        if items and (leads or (closes and alone and not formulas().has("roles.repeal", self._own(items[0])))):
            for item in items:
                self._spread(item, Role.REPEAL)

    def _frame_role(self, node: Node) -> None:
        """«в статье 5:» above instructions is a part of them."""
        amends = any(child.role is Role.AMENDMENT for child in node.children)
        for place, child in enumerate(node.children):
            following = node.children[place + 1] if place + 1 < len(node.children) else None
            leads = following is not None and following.role is Role.AMENDMENT and child.role is Role.NORM
            if leads and is_frame(self.text[child.own[0] : child.own[1]]):
                child.role = Role.AMENDMENT
        if amends and node.role is Role.NORM and is_frame(self.text[node.own[0] : node.own[1]]):
            node.role = Role.AMENDMENT

    def _text_role(self, node: Node, own: str, heading: str) -> None:
        has = formulas().has
        if has("roles.entry_into_force", own):
            node.role = Role.ENTRY_INTO_FORCE
        elif has("roles.repeal", own):
            node.role = Role.REPEAL
        elif may_instruct(own) and is_instruction(self.text[node.own[0] : node.own[1]]):
            node.role = Role.AMENDMENT
        else:
            for role, name in _LIST_ROLES[1:]:
                if has(f"roles.{name}", own):
                    node.role = role

    def _list_role(self, node: Node, heading: str) -> None:
        """Items of a list of definitions, aims or principles have the role of its lead-in."""
        lead: Node | None = node if node.own != (0, 0) else None
        items: list[Node] = []
        for child in [*node.children, None]:
            if child is not None and child.kind in _ITEMS:
                items.append(child)
                continue
            if items and lead is not None:
                self._items_role(lead, items, heading)
            lead, items = child, []

    def _items_role(self, lead: Node, items: list[Node], heading: str) -> None:
        own = self._own(lead)
        for role, name in _LIST_ROLES:
            by_heading = bool(heading) and formulas().has(f"roles.{name}_heading", heading) and own.endswith(":")
            group = "roles.definition_lead" if role is Role.DEFINITION else f"roles.{name}"
            if not (formulas().has(group, own) or by_heading):
                continue
            lead.role = role
            for item in items:
                if role is not Role.DEFINITION or self._is_definition(item):
                    self._spread(item, role)
            return

    def _is_definition(self, item: Node) -> bool:
        words = self._words(item.own)[:_TERM_LENGTH]
        return any(dash in words for code in LANGUAGES for dash in formulas().data[code]["definition_dash"])

    # --- words ------------------------------------------------------------------------------------------------------

    def _words(self, span: tuple[int, int]) -> str:
        return fold(self.text[span[0] : span[1]]).strip()

    def _own(self, node: Node) -> str:
        return self._words(node.own)

    def _first_words(self, node: Node) -> str:
        if node.own != (0, 0) or not node.children:
            return self._own(node)
        return self._own(node.children[0])

    def _has(self, node: Node, group: str) -> bool:
        return any(formulas().has(group, self._own(part)[:600]) for part in (node, *node.children))

    def _title_has(self, root: Node, group: str) -> bool:
        return any(node.role is Role.TITLE and formulas().has(group, self._own(node)) for node in root.children)

    def _amending_title(self, root: Node) -> bool:
        return any(
            node.role is Role.TITLE and formulas().has("amendments.title", self._own(node)) for node in root.children
        )
