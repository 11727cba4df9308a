"""Cleaning of one line: what is mended, what is left alone, and that every character keeps its origin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading.cleaning import clean_line
from nlp.reading.source import Segment


def cleaned(text: str) -> str:
    return clean_line(text).text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("актiлерiнiң жинағында Yкiметi", "актілерінің жинағында Үкіметі"),
        ("тиiс.", "тиіс."),  # no Kazakh letter in the line, no Russian word either
        ("НЕГIЗГI МIНДЕТТЕРI", "НЕГІЗГІ МІНДЕТТЕРІ"),
        ("МYДДЕЛЕРIН қорғау", "МҮДДЕЛЕРІН қорғау"),
        ("Yақыт өткен соң", "Уақыт өткен соң"),  # back vowels: not ү
        ("iс-әрекет", "іс-әрекет"),
        ("iрi мөлшерде", "ірі мөлшерде"),
        ("қaрə əрекет", "қарә әрекет"),
        ("өткiзу cуapу pecуpc", "өткізу суару ресурс"),
        ("cудом по делу", "судом по делу"),
        ("установлен c 1 января", "установлен с 1 января"),
        ("вопросы o порядке", "вопросы о порядке"),
        ("Cтатья 5. Общие положения", "Статья 5. Общие положения"),
        ("жəне", "және"),
        ("ɵзгеріс", "өзгеріс"),
        ("жиһаз, жиhаз", "жиһаз, жиһаз"),
        ("№ 168-VІ ҚРЗ", "№ 168-VI ҚРЗ"),  # a Cyrillic І inside a Roman numeral
        ("раздел ІV", "раздел IV"),
    ],
)
def test_latin_look_alikes_become_the_letters_meant(line: str, expected: str) -> None:
    assert cleaned(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "I-тарау. Жалпы ережелер",
        "глава V и раздел XII",
        "Закон № 410-V «О противодействии коррупции»",
        "приказ № 120/НҚ",
        "приказ № 181-нқ",
        "в формате PDF, файл PDF-документа",
        "на сайте https://adilet.zan.kz/rus/docs/V2300032000 и egov.kz",
        "почта аkim@ast.gov.kz",
        "мощность 5 кВт, 10 km, 3 GHz",
        "Мiнистр и его заместители",  # Russian: what the i stands for is unknown
        "диплом РhD",  # a Latin letter without a twin: the word is Latin
        "вектор a и точка b",
        "IТ-компания",
        "п. 2 ст. 10, т.е. и др.",
        "А. Б. Иванов",
        "ҚР Заңы",
        "",
    ],
)
def test_words_that_are_right_stay(line: str) -> None:
    assert clean_line(line).text == line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("с ы б а й л а с  жемқорлық", "сыбайлас жемқорлық"),
        ("П Р И К А З Ы В А Ю:", "ПРИКАЗЫВАЮ:"),
        ("суд Р Е Ш И Л:", "суд РЕШИЛ:"),
        ("е ң б е к  е т у", "еңбек ету"),
        ("И н д у с т р и я  ж ә н е  и н ф р а", "Индустрия және инфра"),
        ("і с - қ и м ы л", "іс-қимыл"),
        ("м ү д д е л i", "мүдделі"),  # joined first, then the look-alike is seen
        ("қ\xa0а\xa0у\xa0л\xa0ы", "қаулы"),
        ("б а с   т а р т а   а л а д ы.", "бас тарта алады."),
        ("б а с   т а р т а   а л а д ы. Өтініш беруші", "бас тарта алады. Өтініш беруші"),
        ("о т к а з ы в а е т.", "отказывает."),
        ("о т к а з ы в а е т. В заявлении", "отказывает. В заявлении"),
        ("о т к а з ы в а е т, если", "отказывает, если"),
        ("орган (о т к а з ы в а е т)", "орган (отказывает)"),
        ("«б а с   т а р т а д ы».", "«бас тартады»."),
        ("«б а с   т а р т а д ы.»", "«бас тартады.»"),
        ("с о г л а с и е А. Б. Иванов", "согласие А. Б. Иванов"),  # initials are no part of the word
        ("о т к а з а а) иное", "отказа а) иное"),  # nor is the label of an item
    ],
)
def test_letter_spaced_words_are_joined(line: str, expected: str) -> None:
    assert cleaned(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "подпункты а б в пункта 2",
        "категорий В и С и М",
        "и о с",
        "и в с о в",
        "А Б В Г",
        "ячейки х х х х",
        "п. а б",
        "в 5 с",
    ],
)
def test_lists_of_letters_are_not_joined(line: str) -> None:
    assert cleaned(line) == line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[Концепцию](#) антикоррупционной политики", "Концепцию антикоррупционной политики"),
        ("**ПОСТАНОВЛЯЮ:**", "ПОСТАНОВЛЯЮ:"),
        ("[bookmark: _Hlk205892183]Стандарт", "Стандарт"),
        ("&laquo;О связи&raquo;&nbsp;и&#160;др.", "«О связи» и др."),
        ('<p>1) <a href="#">пункт 88</a></p>', "1) пункт 88"),
        ("статья 37<sup>1</sup> Кодекса", "статья 37¹ Кодекса"),
        ("1\\. План \\(приложение\\)", "1. План (приложение)"),
        ("норма<!-- служебное -->.", "норма."),
        ("строка  ", "строка"),
        ("см. [4] и [примечание]", "см. [4] и [примечание]"),
        ("a < b & c > d", "a < b & c > d"),
        ("«___» ____________ 2026 года", "«___» ____________ 2026 года"),
        ("оценка ** и ***", "оценка ** и ***"),
    ],
)
def test_rests_of_markup(line: str, expected: str) -> None:
    assert cleaned(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("пра\xadво\u200bвой\u2060 акт\ufeff", "правовой акт"),
        ("\u202eтекст\u202c \u200fнормы", "текст нормы"),
        ("10\xa0000\u202fтенге\u2003в\tмесяц", "10 000 тенге в месяц"),
        ("   много    пробелов   ", "много пробелов"),
        ("и\u0306од, е\u0308лка", "йод, ёлка"),
        ("строка\nдругая", "строка другая"),
        ("\x00\x07звонок\x1b", "звонок"),
        ('тире — и – и -, «кавычки» "прямые"', 'тире — и – и -, «кавычки» "прямые"'),
    ],
)
def test_invisible_characters_and_blanks(line: str, expected: str) -> None:
    assert cleaned(line) == expected


def test_a_clean_line_is_returned_as_it_is() -> None:
    line = "Контроль за исполнением настоящего приказа возложить на вице-министра."
    result = clean_line(line)
    assert result.text is line
    assert result.segments == (Segment(0, len(line), 0),)


def test_segments_are_exact() -> None:
    line = "**с ы б а й л а с**  жемқорлық"
    result = clean_line(line)
    assert result.text == "сыбайлас жемқорлық"
    for segment in result.segments:
        assert (
            result.text[segment.start : segment.start + segment.length]
            == line[segment.source : segment.source + segment.length]
        )
    word = result.text.index("жемқорлық")
    last = result.segments[-1]
    assert last.source + (word - last.start) == line.index("жемқорлық")


_PIECES = st.sampled_from(
    ["норма", "қаулы", "тиiс", "Yкiметi", " ", "  ", "\xa0", "\u200b", "\xad", "**", "[a](#)", "&nbsp;", "<b>", "</b>",
     "с у д ь я", "\t", "\n", "1)", "—", "«", "»", "\\.", "PDF", "x", "и\u0306", "<sup>1</sup>", "[bookmark: _1]",
     "e@f.kz"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map("".join)))
def test_any_line_is_cleaned_with_sound_segments(line: str) -> None:
    result = clean_line(line)
    assert not result.text.startswith(" ") and not result.text.endswith(" ") and "  " not in result.text
    at = source = 0
    for segment in result.segments:
        assert segment.length > 0
        assert segment.start >= at and segment.source >= source
        at, source = segment.start + segment.length, segment.source + segment.length
    assert at <= len(result.text) and source <= len(line)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["норма", "акт", "қаулы", "2)", "орган", "№ 5"]), min_size=1, max_size=12))
def test_cleaning_twice_changes_nothing(words: list[str]) -> None:
    once = cleaned("  ".join(words))
    assert cleaned(once) == once
    assert re.sub(r"\s+", " ", " ".join(words)) == once
