"""Addresses of units, in the manner of Akoma Ntoso, and the frozen tree.

Grammar::

    address   = [owner "__"] step ("__" step)*
    owner     = "order" | "doc_" n | annex
    annex     = "annex" ["_" number]            annex of the main text (doc_1, or the act when there is no document)
              | "order__annex" ["_" number]     annex of the order beside an approved document
              | "doc_" n "__annex" ["_" number] annex of a further document
              | annex "__annex" ["_" number]    annex in new wording inside an annex of the amending act
    step      = "part_" n | "sec_" n | "subsec_" n | "task_" n                часть, раздел, подраздел, задача
              | "chp_" n | "subchp_" n                                       глава, параграф
              | "art_" n | "para_" n | "subpara_" n | "clause_" n | "indent_" n  статья, пункт, подпункт, часть, абзац
              | "table" ["_" n] | "row_" n | "note" | "qstr"
              | "title" | "stamp" | "preamble" | "enacting" | "requisite" | "signature" | "heading" | "text"
          | "current" | "reason" | "head"                        columns and head of a comparative table

Examples: ``art_7__para_2__subpara_3-1``, ``order__para_1``, ``doc_1__para_12__subpara_4``, ``annex_2__row_3``,
``doc_1__para_13__clause_2``, ``order__para_1__subpara_5__qstr__para_9__subpara_4`` (quoted new wording),
``row_4__qstr__art_5__para_2``, ``row_4__current__qstr__art_5__para_2`` (comparative table: proposed, in force).

Articles, and points outside articles, are numbered through a text and hang on its owner, without chapters; where
points start again at 1 under several headings, the heading is part of the address (``doc_1__chp_2__para_1``). Rows of
the first table of an annex hang on the annex. A second unit with the same address gets ``_2``, a third ``_3``; for
numbered units this gives a notice ``structure.duplicate_number``; a missing number gives ``structure.number_gap``.
"""

from __future__ import annotations

from nlp.reading.source import Notice
from nlp.structure.act import Role, Unit, UnitKind
from nlp.structure.nodes import Node
from nlp.structure.wording import language_of, number_key

STEPS = {
    UnitKind.ORDER: "order",
    UnitKind.DOCUMENT: "doc",
    UnitKind.ANNEX: "annex",
    UnitKind.PART: "part",
    UnitKind.SECTION: "sec",
    UnitKind.SUBSECTION: "subsec",
    UnitKind.TASK: "task",
    UnitKind.CHAPTER: "chp",
    UnitKind.PARAGRAPH: "subchp",
    UnitKind.ARTICLE: "art",
    UnitKind.POINT: "para",
    UnitKind.SUBPOINT: "subpara",
    UnitKind.CLAUSE: "clause",
    UnitKind.INDENT: "indent",
    UnitKind.TABLE: "table",
    UnitKind.ROW: "row",
}
OWNERS = (UnitKind.ACT, UnitKind.ORDER, UnitKind.DOCUMENT, UnitKind.ANNEX)
_THROUGH = (
    UnitKind.PART, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK, UnitKind.CHAPTER, UnitKind.ARTICLE,
    UnitKind.POINT,
)  # fmt: skip
_COUNTED = (*_THROUGH, UnitKind.PARAGRAPH, UnitKind.SUBPOINT, UnitKind.ANNEX)
_NAMED = {
    Role.TITLE: "title", Role.STAMP: "stamp", Role.PREAMBLE: "preamble", Role.ENACTING: "enacting",
    Role.REQUISITE: "requisite", Role.SIGNATURE: "signature", Role.HEADING: "heading",
    Role.CURRENT: "current", Role.REASON: "reason",
}  # fmt: skip


def freeze(root: Node, text: str, language: str) -> tuple[Unit, tuple[Notice, ...]]:
    """The tree with addresses and languages, and notices about numbering."""
    addresses = _Addresses()
    addresses.give(root)
    notices = [*addresses.notices, *_gaps(root)]
    return _unit(root, text, "ru" if language == "mixed" else language), tuple(notices)


def _unit(node: Node, text: str, language: str) -> Unit:
    own = node.own if node.own != (0, 0) else node.heading
    spoken = own != (0, 0)
    language = language_of(text[own[0] : own[1]], language) if spoken else language
    children = tuple(_unit(child, text, language) for child in node.children)
    if not spoken and children and node.kind in OWNERS:
        language = children[-1].language
    return Unit(
        node.kind,
        node.number,
        node.address,
        (node.start, node.end),
        node.own,
        node.heading,
        node.role,
        language,
        children,
    )


