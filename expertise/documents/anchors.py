"""Comment anchors put exactly around words of a paragraph of a Word file.

Reads: a ``w:p`` and spans in its accepted text (``nlp.reading.revisions``). Writes: ``w:commentRangeStart``,
``w:commentRangeEnd`` and a reference run into it. Runs are split where an anchor falls inside one, with their
properties copied; nothing else changes. ISO/IEC 29500-1, 17.13.4 (comments).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from expertise.documents.ooxml import XML, Element, Maker
from nlp.reading.ooxml import child, name_of
from nlp.reading.revisions import AcceptedRun, accepted_runs

_CONTAINERS = frozenset(
    {"w:p", "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:fldSimple", "w:dir", "w:bdo"}
    | {"w:sdt", "w:sdtContent"}
)
# Content controls whose content Word makes anew (bound to data) or that hold plain text only take no anchors inside.
_LOCKED = ("w:dataBinding", "w:text")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One end of a comment: ``offset`` in the accepted text of the paragraph at index ``paragraph``."""

    comment: int
    paragraph: int
    offset: int
    opens: bool


def place_anchors(paragraphs: list[Element], anchors: Iterable[Anchor], maker: Maker) -> None:
    """Put anchors into their paragraphs. At one offset, ends stand before beginnings, both in the order given."""
    grouped: dict[int, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        grouped[anchor.paragraph].append(anchor)
    for index, mine in sorted(grouped.items()):
        _Anchored(paragraphs[index], maker).place(mine)


class _Anchored:
    """One paragraph (with those it runs on into) while anchors are put in."""

    def __init__(self, paragraph: Element, maker: Maker) -> None:
        self._paragraph = paragraph
        self._maker = maker
        self._runs = accepted_runs(paragraph)

    def place(self, anchors: list[Anchor]) -> None:
        """From the last offset to the first, so that splitting does not move what is still to be placed."""
        by_offset: dict[int, list[Anchor]] = defaultdict(list)
        length = self._runs[-1].end if self._runs else 0
        for anchor in anchors:
            by_offset[min(max(anchor.offset, 0), length)].append(anchor)
        for offset in sorted(by_offset, reverse=True):
            self._place_at(offset, by_offset[offset])

    def _place_at(self, offset: int, anchors: list[Anchor]) -> None:
        closing = [element for anchor in anchors if not anchor.opens for element in self._closing(anchor)]
        opening = [self._opening(anchor) for anchor in anchors if anchor.opens]
        left, right = self._parted(offset)
        if left is None and right is None:
            self._paragraph.extend([*opening, *closing])  # an empty paragraph: a point
            return
        if left is not None:
            _insert_after(left, closing)
        elif right is not None:
            _insert_before(right, closing)
        if right is not None:
            _insert_before(right, opening)
        elif left is not None:
            _insert_after(left, opening)

    def _opening(self, anchor: Anchor) -> Element:
        return self._maker.make("commentRangeStart", id=anchor.comment)

    def _closing(self, anchor: Anchor) -> list[Element]:
        reference = self._maker.make("r", self._maker.make("commentReference", id=anchor.comment))
        return [self._maker.make("commentRangeEnd", id=anchor.comment), reference]

    def _parted(self, offset: int) -> tuple[Element | None, Element | None]:
        """Elements between which ``offset`` falls; a run is split for it where it can be.

        Where it cannot (a formula, a locked control) both are the whole element.
        """
        before = next((run for run in reversed(self._runs) if run.end <= offset), None)
        inside = next((run for run in self._runs if run.start < offset < run.end), None)
        after = next((run for run in self._runs if run.start >= offset), None)
        if inside is not None:
            return self._split_text(inside, offset)
        left = self._carrier(before.node) if before else None
        right = self._carrier(after.node) if after else None
        if left is not None and left is right:
            assert after is not None
            return self._split_run(left, after.node)
        return left, right

    def _carrier(self, node: Element) -> Element:
        """The outermost element above ``node`` that anchors can stand beside."""
        path = [node]
        while path[-1] is not self._paragraph:
            parent = path[-1].getparent()
            if parent is None or name_of(parent) == "w:p":
                break
            path.append(parent)
        for element in reversed(path):
            if name_of(element) not in _CONTAINERS or _is_locked(element):
                return element
        return node

    def _split_text(self, inside: AcceptedRun, offset: int) -> tuple[Element, Element]:
        carrier = self._carrier(inside.node)
        if not _is_splittable(carrier, inside.node):
            return carrier, carrier
        words = inside.node.text or ""
        cut = offset - inside.start
        right = deepcopy(inside.node)
        right.tail = None
        inside.node.text, right.text = words[:cut], words[cut:]
        for node in (inside.node, right):
            node.set(f"{{{XML}}}space", "preserve")
        inside.node.addnext(right)
        return self._split_run(carrier, right)

    def _split_run(self, carrier: Element, node: Element) -> tuple[Element, Element]:
        """Give ``node`` and what follows it in its run a run of their own."""
        if not _is_splittable(carrier, node):
            return carrier, carrier
        moved = [node, *node.itersiblings()]
        rest = deepcopy(carrier)
        rest[:] = []
        properties = child(carrier, "w:rPr")
        if properties is not None:
            copied = deepcopy(properties)
            copied.tail = None
            rest.append(copied)
        rest.extend(moved)
        rest.tail, carrier.tail = carrier.tail, None
        carrier.addnext(rest)
        return carrier, rest


def _is_splittable(carrier: Element, node: Element) -> bool:
    return name_of(carrier) == "w:r" and node.getparent() is carrier


def _is_locked(element: Element) -> bool:
    if name_of(element) != "w:sdt":
        return False
    properties = child(element, "w:sdtPr")
    return properties is not None and any(child(properties, lock) is not None for lock in _LOCKED)


def _insert_before(element: Element, added: list[Element]) -> None:
    for each in added:
        element.addprevious(each)


def _insert_after(element: Element, added: list[Element]) -> None:
    for each in reversed(added):
        tail, element.tail = element.tail, None
        element.addnext(each)
        each.tail = tail
