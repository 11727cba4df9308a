"""What is read of a Word file, in which order, and where it stood."""

from __future__ import annotations

import pytest

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from nlp.reading.source import BlockKind, Dropped, DropReason, SourceText
from tests.reading.docx.word_xml import cell, docx, para, row, run, style, table


def read(body: str, **parts: object) -> SourceText:
    return read_docx(docx(body, **parts), "test.docx", Limits())  # type: ignore[arg-type]


def lines(body: str, **parts: object) -> list[str]:
    source = read(body, **parts)
    return [source.text[block.start : block.end] for block in source.blocks]


def dropped(source: SourceText, reason: DropReason) -> list[Dropped]:
    return [each for each in source.dropped if each.reason is reason]


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize("strict", [False, True])
def test_paragraphs_and_tables_in_order(strict: bool) -> None:
    inner = table(row(cell(para("вложенная"))))
    body = (
        para("Первый")
        + table(
            row(cell(para("№")), cell(para("Срок"), para("дней"))),
            row(cell(para("широкая"), look='<w:gridSpan w:val="2"/>'), cell(inner, para("после"))),
        )
        + para("Второй")
    )
    source = read(body, strict=strict)
    assert [source.text[b.start : b.end] for b in source.blocks] == [
        *("Первый", "№", "Срок", "дней", "широкая", "вложенная", "после", "Второй"),
    ]
    places = [(b.place.paragraph, b.place.table, b.place.row, b.place.column) for b in source.blocks]
    assert places == [
        (0, -1, -1, -1),
        (1, 0, 0, 0),
        (2, 0, 0, 1),
        (3, 0, 0, 1),
        (4, 0, 1, 0),
        (5, 1, 0, 0),
        (6, 0, 1, 2),
        (7, -1, -1, -1),
    ]
    assert [b.kind for b in source.blocks] == [BlockKind.PARAGRAPH, *[BlockKind.CELL] * 6, BlockKind.PARAGRAPH]
    assert source.format == "docx" and source.name == "test.docx" and len(source.sha256) == 64


def test_merged_cells_are_read_once_and_skipped_columns_counted() -> None:
    body = table(
        row(cell(para("Орган"), look='<w:vMerge w:val="restart"/>'), cell(para("А"))),
        row(cell(para(""), look="<w:vMerge/>"), cell(para("Б"))),
        row(cell(para("В")), look='<w:gridBefore w:val="1"/>'),
    )
    source = read(body)
    assert [(source.text[b.start : b.end], b.place.row, b.place.column) for b in source.blocks] == [
        ("Орган", 0, 0),
        ("А", 0, 1),
        ("Б", 1, 1),
        ("В", 2, 1),
    ]


def test_content_controls_hyperlinks_and_tags_are_transparent() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('срок ')}</w:sdtContent></w:sdt>"
    inner = (
        f'{control}<w:hyperlink>{run("статьи 7 ")}</w:hyperlink><w:smartTag w:element="date">{run("2024 года")}'
        "</w:smartTag>"
    )
    block = f"<w:sdt><w:sdtContent>{para('', inner=inner)}</w:sdtContent></w:sdt>"
    cells = f"<w:sdt><w:sdtContent>{row(cell(para('ячейка')))}</w:sdtContent></w:sdt>"
    assert lines(block + table(cells)) == ["срок статьи 7 2024 года", "ячейка"]