class _Addresses:
    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.times: dict[str, int] = {}
        self.notices: list[Notice] = []
        self.restarts: dict[int, set[UnitKind]] = {}
        self.documents = 0

    def give(self, node: Node) -> None:
        if node.kind in OWNERS:
            self.restarts[id(node)] = _restarts(node)
        if node.kind is UnitKind.ACT:
            node.address = "act"
            self.taken.add("act")
        else:
            self._address(node)
        for child in node.children:
            self.give(child)

    def _address(self, node: Node) -> None:
        prefix, step = self._prefix(node), self._step(node)
        wanted = f"{prefix}__{step}" if prefix else step
        times = self.times.get(wanted, 0) + 1
        address = wanted if times == 1 else f"{wanted}_{times}"
        while address in self.taken:
            times += 1
            address = f"{wanted}_{times}"
        self.times[wanted] = times
        self.taken.add(address)
        node.address = address
        if times > 1 and node.kind in _COUNTED and node.number and not node.quoted:
            self.notices.append(Notice("structure.duplicate_number", (("address", address), ("number", node.number))))

    def _step(self, node: Node) -> str:
        if node.kind is UnitKind.DOCUMENT:
            self.documents += 1
            return f"doc_{self.documents}"
        if node.kind is UnitKind.TEXT:
            return "note" if node.style == "note" else _NAMED.get(node.role, "text")
        if node.kind is UnitKind.ROW and node.style == "head":
            return "head"
        step = STEPS[node.kind]
        return f"{step}_{node.number.replace(' ', '')}" if node.number else step

    def _prefix(self, node: Node) -> str:
        parent = node.parent
        if parent is None:
            return ""
        if node.quoted and not parent.quoted:
            return _join(parent, "qstr")
        if node.kind is UnitKind.ANNEX:
            return self._annex_prefix(node)
        if node.kind is UnitKind.ROW and parent.address.endswith("table") and not node.quoted:
            return _of(parent.parent)
        if node.kind in _THROUGH:
            return self._through(node)
        return _of(parent)

    def _annex_prefix(self, node: Node) -> str:
        parent = node.parent
        if parent is not None and parent.kind is UnitKind.ANNEX:
            return parent.address
        if parent is not None and parent.kind is UnitKind.DOCUMENT:
            return "" if parent.address == "doc_1" else parent.address
        has_document = parent is not None and any(child.kind is UnitKind.DOCUMENT for child in parent.children)
        return "order" if has_document else ""

    def _through(self, node: Node) -> str:
        parent = node.parent
        while parent is not None and parent.kind is UnitKind.POINT and node.style == "dotted":
            parent = parent.parent
        if parent is None or (node.kind is UnitKind.POINT and not _is_heading_or_owner(parent)):
            return _of(parent)
        owner: Node = parent
        while owner.kind not in OWNERS and owner.parent is not None:
            if owner.quoted and not owner.parent.quoted:
                return _join(owner.parent, "qstr")
            owner = owner.parent
        return _of(parent) if node.kind in self.restarts.get(id(owner), ()) else _of(owner)


def _of(node: Node | None) -> str:
    return "" if node is None or node.kind is UnitKind.ACT else node.address


def _join(node: Node, step: str) -> str:
    prefix = _of(node)
    return f"{prefix}__{step}" if prefix else step


def _is_heading_or_owner(node: Node) -> bool:
    return node.kind in OWNERS or node.kind in (
        UnitKind.PART, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK, UnitKind.CHAPTER, UnitKind.PARAGRAPH,
    )  # fmt: skip


def _restarts(owner: Node) -> set[UnitKind]:
    """Kinds that start again at 1 under several headings of this text."""
    firsts: dict[UnitKind, set[int]] = {}
    for node in _inside(owner):
        parent = node.parent
        if node.kind not in _THROUGH or node.kind is UnitKind.ARTICLE or parent is None or node.quoted:
            continue
        if _is_heading_or_owner(parent) and node.number and number_key(node.number) == (1,):
            firsts.setdefault(node.kind, set()).add(id(parent))
    return {kind for kind, parents in firsts.items() if len(parents) > 1}


def _inside(owner: Node) -> list[Node]:
    """Units of one text, without the texts and quotations inside it, in document order."""
    found: list[Node] = []
    queue = list(reversed(owner.children))
    while queue:
        node = queue.pop()
        if node.kind in OWNERS:
            continue
        found.append(node)
        queue.extend(reversed(node.children))
    return found


def _gaps(root: Node) -> list[Notice]:
    notices: list[Notice] = []
    owners = [root] + [node for child in root.children for node in (child, *child.children) if node.kind in OWNERS]
    for owner in owners:
        last: dict[tuple[UnitKind, str, int], int] = {}
        for node in _inside(owner):
            if node.quoted or node.kind not in (UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CHAPTER):
                continue
            if not node.number[:1].isdigit() or node.style == "dotted":
                continue
            through = (
                node.kind in (UnitKind.ARTICLE, UnitKind.POINT) and node.parent and _is_heading_or_owner(node.parent)
            )
            key = (node.kind, node.style, id(owner if through else node.parent))
            number = number_key(node.number)[0]
            before = last.get(key)
            if before is not None and number > before + 1:
                missing = str(before + 1) if number == before + 2 else f"{before + 1}–{number - 1}"
                notices.append(Notice("structure.number_gap", (("address", node.address), ("missing", missing))))
            last[key] = number
    return notices
