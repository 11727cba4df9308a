"""Word files whose XML is hostile: entities, depth, loops, numbers out of range, masses of everything."""

# ruff: noqa: E501 - a table: one file a line

from __future__ import annotations

from random import Random

from tests.hostile.case import READ, Case, case
from tests.hostile.zips import NORM, unpacked
from tests.reading.hostile import BILLION_LAUGHS, archive, document, paragraph
from tests.reading.hostile import docx as packed_docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_P = paragraph("1. " + NORM)
_EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'


def docx(body: str = "", prologue: str = "", **more: bytes | str) -> bytes:
    """A Word file of these parts, stored as they are: what is told of them is not told by their ratio."""
    return unpacked(packed_docx(body, prologue, **more))


def _styles(inner: str, prologue: str = "") -> str:
    return f'<?xml version="1.0"?>{prologue}<w:styles {_W}>{inner}</w:styles>'


def _numbering(inner: str, prologue: str = "") -> str:
    return f'<?xml version="1.0"?>{prologue}<w:numbering {_W}>{inner}</w:numbering>'


def _related(*rows: tuple[str, str, str]) -> str:
    """Relationships of the document: (kind, target, mode)."""
    made = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for n, (kind, target, mode) in enumerate(rows)
    )
    return _RELATIONS.format(made)


def _numbered(num: int, level: int | str = 0, text: str = NORM) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _styled(style: str, text: str = NORM) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def _deep(tag: str, depth: int, inside: str = _P) -> str:
    return f"<w:{tag}>" * depth + inside + f"</w:{tag}>" * depth


def _tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + _P + "</w:tc></w:tr></w:tbl>" * depth


def _boxes(depth: int) -> str:
    opened = "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    closed = "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    return (
        '<w:sdt xmlns:v="urn:schemas-microsoft-com:vml"><w:sdtContent>'
        + opened * depth
        + _P
        + closed * depth
        + "</w:sdtContent></w:sdt>"
    )


def _changes(count: int, depth: int) -> str:
    """Words inserted and deleted, in nests of ``depth`` changes."""
    who = 'w:author="{}" w:date="2026-01-01T00:00:00Z"'
    opened = "".join(f'<w:{("ins", "moveTo")[n % 2]} w:id="{n}" {who.format(n % 7)}>' for n in range(depth))
    closed = "".join(f"</w:{('ins', 'moveTo')[n % 2]}>" for n in reversed(range(depth)))
    one = opened + "<w:r><w:t>срок </w:t></w:r>" + closed
    one += f'<w:del w:id="0" {who.format("z")}><w:r><w:delText>нет </w:delText></w:r></w:del>'
    return f"<w:p>{one * count}</w:p>{_P}"


def _fields(count: int) -> str:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _a \\h </w:instrText></w:r>'
    return f"<w:p>{opened * count}<w:r><w:t>{NORM}</w:t></w:r></w:p>" + _P


def _changed_marks(count: int) -> str:
    mark = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r><w:t>и </w:t></w:r></w:p>'
    return mark * count + _P


