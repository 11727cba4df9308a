"""Spreadsheets, pages of the net, pictures, files that LibreOffice converts, files under a wrong name, files of two kinds."""

# ruff: noqa: E501 - a table: one file a line

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from random import Random

from PIL import Image

from tests.hostile import prints
from tests.hostile.case import READ, Case, case
from tests.hostile.zips import GOOD, NORM, unpacked
from tests.reading.hostile import BILLION_LAUGHS, archive, compound_file, docx, paragraph

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CELL = f'<c r="A1" t="inlineStr"><is><t>{NORM}</t></is></c>'
_EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_NO_PICTURE = (
    "ocr_missing",
    "ocr_timeout",
    "image_without_text",
    "image_damaged",
    "image_too_large",
    "image",
    "format_not_supported",
)
_NO_PROGRAM = ("needs_conversion", "program_missing", "program_failed", "program_output", "not_converted")

# Spreadsheets


def sheet(rows: str, before: str = "", after: str = "", prologue: str = "", **more: str) -> bytes:
    """A spreadsheet of one sheet, its parts stored as they are."""
    office = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/{{}}" Target="{{}}"/></Relationships>'
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{types.format("sheet.main")}"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types.format("worksheet")}"/>'
        f'</Types>',
        "_rels/.rels": office.format("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": office.format("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="Лист" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{prologue}<worksheet xmlns="{_SHEET}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
    }  # fmt: skip
    return unpacked(archive({**parts, **more}))


_ROW = f'<row r="1">{_CELL}</row>'
_SHEETS = ("xlsx_damaged", "format_not_supported", "table_too_large", "too_complex", "too_deep", "archive_bomb")

SHEETS: list[Case] = [
    case("sheet-plain.xlsx", "a good spreadsheet, made as the others are", lambda _: sheet(_ROW), READ, holds=NORM),
    case("sheet-size.xlsx", "17 billion cells are promised", lambda _: sheet(_ROW, '<dimension ref="A1:XFD1048576"/>'), READ, *_SHEETS),
    case("sheet-far.xlsx", "words in the last cell there is", lambda _: sheet(_ROW + f'<row r="1048576">{_CELL.replace("A1", "XFD1048576")}</row>'), READ, *_SHEETS),
    case("sheet-farther.xlsx", "cells beyond the last one", lambda _: sheet(_ROW + '<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row><row r="-1"><c r="A-1"><v>1</v></c></row>'), READ, *_SHEETS),
    case("sheet-merged.xlsx", "the whole sheet merged", lambda _: sheet(_ROW, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), READ, *_SHEETS),
    case("sheet-many-merged.xlsx", "20,000 merged pieces over each other", lambda _: sheet(_ROW, after="<mergeCells>" + '<mergeCell ref="A1:Z9"/>' * 20_000 + "</mergeCells>"), READ, *_SHEETS),
    case("sheet-laughs.xlsx", "entities that unfold to a billion", lambda _: sheet('<row r="1"><c t="inlineStr"><is><t>&i;</t></is></c></row>', prologue=BILLION_LAUGHS), "doctype", "format_not_supported"),
    case("sheet-external.xlsx", "an entity from a file", lambda _: sheet(_ROW.replace(NORM, "&x;"), prologue=_EXTERNAL), "doctype", "format_not_supported", lacks="root:"),
    case("sheet-strings.xlsx", "numbers of strings that are not there", lambda _: sheet('<row r="1"><c r="A1" t="s"><v>99999999</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="s"><v>x</v></c></row>'), "empty", READ, *_SHEETS),
    case("sheet-numbers.xlsx", "numbers and dates without sense", lambda _: sheet('<row r="1">' + "".join(f'<c r="A1" t="{t}"><v>{v}</v></c>' for t in ("n", "d", "b", "e", "zz", "") for v in ("1e999", "-1e999", "NaN", "9" * 5000, "")) + f"</row>{_ROW}"), READ, "empty", *_SHEETS),
    case("sheet-deep.xlsx", "100,000 nested elements", lambda _: sheet("<row>" * 100_000 + "</row>" * 100_000), "empty", READ, *_SHEETS),
    case("sheet-wide.xlsx", "a sheet of 300,000 cells", lambda _: sheet("".join(f'<row r="{n}">' + '<c><v>1</v></c>' * 100 + "</row>" for n in range(1, 3001))), READ, *_SHEETS, slow=True),
    case("sheet-rows.xlsx", "a million empty rows", lambda _: sheet("<row/>" * 10**6 + _ROW), READ, "empty", *_SHEETS, slow=True),
    case("sheet-no-sheets.xlsx", "no sheet at all", lambda _: archive({"xl/workbook.xml": "<workbook/>"}), "empty", *_SHEETS),
    case("sheet-binary.xls", "an old spreadsheet", compound_file("Workbook"), "format_not_supported"),
]  # fmt: skip

# Pages of the net


def page(body: str, head: str = "") -> bytes:
    """A page of the net."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


_PAGE = f"<p>{NORM}</p>"
_PAGES = ("format_not_supported", "too_deep", "table_too_large", "too_complex", "empty")
PAGES: list[Case] = [
    case("page-plain.html", "a good page", lambda _: page(_PAGE), READ, "format_not_supported", holds=NORM),
    case("page-deep.html", "100,000 nested pieces", lambda _: page("<div>" * 100_000 + _PAGE), READ, *_PAGES),
    case("page-bold.html", "20,000 bold marks in each other, never closed", lambda _: page("<b><i>" * 20_000 + _PAGE), READ, *_PAGES),
    case("page-tables.html", "tables in tables", lambda _: page("<table><tr><td>" * 3000 + _PAGE), READ, *_PAGES),
    case("page-spans.html", "a cell over a billion rows and columns", lambda _: page(f'<table><tr><td rowspan="999999999" colspan="999999999">{NORM}</td><td rowspan="65534" colspan="1000">а</td></tr>' + "<tr><td>б</td></tr>" * 100 + "</table>"), READ, *_PAGES),
    case("page-many-spans.html", "3,000 cells over 60,000 rows each", lambda _: page("<table>" + f'<tr><td rowspan="60000">{NORM}</td></tr>' * 3000 + "</table>"), READ, *_PAGES),
    case("page-lists.html", "numbers of lists without sense", lambda _: page('<ol start="-99999999999999999999" reversed>' + '<li value="99999999999999999999">а</li>' * 100 + "</ol>" + "<ol><li>" * 150 + _PAGE), READ, *_PAGES),
    case("page-script.html", "scripts, frames, things to be fetched", lambda _: page('<script>document.write("чужое")</script><iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object><link rel=stylesheet href="http://127.0.0.1:9/a.css"><img src="file:///etc/passwd"><style>чужое</style><template>чужое</template>' + _PAGE), READ, "format_not_supported", holds=NORM, lacks=("root:", "чужое")),
    case("page-entities.html", "entities declared and numbered without sense", lambda _: (BILLION_LAUGHS + "<html><body>&i;&#99999999999;&#0;&#xD800;&#x80;" + _PAGE + "</body></html>").encode(), READ, "doctype", *_PAGES),
    case("page-comment.html", "a comment that never ends", lambda _: page(_PAGE + "<!--" + "-" * 200_000), READ, *_PAGES),
    case("page-brackets.html", "200,000 brackets", lambda _: page("<" * 200_000 + _PAGE), READ, *_PAGES),
    case("page-attributes.html", "a tag of 10,000 attributes", lambda _: page("<p " + " ".join(f"a{n}=1" for n in range(10_000)) + ">" + NORM + "</p>"), READ, *_PAGES),
    case("page-head.html", "a head that never ends", lambda _: b"<html><head>" + b"<!--a-->" * 100_000, "empty", READ, "not_text", *_PAGES),
    case("page-charset.html", "an encoding that is told falsely", lambda _: f"<html><head><meta charset='utf-16'></head><body>{_PAGE}</body></html>".encode("cp1251"), READ, *_PAGES),
    case("page-image.html", "a picture of a megabyte in the page", lambda _: page(f'<img src="data:image/png;base64,{"A" * 10**6}">' + _PAGE), READ, *_PAGES),
    case("page-parts.mht", "parts in parts", lambda _: b"".join(b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(500)) + b"Content-Type: text/html\n\n" + page(_PAGE), READ, "not_text", *_PAGES),
    case("page-parts-many.mht", "20,000 parts", lambda _: b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n' + b"--b\nContent-Type: text/plain\n\nx\n" * 20_000 + b"--b\nContent-Type: text/html; charset=utf-8\n\n" + page(_PAGE) + b"\n--b--\n", READ, "not_text", "archive_bomb", *_PAGES),
    case("page-many.html", "200,000 paragraphs", lambda _: page("<p>а</p>" * 200_000), READ, *_PAGES, slow=True),
    case("page-cells.html", "600,000 cells", lambda _: page("<table>" + ("<tr>" + "<td>1</td>" * 100 + "</tr>") * 6000 + "</table>"), *_PAGES, slow=True),
]  # fmt: skip

# Pictures


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, lines: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """A black and white PNG of these lines, which may be too few."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = b"".join(_chunk(*each) for each in more)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + body
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _frames(kind: str, count: int) -> bytes:
    stream = BytesIO()
    first = Image.new("L", (8, 8), 255)
    first.save(stream, kind, save_all=True, append_images=[Image.new("L", (8, 8), n % 255) for n in range(count - 1)])
    return stream.getvalue()


def _tiff_ring() -> bytes:
    """The list of pictures comes back to its beginning."""
    rows = [
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 3, 1, 8),
        (279, 4, 1, 64),
    ]
    table = struct.pack("<H", len(rows)) + b"".join(struct.pack("<HHII", *row) for row in rows) + struct.pack("<I", 72)
    return b"II*\0" + struct.pack("<I", 72) + bytes(64) + table


