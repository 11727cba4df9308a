"""Line breaks for people, only where the schema takes no text: nothing is added to the words of the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from expertise.documents.akoma.ids import NAMESPACE

if TYPE_CHECKING:
    from lxml.etree import _Element

MIXED = frozenset(f"{{{NAMESPACE}}}{name}" for name in ("num", "heading", "p"))


def indent(root: _Element) -> None:
    """Indent what holds elements only; all inside ``num``, ``heading`` and ``p`` stays as it is."""
    queue = [(root, 0)]
    while queue:
        parent, depth = queue.pop()
        if parent.tag in MIXED or not len(parent):
            continue
        parent.text = "\n" + "  " * (depth + 1)
        for child in parent:
            child.tail = parent.text
            queue.append((child, depth + 1))
        parent[-1].tail = "\n" + "  " * depth


def words_of(root: _Element) -> str:
    """The words of the act in a file that ``akoma_ntoso`` made: all clean text but its line breaks, in order."""
    meta = f"{{{NAMESPACE}}}meta"
    found: list[str] = []
    depth = outside = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node.tag == meta:
            outside += 1 if event == "start" else -1
        if outside:
            continue
        if event == "start":
            depth += node.tag in MIXED
            found.append((node.text or "") if depth else "")
        else:
            depth -= node.tag in MIXED
            found.append((node.tail or "") if depth else "")
    return "".join(found)