def _numbers() -> dict[str, bytes | str]:
    """Absurd figures wherever a figure may stand."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlRestart w:val="{start}"/>'
        f'<w:lvlText w:val="%{n + 1}.%9%8%7.%0%99999999999)"/></w:lvl>'
        for n, (start, form) in enumerate(
            [("-5", "decimal"), ("99999999999999999999", "upperRoman"), ("2147483647", "upperLetter"), ("1e9", "russianLower"),
             ("0x10", "chicago"), ("", "ordinalText"), (" 7 ", "cardinalText"), ("NaN", "none"), ("-0", "thaiNumbers")]
        )
    )  # fmt: skip
    numbering = _numbering(
        f'<w:abstractNum w:abstractNumId="99999999999999999999">{levels}</w:abstractNum>'
        '<w:num w:numId="-1"><w:abstractNumId w:val="99999999999999999999"/></w:num>'
        '<w:num w:numId="1"><w:abstractNumId w:val="99999999999999999999"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="-7"/></w:lvlOverride>'
        '<w:lvlOverride w:ilvl="99999999"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    body = "".join(_numbered(1, level) for level in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99999999, -3, "x", "")) + _numbered(
        -1
    )
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999999999"/><w:vMerge w:val="-1"/></w:tcPr>' + _P + "</w:tc>"
    body += f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2147483648"/></w:trPr>{cell * 3}</w:tr></w:tbl>'
    body += '<w:p><w:pPr><w:outlineLvl w:val="77"/><w:ind w:left="99999999999999"/></w:pPr><w:r><w:rPr>'
    body += f'<w:position w:val="-99999999"/><w:sz w:val="1e400"/></w:rPr><w:t>{NORM}</w:t></w:r></w:p>'
    return {"body": body, "word__numbering_xml": numbering}


def _absurd() -> bytes:
    parts = _numbers()
    return docx(str(parts.pop("body")), **parts)


def _style_loop(length: int) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:name w:val="S{n}"/><w:basedOn w:val="S{(n + 1) % length}"/>'
        f'<w:link w:val="S{(n + 3) % length}"/><w:next w:val="S{n}"/></w:style>'
        for n in range(length)
    )
    return docx("".join(_styled(f"S{n}") for n in range(min(length, 200))), word__styles_xml=_styles(styles))


def _numbering_loop() -> bytes:
    """Numbering styles and lists that point at each other in a ring, lists without definitions."""
    styles = "".join(
        f'<w:style w:type="numbering" w:styleId="L{n}"><w:pPr><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="P{n}"><w:basedOn w:val="P{n % 5 + 1}"/><w:pPr><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr></w:style>'
        for n in range(1, 6)
    )
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="L{n % 5 + 1}"/><w:styleLink w:val="L{n}"/></w:abstractNum>'
        for n in range(1, 6)
    )
    lists += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 6))
    lists += '<w:num w:numId="7"><w:abstractNumId w:val="404"/></w:num><w:num w:numId="8"/>'
    body = "".join(_numbered(n) for n in (*range(1, 10), 999)) + "".join(_styled(f"P{n}") for n in range(1, 6))
    return docx(body, word__styles_xml=_styles(styles), word__numbering_xml=_numbering(lists))


def _relations() -> bytes:
    """Parts that point at themselves and outside: templates, frames, pictures, the shell."""
    rows = [
        ("styles", "document.xml", ""), ("numbering", "../_rels/.rels", ""), ("header", "document.xml", ""),
        ("footnotes", "../../../../etc/passwd", ""), ("comments", "file:///etc/passwd", ""),
        ("attachedTemplate", "http://127.0.0.1:9/evil.dotm", "External"), ("oleObject", "http://127.0.0.1:9/a", "External"),
        ("image", "\\\\127.0.0.1\\share\\x.png", "External"), ("frame", "file://127.0.0.1/x", "External"),
        ("footer", "word/_rels/document.xml.rels", ""), ("endnotes", "", ""), ("styles", "%2e%2e/%2e%2e/etc/passwd", ""),
    ]  # fmt: skip
    settings = f'<w:settings {_W} xmlns:r="{_OFFICE}"><w:attachedTemplate r:id="r5"/></w:settings>'
    return docx(_P, **{"word___rels__document.xml.rels": _related(*rows), "word__settings_xml": settings})


def _main_loop() -> bytes:
    """The package says that its relationships are the document."""
    return archive(
        {"_rels/.rels": _RELATIONS.format(f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="_rels/.rels"/>'),
         "word/document.xml": document(_P)}
    )  # fmt: skip


def _embedded(random: Random) -> bytes:
    """Chunks of other formats, an OLE object, a macro, controls."""
    chunks = '<w:altChunk xmlns:r="x" r:id="r1"/>' * 50
    objects = '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:o" Type="Embed" ProgID="Package" r:id="r2" xmlns:r="x"/></w:object></w:r></w:p>'
    more: dict[str, bytes | str] = {
        "word__afchunk.html": "<html><script>alert(1)</script>чужое</html>",
        "word__embeddings__oleObject1.bin": bytes.fromhex("d0cf11e0a1b11ae1") + random.randbytes(5000),
        "word__vbaProject.bin": random.randbytes(5000),
        "word__activeX__activeX1_xml": "<a/>",
    }
    return docx(chunks + objects + _P, **more)


def _raw(xml: bytes) -> bytes:
    """A Word file with these bytes as its main part."""
    return docx(_P, **{"word__document_xml": xml})


def _bad_xml(replacement: bytes) -> bytes:
    return _raw(document(paragraph("1. КУСОК")).encode().replace("КУСОК".encode(), replacement))


def _wide(text: str, encoding: str) -> bytes:
    return text.encode(encoding)


def _every_part(prologue: str) -> list[Case]:
    """A document type in each part that is read, one after another."""
    root = f'<?xml version="1.0"?>{prologue}<a>&x;</a>'
    names = (
        "word/styles.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
        "word/settings.xml",
        "[Content_Types].xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/theme/theme1.xml",
    )
    return [
        case(
            f"word-doctype-{name.replace('/', '-').strip('[]_')}.docx", f"a document type in {name}",
            docx(_P, **{name.replace("/", "__"): root}), "doctype", lacks="root:",
        )
        for name in names
    ]  # fmt: skip


def _rows(rows: int, columns: int) -> str:
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return "<w:tbl>" + f"<w:tr>{cell * columns}</w:tr>" * rows + "</w:tbl>"


def _text(size: int) -> str:
    return (NORM + " ") * (size // (len(NORM) + 1))


CASES: list[Case] = [
    case("word-laughs.docx", "entities that unfold to a billion", lambda _: docx(paragraph("&i;"), BILLION_LAUGHS), "doctype"),
    case("word-external.docx", "an entity from a file", lambda _: docx(paragraph("&x;"), _EXTERNAL), "doctype", lacks="root:"),
    case("word-parameter.docx", "parameter entities from the network", lambda _: docx(paragraph("&x;"), _PARAMETER), "doctype"),
    case(
        "word-laughs-utf16.docx", "the same in UTF-16", lambda _: _raw(document(_P, BILLION_LAUGHS).replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")),
        "doctype",
    ),
    case(
        "word-doctype-late.docx", "a document type behind two megabytes of blanks",
        lambda _: _raw(b'<?xml version="1.0"?>' + b" " * 2 * 2**20 + f'{_EXTERNAL}<a>&x;</a>'.encode()), "doctype", lacks="root:",
    ),
    *_every_part(_EXTERNAL),
    case("word-entity.docx", "an entity that nobody declared", lambda _: docx(paragraph("&nope;")), "docx_damaged"),
    case("word-include.docx", "an inclusion of another file", lambda _: docx('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>' + _P), READ, holds=NORM, lacks="root:"),
    case("word-stylesheet.docx", "a style sheet of the network", lambda _: _raw(document(_P).replace("?>", '?><?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>', 1).encode()), READ, holds=NORM),
    case("word-deep.docx", "100,000 nested elements", lambda _: docx(_deep("sdt", 100_000)), "too_deep"),
    case("word-deep-tables.docx", "tables in tables, 60 deep", lambda _: docx(_tables(60)), READ, "too_deep"),
    case("word-deeper-tables.docx", "tables in tables, 500 deep", lambda _: docx(_tables(500)), "too_deep"),
    case("word-deep-boxes.docx", "text boxes in text boxes", lambda _: docx(_boxes(25)), READ, "too_deep", holds=NORM),
    case("word-deep-changes.docx", "changes in changes in changes", lambda _: docx(_changes(50, 150)), READ, holds=NORM),
    case("word-deep-styles.docx", "100,000 nested elements among the styles", lambda _: docx(_P, word__styles_xml=_styles("<w:a>" * 10**5 + "</w:a>" * 10**5)), "too_deep", "docx_damaged"),
    case("word-style-loop.docx", "styles based on each other in a ring", lambda _: _style_loop(3), READ, holds=NORM),
    case("word-style-self.docx", "a style based on itself", lambda _: _style_loop(1), READ, holds=NORM),
    case("word-style-chain.docx", "a ring of 20,000 styles", lambda _: _style_loop(20_000), READ, holds=NORM),
    case("word-numbering-loop.docx", "lists that stand for each other, lists without definition", lambda _: _numbering_loop(), READ, holds=NORM),
    case("word-relations.docx", "relationships to themselves and outside", lambda _: _relations(), READ, "docx_damaged", lacks="root:"),
    case("word-main-loop.docx", "the relationships are the document", lambda _: _main_loop(), "docx_damaged"),
    case("word-no-main.docx", "a Word file without its main part", lambda _: archive({"word/styles.xml": _styles(""), "_rels/.rels": "<a/>"}), "format_not_supported", "docx_damaged"),
    case("word-no-types.docx", "nothing but the main part", lambda _: archive({"word/document.xml": document(_P)}), READ, holds=NORM),
    case("word-wrong-types.docx", "the main part is said to be a picture", lambda _: docx(_P, **{"[Content_Types]_xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="image/png"/></Types>'}), READ, holds=NORM),
    case("word-absurd.docx", "levels, starts and widths without sense", lambda _: _absurd(), READ, holds=NORM),
    case("word-embedded.docx", "chunks, OLE, macros, controls", _embedded, READ, holds=NORM, lacks=("чужое", "alert")),
    case("word-fields.docx", "20,000 fields that begin and never end", lambda _: docx(_fields(20_000)), READ, holds=NORM),
    case("word-marks.docx", "20,000 deleted paragraph marks in a row", lambda _: docx(_changed_marks(20_000)), READ, holds=NORM),
    case("word-changes.docx", "30,000 tracked changes in a paragraph", lambda _: docx(_changes(15_000, 1)), READ, holds=NORM),
    case("word-runs.docx", "a paragraph of 50,000 runs", lambda _: docx("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 50_000 + "</w:p>"), READ, holds="1" * 1000),
    case("word-superscripts.docx", "every letter raised or lowered", lambda _: docx("<w:p>" + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r>' * 5000 + "</w:p>"), READ, holds="¹2¹2"),
    case("word-blank.docx", "30,000 empty paragraphs", lambda _: docx("<w:p/>" * 30_000 + _P), READ, holds=NORM),
    case("word-only-blank.docx", "nothing but empty paragraphs", lambda _: docx("<w:p/>" * 1000), "empty"),
    case("word-table.docx", "a table of 10,000 cells", lambda _: docx(_rows(1000, 10)), READ),
    case("word-broken-letters.docx", "bytes that are no UTF-8", lambda _: _bad_xml(b"\xff\xfe\xc0\x80\xed\xa0\x80"), "docx_damaged"),
    case("word-surrogate.docx", "half a letter as a number", lambda _: _bad_xml(b"&#xD800;"), "docx_damaged"),
    case("word-nul.docx", "NUL as a number", lambda _: _bad_xml(b"&#0;"), "docx_damaged"),
    case("word-nul-byte.docx", "NUL as a byte", lambda _: _bad_xml(b"\0"), "docx_damaged"),
    case("word-utf16.docx", "the main part in UTF-16", lambda _: _raw(document(_P).replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")), READ, holds=NORM),
    case("word-utf32.docx", "the main part in UTF-32, which is told falsely", lambda _: _raw(document(_P).replace('"1.0"', '"1.0" encoding="utf-8"').encode("utf-32")), READ, "docx_damaged"),
    case("word-utf7.docx", "an encoding that hides the document type", lambda _: _raw(f'<?xml version="1.0" encoding="UTF-7"?>{_EXTERNAL}<a/>'.encode("utf-7")), "docx_damaged", "doctype", "truncated", lacks="root:"),
    case("word-strict.docx", "the strict dialect", lambda _: _raw(document(_P).replace(_TRANSITIONAL, _STRICT).encode()), READ, holds=NORM),
    case("word-no-space.docx", "the right names in no namespace", lambda _: _raw(document(_P).replace(f' xmlns:w="{_TRANSITIONAL}"', "").replace("w:", "").encode()), "docx_damaged"),
    case("word-attributes.docx", "an element with 50,000 attributes", lambda _: docx("<w:p " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>" + _P), READ, "docx_damaged"),
    case("word-spaces.docx", "an element with 20,000 namespaces", lambda _: docx("<w:p " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(20_000)) + "/>" + _P), READ, "docx_damaged"),
    case("word-long-name.docx", "a name of a megabyte", lambda _: docx(f"<w:{'a' * 2**20}/>" + _P), READ, "docx_damaged"),
    case("word-invisible.docx", "right-to-left and zero-width signs between the letters", lambda _: docx(paragraph("1. " + "\u200b\u202e".join(NORM))), READ, holds=NORM),
    case("word-deep-unclosed.docx", "300,000 elements that are never closed", lambda _: _raw(f"<w:document {_W}>".encode() + b"<w:p>" * 300_000), "docx_damaged", "too_deep"),
    # heavy ones
    case("word-many-runs.docx", "a paragraph of 200,000 runs", lambda _: docx("<w:p>" + "<w:r><w:t>срок </w:t></w:r>" * 200_000 + "</w:p>"), READ, slow=True),
    case("word-long.docx", "a paragraph of 20 MB", lambda _: docx(paragraph(_text(11_000_000))), "too_complex", slow=True),
    case("word-million-changes.docx", "a million tracked changes", lambda _: docx(_changes(500_000, 1)), READ, "memory", "timeout", "too_complex", slow=True),
    case("word-nested-changes.docx", "a million tracked changes in nests of a hundred", lambda _: docx(_changes(10_000, 100)), READ, "memory", "timeout", "too_complex", slow=True),
    case("word-huge-table.docx", "a table of 600,000 cells", lambda _: docx(_rows(6000, 100)), "table_too_large", "timeout", slow=True),
    case("word-many-paragraphs.docx", "100,000 paragraphs", lambda _: docx(_P * 100_000), READ, slow=True),
    case("word-tree.docx", "a tree of 12 million elements", lambda random: _thick_tree(random), "too_complex", slow=True),
]  # fmt: skip


def _thick_tree(random: Random) -> bytes:
    """Many small elements: some 80 MB of XML that take many times as much as a tree."""
    pieces = ["<w:p/><w:r/>" * 30 + f"<w:t>{random.random()}</w:t>" for _ in range(1000)]
    return docx("".join(random.choices(pieces, k=200_000)) + _P)