def _blank(kind: str, side: int = 400) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (side, side), "white").save(stream, kind)
    return stream.getvalue()


PICTURES: list[Case] = [
    case("picture-flood.png", "four billion points in 60 bytes", lambda _: png(65_000, 65_000, b""), *_NO_PICTURE),
    case("picture-flood-true.png", "900 million points, all there", lambda _: png(30_000, 30_000, bytes(30_000 * 3751)), *_NO_PICTURE, slow=True),
    case("picture-text-bomb.png", "50 MB of remarks in a picture", lambda _: png(8, 8, bytes(16), (b"zTXt", b"a\0\0" + zlib.compress(bytes(50 * 10**6)))), *_NO_PICTURE),
    case("picture-profile-bomb.png", "50 MB of a profile of colours", lambda _: png(8, 8, bytes(16), (b"iCCP", b"a\0\0" + zlib.compress(bytes(50 * 10**6)))), *_NO_PICTURE),
    case("picture-chunks.png", "50,000 remarks", lambda _: png(8, 8, bytes(16), *[(b"tEXt", b"a\0b")] * 50_000), *_NO_PICTURE),
    case("picture-cut.png", "a picture cut in two", lambda _: _blank("PNG")[:300], *_NO_PICTURE),
    case("picture-cut.jpg", "a photograph cut in two", lambda _: _blank("JPEG")[:600], *_NO_PICTURE),
    case("picture-noise.jpg", "the mark of a photograph and noise", lambda random: b"\xff\xd8\xff\xe0" + random.randbytes(5000), *_NO_PICTURE),
    case("picture-ring.tiff", "pictures in a ring", lambda _: _tiff_ring(), READ, *_NO_PICTURE),
    case("picture-frames.gif", "3,000 pictures in one", lambda _: _frames("GIF", 3000), *_NO_PICTURE),
    case("picture-header.bmp", "a header that promises everything", lambda _: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 2**31 - 1, -(2**31), 1, 32, 0, 0, 0, 0, 0, 0) + b"\xd8\x01" * 40, "not_text", *_NO_PICTURE),
    case("picture-djvu.djvu", "a format that is not read", b"AT&TFORM" + bytes(100), *_NO_PICTURE),
    case("picture-frames.tiff", "250 empty pages in a TIFF", lambda _: _frames("TIFF", 250), READ, "too_many_pages", "ocr_timeout", *_NO_PICTURE, slow=True),
    case("picture-blank.png", "a white page", lambda _: _blank("PNG"), *_NO_PICTURE, slow=True),
]  # fmt: skip

