"""Pages as legal databases and browsers save them: the act is read, the page around it is not."""

from __future__ import annotations

import quopri
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.html import read_html, read_mhtml
from nlp.reading.html_flow import Flow
from nlp.reading.html_tree import decode_page, parse_page
from nlp.reading.reader import read_bytes
from nlp.reading.source import BlockKind, DropReason, SourceText

NORM = "Уполномоченный орган рассматривает заявление в течение пяти рабочих дней со дня его поступления"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def lines(body: str, head: str = "") -> list[str]:
    return read_html(page(body, head)).text.split("\n")


def dropped(source: SourceText, reason: DropReason) -> list[str]:
    return [item.text for item in source.dropped if item.reason is reason]


# The text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>1. Норма.</p><p>2. Норма.</p>", ["1. Норма.", "2. Норма."]),
        ("<P>1. Норма.<P>2. Норма.", ["1. Норма.", "2. Норма."]),
        ("текст без тегов<div>и в блоке</div>хвост", ["текст без тегов", "и в блоке", "хвост"]),
        ("<p>одна\n   строка\r\n\tисходника</p>", ["одна строка исходника"]),
        ("<p>право<b>вой</b> акт</p>", ["правовой акт"]),
        ("<p>в соответствии с <a href='/d'>Законом</a><a name='z5'></a> «О связи»</p>",
         ["в соответствии с Законом «О связи»"]),
        ("<p>&laquo;О связи&raquo;&nbsp;&mdash; &#1047;акон &#x418; др.&shy;</p>", ["«О связи» — Закон И др."]),
        ("<p>уполно&shy;моченный\u200b орган</p>", ["уполномоченный орган"]),
        ("<p>статья 37<sup>1</sup> Кодекса</p>", ["статья 37¹ Кодекса"]),
        ("<p>статья 37 <sup>1</sup> Кодекса</p>", ["статья 37¹ Кодекса"]),
        ("<p>статья 37<a href='/x'><sup>1</sup></a></p>", ["статья 37¹"]),
        ("<p>часть 1<span style='vertical-align:super'>1</span></p>", ["часть 1¹"]),
        ("<p>CO<sub>2</sub></p>", ["CO₂"]),
        ("<p>статьи 12<sup>1-2</sup></p>", ["статьи 12¹-²"]),
        ("<pre>1. Норма.\n2. Норма\nв две строки.</pre>", ["1. Норма.", "2. Норма в две строки."]),
        ("<p>Өтiнiш Yкiметке берiледі</p>", ["Өтініш Үкіметке беріледі"]),
    ],
)  # fmt: skip
def test_what_is_printed(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Орган:<br>1) выдает;<br>2) отзывает.<br>2. Срок", ["1. Орган:", "1) выдает;", "2) отзывает.", "2. Срок"]),
        ("в соответствии с<br>Законом Республики<br>Казахстан", ["в соответствии с Законом Республики Казахстан"]),
        ("Приложение 1<br/>к приказу<br/>Министра", ["Приложение 1 к приказу Министра"]),
        ("первый абзац<br><br>второй абзац", ["первый абзац", "второй абзац"]),
        ("Конец. <br> Начало <br>\n <br> конец", ["Конец.", "Начало", "конец"]),
        ("<br><br>Норма<br>", ["Норма"]),
    ],
)
def test_paragraphs_broken_by_breaks(body: str, expected: list[str]) -> None:
    assert lines(f"<p>{body}</p>") == expected
    assert lines(body) == expected


def test_headings_and_looks() -> None:
    source = read_html(
        page(
            "<h1 align=center>О внесении<br>изменений</h1><p style='text-align: right'>Проект</p>"
            "<p><b>Статья 1. Предмет</b></p><p>Глава 2</p><p><strong>Важно:</strong> норма.</p>"
        )
    )
    assert [block.kind.value for block in source.blocks] == ["heading", "paragraph", "heading", "heading", "paragraph"]
    title, mark, article, chapter, norm = (block.style for block in source.blocks)
    assert (title.centered, title.outline_level, title.bold) == (True, 0, True)
    assert mark.right
    assert article.bold and article.outline_level == -1
    assert not chapter.bold and not norm.bold


