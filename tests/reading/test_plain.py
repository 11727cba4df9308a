"""Text and Markdown files: paragraphs put together, tables, noise set aside, spans that map to the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.plain import read_plain
from nlp.reading.source import BlockKind, DropReason, SourceText


def read(text: str, limits: Limits | None = None) -> SourceText:
    return read_plain(text.encode(), "draft.txt", limits)


def blocks(text: str) -> list[str]:
    source = read(text)
    return [source.text[block.start : block.end] for block in source.blocks]


def dropped(text: str) -> list[tuple[DropReason, str]]:
    return [(item.reason, item.text) for item in read(text).dropped]


# Lines and paragraphs


def test_a_paragraph_hard_wrapped_at_a_width_is_one_block() -> None:
    text = (
        "Проектное управление является важным этапом институциональных \n"
        "реформ, выраженных в персонификации ответственности должностных\n"
        "лиц, достижении конкретных результатов, а также в уходе от\n"
        "формализма.\n"
        "\n"
        "Реализация проектного управления регламентирована постановлением \n"
        "Правительства от 31 мая 2021 года № 358.\n"
    )
    assert blocks(text) == [
        "Проектное управление является важным этапом институциональных реформ, выраженных в персонификации "
        "ответственности должностных лиц, достижении конкретных результатов, а также в уходе от формализма.",
        "Реализация проектного управления регламентирована постановлением Правительства от 31 мая 2021 года № 358.",
    ]


def test_a_blank_line_of_a_page_break_does_not_part_a_wrapped_paragraph() -> None:
    filler = "Уполномоченный орган рассматривает поступившие обращения граждан\nи принимает по ним решения.\n\n" * 4
    text = filler + "Орган обеспечивает размещение сведений на официальном интернет-\n\n\n\nресурсе в срок.\n"
    assert blocks(text)[-1] == "Орган обеспечивает размещение сведений на официальном интернет-ресурсе в срок."


def test_paragraphs_marked_by_an_indent_and_broken_at_hyperlinks() -> None:
    pad = "\xa0     "
    text = (
        f"{pad}1. Лицо несет ответственность в случаях, предусмотренных \nстатьей 16\n, пунктом 2 \nстатьи 17\n"
        f" настоящего Закона.\n\n{pad}2. Решение принимается на основании \nЗакона\n Республики Казахстан.\n\n"
        f"{pad}3. Если иное не предусмотрено настоящим \nКодексом\n, применяется общий порядок.\n"
    )
    assert blocks(text) == [
        "1. Лицо несет ответственность в случаях, предусмотренных статьей 16 , пунктом 2 статьи 17 настоящего Закона.",
        "2. Решение принимается на основании Закона Республики Казахстан.",
        "3. Если иное не предусмотрено настоящим Кодексом , применяется общий порядок.",
    ]


def test_a_dash_alone_on_its_line_between_two_hyperlinks() -> None:
    pad = "\xa0     "
    text = f"{pad}1. Алименты взыскиваются по \nстатьям 138\n - \n141\n настоящего Кодекса.\n" * 3
    assert blocks(text) == ["1. Алименты взыскиваются по статьям 138 - 141 настоящего Кодекса."] * 3


def test_each_line_a_paragraph() -> None:
    lines = [
        "Глава 1. Общие положения",
        "1. Настоящие Правила определяют порядок выдачи разрешений.",
        "2. В настоящих Правилах используются понятия:",
        "1) заявитель – физическое лицо;",
        "2) разрешение – документ, выдаваемый",
        "3) комиссия – орган;",
        "Комиссия действует на постоянной основе.",
        "- рассматривает заявления;",
        "- принимает решения.",
        "Статья 5. Полномочия",
        "Орган осуществляет контроль.",
        "5-бап. Өкілеттіктер",
        "Орган бақылауды жүзеге асырады.",
        "а) тексереді;",
        "2-тарау. Бақылау",
        "IV. Заключение",
    ]
    assert blocks("\n".join(lines)) == lines
    assert blocks("\n\n".join(lines)) == lines


def test_items_without_marks_at_the_end_stay_apart_over_blank_lines() -> None:
    lines = ["К заявлению прилагаются:", "копия удостоверения личности", "справка об отсутствии долга", "фотография"]
    assert blocks("\n\n".join(lines)) == lines


def test_a_number_after_a_reference_is_no_item() -> None:
    text = "Решение принимается в порядке, предусмотренном пунктом\n1. Правил и инструкцией.\n2. Срок – десять дней."
    assert blocks(text) == [
        "Решение принимается в порядке, предусмотренном пунктом 1. Правил и инструкцией.",
        "2. Срок – десять дней.",
    ]


def test_what_stands_apart_though_the_next_line_could_go_on() -> None:
    text = "АКИМАТ ОБЛАСТИ\nПОСТАНОВЛЕНИЕ\nот 1 мая 2026 года\n\nО причалах\n"
    assert blocks(text)[:2] == ["АКИМАТ ОБЛАСТИ", "ПОСТАНОВЛЕНИЕ"]
    assert blocks("ЗАКОН\nРЕСПУБЛИКИ КАЗАХСТАН\n") == ["ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН"]
    assert blocks("Ереженің\nқағидаларына 1-қосымша\n2026 жылғы журнал\n")[-1] == "2026 жылғы журнал"
    assert blocks("Журнал стоянок\n№ | Судно\n1 | «Заря»\n2 | |\n") == [
        "Журнал стоянок", "№ | Судно", "1 | «Заря»", "2 | |",
    ]  # fmt: skip


def test_indents_tell_paragraphs_in_a_wrapped_file() -> None:
    """Lines without the indent of a first line go on, over a page break too; a full stop does not part them."""
    full = "слово " * 12
    lines = []
    for _ in range(6):
        lines += [f"      Первое {full}конец", f"второе {full}стоит.", f"Третье {full}стоит.", "четвертое."]
    text = "\n".join([*lines, f"      Пятое {full}Законом", "", "", f"Республики {full}далее", "шестое."])
    found = blocks(text)
    assert len(found) == 7
    assert found[0].endswith("четвертое.") and found[-1].count("Республики") == 1


def test_a_short_line_before_a_page_break_is_a_heading() -> None:
    full = "слово " * 12
    prose = [f"      Первое {full}конец", f"второе {full}стоит."] * 6
    found = blocks("\n".join([*prose, "      Меры открытости", "", "", f"Третье {full}стоит."]))
    assert found[-2:] == ["Меры открытости", f"Третье {full}стоит."]


def test_headings_are_headings() -> None:
    text = (
        "РАЗДЕЛ 1. ОБЩИЕ ПОЛОЖЕНИЯ\nГлава 1. ПРАВОВЫЕ ОСНОВЫ\nПРЕДПРИНИМАТЕЛЬСТВА\nСтатья 1. Понятия\n\nТекст нормы.\n"
    )
    source = read(text)
    assert blocks(text) == [
        "РАЗДЕЛ 1. ОБЩИЕ ПОЛОЖЕНИЯ",
        "Глава 1. ПРАВОВЫЕ ОСНОВЫ ПРЕДПРИНИМАТЕЛЬСТВА",
        "Статья 1. Понятия",
        "Текст нормы.",
    ]
    assert [block.kind for block in source.blocks] == [BlockKind.HEADING] * 3 + [BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лицо вправе обжаловать анти-\nкоррупционное решение. Антикоррупционное право.", "антикоррупционное"),
        ("Планы организационно-\nуправленческой работы утверждаются органом.", "организационно-управленческой"),
        ("Әкімшілік іс-\nшаралар жоспары бекітіледі.", "іс-шаралар"),
    ],
)
def test_words_broken_by_a_hyphen(text: str, expected: str) -> None:
    assert expected in blocks(text)[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    text = f"1. Первая норма.{end}2. Вторая норма.{end}{end}3. Третья норма.{end}"
    source = read(text)
    assert [block.place.paragraph for block in source.blocks] == [0, 1, 3]
    assert [text[block.segments[0].source :][:2] for block in source.blocks] == ["1.", "2.", "3."]


def test_form_feeds_part_pages_and_page_numbers_go() -> None:
    text = "1. Норма первой страницы.\n12\n\f13\n2. Норма второй страницы.\n- 14 -\n"
    source = read(text)
    assert [(source.text[b.start : b.end], b.place.page) for b in source.blocks] == [
        ("1. Норма первой страницы.", 1),
        ("2. Норма второй страницы.", 2),
    ]
    assert [item.text for item in source.dropped] == ["12", "13", "- 14 -"]
    assert {item.reason for item in source.dropped} == {DropReason.HEADER_FOOTER}


def test_a_number_alone_without_pages_is_text() -> None:
    assert blocks("Количество мест\n\n25\n\nитого") == ["Количество мест", "25", "итого"]


# Markdown and tables


def test_markdown() -> None:
    text = "# Правила\n\n**УКАЗ  \nПРЕЗИДЕНТА**\n\n## *Раздел 1* ##\n\n"
    text += "1. Утвердить [Концепцию](#) **полностью**.\n\n---\n\nДалее.\n"
    source = read(text)
    assert source.format == "md"
    assert blocks(text) == ["Правила", "УКАЗ ПРЕЗИДЕНТА", "Раздел 1", "1. Утвердить Концепцию полностью.", "Далее."]
    assert [block.style.outline_level for block in source.blocks[:3]] == [0, -1, 1]
    assert source.blocks[1].style.bold
    assert dropped(text) == [(DropReason.MARKUP, "---")]


def test_pipe_tables() -> None:
    text = "До таблицы.\n\n| № | Орган |\n|---|:---:|\n| 1 | **Акимат** |\n| 2 |  |\n\nПосле.\n"
    source = read(text)
    cells = [b for b in source.blocks if b.kind is BlockKind.CELL]
    assert [(source.text[b.start : b.end], b.place.row, b.place.column) for b in cells] == [
        ("№", 0, 0),
        ("Орган", 0, 1),
        ("1", 1, 0),
        ("Акимат", 1, 1),
        ("2", 2, 0),
    ]
    assert {b.place.table for b in cells} == {0}


def test_tables_written_with_tabs() -> None:
    text = "Срок\t30 дней\nОрган\t<p>1) акимат;</p> <p>2) маслихат.</p>\n\nМинистр\tА. Иванов\n"
    source = read(text)
    assert [(source.text[b.start : b.end], b.place.row, b.place.column) for b in source.blocks] == [
        ("Срок", 0, 0),
        ("30 дней", 0, 1),
        ("Орган", 1, 0),
        ("1) акимат;", 1, 1),
        ("2) маслихат.", 1, 1),
        ("Министр А. Иванов", -1, -1),  # a line of its own is a signature, not a table
    ]


# Noise


def test_an_editors_note_broken_at_hyperlinks_is_dropped_whole() -> None:
    text = (
        "      1. Норма первая.\n\n      Сноска. Статья 1 с изменениями, внесенными законами РК от 11.07.1997 \n№\n 154"
        "\n; от 25.03.2011 \n№ 421-IV\n (вводится в действие по истечении десяти календарных дней).\n\n"
        "      2. Норма вторая.\n"
    )
    assert blocks(text) == ["1. Норма первая.", "2. Норма вторая."]
    (note,) = dropped(text)
    assert note[0] is DropReason.EDITOR_NOTE
    assert note[1].startswith("Сноска. Статья 1") and note[1].endswith("дней).")


def test_a_kazakh_note_with_its_text() -> None:
    text = (
        "ЗҚАИ-ның ескертпесі!\n\n      31) тармақша жаңа редакцияда көзделген – ҚР 09.01.2026 \n№ 256-VIII\n"
        " (алғашқы ресми жарияланған күнінен кейін алты ай өткен соң қолданысқа \nенгізіледі\n) Заңымен.\n\n"
        "      31) электрондық тіркеу – жүйе арқылы тіркеу;\n"
    )
    assert blocks(text) == ["31) электрондық тіркеу – жүйе арқылы тіркеу;"]
    assert [reason for reason, _ in dropped(text)] == [DropReason.EDITOR_NOTE] * 2


def test_a_table_of_contents_is_set_aside_and_the_headings_stay() -> None:
    text = "СОДЕРЖАНИЕ\n\nГлава 1. Цели ..... 3\n\nГлава 2. Меры 15\n\n"
    text += "Глава 1. Цели\n\n1. Норма.\n\nГлава 2. Меры\n\n2. Норма.\n"
    assert blocks(text) == ["Глава 1. Цели", "1. Норма.", "Глава 2. Меры", "2. Норма."]
    assert [reason for reason, _ in dropped(text)] == [DropReason.TABLE_OF_CONTENTS] * 3


def test_stamps_are_set_aside() -> None:
    text = "Исх. № 8260 от 28.02.2022\n\nКопия электронного документа\n\n1. Норма.\n"
    assert blocks(text) == ["1. Норма."]
    assert {reason for reason, _ in dropped(text)} == {DropReason.STAMP}


# Origins


def test_every_clean_span_maps_to_the_file() -> None:
    text = "Қаулы [актiлер](#) с у д ь я  мен\n\xa0пра\xadво туралы \nстатьи 5\n, әрі қарай.\r\n\r\n**Екінші** абзац.\n"
    source = read(text)
    for word, origin in (
        ("актілер", "актiлер"),
        ("право", "пра\xadво"),
        ("Екінші", "Екінші"),
        ("статьи 5", "статьи 5"),
    ):
        at = source.text.index(word)
        block = source.block_at(at)
        span = block.original_span(at, at + len(word))
        assert span is not None
        assert text[span[0] : span[1]] == origin


_LINES = st.sampled_from(
    ["1. Норма.", "2) пункт;", "", "   ", "Глава 1. Общие", "и далее по тексту", "Сноска. Статья 1 исключена.", "***",
     "# Тема",
     "| a | b |", "|---|---|", "a\tb", "**жирный**", "\f", "Закон", "орган-", "управления", "СОДЕРЖАНИЕ", "- 5 -",
     "Примечание ИЗПИ!", "№ 5-VI", "      Отступ", "\u200b", "[](#)", "<p></p>", "с у д ь я"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(_LINES, max_size=30), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_mixture_of_lines_gives_a_sound_text(lines: list[str], end: str) -> None:
    text = end.join(["Начало текста.", *lines])
    source = read(text)
    at = 0
    for number, block in enumerate(source.blocks):
        assert block.start == at and block.end > block.start
        assert source.text[block.end : block.end + 1] == ("\n" if number + 1 < len(source.blocks) else "")
        assert "\n" not in source.text[block.start : block.end]
        at = block.end + 1
        for segment in block.segments:
            assert block.start <= segment.start and segment.start + segment.length <= block.end
            assert segment.source >= 0 and segment.source + segment.length <= len(text)
    # nothing is lost: every word of the file is kept or set aside
    left = source.text + " ".join(item.text for item in source.dropped)
    for word in ("Норма", "управления", "ИЗПИ"):
        assert (word in text) == (word in left)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    try:
        source = read_plain(text.encode(), "x.txt")
    except ReadingError as error:
        assert error.code in ("reading.empty", "reading.not_text")
    else:
        assert source.blocks or source.dropped


# Refusals


@pytest.mark.parametrize("text", ["", "   ", "\n\n\r\n\f", "\u200b\ufeff\u200e", "&nbsp;", "****"])
def test_a_file_without_text(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text)
    assert caught.value.code == "reading.empty"


def test_one_character_over_the_limit() -> None:
    limits = Limits(text_characters=20)
    assert read("а" * 20, limits).text
    with pytest.raises(ReadingError) as caught:
        read("а" * 21, limits)
    assert caught.value.code == "reading.too_long"
    assert caught.value.params == {"characters": 21, "limit": 20}


def test_one_cell_over_the_limit() -> None:
    limits = Limits(table_cells=4)
    assert read("| a | b |\n| c | d |", limits).text
    with pytest.raises(ReadingError) as caught:
        read("| a | b |\n| c | d |\n| e | f |", limits)
    assert caught.value.code == "reading.table_too_large"


def test_a_wrapped_line_that_ends_as_stamps_do_goes_on() -> None:
    text = "      1. Мүлікті басқару заңмен бекітілген\nтетіктер бойынша іске асырылады.\n" * 3
    assert len(read_plain(text.encode()).blocks) == 3
