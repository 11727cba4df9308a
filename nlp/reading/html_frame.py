"""What of a page is the page and not the act: menus, headers, lists of links, tables of contents made of links.

Reads: the tree. Writes: why an element is set aside as a whole. Judged by names (``data/html.yaml``) and by the share
of links; nothing that holds a good part of the page's text is ever set aside.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from nlp.reading.html_look import names_of, word_part, words
from nlp.reading.html_tree import Element, text_of
from nlp.reading.joining import starts_heading, starts_item
from nlp.reading.source import DropReason

_WEIGHED = frozenset(
    {"ul", "ol", "div", "table", "tr", "td", "nav", "header", "footer", "aside", "section", "main", "article", "p"}
    | {"form", "body", "span", "center", "menu", "dl"}
)
_LIST_TAGS = frozenset({"ul", "ol", "div", "table", "td", "p", "menu", "dl", "section", "center"})
_MOST = 0.3  # of the page's text: what holds more is no frame
_MAIN = 0.85  # of the page's text: what holds as much is all that matters
_LINKED = 0.8  # of the text: a list of links
_PARTLY_LINKED = 0.3
_FEWEST_LINKS = 3
_LONGEST_LINK = 80  # characters, on average
_HEADINGS = 0.6  # of the links of a table of contents


@dataclass(slots=True)
class _Weight:
    letters: int = 0
    linked: int = 0
    links: int = 0
    inner: int = 0  # links to places of the page itself


class Frame:
    """Judges the elements of one page."""

    def __init__(self, root: Element) -> None:
        self._weights = _weigh(root)
        self._total = max((each.letters for each in self._weights.values()), default=0)
        self._main = self._find_main(root)
        self._above_main = frozenset(self._main.iterancestors()) if self._main is not None else frozenset()

    def reason(self, element: Element) -> DropReason | None:
        """Why an element is set aside with all that it holds; None when it is not."""
        part = _WORD_PARTS.get(word_part(element))
        if part:
            return part
        weight = self._weights.get(element)
        if weight is None or not weight.letters:
            return None
        if weight.letters > _MOST * self._total and not (weight.links and element.tag == "nav"):
            return None
        names = names_of(element)
        if not names.isdisjoint(words().contents) and weight.linked > _LINKED * weight.letters:
            return DropReason.TABLE_OF_CONTENTS
        if not names.isdisjoint(words().around):
            return DropReason.HEADER_FOOTER
        if not names.isdisjoint(words().around_with_links) and weight.linked > _PARTLY_LINKED * weight.letters:
            return DropReason.HEADER_FOOTER
        return self._list_of_links(element, weight)

    def is_outside(self, element: Element) -> bool:
        """Whether an element stands beside the part that holds the text. Asked from above; not inside that part."""
        return self._main is not None and element is not self._main and element not in self._above_main

    @property
    def main(self) -> Element | None:
        """The part that holds nearly all the text, when the page names one."""
        return self._main

    def _find_main(self, root: Element) -> Element | None:
        for element in root.iter("main", "article", "div", "section"):
            named = element.tag in ("main", "article") or element.get("role") == "main"
            if named and self._weights[element].letters > _MAIN * self._total:
                return element
        return None

    def _list_of_links(self, element: Element, weight: _Weight) -> DropReason | None:
        if element.tag not in _LIST_TAGS or weight.links < _FEWEST_LINKS:
            return None
        if weight.linked < _LINKED * weight.letters:
            return None
        texts = [text_of(link).strip() for link in element.iter("a")]
        if weight.inner == weight.links:
            headings = sum(1 for text in texts if starts_heading(text) or starts_item(text))
            return DropReason.TABLE_OF_CONTENTS if headings >= _HEADINGS * weight.links else None
        plain = not any(starts_item(text) or text.endswith((".", ";")) for text in texts)
        short = weight.letters <= _LONGEST_LINK * weight.links
        return DropReason.HEADER_FOOTER if plain and short else None


_WORD_PARTS = {
    "footnote": DropReason.FOOTNOTE,
    "endnote": DropReason.FOOTNOTE,
    "footnote-list": DropReason.FOOTNOTE,
    "endnote-list": DropReason.FOOTNOTE,
    "comment": DropReason.COMMENT,
    "comment-list": DropReason.COMMENT,
    "header": DropReason.HEADER_FOOTER,
    "footer": DropReason.HEADER_FOOTER,
}


def _weigh(root: Element) -> dict[Element, _Weight]:
    """Letters and links below every container, counted once from below."""
    weights: dict[Element, _Weight] = {}
    open_ones: list[_Weight] = []
    in_link = 0
    ignored = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            ignored += tag in words().ignored
            in_link += _is_link(element)
            open_ones.append(_Weight(links=int(_is_link(element)), inner=int(_is_inner(element))))
            if not ignored:
                _count(open_ones[-1], element.text, in_link)
            continue
        weight = open_ones.pop()
        ignored -= tag in words().ignored
        in_link -= _is_link(element)
        if tag in _WEIGHED:
            weights[element] = weight
        if open_ones:
            above = open_ones[-1]
            above.letters += weight.letters
            above.linked += weight.linked
            above.links += weight.links
            above.inner += weight.inner
            if not ignored:
                _count(above, element.tail, in_link)
    return weights


def _count(weight: _Weight, text: str | None, in_link: int) -> None:
    length = len(text.strip()) if text else 0
    weight.letters += length
    if in_link:
        weight.linked += length


def _is_link(element: Element) -> bool:
    return element.tag == "a" and element.get("href") is not None


def _is_inner(element: Element) -> bool:
    return _is_link(element) and element.get("href", "").startswith("#")
