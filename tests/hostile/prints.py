"""PDF files that are hostile, written object by object: loops, lies about sizes, bombs, actions, masses of pages."""

# ruff: noqa: E501 - a table: one file a line

from __future__ import annotations

import zlib
from io import BytesIO
from random import Random

from tests.hostile.case import READ, Case, case

_FIRST = 0xC0  # codes from here on are Cyrillic letters in order, as in Windows-1251
NORM = "Орган рассматривает заявление в течение пяти рабочих дней."
_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
    b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <20> <7E> <0020> <C0> <FF> <0410> endbfrange "
    b"endcmap end end"
)
_FONT = b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 32/LastChar 255/Widths[%s]/ToUnicode 4 0 R>>" % (
    b" ".join([b"500"] * 224)
)
_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<<%s>>>>/Contents %d 0 R%s>>"
)


def stream(content: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, extra = zlib.compress(content, 9), extra + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(content), content)


def write(objects: dict[int, bytes], trailer: bytes = b"", head: bytes = b"%PDF-1.7\n") -> bytes:
    """A file of these objects with a right table of places; object 1 is the catalogue."""
    body = bytearray(head)
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    top = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(top))
    start = len(body)
    return bytes(body) + b"xref\n0 %d\n%strailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        top, table, top, trailer, start,
    )  # fmt: skip


def shown(text: str, size: float = 12, x: float = 70, y: float = 700) -> bytes:
    """Operators that print a line."""
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode("cp1251").replace(b"(", b"\\("))


def document(
    contents: bytes = shown(NORM),
    page: bytes = b"",
    catalogue: bytes = b"",
    more: dict[int, bytes] | None = None,
    pages: bytes = b"/Kids[10 0 R]/Count 1",
    forms: bytes = b"",
    trailer: bytes = b"",
) -> dict[int, bytes]:
    """Objects of a file of one page: 1 catalogue, 2 pages, 3 font, 4 its letters, 10 page, 11 contents."""  # fmt: skip
    return {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue, 2: b"<</Type/Pages%s>>" % pages, 3: _FONT, 4: stream(_UNICODE),
        10: _PAGE % (forms, 11, page), 11: stream(contents), **(more or {}),
    }  # fmt: skip


def one(**parts: bytes | dict[int, bytes]) -> bytes:
    """The file of ``document``."""
    return write(document(**parts))  # type: ignore[arg-type]


def many(count: int, contents: bytes, page: bytes = b"") -> bytes:
    """``count`` pages that share one run of contents."""
    kids = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    more = {20 + n: _PAGE % (b"", 11, page) for n in range(count)}
    return write(document(contents, pages=b"/Kids[%s]/Count %d" % (kids, count), more=more))


def pictures(count: int) -> bytes:
    """``count`` pages with nothing but one grey picture."""
    picture = stream(
        b"\x80" * 4, b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    kids = b" ".join(b"%d 0 R" % (20 + n) for n in range(count))
    more = {20 + n: _PAGE % (b"/I 5 0 R", 11, b"") for n in range(count)}
    objects = document(b"q 595 0 0 842 0 0 cm /I Do Q", pages=b"/Kids[%s]/Count %d" % (kids, count), more=more)
    return write({**objects, 5: picture})


def _form(inner: bytes, forms: bytes = b"") -> bytes:
    return stream(
        inner, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<<%s>>>>" % forms
    )


def _form_chain(depth: int, width: int) -> bytes:
    """Forms that each show the next one ``width`` times: ``width ** depth`` lines in all."""
    more = {100 + n: _form(b"/N Do " * width, b"/N %d 0 R" % (101 + n)) for n in range(depth)}
    more[100 + depth] = _form(shown(NORM))
    return one(contents=b"/N Do", forms=b"/N 100 0 R", more=more)


def _page_chain(depth: int) -> bytes:
    more = {100 + n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (101 + n) for n in range(depth)}
    more[100 + depth] = _PAGE % (b"", 11, b"")
    return one(pages=b"/Kids[100 0 R]/Count 1", more=more)


def _filters(times: int, size: int) -> bytes:
    content = bytes(size)
    for _ in range(times):
        content = zlib.compress(content, 9)
    names = b"/FlateDecode" * times
    return one(more={11: b"<</Filter[%s]/Length %d>>stream\n%s\nendstream" % (names, len(content), content)})


def _locked(user: str, owner: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, ownerPassword=owner, canCopy=0), invariant=1)
    canvas.drawString(100, 100, "Agency decides within five days.")
    canvas.save()
    return buffer.getvalue()