def test_lists_are_numbered_as_the_page_shows_them() -> None:
    assert lines(
        "<ol><li>раз<li value=5>пять<li>шесть<ol type=a start=3><li>вложенный</ol></ol>"
        "<ul><li>точка</ul><ul style='list-style: none'><li>без точки</ul><ol><li>7) свой номер</ol>"
        "<ol reversed><li>два<li>один</ol><ol type=I><li><p>римский</p></ol>"
    ) == [
        "1. раз", "5. пять", "6. шесть", "c. вложенный", "• точка", "без точки", "7) свой номер", "2. два", "1. один",
        "I. римский",
    ]  # fmt: skip
    source = read_html(page("<ol><li>раз</ol>"))
    assert source.blocks[0].number == "1."
    assert source.blocks[0].original_span(0, 2) is None  # the number is no character of the file
    assert source.blocks[0].original_span(3, 6) == (0, 3)


# Tables


def test_a_table_of_data_has_rows_and_columns() -> None:
    source = read_html(
        page(
            "<table border=1><tr><th rowspan=2>№<th colspan=2>Услуга</tr><tr><td>вид<td>срок</tr>"
            "<tr><td>1<td>выдача<p>разрешения</p><td>5 дней</tr></table><p>после</p><table><tr><th>а<td>б</table>"
        )
    )
    cells = [
        (source.text[b.start : b.end], b.place.table, b.place.row, b.place.column)
        for b in source.blocks
        if b.kind is BlockKind.CELL
    ]
    assert cells == [
        ("№", 0, 0, 0), ("Услуга", 0, 0, 1), ("вид", 0, 1, 1), ("срок", 0, 1, 2), ("1", 0, 2, 0), ("выдача", 0, 2, 1),
        ("разрешения", 0, 2, 1), ("5 дней", 0, 2, 2), ("а", 1, 0, 0), ("б", 1, 0, 1),
    ]  # fmt: skip
    assert [b.kind for b in source.blocks].count(BlockKind.PARAGRAPH) == 1


def test_a_table_that_lays_the_page_out_gives_paragraphs() -> None:
    source = read_html(
        page(
            "<table width=100%><tr><td width=20%></td><td>"
            f"<p>Статья 1. Предмет</p><p>1. {NORM}.</p><table border=1><tr><td>а<td>б</table></td></tr></table>"
            "<table><tr><td>&nbsp;</td><td>Приложение 1<br>к приказу</td></tr></table>"
            "<table role=presentation><tr><td>лево<td>право</table><table><tr><td>одна клетка</table>"
        )
    )
    kinds = [(source.text[b.start : b.end], b.kind.value, b.place.table) for b in source.blocks]
    assert kinds == [
        ("Статья 1. Предмет", "heading", -1), (f"1. {NORM}.", "paragraph", -1), ("а", "cell", 0), ("б", "cell", 0),
        ("Приложение 1 к приказу", "heading", -1), ("лево", "paragraph", -1), ("право", "paragraph", -1),
        ("одна клетка", "paragraph", -1),
    ]  # fmt: skip
    assert source.blocks[4].style.right


def test_a_page_in_two_languages_side_by_side() -> None:
    kazakh = "1. Уәкілетті орган өтінішті түскен күнінен бастап бес жұмыс күні ішінде қарайды және шешім қабылдайды."
    body = (
        f"<table><tr><td><p>1-бап. Мақсаты</p><p>{kazakh}</p><p>{kazakh}</p></td>"
        f"<td><p>Статья 1. Цель</p><p>1. {NORM}.</p><p>2. {NORM}.</p></td></tr></table>"
    )
    source = read_html(page(body))
    assert [block.style.column for block in source.blocks] == [1, 1, 1, 2, 2, 2]
    assert {block.kind for block in source.blocks} == {BlockKind.HEADING, BlockKind.PARAGRAPH}


