"""Drawings in a Word file: as PNG parts, each with its relation and the run that shows it.

Source: ECMA-376 part 1, 20.4 (inline drawings), 20.2 (pictures).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from lxml import etree

from expertise.documents.model import Picture
from expertise.documents.ooxml import Element, R, W
from expertise.documents.pictures import png
from expertise.documents.xmltext import clean

_EMU = 36_000  # in a millimetre
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RUN = """<w:r xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{a}" xmlns:pic="{pic}" xmlns:r="{r}"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>
<wp:docPr id="{number}" name="{name}" descr={alt}/>
<a:graphic><a:graphicData uri="{pic}"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


class Pictures:
    """The drawings of one file, numbered as they come; a file without any is as it would be without this."""

    def __init__(self) -> None:
        self._made: list[bytes] = []

    def run(self, picture: Picture) -> Element:
        """The run that shows a drawing. Raises ``FontsMissingError``."""
        self._made.append(png(picture.svg, picture.width, picture.height))
        number = len(self._made)
        filled = _RUN.format(
            w=W, wp=_WP, a=_A, pic=_PIC, r=R, cx=round(picture.width * _EMU), cy=round(picture.height * _EMU),
            number=number, name=f"image{number}", alt=quoteattr(clean(picture.alt)), relation=f"rIdP{number}",
        )  # fmt: skip
        return etree.fromstring(filled.replace("\n", "").encode())

    def types(self, fixed: bytes) -> bytes:
        """The list of content types with that of PNG."""
        new = b'<Default Extension="png" ContentType="image/png"/><Override'
        return fixed.replace(b"<Override", new, 1) if self._made else fixed

    def relations(self, fixed: bytes) -> bytes:
        """The relations of the body with those of the drawings."""
        added = "".join(
            f'<Relationship Id="rIdP{number}" Type="{_IMAGE}" Target="media/image{number}.png"/>'
            for number in range(1, len(self._made) + 1)
        )
        return fixed.replace(b"</Relationships>", added.encode() + b"</Relationships>")

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Names and bytes of the pictures."""
        for number, data in enumerate(self._made, start=1):
            yield f"word/media/image{number}.png", data