# Files for LibreOffice


def open_text(
    body: str, prologue: str = "", manifest: str = "", kind: str = "application/vnd.oasis.opendocument.text"
) -> bytes:
    """An ODT."""
    spaces = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    content = f'<?xml version="1.0"?>{prologue}<office:document-content{spaces} office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    listed = f'<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>'
    return unpacked(archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": listed}))


def rich(body: str) -> bytes:
    """An RTF."""
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in body)
    return b"{\\rtf1\\ansi " + escaped.encode() + b"}"


_ODT = f"<text:p>{NORM}</text:p>"
_CONVERTED = (
    READ,
    "empty",
    "too_deep",
    "too_complex",
    "table_too_large",
    "timeout",
    "docx_damaged",
    "format_not_supported",
    *_NO_PROGRAM,
)
OFFICE: list[Case] = [
    case("office-laughs.odt", "entities that unfold to a billion", lambda _: open_text("<text:p>&i;</text:p>", BILLION_LAUGHS), "doctype", "format_not_supported", slow=True),
    case("office-external.odt", "an entity from a file", lambda _: open_text("<text:p>&x;</text:p>", _EXTERNAL), "doctype", "format_not_supported", lacks="root:", slow=True),
    case("office-password.odt", "parts encrypted with a password", lambda _: open_text(_ODT, manifest="<manifest:encryption-data/>"), "encrypted", "format_not_supported", *_NO_PROGRAM, slow=True),
    case("office-repeated.odt", "a cell repeated a billion times", lambda _: open_text(f'<table:table><table:table-column table:number-columns-repeated="999999999"/><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999">{_ODT}</table:table-cell></table:table-row></table:table>'), *_CONVERTED, "memory", "truncated", slow=True),
    case("office-spaces.odt", "a blank repeated a billion times", lambda _: open_text(f'<text:p><text:s text:c="999999999"/>{NORM}</text:p>'), *_CONVERTED, "memory", "too_long", slow=True),
    case("office-links.odt", "sections and pictures of other files", lambda _: open_text('<text:section text:name="a" xmlns:xlink="http://www.w3.org/1999/xlink"><text:section-source xlink:href="file:///etc/passwd"/></text:section>' + _ODT), *_CONVERTED, lacks="root:", slow=True),
    case("office-deep.odt", "sections in sections", lambda _: open_text("<text:section>" * 5000 + _ODT + "</text:section>" * 5000), *_CONVERTED, slow=True),
    case("office-groups.rtf", "200,000 groups in each other", lambda _: b"{\\rtf1 " + b"{" * 200_000, *_CONVERTED, "truncated", slow=True),
    case("office-binary.rtf", "two billion bytes are promised", lambda _: rich("\\bin2147483647 ") + bytes(1000), "truncated", slow=True),
    case("office-numbers.rtf", "numbers without sense", lambda _: rich("".join(f"\\{word}-99999999999 " for word in ("fs", "li", "trowd\\cellx", "ls", "u", "cols", "sectd\\pghsxn")) + NORM), *_CONVERTED, slow=True),
    case("office-fields.rtf", "fields and objects of other files", lambda _: rich("{\\field{\\*\\fldinst INCLUDETEXT \"/etc/passwd\"}{\\fldrslt x}}{\\object\\objlink{\\*\\objdata 0105000002}}" + NORM), *_CONVERTED, lacks="root:", slow=True),
    case("office-broken.doc", "a Word file of old times with nothing in it", lambda _: compound_file("WordDocument"), *_CONVERTED, "truncated", slow=True),
    case("office-noise.doc", "the mark of an old file and noise", lambda random: bytes.fromhex("d0cf11e0a1b11ae1") + random.randbytes(20_000), "truncated", *_CONVERTED, slow=True),
    case("office-macro.fodt", "a flat document with a macro", lambda _: ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:scripts><office:script>Shell</office:script></office:scripts><office:body><office:text>' + _ODT + "</office:text></office:body></office:document>").encode(), *_CONVERTED, slow=True),
]  # fmt: skip

# Files under a wrong name, files of two kinds

_KINDS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "docx": (GOOD, (READ,)),
    "pdf": (prints.one(), (READ,)),
    "txt": ((NORM + "\n").encode(), (READ,)),
    "html": (page(_PAGE), (READ, "format_not_supported")),
    "xlsx": (sheet(_ROW), (READ, "format_not_supported")),
    "gif": (b"GIF89a" + bytes(50), ("image", "image_damaged")),
    "zip": (archive({"a.txt": NORM}), ("format_not_supported",)),
    "exe": (b"MZ" + bytes(range(256)) * 20, ("not_text",)),
}
_NAMES = ("docx", "pdf", "txt", "doc", "rtf", "odt", "xlsx", "html", "png", "", "exe", "docx.exe")
RENAMED: list[Case] = [
    case(f"renamed-{kind}{'.' if name else ''}{name}", f"{kind.upper()} under the name «{name}»", data, *outcomes)
    for kind, (data, outcomes) in _KINDS.items()
    for name in _NAMES
    if name != kind
]


