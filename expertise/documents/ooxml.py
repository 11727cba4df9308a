"""Small words to write WordprocessingML: elements by their short names, runs of safe text, archives of equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from lxml import etree

from expertise.documents.xmltext import clean

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment an archive can name: no clock in the bytes

_SIGNS = {"\n": "br", "\t": "tab", "\u2011": "noBreakHyphen", "\u00ad": "softHyphen"}
_PIECE = re.compile("[\n\t\u2011\u00ad]|[^\n\t\u2011\u00ad]+")


class Maker:
    """Makes elements of one WordprocessingML namespace (Transitional by default)."""

    def __init__(self, namespace: str = W) -> None:
        self.namespace = namespace

    def name(self, local: str) -> str:
        """Clark name of a ``w:`` name."""
        return f"{{{self.namespace}}}{local}"

    def make(self, local: str, /, *children: Element | None, **attributes: object) -> Element:
        """``<w:local w:attribute="…">`` with these children; None among them is left out."""
        element = etree.Element(self.name(local), nsmap={"w": self.namespace})
        for key, value in attributes.items():
            element.set(self.name(key), str(value))
        element.extend(child for child in children if child is not None)
        return element

    def run(self, text: str, properties: Element | None = None) -> Element:
        """A run of safe text; line feeds, tabs and unbreakable hyphens become Word's own."""
        run = self.make("r", properties)
        for piece in _PIECE.findall(clean(text)):
            run.append(self.make(_SIGNS[piece]) if piece in _SIGNS else self.text(piece))
        return run

    def text(self, words: str) -> Element:
        """``w:t`` that keeps its blanks; ``words`` must be safe already."""
        element = self.make("t")
        element.text = words
        element.set(f"{{{XML}}}space", "preserve")
        return element


def serialized(root: Element) -> bytes:
    """One part as bytes, with the declaration that Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def archive(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of these parts in this order: same parts, same bytes."""
    buffer = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in pairs:
            target.writestr(member(name), data)
    return buffer.getvalue()


def member(name: str) -> zipfile.ZipInfo:
    """Description of a new part, without clock and system."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    return info