def test_signs_of_a_run() -> None:
    signs = (
        "<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>1) уполно</w:t><w:softHyphen/><w:t>моченный</w:t><w:tab/>"
        '<w:t>орган </w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 5 </w:t>'
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    assert lines(para("", inner=signs)) == ["3-1) уполномоченный орган ≥ 5 ✓"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    content = f"<w:txbxContent>{para('Утверждены приказом')}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    drawing = f"<w:drawing><wp:inline><a:graphic>{shape}</a:graphic></wp:inline></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(para("Правила", inner=both) + para("Глава 1") + para("", inner=f"<w:r>{picture}</w:r>"))
    assert source.text.split("\n") == ["Правила", "Утверждены приказом", "Глава 1", "Утверждены приказом"]
    assert [b.place.paragraph for b in source.blocks] == [0, 1, 3, 5]


@pytest.mark.parametrize(
    ("properties", "figures", "shown"),
    [
        ('<w:vertAlign w:val="superscript"/>', "1", "статья 37¹ Закона"),
        ('<w:vertAlign w:val="superscript"/>', "10", "статья 37¹⁰ Закона"),
        ('<w:vertAlign w:val="subscript"/>', "2", "статья 37₂ Закона"),
        ('<w:position w:val="6"/><w:sz w:val="16"/>', "1", "статья 37¹ Закона"),
        ('<w:position w:val="2"/>', "1", "статья 371 Закона"),
        ('<w:position w:val="-6"/>', "1", "статья 37₁ Закона"),
        ('<w:vertAlign w:val="superscript"/>', "а", "статья 37а Закона"),
        ('<w:vertAlign w:val="baseline"/><w:position w:val="6"/>', "1", "статья 371 Закона"),
        ('<w:rStyle w:val="Index"/>', "1", "статья 37¹ Закона"),
        ('<w:rStyle w:val="Index"/><w:vertAlign w:val="baseline"/>', "1", "статья 371 Закона"),
    ],
)
def test_indexes_stay_indexes(properties: str, figures: str, shown: str) -> None:
    styles = style("Index", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', kind="character")
    source = read(para("статья 37", inner=run(figures, properties) + run(" Закона")), styles=styles)
    assert source.text == shown
    (segment,) = source.blocks[0].segments
    assert (segment.start, segment.length, segment.source) == (0, len(shown), 0)


def test_paragraph_raised_as_a_whole_holds_no_indexes() -> None:
    assert lines(para("", inner=run("Пункт 12", '<w:position w:val="6"/>'))) == ["Пункт 12"]


def test_fields_keep_their_result_only() -> None:
    nested = field(' IF "1" = "1" ', run("результат"))
    body = para("По ", inner=field(' HYPERLINK "http://example.org" ', run("ссылке")) + run(" и ") + nested)
    simple = f'<w:fldSimple w:instr=" REF a ">{run("пункту 5")}</w:fldSimple>'
    assert lines(body + para("согласно ", inner=simple)) == ["По ссылке и результат", "согласно пункту 5"]


def test_text_inside_an_instruction_is_not_read_and_keeps_offsets_right() -> None:
    instruction = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'{run("скрытое условие")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("итог")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    source = read(para("Срок ", inner=instruction))
    assert source.text == "Срок итог"
    assert source.blocks[0].original_span(5, 9) == (20, 24)


def test_table_of_contents_is_set_aside() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    separate, end = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        para("", inner=f"{begin}{separate}{run('Глава 1. Общие положения')}{run(' 3')}")
        + para("Глава 2. Порядок 5")
        + para("", inner=end)
        + para("Глава 1. Общие положения")
    )
    source = read(body)
    assert source.text == "Глава 1. Общие положения"
    assert [each.text for each in dropped(source, DropReason.TABLE_OF_CONTENTS)] == [
        "Глава 1. Общие положения 3",
        "Глава 2. Порядок 5",
    ]
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    content = para("Содержание") + para("Глава 1 3")
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    assert lines(control + para("Глава 1")) == ["Глава 1"]
    styles = style("TOC1", shown="toc 1")
    assert lines(para("Глава 1 3", style="TOC1") + para("Глава 1"), styles=styles) == ["Глава 1"]


@pytest.mark.parametrize("separator", ["", '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'])
def test_field_that_is_never_closed_does_not_swallow_the_act(separator: str) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    assert lines(para("", inner=begin + separator + run("Глава 1")) + para("Норма")) == ["Глава 1", "Норма"]


def test_hidden_text_is_set_aside_with_a_notice() -> None:
    styles = style("Secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    inner = run("тайно", "<w:vanish/>") + run(" открыто") + run("!", '<w:vanish w:val="0"/>')
    inner += run("по стилю", '<w:rStyle w:val="Secret"/>')
    source = read(para("Решение ", inner=inner), styles=styles)
    assert source.text == "Решение открыто!"
    assert source.blocks[0].original_span(8, 15) == (14, 21)
    assert [each.text for each in dropped(source, DropReason.MARKUP)] == ["тайнопо стилю"]
    assert [(notice.code, notice.params) for notice in source.notices] == [
        ("reading.hidden_text", (("characters", "13"),))
    ]


def test_notes_comments_headers_and_footers_are_set_aside() -> None:
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>1</w:t></w:r>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    notes = {
        "footnotes": f'<w:footnote w:type="separator" w:id="0">{para("—")}</w:footnote>'
        f'<w:footnote w:id="2">{para("Сноска о сроке")}</w:footnote><w:footnote w:id="3">{para("Иное")}</w:footnote>',
        "comments": f'<w:comment w:id="0">{para("Проверить")}</w:comment>',
    }
    source = read(
        para("Первый") + para("Срок", inner=reference + run(" пять дней") + custom + comment),
        notes=notes,
        headers=(para("ПРОЕКТ"), para("ПРОЕКТ")),
    )
    assert source.text == "Первый\nСрок пять дней"
    assert [(each.text, each.place.paragraph) for each in dropped(source, DropReason.FOOTNOTE)] == [
        ("Сноска о сроке", 1),
        ("Иное", 1),
    ]
    assert [(each.text, each.place.paragraph) for each in dropped(source, DropReason.COMMENT)] == [("Проверить", 1)]
    assert [(each.text, each.place.paragraph) for each in dropped(source, DropReason.HEADER_FOOTER)] == [("ПРОЕКТ", -1)]


def test_editors_notes_are_set_aside() -> None:
    source = read(para("Статья 7. Срок") + para("Сноска. Статья 7 с изменениями, внесенными Законом РК от 01.01.2020."))
    assert source.text == "Статья 7. Срок"
    assert [each.reason for each in source.dropped] == [DropReason.EDITOR_NOTE]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        (("1. Первый пункт.", "2. Второй пункт."), ["1. Первый пункт.", "2. Второй пункт."]),
        (("Об утверждении Правил", "предоставления услуги"), ["Об утверждении Правил предоставления услуги"]),
        (("основания:", "а) неполнота;", "б) иное."), ["основания:", "а) неполнота;", "б) иное."]),
        (("представляет заявление,", "если иное не установлено"), ["представляет заявление, если иное не установлено"]),
        (("а) копию,", "б) оригинал"), ["а) копию,", "б) оригинал"]),
        (("", "Текст", ""), ["Текст"]),
    ],
)
def test_line_breaks_part_units_and_join_sentences(typed: tuple[str, ...], read_as: list[str]) -> None:
    inner = "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{text}</w:t>' for text in typed) + "</w:r>"
    source = read(para("", inner=inner))
    assert [source.text[b.start : b.end] for b in source.blocks] == read_as
    whole = "\n".join(typed)
    for block in source.blocks:
        assert "\n" not in source.text[block.start : block.end]
        for segment in block.segments:
            original = whole[segment.source : segment.source + segment.length]
            shown = source.text[segment.start : segment.start + segment.length]
            assert shown == original.replace("\n", " ")


def test_style_hints() -> None:
    styles = (
        style("Normal", default=True)
        + style("Heading1", '<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
        + style("Derived", based_on="Heading1")
        + style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
        + style("Named", shown="heading 3")
    )
    body = (
        para("Глава 1", style="Heading1")
        + para("Глава 2", style="Derived", look='<w:jc w:val="right"/>')
        + para("", style="Heading1", inner=run("тонкий", '<w:rStyle w:val="Strong"/>'))
        + para("", inner=run("жирный", "<w:b/>") + run(" ") + run("весь", "<w:b/>"))
        + para("", inner=run("жирный", "<w:b/>") + run(" не весь"))
        + para("Утверждено", look='<w:ind w:left="5000"/>')
        + para("Параграф", style="Named")
        + para("Обычный", style="Unknown", look='<w:outlineLvl w:val="9"/>')
    )
    source = read(body, styles=styles)
    found = [
        (b.kind.value, b.style.bold, b.style.centered, b.style.right, b.style.outline_level) for b in source.blocks
    ]
    assert found == [
        ("heading", True, True, False, 0),
        ("heading", True, False, True, 0),
        ("heading", False, True, False, 0),
        ("paragraph", True, False, False, -1),
        ("paragraph", False, False, False, -1),
        ("paragraph", False, False, True, -1),
        ("heading", False, False, False, 2),
        ("paragraph", False, False, False, -1),
    ]


def test_embedded_parts_of_other_formats_are_named() -> None:
    source = read(para("Текст") + '<w:altChunk r:id="rId9"/>')
    assert [notice.code for notice in source.notices] == ["reading.embedded_parts"]


def test_segments_survive_cleaning() -> None:
    source = read(para("  Уполномоченный\u00a0 орган ", inner=run("впра\u00adве  отказать")))
    assert source.text == "Уполномоченный орган вправе отказать"
    typed = "  Уполномоченный\u00a0 орган впра\u00adве  отказать"
    start = source.text.index("вправе")
    assert source.blocks[0].original_span(start, start + 6) == (typed.index("впра"), typed.index("впра") + 7)


def test_formula_is_read() -> None:
    inner = "<m:oMath><m:r><m:t>С = А</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>"
    assert lines(para("Расчет: ", inner=inner)) == ["Расчет: С = А1"]
