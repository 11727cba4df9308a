"""Tracked changes (``w:ins``, ``w:del``) written into a built draft."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from draft_source import Address, Piece, SourceError, before, pieces


def apply_changes(places: dict[Address, Paragraph], revisions: dict[str, Any], styles: dict[str, str]) -> None:
    """Marks the changes in the paragraphs at their addresses.

    Raises ``SourceError`` when an address does not exist, or when a text without its insertions is not what stands in
    the draft: a change must never alter other words in passing.
    """
    writer = _Writer(revisions["author"], revisions["date"])
    for change in revisions["changes"]:
        address = Address(**(change.get("at") or change["after"]))
        if address not in places:
            raise SourceError(f"tracked change: there is no {address}")
        changed = pieces(change["text"])
        if "at" in change:
            if before(changed) != places[address].text:
                raise SourceError(f"tracked change: the old words of {address} differ from the draft")
            writer.rewrite(places[address], changed)
        else:
            writer.insert_after(places[address], changed, styles[change["style"]])


class _Writer:
    """Writes revisions of one author; every revision of the file gets its own number."""

    def __init__(self, author: str, date: str) -> None:
        self.author = author
        self.date = date
        self.count = 0

    def rewrite(self, paragraph: Paragraph, changed: list[Piece]) -> None:
        """Replaces the runs; a paragraph deleted to the last word loses its mark too, so that no empty line stays."""
        for run in paragraph.runs:
            paragraph._p.remove(run._r)
        for piece in changed:
            paragraph._p.append(self._content(piece))
        if all(piece.change == "del" for piece in changed):
            self._mark(paragraph, "w:del")

    def insert_after(self, paragraph: Paragraph, changed: list[Piece], style: str) -> None:
        """A new paragraph that exists only in the insertion."""
        if any(piece.change != "ins" for piece in changed):
            raise SourceError("tracked change: a new paragraph may hold inserted words only")
        element: Any = OxmlElement("w:p")
        paragraph._p.addnext(element)
        fresh = Paragraph(element, paragraph._parent)
        fresh.style = style
        for piece in changed:
            element.append(self._content(piece))
        self._mark(fresh, "w:ins")

    def _content(self, piece: Piece) -> Any:
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText" if piece.change == "del" else "w:t")
        words.text = piece.text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        if not piece.change:
            return run
        revision = self._revision(f"w:{piece.change}")
        revision.append(run)
        return revision

    def _mark(self, paragraph: Paragraph, tag: str) -> None:
        properties = paragraph._p.get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(self._revision(tag))
        following = properties.find(qn("w:sectPr"))
        if following is None:
            properties.append(mark)
        else:
            following.addprevious(mark)

    def _revision(self, tag: str) -> Any:
        self.count += 1
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(self.count))
        element.set(qn("w:author"), self.author)
        element.set(qn("w:date"), self.date)
        return element