def _both(first: bytes, second: bytes) -> bytes:
    return first + b"\n" + second


TWOFOLD: list[Case] = [
    case("two-pdf-zip.pdf", "a PDF with a Word file behind it", lambda _: _both(prints.one(), GOOD), READ, "pdf_damaged", holds=NORM),
    case("two-zip-pdf.docx", "a Word file that begins with the mark of a PDF", lambda _: b"%PDF-1.7\n" + GOOD, "pdf_damaged"),
    case("two-docx-xlsx.docx", "a Word file that is a spreadsheet too", lambda _: docx(paragraph(NORM), **{"xl__workbook_xml": "<workbook/>"}), READ, holds=NORM),
    case("two-docx-odt.odt", "a Word file that is an ODT too", lambda _: docx(paragraph(NORM), **{"content_xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}), READ, "format_not_supported", *_NO_PROGRAM, slow=True),
    case("two-html-pdf.html", "a page that begins like a PDF", lambda _: b"<!-- %PDF-1.4 -->" + page(_PAGE), READ, "pdf_damaged", "format_not_supported"),
    case("two-gif-script.gif", "a picture that is a text", lambda _: b"GIF89a/*" + NORM.encode() + b"*/", "image", "image_damaged"),
    case("two-rtf-text.txt", "a text that begins like an RTF", lambda _: b"{\\rtx" + NORM.encode(), READ, *_NO_PROGRAM, slow=True),
    case("two-bom-pdf.txt", "a PDF behind the mark of a text", lambda _: b"\xef\xbb\xbf" + prints.one(), READ, "pdf_damaged"),
    case("two-mz-docx.exe", "a program in front of a Word file", lambda random: b"MZ" + _shuffled(random), "not_text"),
]  # fmt: skip


def _shuffled(random: Random) -> bytes:
    return random.randbytes(2000) + GOOD


CASES: list[Case] = [*SHEETS, *PAGES, *PICTURES, *OFFICE, *RENAMED, *TWOFOLD]
