"""Tracked changes: the accepted view, what is set aside, counts, and offsets that a writer can rely on."""

from __future__ import annotations

from lxml import etree

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from nlp.reading.docx_package import Package
from nlp.reading.revisions import accepted_runs, accepted_text, body_paragraphs
from nlp.reading.source import DropReason, SourceText
from tests.reading.docx.word_xml import (
    DELETED_MARK,
    abstract,
    cell,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    para,
    row,
    run,
    style,
    table,
)

WHO = 'w:author="Редактор" w:date="2024-01-01T00:00:00Z"'
OTHER = 'w:author="Юрист" w:date="2024-02-02T00:00:00Z"'


def read(body: str, **parts: object) -> SourceText:
    return read_docx(docx(body, **parts), "", Limits())  # type: ignore[arg-type]


def removed(source: SourceText) -> list[tuple[str, int]]:
    return [(d.text, d.place.paragraph) for d in source.dropped if d.reason is DropReason.DELETED_REVISION]


def test_inserted_is_judged_and_deleted_set_aside() -> None:
    source = read(para("Срок – ", inner=deleted("10") + inserted("30") + run(" рабочих дней")))
    assert source.text == "Срок – 30 рабочих дней"
    assert removed(source) == [("10", 0)]
    assert (source.inserted_revisions, source.deleted_revisions) == (1, 1)
    (notice,) = source.notices
    assert notice.code == "reading.tracked_changes"
    assert notice.params == (("inserted", "1"), ("deleted", "1"))


def test_text_deleted_inside_an_insertion_is_deleted() -> None:
    inner = f"<w:ins {OTHER}>{run('пять ')}<w:del {WHO}><w:r><w:delText>десять</w:delText></w:r></w:del></w:ins>"
    source = read(para("Срок ", inner=inner + run("дней")))
    assert source.text == "Срок пять дней"
    assert removed(source) == [("десять", 0)]


def test_moved_text_stands_where_it_was_moved_to() -> None:
    source = read(
        para("", inner=f"<w:moveFrom {WHO}>{run('Норма о сроке.')}</w:moveFrom>" + run("Первый."))
        + para("", inner=f"<w:moveTo {WHO}>{run('Норма о сроке.')}</w:moveTo>")
    )
    assert source.text == "Первый.\nНорма о сроке."
    assert (source.inserted_revisions, source.deleted_revisions) == (1, 1)


def test_changes_of_formatting_are_no_changes_of_text() -> None:
    changed = f"<w:b/><w:rPrChange {WHO}><w:rPr><w:vanish/><w:vertAlign w:val='superscript'/></w:rPr></w:rPrChange>"
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    look = (
        f'<w:pPrChange {WHO}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:jc w:val="center"/>'
        "</w:pPr></w:pPrChange>"
    )
    legacy = f'<w:numPr><w:numId w:val="1"/><w:numberingChange {WHO} w:original="7."/><w:ins {WHO}/></w:numPr>'
    source = read(para("", look=look, inner=run("37", changed)) + para("Б", look=legacy), numbering=numbering)
    assert source.text == "37\n1. Б"
    assert source.blocks[0].style.bold and not source.blocks[0].style.centered
    assert source.notices == ()


def test_deleted_mark_joins_paragraphs_with_the_properties_of_the_last() -> None:
    numbering = abstract(0, lvl(0, "decimal", "%1)")) + num(1, 0)
    body = (
        para("Начало ", look=DELETED_MARK)
        + '<w:bookmarkStart w:id="0" w:name="a"/><w:bookmarkEnd w:id="0"/>'
        + para("", look=DELETED_MARK, inner=deleted("середина "))
        + para("конец", (1, 0), look='<w:jc w:val="center"/>')
        + para("Далее", (1, 0))
    )
    source = read(body, numbering=numbering)
    assert source.text == "1) Начало конец\n2) Далее"
    assert [b.place.paragraph for b in source.blocks] == [0, 3]
    assert source.blocks[0].style.centered
    assert removed(source) == [("середина", 1)]


def test_joined_paragraph_is_placed_where_its_text_begins() -> None:
    body = para("", look=DELETED_MARK, inner=deleted("Удалено")) + para("Осталось")
    source = read(body)
    assert [(b.place.paragraph, b.original_span(0, 8)) for b in source.blocks] == [(1, (0, 8))]


def test_deleted_mark_before_a_table_joins_nothing() -> None:
    source = read(para("До", look=DELETED_MARK) + table(row(cell(para("в ячейке")))) + para("После"))
    assert source.text == "До\nв ячейке\nПосле"


