"""Once a tree has grown: numbered parts of codes, ordinals of clauses and indents, spans of parents."""

from __future__ import annotations

from nlp.structure.act import UnitKind
from nlp.structure.formulas import formulas
from nlp.structure.nodes import Node
from nlp.structure.wording import fold

_ENOUGH_ARTICLES = 5


def number_parts(root: Node, text: str, form: str) -> None:
    """In procedural and penal codes «1.» numbers a часть of an article, elsewhere a пункт (methodology 5.1).

    The text's own references decide («часть вторая статьи 5» against «пункт 2 статьи 5»); only laws and codes with
    several articles are asked.
    """
    articles = [node for node in _walk(root) if node.kind is UnitKind.ARTICLE and node.of_kind(UnitKind.POINT)]
    if len(articles) < _ENOUGH_ARTICLES or form not in ("", "law", "code"):
        return
    folded = fold(text)
    groups = formulas().groups
    parts = len(groups["numbered_parts.parts"].findall(folded))
    points = len(groups["numbered_parts.points"].findall(folded))
    if parts <= points:
        return
    for article in articles:
        for point in article.of_kind(UnitKind.POINT):
            point.kind = UnitKind.CLAUSE
            for clause in point.of_kind(UnitKind.CLAUSE):
                clause.kind = UnitKind.INDENT


def settle(node: Node) -> None:
    """Number clauses and indents below ``node`` and make every span hold the spans of the children."""
    _wrap_first_clause(node)
    clause, indent, quoted = 0, 1 if node.own != (0, 0) or _has_lead(node) else 0, 0
    for child in node.children:
        if child.quoted and not node.quoted and child.kind in (UnitKind.CLAUSE, UnitKind.INDENT):
            quoted += 1
            child.number = child.number or str(quoted)
        elif child.kind is UnitKind.CLAUSE:
            clause += 1
            child.number = child.number or str(clause)
        elif child.kind is UnitKind.INDENT:
            indent += 1
            child.number = child.number or str(indent)
        settle(child)
    if node.children:
        node.start = min(node.start, node.children[0].start)
        node.end = max(node.end, max(child.end for child in node.children))


def _wrap_first_clause(node: Node) -> None:
    """The first paragraph of a unit of several clauses is its clause 1, to be cited so: «часть первая пункта 5»."""
    unnumbered = [
        child
        for child in node.children
        if child.kind is UnitKind.CLAUSE and not child.number and child.quoted == node.quoted
    ]
    if not unnumbered or node.own == (0, 0) or node.kind in (UnitKind.ACT, UnitKind.TEXT):
        return
    first = Node(
        UnitKind.CLAUSE,
        start=node.own[0],
        end=node.own[1],
        own=node.own,
        role=node.role,
        quoted=node.quoted,
        parent=node,
    )
    first.mark = ":"
    node.own = (0, 0)
    node.children.insert(0, first)


def _has_lead(node: Node) -> bool:
    return bool(node.children) and node.children[0].kind is UnitKind.CLAUSE and node.kind is not UnitKind.TEXT


def _walk(node: Node) -> list[Node]:
    found, queue = [], [node]
    while queue:
        top = queue.pop()
        found.append(top)
        queue.extend(reversed(top.children))
    return found