# The page around the act


FRAME = (
    "<div class='top-bar'><a href='/'>Главная</a> <a href='/kk'>Қазақша</a></div><nav>{menu}</nav>"
    "<div id='leftMenu'>{menu}</div>{text}"
    "<footer>© 2026 <a href='/about'>О сайте</a> <a href='/help'>Помощь</a></footer>"
)
MENU = "<ul><li><a href='/a'>Документы</a><li><a href='/b'>Поиск</a><li><a href='/c'>Избранное</a></ul>"


def test_menus_scripts_and_footers_are_set_aside() -> None:
    text = "".join(f"<p>{number}. {NORM}.</p>" for number in range(1, 9))
    body = FRAME.format(menu=MENU, text=text + "<script>document.write('<p>9. x</p>')</script><button>Печать</button>")
    source = read_html(page(body, "<title>База</title><style>p{color:red}</style>"))
    assert source.text.split("\n") == [f"{number}. {NORM}." for number in range(1, 9)]
    assert len(dropped(source, DropReason.HEADER_FOOTER)) == 4
    assert not any("document" in item.text or "color" in item.text for item in source.dropped)


def test_words_of_a_frame_do_not_take_the_text_away() -> None:
    text = "".join(f"<p>{number}. {NORM}.</p>" for number in range(1, 9))
    for name in ("menu", "nav", "sidebar", "footer", "search"):
        assert len(lines(f"<div class='{name}'>{text}</div>")) == 8
    assert "Закон Республики Казахстан" in lines(f"<div class='header'><h1>Закон Республики Казахстан</h1></div>{text}")


def test_only_the_main_part_is_read_where_it_holds_nearly_all() -> None:
    text = "".join(f"<p>{number}. {NORM}.</p>" for number in range(1, 9))
    source = read_html(page(f"<div>Вы вошли как гость</div><main>{text}</main><div>Сообщить об ошибке</div>"))
    assert len(source.blocks) == 8
    assert dropped(source, DropReason.HEADER_FOOTER) == ["Вы вошли как гость", "Сообщить об ошибке"]


def test_a_list_of_acts_that_are_links_is_the_text_of_the_act() -> None:
    items = "".join(f"<p>{n}) <a href='/d{n}'>приказ Министра от {n} мая 2020 года № {n}</a>;</p>" for n in range(1, 6))
    assert len(lines(f"<p>Признать утратившими силу:</p><div>{items}</div>")) == 6


def test_a_table_of_contents_made_of_links() -> None:
    contents = "".join(f"<li><a href='#z{n}'>Статья {n}. Название</a>" for n in range(1, 5))
    text = "".join(f"<p id=z{n}>Статья {n}. Название</p><p>1. {NORM}.</p>" for n in range(1, 5))
    source = read_html(page(f"<ul>{contents}</ul>{text}"))
    assert len(source.blocks) == 8
    assert len(dropped(source, DropReason.TABLE_OF_CONTENTS)) == 1


@pytest.mark.parametrize(
    ("hidden", "head"),
    [
        ("<p hidden>тайна</p>", ""),
        ("<p style='display:none'>тайна</p>", ""),
        ("<p style='color:red; DISPLAY : NONE !important'>тайна</p>", ""),
        ("<p style='visibility:hidden'>тайна</p>", ""),
        ("<p style='font-size:0'>тайна</p>", ""),
        ("<span style='mso-hide:all'>тайна</span>", ""),
        ("<p class='a x'>тайна</p>", "<style>.x, .y { color: red; display: none }</style>"),
        ("<p id=q>тайна</p>", "<style>/* .z{} */ p#q{visibility:hidden}</style>"),
    ],
)
def test_hidden_text_is_told_and_not_judged(hidden: str, head: str) -> None:
    source = read_html(page(f"<p>1. Норма.</p>{hidden}<p>2. Норма.</p>", head))
    assert source.text == "1. Норма.\n2. Норма."
    assert dropped(source, DropReason.MARKUP) == ["тайна"]
    (notice,) = source.notices
    assert (notice.code, dict(notice.params)) == ("reading.hidden_text", {"characters": "5"})


