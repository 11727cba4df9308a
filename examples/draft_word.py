"""Layout of a Kazakhstani draft act in Word: styles, automatic numbering, page, and a package with fixed bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
SIZE = Pt(14)
SMALL = Pt(12)
FIRST_LINE = Cm(1.25)
STAMP_INDENT = Cm(9)
ORDER_LIST, CHAPTER_LIST, POINT_LIST = 1, 2, 3
LOCALES = {"ru": "ru-RU", "kk": "kk-KZ"}

# The only moment that gets into the files; the bytes must not depend on the day of the build.
MOMENT = datetime(2026, 1, 15, 9, 0, 0)
ZIP_MOMENT = (2026, 1, 15, 9, 0, 0)
KEPT_STYLES = {"Normal", "Heading 1", "Header", "Table Grid", "Default Paragraph Font", "Normal Table", "No List"}
DROPPED_PARTS = ("/metadata/thumbnail", "/relationships/customXml", "/relationships/stylesWithEffects")


def new_document(language: str, chapter_label: str, title: str) -> WordDocument:
    """An empty A4 document with the styles and the three lists (order, chapters, points)."""
    document = Document()
    _drop_template_leftovers(document)
    _set_page(document)
    _set_numbering(document, chapter_label)
    _set_styles(document, language)
    _set_page_number(document)
    properties = document.core_properties
    properties.title, properties.language = title, LOCALES[language]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = MOMENT
    properties.revision = 1
    return document


def package(document: WordDocument) -> bytes:
    """The file's bytes: entries in one order, one date, stored, so that they do not depend on a zlib version."""
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=ZIP_MOMENT)
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def put_in_list(owner: Any, number_id: int, level: int) -> None:
    """Puts a paragraph or a style (its XML element) into a list, at a level counted from 0."""
    properties = owner.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number_id


def _drop_template_leftovers(document: WordDocument) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(DROPPED_PARTS)]:
            del relations[key]
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            style.element.getparent().remove(style.element)
        elif (link := style.element.find(qn("w:link"))) is not None:
            style.element.remove(link)  # to a character style that has just gone


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = Cm(1)


def _set_page_number(document: WordDocument) -> None:
    """Number at the top centre of every page but the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def _set_numbering(document: WordDocument, chapter_label: str) -> None:
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels: tuple[tuple[int, list[tuple[str, str | None]]], ...] = (
        (ORDER_LIST, [("%1.", None), ("%2)", None)]),
        (CHAPTER_LIST, [(chapter_label, "Heading1")]),
        (POINT_LIST, [("%1.", "DraftPoint"), ("%2)", "DraftSubpoint")]),
    )
    for number_id, labels in levels:
        first_line = 0 if number_id == CHAPTER_LIST else FIRST_LINE.twips
        numbering.append(_abstract_list(number_id, labels, first_line))
    for number_id, _ in levels:
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{number_id}"/></w:num>',
            )
        )


def _abstract_list(number_id: int, labels: list[tuple[str, str | None]], first_line: int) -> Any:
    """``w:abstractNum``; the indent (in twentieths of a point) stands in the levels, which outweigh the style."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + f'<w:suff w:val="space"/><w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{first_line}"/></w:pPr></w:lvl>'
        for level, (label, style) in enumerate(labels)
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number_id}">'
        f'<w:nsid w:val="5A2A{number_id:04X}"/><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _set_styles(document: WordDocument, language: str) -> None:
    normal = document.styles["Normal"]
    _set_font(normal, language)
    normal.font.size = SIZE
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0

    body = _new_style(document, "Draft Body", first_line=FIRST_LINE, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    for name, level in (("Draft Point", 0), ("Draft Subpoint", 1)):
        style = _new_style(document, name, base=body)
        put_in_list(style.element, POINT_LIST, level)
    _new_style(document, "Draft Part", base=body)
    _new_style(document, "Draft Centre", align=WD_ALIGN_PARAGRAPH.CENTER)
    _new_style(document, "Draft Title", align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _new_style(document, "Draft Right", align=WD_ALIGN_PARAGRAPH.RIGHT)
    left = _new_style(document, "Draft Left", align=WD_ALIGN_PARAGRAPH.LEFT)
    left.paragraph_format.keep_together = True
    stamp = _new_style(document, "Draft Stamp", align=WD_ALIGN_PARAGRAPH.CENTER)
    stamp.paragraph_format.left_indent = STAMP_INDENT
    stamp.paragraph_format.page_break_before = True
    cell = _new_style(document, "Draft Cell", align=WD_ALIGN_PARAGRAPH.LEFT)
    cell.font.size = SMALL
    _set_heading(document, language)


def _set_heading(document: WordDocument, language: str) -> None:
    heading = document.styles["Heading 1"]
    _set_font(heading, language)
    heading.font.size, heading.font.bold, heading.font.color.rgb = SIZE, True, RGBColor(0, 0, 0)
    heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(14)
    heading.paragraph_format.keep_with_next = True
    put_in_list(heading.element, CHAPTER_LIST, 0)


def _new_style(
    document: WordDocument,
    name: str,
    *,
    base: Any = None,
    first_line: Any = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
    bold: bool = False,
) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base or document.styles["Normal"]
    style.quick_style = True
    if first_line is not None:
        style.paragraph_format.first_line_indent = first_line
    if align is not None:
        style.paragraph_format.alignment = align
    if bold:
        style.font.bold = True
    return style


def _set_font(style: Any, language: str) -> None:
    """One font for all scripts (the template asks for theme fonts) and the language of proofing."""
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    style.font.name = FONT
    fonts = properties.find(qn("w:rFonts"))
    for attribute in ("w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), LOCALES[language])
    properties.append(lang)