def _looping_xref() -> bytes:
    """Every table of places names itself as the one before it."""
    data = one()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Size", b"/Prev %d/Size" % start)


def _xref_stream(prev: int, size: bytes, index: bytes = b"") -> bytes:
    """Places in a stream: a predecessor that is itself, a size beyond all bounds."""
    body = bytearray(b"%PDF-1.7\n")
    rows = [b"\0\0\0\0\xff"]
    for number, content in enumerate([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"], start=1):
        rows.append(b"\1" + len(body).to_bytes(3, "big") + b"\0")
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at = len(body)
    head = b"/Type/XRef/W[1 3 1]/Root 1 0 R/Size %s%s" % (size, index)
    head += b"/Prev %d" % (at if prev < 0 else prev)
    body += b"3 0 obj\n" + stream(b"".join(rows), head) + b"\nendobj\nstartxref\n%d\n%%%%EOF" % at
    return bytes(body)


def _object_streams() -> bytes:
    """Streams of objects that hold each other, and the catalogue in the last."""
    body = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in (5, 6):
        places[number] = len(body)
        other = 11 - number
        inner = b"%d 0 1 10 <</Type/Catalog/Pages 2 0 R>> <<>>" % other
        body += b"%d 0 obj\n%s\nendobj\n" % (
            number, stream(inner, b"/Type/ObjStm/N 2/First 9/Extends %d 0 R" % other),
        )  # fmt: skip
    rows = b"\0\0\0\0\xff" + b"\2\0\0\5\0" + b"\2\0\0\6\1" + b"\2\0\0\6\0" * 2 + b"\2\0\0\6\0" + b"\2\0\0\5\0"
    at = len(body)
    body += (
        b"7 0 obj\n" + stream(rows, b"/Type/XRef/W[1 3 1]/Root 1 0 R/Size 7") + b"\nendobj\nstartxref\n%d\n%%%%EOF" % at
    )
    return bytes(body)


def _type3() -> bytes:
    """Letters that are drawings, and one that calls itself."""
    glyph = stream(b"500 0 d0 BT /F2 1 Tf (a) Tj ET 0 0 500 500 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 97/LastChar 98"
        b"/Widths[500 500]/Encoding<</Type/Encoding/Differences[97/a/b]>>/CharProcs<</a 31 0 R/b 31 0 R>>"
        b"/Resources<</Font<</F2 30 0 R>>>>>>"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 30 0 R>>>>/Contents 11 0 R>>"
    )
    content = shown(NORM) + b"BT /F2 12 Tf 70 600 Td (abababababababababab) Tj ET"
    return one(contents=content, more={10: page, 30: font, 31: glyph})


def _without_unicode() -> bytes:
    """Glyph numbers without letters."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>]>>"
    )
    line = b"BT /F1 12 Tf 70 700 Td <%s> Tj ET" % b"".join(b"%04X" % (0xE000 + n) for n in range(60))
    return one(contents=line, more={3: font})


def _long_letters(length: int) -> bytes:
    """Every code stands for ``length`` letters: a short line is a long text."""
    letters = b"0430" * length
    rows = b"".join(b"<%02X> <%s>\n" % (code, letters) for code in range(0x20, 0x80))
    cmap = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 96 beginbfchar " + rows + b"endbfchar endcmap"
    return one(contents=b"".join(shown("A" * 100, 4, 10, 5 * n) for n in range(150)), more={4: stream(cmap)})


def _marked(content: bytes) -> bytes:
    return shown(NORM) + content


_ACTIONS = (
    b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9'\\))>>"
    b"/AA<</WC<</S/Launch/F(/bin/sh)>>>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(while\\(1\\){})>>]>>"
    b"/EmbeddedFiles<</Names[(a.exe) 50 0 R]>>>>/AcroForm<</XFA 51 0 R/Fields[52 0 R]>>"
)
_ATTACHED = {
    50: b"<</Type/Filespec/F(a.exe)/EF<</F 53 0 R>>>>", 53: stream(b"MZ" + "чужое вложение".encode()),
    51: stream(b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><xdp>&x;</xdp>"),
    52: b"<</FT/Tx/T(a)/V(b)/Kids[52 0 R]/Parent 52 0 R>>",
}  # fmt: skip


def _outlines() -> bytes:
    """Bookmarks and names that point at each other in a ring."""
    more = {
        60: b"<</Type/Outlines/First 61 0 R/Last 61 0 R/Count 99999999>>",
        61: b"<</Title(a)/Parent 61 0 R/Next 61 0 R/Prev 61 0 R/First 60 0 R>>", 62: b"<</Kids[62 0 R 62 0 R]>>",
    }  # fmt: skip
    return one(catalogue=b"/Outlines 60 0 R/Names 62 0 R/Dests 62 0 R/StructTreeRoot 62 0 R", more=more)


def _boxed(box: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources<</Font<</F1 3 0 R>>>>/Contents 11 0 R>>" % box
    return one(more={10: page})


def _jbig2(width: int, height: int) -> bytes:
    """A picture of billions of points in a few bytes."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1" % (width, height)
    segment = b"\0\0\0\0\x30\0\1\0\0\0\x13" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes(11)
    picture = stream(segment, head + b"/Filter/JBIG2Decode")
    return write({**document(b"q 595 0 0 842 0 0 cm /I Do Q", forms=b"/I 5 0 R"), 5: picture})


def _flate_picture(side: int) -> bytes:
    """A picture of ``side`` by ``side`` points, all of one colour."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (side, side)
    picture = stream(bytes(side * side), head, packed=True)
    return write({**document(b"q 595 0 0 842 0 0 cm /I Do Q", forms=b"/I 5 0 R"), 5: picture})


def _lines(random: Random, count: int) -> bytes:
    return b"".join(
        b"%d %d m %d %d l S\n" % (random.randint(0, 595), y, random.randint(0, 595), y)
        for y in (random.randint(0, 842) for _ in range(count))
    )


def _grid(side: int) -> bytes:
    """A table of ``side`` by ``side`` cells on one page."""
    step = 500 / side
    rules = b"".join(
        b"50 %g m 550 %g l S %g 100 m %g 600 l S\n" % (100 + n * step, 100 + n * step, 50 + n * step, 50 + n * step)
        for n in range(side + 1)
    )
    return one(contents=shown(NORM) + rules)


def _dense(count: int) -> bytes:
    """A page of ``count`` letters."""
    line = "срок " * 200
    return one(contents=b"".join(shown(line, 1, 5, 0.1 + n * 840 / (count / 1000)) for n in range(count // 1000)))


def _scattered(random: Random, count: int) -> bytes:
    """Letters one by one, each anywhere on the page, of any size and turn."""
    made = []
    for _ in range(count):
        a, b = random.choice([(1, 0), (0, 1), (-1, 0), (0.7, 0.7)])
        at = (random.uniform(-50, 650), random.uniform(-50, 900))
        made.append(
            b"BT /F1 %g Tf %g %g %g %g %g %g Tm (%s) Tj ET\n"
            % (random.uniform(1, 90), a, b, -b, a, *at, random.choice("абв1").encode("cp1251"))
        )
    return one(contents=b"".join(made))


def _garbage_update(random: Random) -> bytes:
    """Noise and a broken update behind a whole file."""
    return (
        one()
        + random.randbytes(3000)
        + b"\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 7>>\nstartxref\n99999999\n%%EOF\n"
    )


def _updated(times: int) -> bytes:
    """The contents are replaced again and again; the last edition counts."""
    data = one()
    before = data.rindex(b"xref\n0")
    for number in range(times):
        at = len(data)
        words = shown(NORM if number == times - 1 else "Отменено.")
        data += b"11 0 obj\n%s\nendobj\n" % stream(words)
        table = len(data)
        data += b"xref\n11 1\n%010d 00000 n \ntrailer\n<</Root 1 0 R/Size 12/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            at,
            before,
            table,
        )
        before = table
    return data


_DAMAGED = (READ, "pdf_damaged", "empty", "scan")


def _cut(share: int) -> Case:
    return case(
        f"pdf-cut-{share}.pdf", f"a PDF of 20 pages cut after {share} %",
        lambda _: (lambda data: data[: len(data) * share // 100])(many(20, shown(NORM))), *_DAMAGED,
    )  # fmt: skip


CASES: list[Case] = [
    case("pdf-plain.pdf", "a good file, made as the others are", lambda _: one(), READ, holds=NORM),
    case("pdf-password.pdf", "a password to open", lambda _: _locked("secret", "owner"), "encrypted"),
    case("pdf-owner.pdf", "only copying is forbidden", lambda _: _locked("", "owner"), READ),
    *(_cut(share) for share in range(10, 100, 10)),
    case("pdf-xref-loop.pdf", "a table of places that precedes itself", lambda _: _looping_xref(), *_DAMAGED),
    case("pdf-xref-stream-loop.pdf", "a stream of places that precedes itself", lambda _: _xref_stream(-1, b"4"), *_DAMAGED),
    case("pdf-xref-size.pdf", "2^31 objects are promised", lambda _: _xref_stream(0, b"2147483647", b"/Index[0 2147483647]"), *_DAMAGED),
    case("pdf-object-streams.pdf", "streams of objects inside each other", lambda _: _object_streams(), *_DAMAGED),
    case("pdf-kids-self.pdf", "a tree of pages that holds itself", lambda _: one(pages=b"/Kids[2 0 R 10 0 R]/Count 2"), *_DAMAGED),
    case("pdf-kids-many.pdf", "a tree of pages that holds itself a thousand times", lambda _: one(pages=b"/Kids[%s]/Count 4000" % (b"2 0 R " * 1000)), *_DAMAGED),
    case("pdf-kids-deep.pdf", "pages 5,000 levels down", lambda _: _page_chain(5000), *_DAMAGED),
    case("pdf-count.pdf", "a billion pages are promised", lambda _: one(pages=b"/Kids[10 0 R]/Count 1000000000"), "too_many_pages", *_DAMAGED),
    case("pdf-count-minus.pdf", "less than no pages", lambda _: one(pages=b"/Kids[10 0 R]/Count -5"), *_DAMAGED),
    case("pdf-no-pages.pdf", "no pages", lambda _: one(pages=b"/Kids[]/Count 0"), "pdf_damaged"),
    case("pdf-one-too-many.pdf", "5,001 pages", lambda _: many(5001, shown("а")), "too_many_pages"),
    case("pdf-same-page.pdf", "one page a thousand times", lambda _: one(pages=b"/Kids[%s]/Count 1000" % (b"10 0 R " * 1000)), *_DAMAGED),
    case("pdf-giant.pdf", "a page of a thousand kilometres", lambda _: _boxed(b"[0 0 3e9 3e9]"), READ, "empty", "scan"),
    case("pdf-no-size.pdf", "a page of no size", lambda _: _boxed(b"[0 0 0 0]"), READ, "empty", "scan"),
    case("pdf-turned-box.pdf", "a page turned inside out", lambda _: _boxed(b"[595 842 0 0]"), READ, holds=NORM),
    case("pdf-odd-box.pdf", "a page whose size is no number", lambda _: _boxed(b"[/a (b) nan 1e999]"), READ, "empty", "scan"),
    case("pdf-rotate.pdf", "a page turned by 45 degrees", lambda _: one(page=b"/Rotate 45/UserUnit 1e30"), READ),
    case("pdf-no-letters.pdf", "glyphs without letters", lambda _: _without_unicode(), "scan", "empty"),
    case("pdf-type3.pdf", "letters that are drawings", lambda _: _type3(), READ, holds=NORM),
    case("pdf-form-self.pdf", "a form that shows itself", lambda _: one(contents=_marked(b"/N Do"), forms=b"/N 100 0 R", more={100: _form(b"/N Do", b"/N 100 0 R")}), READ, holds=NORM),
    case("pdf-form-deep.pdf", "forms in forms, 500 deep", lambda _: _form_chain(500, 1), READ, "empty", "scan"),
    case("pdf-form-ring.pdf", "two forms that show each other", lambda _: one(contents=_marked(b"/N Do"), forms=b"/N 100 0 R", more={100: _form(b"/N Do", b"/N 101 0 R"), 101: _form(b"/N Do", b"/N 100 0 R")}), READ, holds=NORM),
    case("pdf-contents-ring.pdf", "contents that name the page", lambda _: one(page=b"/Contents[10 0 R 11 0 R 11 0 R]"), READ, *_DAMAGED),
    case("pdf-length-ring.pdf", "a length that is its own length", lambda _: one(more={11: b"<</Length 11 0 R>>stream\n" + shown(NORM) + b"\nendstream"}), *_DAMAGED),
    case("pdf-font-ring.pdf", "a font that descends from itself", lambda _: one(more={3: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[3 0 R]/ToUnicode 3 0 R>>"}), *_DAMAGED),
    case("pdf-filters.pdf", "20 MB of zeros packed six times over", lambda _: _filters(6, 20 * 10**6), *_DAMAGED),
    case("pdf-actions.pdf", "scripts, programs to start, attachments, forms", lambda _: one(catalogue=_ACTIONS, more=_ATTACHED), READ, holds=NORM, lacks=("чужое", "root:")),
    case("pdf-outlines.pdf", "bookmarks in a ring", lambda _: _outlines(), READ, holds=NORM),
    case("pdf-update-noise.pdf", "noise behind the end", _garbage_update, *_DAMAGED),
    case("pdf-updates.pdf", "200 editions of the same page", lambda _: _updated(200), READ, holds=NORM, lacks="Отменено"),
    case("pdf-nested-arrays.pdf", "100,000 brackets", lambda _: one(page=b"/A " + b"[" * 100_000), *_DAMAGED),
    case("pdf-nested-dictionaries.pdf", "50,000 dictionaries in each other", lambda _: one(page=b"/A " + b"<</A " * 50_000 + b">>" * 50_000), *_DAMAGED),
    case("pdf-states.pdf", "200,000 states saved and never given back", lambda _: one(contents=_marked(b"q " * 200_000)), READ, holds=NORM),
    case("pdf-string.pdf", "a string that never ends", lambda _: one(contents=_marked(b"BT (" + b"(" * 200_000)), READ, "empty"),
    case("pdf-numbers.pdf", "sizes and places without sense", lambda _: one(contents=_marked(b"".join(b"BT /F1 %s Tf %s %s Td (\xe0) Tj ET " % (n, n, n) for n in (b"1e38", b"-1e38", b"0", b"99999999999999999999", b"nan", b"-0", b"1e-40")))), READ),
    case("pdf-jbig2.pdf", "a picture of 4 billion points", lambda _: _jbig2(65_535, 65_535), *_DAMAGED, "ocr_missing", "image_without_text", "ocr_timeout", "image_too_large"),
    case("pdf-lines.pdf", "60,000 rules", lambda random: one(contents=_marked(_lines(random, 60_000))), READ, holds=NORM),
    case("pdf-grid.pdf", "a table of 300 by 300 cells", lambda _: _grid(300), READ),
    case("pdf-scattered.pdf", "3,000 letters of any size anywhere", lambda random: _scattered(random, 3000), READ),
    case("pdf-long-letters.pdf", "codes that stand for 200 letters each", lambda _: _long_letters(200), READ, "scan", "empty", "too_long"),
    case("pdf-empty-pages.pdf", "500 empty pages", lambda _: many(500, b""), "empty"),
    case("pdf-pictures.pdf", "30 pages of pictures", lambda _: pictures(30), "scan", READ, "empty", "ocr_missing", "ocr_timeout", "image_without_text", slow=True),
    case("pdf-head-late.pdf", "the mark of a PDF behind a kilobyte of noise", lambda random: random.randbytes(900) + one(), *_DAMAGED),
    # heavy ones
    case("pdf-form-self-twice.pdf", "a form that shows itself twice, and each of them", lambda _: one(contents=_marked(b"/N Do"), forms=b"/N 100 0 R", more={100: _form(b"/N Do /N Do", b"/N 100 0 R")}), READ, "crashed", "memory", "timeout", slow=True),
    case("pdf-form-laughs.pdf", "forms that show each other ten times, nine deep", lambda _: _form_chain(9, 10), READ, "timeout", "memory", "empty", "too_long", slow=True, seconds=10),
    case("pdf-bomb.pdf", "a gigabyte of zeros as contents", lambda _: _filters(1, 10**9), *_DAMAGED, "memory", "timeout", slow=True),
    case("pdf-million.pdf", "a page of a million letters", lambda _: _dense(10**6), READ, "timeout", slow=True, seconds=60),
    case("pdf-same-contents.pdf", "contents named 100,000 times", lambda _: one(page=b"/Contents[%s]" % (b"11 0 R " * 100_000)), *_DAMAGED, "timeout", "memory", "too_long", slow=True, seconds=60),
    case("pdf-flate-picture.pdf", "a picture of 20,000 by 20,000 points", lambda _: _flate_picture(20_000), *_DAMAGED, "memory", slow=True),
    case("pdf-many-pictures.pdf", "4,000 pages of pictures", lambda _: pictures(4000), "scan", READ, "empty", "timeout", "ocr_missing", "ocr_timeout", "image_without_text", slow=True),
    case("pdf-pages.pdf", "10,000 pages", lambda _: many(10_000, shown(NORM)), "too_many_pages", slow=True),
    case("pdf-many-scattered.pdf", "60,000 letters anywhere", lambda random: _scattered(random, 60_000), READ, "timeout", slow=True, seconds=60),
]  # fmt: skip