def test_what_only_some_media_hide_is_shown() -> None:
    head = "<style>@media print { .x { display: none } } .menu .x { display: none }</style>"
    assert lines("<p class=x>1. Норма.</p>", head) == ["1. Норма."]


def test_tracked_changes() -> None:
    source = read_html(page("<p>Срок – <del>10</del><ins>30</ins> дней.</p><del><p>2. Нет.</p></del><p>3. Да.</p>"))
    assert source.text == "Срок – 30 дней.\n3. Да."
    assert dropped(source, DropReason.DELETED_REVISION) == ["10", "2. Нет."]
    assert (source.inserted_revisions, source.deleted_revisions) == (1, 2)
    assert dict(source.notices[0].params) == {"inserted": "1", "deleted": "2"}


@pytest.mark.parametrize("name", ["_ftn1", "sdfootnote1sym", "fn-1"])
def test_notes_at_the_foot(name: str) -> None:
    note = "<div id='ftn1'><p><a href='#_ftnref1'>[1]</a> Текст.</p></div>"
    body = f"<p>Норма<a href='#{name}'><sup>[1]</sup></a>.</p>{note}"
    source = read_html(page(body))
    assert source.text == "Норма."
    assert dropped(source, DropReason.FOOTNOTE) == ["[1] Текст."]


def test_editors_notes_and_what_the_database_adds() -> None:
    source = read_html(
        page(
            f"<p>Статья 5. Сроки</p><p>1. {NORM}.</p>"
            "<p><span style='color:red'>Сноска. Статья 5 с изменениями, внесенными <a href='/1'>законами РК</a> от"
            " 01.02.2020 № 1-VI;<br>от 03.04.2021 № 2-VII.</span></p>"
            "<p>Примечание ИЗПИ!<br>Пункт 2 вводится в действие с 01.07.2027.</p><p>2. Норма.</p>"
        )
    )
    assert source.text.split("\n") == ["Статья 5. Сроки", f"1. {NORM}.", "2. Норма."]
    assert len(dropped(source, DropReason.EDITOR_NOTE)) >= 2


# Encodings and archives