def test_paragraphs_are_joined_into_a_content_control() -> None:
    control = f"<w:sdt><w:sdtContent>{para('продолжение', look=DELETED_MARK)}</w:sdtContent></w:sdt>"
    assert read(para("Начало, ", look=DELETED_MARK) + control + para(" и конец")).text == "Начало, продолжение и конец"


def test_rows_and_cells() -> None:
    gone, came = f"<w:del {WHO}/>", f"<w:ins {WHO}/>"
    body = table(
        row(cell(para("старая")), cell(para("строка")), look=gone),
        row(cell(para("", inner=inserted("новая"))), cell(para("", inner=inserted("строка"))), look=came),
        row(cell(para("ячейка")), cell(para("прочь"), look=f"<w:cellDel {WHO}/>")),
    )
    source = read(body)
    assert source.text == "новая\nстрока\nячейка"
    assert removed(source) == [("старая", 0), ("строка", 1), ("прочь", 5)]
    assert (source.inserted_revisions, source.deleted_revisions) == (1, 2)


def test_neighbouring_pieces_of_one_change_are_counted_once() -> None:
    mark = f"<w:rPr><w:ins {WHO}/></w:rPr>"
    pieces = f'<w:ins {WHO}>{run("а")}</w:ins><w:proofErr w:type="spellStart"/><w:ins {WHO}>{run("б")}</w:ins>'
    source = read(
        para("", look=mark, inner=pieces + f"<w:ins {OTHER}>{run('в')}</w:ins>")
        + para("мимо", inner=inserted("г") + run("между") + inserted("д"))
        + para("только знак абзаца", look=mark)
    )
    assert (source.inserted_revisions, source.deleted_revisions) == (5, 0)


def test_writer_finds_the_words_that_the_reader_read() -> None:
    """The contract with writers: Place.paragraph and original_span lead to the text nodes that hold the words."""
    numbering = abstract(0, lvl(0, "decimal", "%1)")) + num(1, 0)
    inner = (
        deleted("обязан ")
        + inserted("вправе ")
        + "<w:r><w:t>отказать</w:t><w:tab/><w:t>в выдаче</w:t><w:br/></w:r>"
        + run("тайно ", "<w:vanish/>")
        + run("по ст")
        + run("атье 37")
        + run("1", '<w:vertAlign w:val="superscript"/>')
    )
    body = (
        para("Преамбула")
        + para("", look=DELETED_MARK, inner=deleted("прочь"))
        + para("  Орган  ", (1, 0), inner=inner, look=DELETED_MARK)
        + table(row(cell(para("Орган вправе отказать"))))
        + para("Орган ", look=DELETED_MARK)
        + para("вправе отказать по статье 37")
    )
    data = docx(body, numbering=numbering)
    source = read_docx(data, "", Limits())
    paragraphs = body_paragraphs(Package(data, Limits()).document())
    assert source.text.split("\n")[1] == "1) Орган вправе отказать в выдаче по статье 37¹"
    for phrase in ("Орган", "вправе", "отказать", "в выдаче", "по статье 37"):
        found = [b for b in source.blocks if phrase in source.text[b.start : b.end]]
        assert found
        for block in found:
            start = source.text.index(phrase, block.start)
            span = block.original_span(start, start + len(phrase))
            assert span is not None
            paragraph = paragraphs[block.place.paragraph]
            assert accepted_text(paragraph)[span[0] : span[1]] == phrase
            nodes = [r for r in accepted_runs(paragraph) if r.start < span[1] and r.end > span[0]]
            typed = "".join((r.node.text or "")[max(span[0] - r.start, 0) : span[1] - r.start] for r in nodes)
            assert typed == phrase


def test_offsets_of_accepted_runs_are_gapless() -> None:
    data = docx(para("Раз ", look=DELETED_MARK, inner="<w:r><w:tab/></w:r>" + deleted("два")) + para("три"))
    (first, second) = body_paragraphs(Package(data, Limits()).document())
    assert [(etree.QName(r.node).localname, r.start, r.end) for r in accepted_runs(first)] == [
        ("t", 0, 4),
        ("tab", 4, 5),
        ("t", 5, 8),
    ]
    assert [(r.start, r.end) for r in accepted_runs(second)] == [(0, 3)]


def test_hidden_paragraph_is_neither_shown_nor_counted() -> None:
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    body = para("А", (1, 0)) + para("", (1, 0), look=hidden, inner=run("Б", "<w:vanish/>")) + para("В", (1, 0))
    assert read(body, numbering=numbering, styles=style("Normal", default=True)).text == "1. А\n2. В"
