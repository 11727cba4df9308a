"""Document model → DOCX.

Reads: Document, the fixed parts beside this module. Writes: bytes; same document, same bytes. A4, across and upright.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from xml.sax.saxutils import escape

from expertise.documents.docx_pictures import Pictures
from expertise.documents.fitting import fitted, is_short
from expertise.documents.model import Cell, Document, Emphasis, Paragraph, Picture, Run, Shade, Style, Table, Turn
from expertise.documents.ooxml import Element, Maker, R, archive, serialized
from expertise.documents.wording import shorten
from expertise.documents.xmltext import clean

_TWIPS = 1440 / 25.4  # per millimetre
_PAGE = (297.0, 210.0)
_MARGINS = {"top": 20.0, "right": 15.0, "bottom": 16.0, "left": 20.0, "header": 9.0, "footer": 8.0}
_FOOT_LENGTHS = {True: 110, False: 75}  # signs beside the number of the page, which does not wrap
_WIDE_TAB, _UPRIGHT_TAB = 14853, 9921  # twips: where page numbers end; the first is that of the style
_FOOTERS = {True: ("rId5", "footer1.xml"), False: ("rId6", "footer2.xml")}
_STYLES = {
    Style.BODY: "Normal",
    Style.TITLE: "Title",
    Style.HEADING: "Heading1",
    Style.SUBHEADING: "Heading2",
    Style.STATEMENT: "Statement",
    Style.NOTE: "Note",
    Style.BULLET: "DashList",
    Style.CELL: "TableText",
    Style.CELL_CENTERED: "TableCentered",
    Style.COLUMN_HEAD: "TableHead",
}
_EMPHASES = {
    Emphasis.QUIET: "Quiet",
    Emphasis.FLAGGED: "Flagged",
    Emphasis.INSERTED: "InsertedWords",
    Emphasis.DELETED: "DeletedWords",
}
_FILLS = {Shade.HEAD: "E7E6E6", Shade.LOW: "E9F2E4", Shade.MEDIUM: "FFF5D6", Shade.HIGH: "F8DEDA"}

_w = Maker()


def write_docx(document: Document) -> bytes:
    """The document as a Word file."""
    filled = {"locale": document.locale, "title": escape(clean(document.title))}
    pictures = Pictures()
    body = _body(document, pictures)
    return archive(
        [
            ("[Content_Types].xml", pictures.types(_fixed("content_types.xml", {}))),
            ("_rels/.rels", _fixed("package_rels.xml", {})),
            ("docProps/core.xml", _fixed("core.xml", filled)),
            ("docProps/app.xml", _fixed("app.xml", {})),
            ("word/document.xml", serialized(body)),
            ("word/_rels/document.xml.rels", pictures.relations(_fixed("document_rels.xml", {}))),
            ("word/styles.xml", _fixed("styles.xml", filled)),
            ("word/settings.xml", _fixed("settings.xml", filled)),
            ("word/fontTable.xml", _fixed("fontTable.xml", {})),
            ("word/header1.xml", serialized(_header(document))),
            *((f"word/{name}", serialized(_footer(document, wide))) for wide, (_, name) in _FOOTERS.items()),
            *pictures.parts(),
        ]
    )


def _fixed(name: str, blanks: dict[str, str]) -> bytes:
    text = files("expertise.documents.parts").joinpath(name).read_text(encoding="utf-8")
    for blank, value in blanks.items():
        text = text.replace("{" + blank + "}", value)
    return text.encode()


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def _body(document: Document, pictures: Pictures) -> Element:
    body, wide = _w.make("body"), document.wide
    for block in document.blocks:
        if isinstance(block, Turn):
            body.append(_w.make("p", _w.make("pPr", _spacing(20), _section(wide))))
            wide = block.wide
        elif isinstance(block, Picture):
            body.append(_w.make("p", _w.make("pPr", _w.make("jc", val="center")), pictures.run(block)))
        else:
            body.extend(_block(block))
    body.append(_section(wide))
    return _w.make("document", body)


def _section(wide: bool) -> Element:
    references = []
    for local, relation in (("headerReference", "rId4"), ("footerReference", _FOOTERS[wide][0])):
        reference = _w.make(local, type="default")
        reference.set(f"{{{R}}}id", relation)
        references.append(reference)
    across, down = (_twips(side) for side in _PAGE)
    size = _w.make("pgSz", w=across, h=down, orient="landscape") if wide else _w.make("pgSz", w=down, h=across)
    margins = {side: _twips(width) for side, width in _MARGINS.items()}
    return _w.make("sectPr", *references, size, _w.make("pgMar", **margins, gutter=0))


def _header(document: Document) -> Element:
    mark = _styled("PageMark", _w.run(document.page_mark)) if document.page_mark else None
    return _w.make("hdr", mark, _styled("Header", _w.run(document.page_statement)))


def _footer(document: Document, wide: bool) -> Element:
    pieces: list[Element] = [_w.run(shorten(" ".join(document.page_foot.split()), _FOOT_LENGTHS[wide]) + "\t")]
    rest = document.page_number.replace(" ", "\u00a0")
    while rest:
        before, brace, after = rest.partition("{")
        if before:
            pieces.append(_w.run(before))
        name, _, rest = after.partition("}") if brace else ("", "", "")
        if name:
            field = "PAGE" if name == "page" else "NUMPAGES"
            pieces.append(_w.make("fldSimple", _w.run("1"), instr=field))
    paragraph = _styled("Footer", *pieces)
    if not wide:  # the tab of the style is that of wide pages
        stops = (_w.make("tab", val="clear", pos=_WIDE_TAB), _w.make("tab", val="right", pos=_UPRIGHT_TAB))
        paragraph[0].append(_w.make("tabs", *stops))
    return _w.make("ftr", paragraph)


def _spacing(line: int) -> Element:
    """Of an empty paragraph that must be there and take no room."""
    return _w.make("spacing", before=0, after=0, line=line, lineRule="exact")


def _styled(style: str, *content: Element, keep: bool = False) -> Element:
    properties = _w.make("pPr", _w.make("pStyle", val=style), _w.make("keepNext") if keep else None)
    return _w.make("p", properties, *content)


def _block(block: Paragraph | Table) -> Iterator[Element]:
    if isinstance(block, Paragraph):
        yield _paragraph(block)
        return
    yield _table(fitted(block))
    # Two tables in a row would grow together, and a body must not end with one.
    yield _w.make("p", _w.make("pPr", _spacing(120)))


def _paragraph(paragraph: Paragraph) -> Element:
    dash = [_w.run("–\t")] if paragraph.style is Style.BULLET else []
    runs = [_run(run) for run in paragraph.runs if clean(run.text)]
    return _styled(_STYLES[paragraph.style], *dash, *runs, keep=paragraph.keep)


def _run(run: Run) -> Element:
    properties = None
    if run.emphasis is Emphasis.STRONG:
        properties = _w.make("rPr", _w.make("b"), _w.make("bCs"))
    elif run.emphasis in _EMPHASES:
        properties = _w.make("rPr", _w.make("rStyle", val=_EMPHASES[run.emphasis]))
    return _w.run(run.text, properties)


def _table(table: Table) -> Element:
    borders = [
        _w.make(side, val="single", sz=4, space=0, color="7F7F7F")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [
        _w.make(side, w=width, type="dxa") for side, width in (("top", 40), ("left", 85), ("bottom", 20), ("right", 85))
    ]
    properties = _w.make(
        "tblPr",
        _w.make("tblW", w=sum(_twips(width) for width in table.widths), type="dxa"),
        _w.make("tblBorders", *borders),
        _w.make("tblLayout", type="fixed"),
        _w.make("tblCellMar", *margins),
    )
    grid = _w.make("tblGrid", *(_w.make("gridCol", w=_twips(width)) for width in table.widths))
    head = _rows(table.widths, table.head, head=True)
    return _w.make("tbl", properties, grid, *head, *_rows(table.widths, table.rows, head=False))


def _rows(widths: Sequence[float], rows: Sequence[Sequence[Cell]], *, head: bool) -> Iterator[Element]:
    covered: dict[int, tuple[int, int]] = {}  # column → (rows still covered, columns across)
    for row in rows:
        cells, column, waiting = [], 0, list(row)
        while column < len(widths):
            if column in covered:
                left, across = covered.pop(column)
                cells.append(_cell(Cell(()), _wide(widths, column, across), across, merge="continue"))
                if left > 1:
                    covered[column] = (left - 1, across)
            elif waiting:
                cell = waiting.pop(0)
                across = cell.across
                merge = "restart" if cell.down > 1 else ""
                cells.append(_cell(cell, _wide(widths, column, across), across, merge=merge))
                if cell.down > 1:
                    covered[column] = (cell.down - 1, across)
            else:
                raise ValueError("a row of the table has too few cells")
            column += across
        if waiting:
            raise ValueError("a row of the table has too many cells")
        whole = head or is_short(row, widths)
        properties = _w.make("trPr", _w.make("cantSplit") if whole else None, _w.make("tblHeader") if head else None)
        yield _w.make("tr", properties if len(properties) else None, *cells)


def _wide(widths: Sequence[float], column: int, across: int) -> int:
    return sum(_twips(width) for width in widths[column : column + across])


def _cell(cell: Cell, width: int, across: int, merge: str) -> Element:
    fill = _FILLS.get(cell.shade)
    properties = _w.make(
        "tcPr",
        _w.make("tcW", w=width, type="dxa"),
        _w.make("gridSpan", val=across) if across > 1 else None,
        _w.make("vMerge", val=merge) if merge else None,
        _w.make("shd", val="clear", color="auto", fill=fill) if fill else None,
        _w.make("vAlign", val="center") if cell.shade is Shade.HEAD else None,
    )
    paragraphs = [_paragraph(paragraph) for paragraph in cell.paragraphs] or [_styled("TableText")]
    return _w.make("tc", properties, *paragraphs)
