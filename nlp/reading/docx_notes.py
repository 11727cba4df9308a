"""Notes, comments, headers and footers of a DOCX: kept aside, never judged.

Reads: the parts beside the document. Writes: ``Dropped``. ISO/IEC 29500-1, 17.10, 17.11, 17.13.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nlp.reading.docx_package import Package
from nlp.reading.ooxml import NAMES, PARAGRAPH_TAGS, Element, value
from nlp.reading.revisions import tokens_of
from nlp.reading.source import Dropped, DropReason, Place

_OUTSIDE = Place(-1)
_NOTES = (
    ("footnotes", "footnote", DropReason.FOOTNOTE),
    ("endnotes", "endnote", DropReason.FOOTNOTE),
    ("comments", "comment", DropReason.COMMENT),
)


def set_aside(package: Package, anchors: Mapping[tuple[str, str], Place]) -> Iterator[Dropped]:
    """Texts of the notes and comments at the places that ``anchors`` gives for (kind, id); headers and footers once.

    Notes nobody refers to, headers and footers have the place -1.
    """
    for part, kind, reason in _NOTES:
        for root in package.related(part):
            for note in root:
                # Word keeps the lines that part notes from the text as notes of a special type.
                if NAMES[note.tag] == "w:" + kind and (value(note, "type") or "normal") == "normal":
                    text = _text(note)
                    if text:
                        yield Dropped(reason, text, anchors.get((kind, value(note, "id") or ""), _OUTSIDE))
    seen: set[str] = set()
    for part in ("header", "footer"):
        for root in package.related(part):
            text = _text(root)
            if text and text not in seen:
                seen.add(text)
                yield Dropped(DropReason.HEADER_FOOTER, text, _OUTSIDE)


def _text(element: Element) -> str:
    lines = ("".join(token.text for token in tokens_of(each).accepted) for each in element.iter(*PARAGRAPH_TAGS))
    return "\n".join(line.strip() for line in lines if line.strip())