TEXT = "<p>1. Қазақстан Республикасының Үкіметі шешім қабылдайды. Орган выдает разрешение в срок.</p>"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        ("<meta charset=windows-1251>" + TEXT).encode(),  # the page errs
        ("<meta charset=windows-1251>" + TEXT).encode("kz1048"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=KZ-1048'>" + TEXT).encode("kz1048"),
        ("<html><body class='a'>" + "<b></b>" * 200 + TEXT).encode("kz1048"),  # nothing declared
        TEXT.encode("utf-16"),
        "".join(c if ord(c) < 128 else f"&#{ord(c)};" for c in TEXT).encode("ascii"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert read_html(data).text == (
        "1. Қазақстан Республикасының Үкіметі шешім қабылдайды. Орган выдает разрешение в срок."
    )


def test_an_archive_of_a_page() -> None:
    body = quopri.encodestring(page(TEXT)).decode()
    data = (
        "From: <Saved by Blink>\r\nSubject: Act\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="--x--"\r\n\r\n----x--\r\nContent-Type: image/png\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n----x--\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n----x----\r\n"
    ).encode()
    source = read_bytes(data, "Закон.mht")
    assert source.text.startswith("1. Қазақстан")
    assert (source.format, source.notices) == ("html", ())
    with pytest.raises(ReadingError) as caught:
        read_mhtml(data.replace(b"Content-Type: text/html", b"Content-Type: text/css"))
    assert caught.value.code == "reading.empty"
    with pytest.raises(ReadingError) as caught:
        read_mhtml(data, limits=Limits(archive_members=2))
    assert caught.value.code == "reading.archive_bomb"


# Limits and anything at all


def code_of(data: bytes, limits: Limits) -> str:
    with pytest.raises(ReadingError) as caught:
        read_html(data, "", limits)
    return caught.value.code


def test_one_over_each_limit() -> None:
    deep = page("<div>" * 8 + "x")  # html, body, eight of them
    assert read_html(deep, "", Limits(xml_depth=10)).text == "x"
    assert code_of(deep, Limits(xml_depth=9)) == "reading.too_deep"
    table = page("<table border=1><tr><td>1<td>2<td>3</table>")
    assert len(read_html(table, "", Limits(table_cells=3)).blocks) == 3
    assert code_of(table, Limits(table_cells=2)) == "reading.table_too_large"
    assert read_html(page("<p>абв</p>"), "", Limits(text_characters=3)).text == "абв"
    assert code_of(page("<p>абв</p>"), Limits(text_characters=2)) == "reading.too_long"


def test_costly_pages_are_read_in_time() -> None:
    begun = time.monotonic()
    for body in (
        "<div>" * 100_000,
        "<table border=1>" + "<tr><td colspan=99999999 rowspan=99999999>x" * 5_000,
        "<p>" + "<b>" * 150 + "<i>х</i>" * 50_000,
        "<style>" + ".a{" * 50_000 + "</style><p>x",
        "<p>" + "a<br>" * 50_000,
        "<ul>" + "<li><a href='#'>x</a>" * 30_000,
        "<div class='" + "a b " * 50_000 + "'>x</div>",
    ):
        try:
            read_html(page(body))
        except ReadingError as error:
            assert error.code in ("reading.too_deep", "reading.empty")
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<!-- x -->", "<p>&nbsp;</p>", "<img src=x>"])
def test_pages_without_text(body: str) -> None:
    assert code_of(page(body), Limits()) == "reading.empty"


PIECES = [
    "<p>", "</p>", "<br>", "<table border=1>", "<table>", "<tr>", "<td>", "<th rowspan=3>", "</table>", "<ol>", "<li>",
    "</ol>", "<div hidden>", "</div>", "<sup>", "</sup>", "1", "<del>", "</del>", "<ins>", "<a href='#_ftn1'>", "</a>",
    "<a href='#z'>", "<nav>", "</nav>", "Статья 5. Норма", "Сноска. Статья 1 исключена.", "<h2>", "</h2>", "&nbsp;",
    "&#0;", "&#xD800;", "&bogus;", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<svg>",
    "<pre>", "</pre>", "\n", " ", "с у д ь я", "Yкiметі", "<main>", "</main>", "<p class=x style='display:none",
    "'>", "37 <sup>1</sup>", "<body>", "</html>", "<ol type=I start=-5>", "<li value=99999999>", "\u202e",
    "<plaintext>",
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join))
def test_any_page_is_read_or_refused_and_every_span_is_true(body: str) -> None:
    text = f"<html><body>{body}"
    try:
        source = read_html(text.encode("utf-8", "replace"))
    except ReadingError as error:
        assert error.code in ("reading.empty", "reading.too_deep")
        return
    flow = Flow(parse_page(decode_page(text.encode("utf-8", "replace")), Limits()), Limits())
    printed = "\n".join(each.text for each in flow.printed)
    end = -1
    for block in source.blocks:
        assert end < block.start < block.end <= len(source.text)
        assert block.start == 0 or source.text[block.start - 1] == "\n"
        end = block.end
        for segment in block.segments:
            assert block.start <= segment.start and segment.start + segment.length <= block.end
            for at in range(segment.length):
                clean, original = source.text[segment.start + at], printed[segment.source + at]
                same = clean == original or not original.isalnum() or original.isascii()  # a look-alike is mended
                assert same, (clean, original)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_html, read_mhtml):
        try:
            read(b"<html>" + data if read is read_html else b"Content-Type: text/html\n\n" + data)
        except ReadingError as error:
            assert error.code.startswith("reading.")
