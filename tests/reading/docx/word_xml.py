"""DOCX files for tests, written from XML: deterministic bytes, nothing that the test does not ask for."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument"
_SPACES = (
    f' xmlns:m="{_OFFICE}/math" xmlns:r="{_OFFICE}/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")


def part(name: str, inner: str, space: str = TRANSITIONAL) -> str:
    """An XML part with the root ``w:name``."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:{name} xmlns:w="{space}"{_SPACES}>{inner}</w:{name}>'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members, always the same bytes for the same members."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for path, content in parts.items():
            member = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            target.writestr(member, content)
    return stream.getvalue()


def docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    settings: str = "",
    strict: bool = False,
    notes: Mapping[str, str] | None = None,
    headers: tuple[str, ...] = (),
) -> bytes:
    """A DOCX with this body. ``notes``: footnotes, endnotes, comments by the name of their part."""
    space, office = (STRICT, _STRICT_OFFICE) if strict else (TRANSITIONAL, _OFFICE)
    inner = {"styles": styles, "numbering": numbering, "settings": settings, **(notes or {})}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": _relations(office, {"word/document.xml": "officeDocument"}),
    }
    parts["word/document.xml"] = part("document", f"<w:body>{body}<w:sectPr/></w:body>", space)
    related = {f"{name}.xml": name for name in _PARTS if inner.get(name)}
    parts.update({f"word/{name}.xml": part(name, inner[name], space) for name in related.values()})
    for index, header in enumerate(headers):
        related[f"header{index}.xml"] = "header"
        parts[f"word/header{index}.xml"] = part("hdr", header, space)
    parts["word/_rels/document.xml.rels"] = _relations(office, related)
    parts["[Content_Types].xml"] = _content_types(related)
    return archive(parts)


def _relations(office: str, targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{index}" Type="{office}/relationships/{kind}" Target="{target}"/>'
        for index, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def _content_types(related: Mapping[str, str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    rows = "".join(
        f'<Override PartName="/word/{target}" ContentType="{kind}{name}+xml"/>' for target, name in related.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}document.main+xml"/>{rows}</Types>'
    )


def run(text: str, properties: str = "") -> str:
    """A run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text: str = "", num: tuple[int, int] | None = None, style: str = "", look: str = "", inner: str = "") -> str:
    """A paragraph: ``num`` is (numId, level), ``look`` further paragraph properties, ``inner`` XML after the text."""
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if num is not None:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    properties += look
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{head}{run(text) if text else ''}{inner}</w:p>"


def deleted(text: str) -> str:
    """A tracked deletion."""
    return (
        '<w:del w:id="1" w:author="Редактор" w:date="2024-01-01T00:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def inserted(text: str) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="2" w:author="Редактор" w:date="2024-01-01T00:00:00Z">{run(text)}</w:ins>'


DELETED_MARK = '<w:rPr><w:del w:id="3" w:author="Редактор" w:date="2024-01-01T00:00:00Z"/></w:rPr>'


def table(*rows: str) -> str:
    """A table of rows made by ``row``."""
    width = max(row.count("<w:tc>") for row in rows)
    grid = '<w:gridCol w:w="2000"/>' * width
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def row(*cells: str, look: str = "") -> str:
    """A row of cells made by ``cell``."""
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(cells)}</w:tr>"


def cell(*paragraphs: str, look: str = "") -> str:
    """A cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{look}</w:tcPr>{"".join(paragraphs) or "<w:p/>"}</w:tc>'


def lvl(index: int, number_format: str, text: str, *, start: int = 1, more: str = "", suffix: str = "") -> str:
    """A level of a list; ``more`` stands between the number format and the text (``w:lvlRestart``, ``w:pStyle`` …)."""
    suff = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}{suff}'
        f'<w:lvlText w:val={quoteattr(text)}/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    """A definition of a list."""
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{more}'
        f"{''.join(levels)}</w:abstractNum>"
    )


def num(number: int, definition: int, overrides: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def override(index: int, start: int | None = None, level: str = "") -> str:
    """What a list changes in one level of its definition."""
    begin = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{index}">{begin}{level}</w:lvlOverride>'


def style(
    name: str, inner: str = "", *, based_on: str = "", kind: str = "paragraph", shown: str = "", default: bool = False
) -> str:
    """A style; ``name`` is its id, ``shown`` its name."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{first}><w:name w:val="{shown or name}"/>{base}{inner}</w:style>'
    )
