"""The process that writes highlights and notes into a PDF; the parent is ``annotated_pdf``.

Run as ``python -m expertise.documents.pdf_worker`` in a confined process: a PDF from outside is opened here and never
in the parent. Standard input: 8 bytes of length, JSON {annotations, limits}, the bytes of the PDF or of an image.
Standard output: the new PDF. Exit status 3: the file cannot be opened or changed.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ocr_images import frames_of, opened, picture_at

LENGTH = struct.Struct(">Q")
UNREADABLE = 3
_PRINTED = 4  # flag of an annotation that is printed with the page
_OPACITY = 110
_PDF_START = 1024  # bytes: the mark may stand behind junk
_CREATED = re.compile(rb"/CreationDate\s?\(D:\d{14}")
_NO_DATE = b"/CreationDate(D:20000101000000"  # the library writes the day; equal input gives equal bytes
_A4 = (595.0, 842.0)  # points
_ID = re.compile(rb"/ID\[<([0-9A-Fa-f]*)><([0-9A-Fa-f]{32})>\]")

Annotation = dict[str, Any]  # page (from 1), quads [[x0, y0, x1, y1], …] in points, colour [r, g, b], title, name, text


class CannotAnnotateError(Exception):
    """The library refused the file or the copy."""


def annotate(data: bytes, annotations: list[Annotation]) -> bytes:
    """The PDF with one highlight and note for each annotation; everything else stays as it is.

    Raises ``CannotAnnotateError`` for a file that cannot be opened or saved, and for a page that is not there.
    """
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise CannotAnnotateError("open")
    try:
        pages: dict[int, list[Annotation]] = {}
        for annotation in annotations:
            pages.setdefault(int(annotation["page"]), []).append(annotation)
        for number, mine in sorted(pages.items()):
            with _page(document, number) as page:
                for annotation in mine:
                    _highlight(page, annotation)
        return _settled(_saved(document), data, annotations)
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise CannotAnnotateError(f"page {number}")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _highlight(page: Any, annotation: Annotation) -> None:
    made = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    if not made:
        raise CannotAnnotateError("annotation")
    try:
        quads = annotation["quads"]
        red, green, blue = annotation["colour"]
        pdfium.FPDFAnnot_SetColor(made, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, _OPACITY)
        for x0, y0, x1, y1 in quads:
            points = pdfium.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
            pdfium.FPDFAnnot_AppendAttachmentPoints(made, points)
        left, bottom = min(quad[0] for quad in quads), min(quad[1] for quad in quads)
        right, top = max(quad[2] for quad in quads), max(quad[3] for quad in quads)
        pdfium.FPDFAnnot_SetRect(made, pdfium.FS_RECTF(left, top, right, bottom))
        pdfium.FPDFAnnot_SetFlags(made, _PRINTED)
        for key, value in (("Contents", annotation["text"]), ("T", annotation["title"]), ("NM", annotation["name"])):
            _set(made, key, value)
    finally:
        pdfium.FPDFPage_CloseAnnot(made)


def _set(annotation: Any, key: str, value: str) -> None:
    wide = value.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(wide, len(wide))
    pdfium.FPDFAnnot_SetStringValue(annotation, key.encode(), ctypes.cast(buffer, pdfium.FPDF_WIDESTRING))


def _saved(document: Any) -> bytes:
    """The whole file written anew: pdfium appends to a file that ends in an xref stream what others cannot read."""
    parts: list[bytes] = []

    def write(_: Any, block: Any, size: int) -> int:
        parts.append(ctypes.string_at(block, size))
        return 1

    target = pdfium.FPDF_FILEWRITE(version=1, WriteBlock=type(pdfium.FPDF_FILEWRITE().WriteBlock)(write))
    if not pdfium.FPDF_SaveAsCopy(document, target, pdfium.FPDF_NO_INCREMENTAL):
        raise CannotAnnotateError("save")
    return b"".join(parts)


def _settled(made: bytes, data: bytes, annotations: list[Annotation]) -> bytes:
    """The random half of the file's ID made a digest of what went in: equal input gives equal bytes.

    The first half belongs to the old file, and keys of encryption hang on it; it is left alone where there was one.
    """
    found = list(_ID.finditer(made))
    if not found:
        return made
    last = found[-1]
    digest = hashlib.sha256(data + json.dumps(annotations, sort_keys=True).encode()).hexdigest()[:32].upper().encode()
    first = last[1] if b"/ID" in data or b"/Encrypt" in made else digest
    return made[: last.start()] + b"/ID[<" + first + b"><" + digest + b">]" + made[last.end() :]


def pdf_of_image(data: bytes, limits: Limits) -> bytes:
    """The pages of an image as a PDF, each of the size in points in which its words were placed.

    A damaged page is an empty one, so that the others keep their numbers. Raises ``ReadingError`` as ``read_image``.
    """
    from PIL import Image

    made = pypdfium2.PdfDocument.new()
    with opened(data, limits) as image:
        for index in range(frames_of(image, limits)):
            picture = picture_at(image, index, limits)
            if picture is None:
                made.new_page(*_A4)
                continue
            sheet = BytesIO()
            Image.fromarray(picture.pixels).save(sheet, "PDF", resolution=picture.dpi)
            made.import_pages(pypdfium2.PdfDocument(sheet.getvalue()))
    written = BytesIO()
    made.save(written)
    digest = hashlib.sha256(data).hexdigest()[:32].upper().encode()
    return _ID.sub(b"/ID[<" + digest + b"><" + digest + b">]", _CREATED.sub(_NO_DATE, written.getvalue()))


def main() -> int:
    """Read the request, write the answer."""
    stream = sys.stdin.buffer
    (length,) = LENGTH.unpack(stream.read(LENGTH.size))
    asked = json.loads(stream.read(length))
    data = stream.read()
    try:
        if b"%PDF-" not in data[:_PDF_START]:
            data = pdf_of_image(data, Limits(**asked["limits"]))
        made = annotate(data, asked["annotations"])
    except (CannotAnnotateError, ReadingError):
        return UNREADABLE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
