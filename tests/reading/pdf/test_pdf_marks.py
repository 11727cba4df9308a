"""What naive extraction loses or mixes up: superscripts, broken words, spaced letters, tables, headers, boxes."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from nlp.reading.pdf import read_pdf
from nlp.reading.source import BlockKind, DropReason, SourceText
from tests.reading.pdf.measures import block_texts, text_of
from tests.reading.pdf.printing import HEADER, STAMP, Look, PdfPrinter, Piece, pieces_of, print_pdf

FILLING = "Орган рассматривает заявление в течение пяти рабочих дней и уведомляет заявителя о принятом решении."


def printed(*texts: str, look: Look | None = None) -> SourceText:
    """Paragraphs printed and read again."""
    return read_pdf(print_pdf(pieces_of(texts), look))


# Superscripts


@pytest.mark.parametrize("by_line", [True, False])
def test_superscripts_stay_apart_from_numbers(by_line: bool) -> None:
    texts = [
        "Статью 37¹ дополнить частью 1¹ следующего содержания:",
        "«1¹. Стороны обязаны являться на встречу в срок, указанный в части 11 статьи 371 Кодекса.»;",
        "2¹²) площадь, указанная в пункте 10³, не превышает 11 гектаров.",
    ]
    source = printed(*texts, FILLING, look=Look(by_line=by_line, justified=not by_line))
    assert block_texts(source) == [*texts, FILLING]


def test_a_mark_raised_along_with_the_figure_and_a_list_of_raised_numbers() -> None:
    printer = PdfPrinter(Look())
    canvas = printer.canvas
    x = 70.0
    for text, raised in (("Статья 317", False), ("1.", True), (" Применение статей 102", False), ("2", True),
                         ("-102", False), ("4", True), (", 213", False), ("3", True), (",213", False),
                         ("4", True), (" Кодекса", False)):  # fmt: skip
        size = 7 if raised else 12
        canvas.setFont(printer.plain, size)
        canvas.drawString(x, 600 + raised * 4, text)
        x += canvas.stringWidth(text, printer.plain, size)
    assert read_pdf(printer.bytes()).text == "Статья 317¹. Применение статей 102²-102⁴, 213³,213⁴ Кодекса"


def test_a_small_line_of_its_own_is_no_superscript() -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of([FILLING, "Пункт 5"]))
    printer.canvas.setFont(printer.plain, 7)
    printer.canvas.drawString(71, printer.y - 9, "12 экземпляров")
    assert "12 экземпляров" in read_pdf(printer.bytes()).text


# Words broken at line ends


def test_broken_words_are_mended_and_compound_ones_keep_their_hyphen() -> None:
    printer = PdfPrinter(Look())
    lines = [
        "Государственные органы и квазигосударственный сектор осу-",
        "ществляют внутренний анализ и образуют службы комплаенс-",
        "контроля, а также проводят организационно-методи-",
        "ческую работу в городе Нур-",
        "Султане; мемлекеттік органдар сыбайлас жем-",
        "қорлыққа қарсы іс-",
        "қимыл жүргізеді және ЖШС-",
        "ның құжаттарын, Заңның 3-",
        "тармағын қарайды.",
    ]
    for line in lines:
        printer.y -= 15
        printer.line(line.split(), 70, printer.y, 0.0)
    assert read_pdf(printer.bytes()).text == (
        "Государственные органы и квазигосударственный сектор осуществляют внутренний анализ и образуют службы "
        "комплаенс-контроля, а также проводят организационно-методическую работу в городе Нур-Султане; мемлекеттік "
        "органдар сыбайлас жемқорлыққа қарсы іс-қимыл жүргізеді және ЖШС-ның құжаттарын, Заңның 3-тармағын қарайды."
    )


# Spaced letters


def test_letters_spaced_by_the_printer_and_by_blanks() -> None:
    spaced = "П Р И К А З Ы В А Ю:"
    assert printed("Приказ о мерах", look=Look(letter_space=4.0)).text == "Приказ о мерах"
    assert printed(FILLING, spaced).text == f"{FILLING}\nПРИКАЗЫВАЮ:"


def test_two_words_spaced_by_blanks_stay_two() -> None:
    printer = PdfPrinter(Look())
    printer.canvas.setFont(printer.plain, 12)
    printer.canvas.drawString(70, 600, "с ы б а й л а с   ж е м қ о р л ы қ")
    assert read_pdf(printer.bytes()).text == "сыбайлас жемқорлық"


# Tables

ROWS = [
    ["№", "Действующая редакция", "Предлагаемая редакция", "Обоснование"],
    ["1", "1¹. Орган вправе продлить срок.", "1¹. Орган продлевает срок на пять дней.", "Исключается усмотрение."],
    ["2", "Статья 37². Отсутствует.", "Статья 37². Перечень.", "Пробел восполнен; комплаенс-контроль введен."],
]


def cells_of(source: SourceText) -> dict[tuple[int, int, int], str]:
    """(table, row, column) → text of the cell."""
    found: dict[tuple[int, int, int], str] = {}
    for block in source.blocks:
        if block.kind is BlockKind.CELL:
            place = (block.place.table, block.place.row, block.place.column)
            found[place] = f"{found[place]} {text_of(source, block)}" if place in found else text_of(source, block)
    return found


def test_a_ruled_table_over_three_pages(russian: list[str]) -> None:
    rows = ROWS * 13
    printer = PdfPrinter(Look(stamp=STAMP, header=HEADER, numbered=True))
    printer.print(pieces_of(russian[14:20]))
    printer.table(rows, [0.08, 0.34, 0.34, 0.24])
    printer.print(pieces_of(russian[20:23]))
    assert printer.page == 3
    source = read_pdf(printer.bytes())
    expected = {(0, r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)}
    assert cells_of(source) == expected
    outside = [text_of(source, block) for block in source.blocks if block.kind is not BlockKind.CELL]
    assert outside == russian[14:23]  # nothing of the table comes twice
    assert "Documentolog" not in source.text


def test_the_repeated_head_of_a_table_comes_once_and_a_broken_row_is_one() -> None:
    printer = PdfPrinter(Look(numbered=True))
    shares = [0.1, 0.45, 0.45]
    printer.y = 200
    head = ["№", "Пункт проекта", "Предложение"]
    printer.table([head, ["1", "Орган вправе", "Исключить."], ["2", "Орган рассматривает заявление", "Слова"]], shares)
    printer._new_page()
    printer.table([head, ["", "в течение пяти рабочих дней.", "«вправе» исключить."], ["3", "Срок", "Нет."]], shares)
    printer._new_page()
    printer.table([head, ["4", "Норма", "исключить"]], shares)
    source = read_pdf(printer.bytes())
    rows = [
        head,
        ["1", "Орган вправе", "Исключить."],
        ["2", "Орган рассматривает заявление в течение пяти рабочих дней.", "Слова «вправе» исключить."],
        ["3", "Срок", "Нет."],
        ["4", "Норма", "исключить"],
    ]
    assert cells_of(source) == {(0, r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)}
    heads = [item.text for item in source.dropped if not item.text.isdigit()]
    assert heads == [" ".join(head)] * 2


def test_turned_words_in_a_cell_are_text_and_not_a_stamp() -> None:
    printer = PdfPrinter(Look(stamp=STAMP))
    canvas = printer.canvas
    for x in (70, 110, 300):
        canvas.line(x, 500, x, 700)
    for y in (500, 600, 700):
        canvas.line(70, y, 300, y)
    canvas.setFont(printer.plain, 12)
    canvas.drawString(120, 650, "Наименование показателя")
    canvas.drawString(120, 550, "Доля услуг")
    canvas.saveState()
    canvas.translate(95, 615)
    canvas.rotate(90)
    canvas.drawString(0, 0, "Порядок")
    canvas.restoreState()
    source = read_pdf(printer.bytes())
    assert cells_of(source) == {(0, 0, 0): "Порядок", (0, 0, 1): "Наименование показателя", (0, 1, 1): "Доля услуг"}
    assert [item.text for item in source.dropped] == [STAMP]


def test_merged_cells_and_two_tables() -> None:
    printer = PdfPrinter(Look())
    canvas = printer.canvas
    canvas.setFont(printer.plain, 12)
    for top in (700, 500):
        canvas.rect(70, top - 80, 400, 80)
        canvas.line(70, top - 40, 470, top - 40)
        canvas.line(270, top - 80, 270, top - 40)
        canvas.drawString(80, top - 25, f"Шапка {top}")
        canvas.drawString(80, top - 65, "Слева")
        canvas.drawString(280, top - 65, "Справа")
    canvas.drawString(70, 560, "Текст между таблицами.")
    source = read_pdf(printer.bytes())
    one = {(0, 0): "Шапка 700", (1, 0): "Слева", (1, 1): "Справа"}
    other = one | {(0, 0): "Шапка 500"}
    assert cells_of(source) == {(t, *k): v for t, cells in enumerate((one, other)) for k, v in cells.items()}
    kinds = [block.kind for block in source.blocks]
    assert kinds == [BlockKind.CELL] * 3 + [BlockKind.PARAGRAPH] + [BlockKind.CELL] * 3


def test_a_framed_page_in_two_columns_is_no_table(russian: list[str], kazakh: list[str]) -> None:
    printer = PdfPrinter(Look(size=11, leading=14, left=50, right=40))
    for x in (44, 306, 560):
        printer.canvas.line(x, 60, x, 780)
    for y in (60, 780):
        printer.canvas.line(44, y, 560, y)
    printer.columns(pieces_of(kazakh[12:20]), pieces_of(russian[12:19]))
    source = read_pdf(printer.bytes())
    assert [block.style.column for block in source.blocks] == [1] * 8 + [2] * 7
    assert block_texts(source) == kazakh[12:20] + russian[12:19]


def test_underlines_and_frames_make_no_table() -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of([FILLING, FILLING]))
    printer.canvas.rect(40, 40, 515, 760)
    for number in range(5):
        printer.canvas.line(70, 700 - number * 15, 200, 700 - number * 15)
    assert block_texts(read_pdf(printer.bytes())) == [FILLING, FILLING]


# Headers, footers, notes


def test_headings_of_annexes_are_no_headers() -> None:
    printer = PdfPrinter(Look(numbered=True))
    for number in range(1, 6):
        printer.print(pieces_of([f"Приложение {number} к Правилам", f"{number}. {FILLING}", f"Форма № {number * 7}"]))
        printer._new_page()
    printer.print(pieces_of(["Конец."]))
    source = read_pdf(printer.bytes())
    for number in range(1, 6):
        assert f"Приложение {number} к Правилам" in block_texts(source)
    assert [item.text for item in source.dropped] == [str(page) for page in range(1, 7)]


def test_numbers_that_are_no_page_numbers_stay() -> None:
    printer = PdfPrinter(Look())
    for number in (41, 55, 97):
        printer.print(pieces_of([f"{number}.", FILLING, f"Норма номер {number * 3} этого документа."]))
        printer._new_page()
    printer.print(pieces_of(["Конец."]))
    source = read_pdf(printer.bytes())
    assert [text for text in block_texts(source) if re.fullmatch(r"\d+\.", text)] == ["41.", "55.", "97."]
    assert not source.dropped


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    long = " ".join(FILLING for _ in range(60))
    source = printed(FILLING, long, look=Look(header=HEADER, numbered=True, stamp=STAMP))
    assert block_texts(source) == [FILLING, long]
    pages = {box.page for box in source.blocks[1].boxes}
    assert pages == {1, 2}


def test_footnotes_are_set_aside() -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of([FILLING] * 6))
    printer.look = Look(size=8, leading=10, indent=0)
    printer.y = 120
    printer.print(pieces_of(["¹ Официальный курс на дату подачи заявки.", "² Без учета налога."]))
    source = read_pdf(printer.bytes())
    assert block_texts(source) == [FILLING] * 6
    notes = [item for item in source.dropped if item.reason is DropReason.FOOTNOTE]
    assert [item.text for item in notes] == ["¹ Официальный курс на дату подачи заявки. ² Без учета налога."]


def test_a_watermark_across_the_page_is_set_aside() -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of([FILLING] * 3))
    printer.canvas.translate(150, 300)
    printer.canvas.rotate(45)
    printer.canvas.setFont(printer.bold, 60)
    printer.canvas.drawString(0, 0, "ПРОЕКТ")
    source = read_pdf(printer.bytes())
    assert block_texts(source) == [FILLING] * 3
    assert [(item.reason, item.text) for item in source.dropped] == [(DropReason.STAMP, "ПРОЕКТ")]


def test_words_printed_twice_to_look_bold_come_once() -> None:
    printer = PdfPrinter(Look())
    printer.canvas.setFont(printer.plain, 12)
    for shift in (0, 0.4):
        printer.canvas.drawString(70 + shift, 600, "Глава 1. Общие положения")
    assert read_pdf(printer.bytes()).text == "Глава 1. Общие положения"


def test_a_heading_over_two_lines_is_one_block() -> None:
    title = "Глава 21. Государственный земельный кадастр и мониторинг земель, осуществляемый уполномоченным органом"
    source = read_pdf(print_pdf([Piece(FILLING), Piece(title, "h"), Piece(FILLING)]))
    assert block_texts(source) == [FILLING, title, FILLING]
    heading = source.blocks[1]
    assert heading.kind is BlockKind.HEADING and heading.style.bold and heading.style.centered


# Boxes


@pytest.mark.parametrize("look", [Look(hyphenated=True, stamp=STAMP), Look(rotate=True)], ids=["upright", "lying"])
def test_every_word_has_the_box_it_was_printed_in(look: Look, russian: list[str]) -> None:
    data = print_pdf(pieces_of([*russian[:60], "Статью 37¹ дополнить частью 1¹."]), look)
    source = read_pdf(data)
    words = boxes = 0
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [page.get_textpage() for page in pdf]
        for block in source.blocks:
            text = text_of(source, block)
            words += len(text.split())
            covered = set()
            for box in block.boxes:
                boxes += 1
                covered.update(range(box.start, box.end))
                seen = pages[box.page - 1].get_text_bounded(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
                word = source.text[box.start : box.end].translate(str.maketrans("¹", "1"))
                assert word in re.sub(r"[\s\x02-]+", "", seen) or word.rstrip("-") in seen
            blanks = {at for at in range(block.start, block.end) if source.text[at] == " "}
            assert covered | blanks == set(range(block.start, block.end))
    assert words <= boxes <= words * 1.1  # words broken over two lines have two
    last = source.blocks[-1]
    found = last.boxes_of(source.text.index("37¹"), source.text.index("37¹") + 1)
    assert [source.text[box.start : box.end] for box in found] == ["37¹"]
