"""Texts made of labels, quotation marks, headings and words of both languages: what holds of every tree.

Children lie inside their parent and in order; own words of units do not overlap; addresses differ; every word of a norm
is in exactly one provision; no word of the text is lost. The same texts every time (``tests/conftest.py``).
"""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.structure import provisions, structure
from nlp.structure.act import Act, Unit
from nlp.structure.provisions import NOT_JUDGED
from tests.structure.helpers import source

FUZZED = settings(max_examples=200, suppress_health_check=list(HealthCheck))
NUMBERS = st.sampled_from(
    ["1", "2", "3", "4", "7", "10", "3-1", "37¹", "1¹", "12-3", "0", "999", "1.1", "2.3.4", "IV", "X"]
)
LABELS = st.sampled_from(
    [
        "N. ",
        "N) ",
        "N.N. ",
        "а) ",
        "б) ",
        "Статья N. ",
        "Статья N ",
        "Глава N. ",
        "Раздел N. ",
        "Подраздел N. ",
        "§ N. ",
        "Параграф N. ",
        "N-бап. ",
        "N-тарау. ",
        "N-бөлім. ",
        "N-кіші бөлім. ",
        "N-параграф. ",
        "- ",
        "– ",
        "• ",
        "Часть N. ",
        "ЧАСТЬ ПЕРВАЯ ",
        "Приложение N к ",
        "N-қосымша ",
        "Примечание. ",
        "Ескертпе. ",
        "# ",
        "## ",
        "**",
    ]
)
WORDS = st.sampled_from(
    [
        "орган",
        "вправе",
        "отказать",
        "в течение пяти рабочих дней",
        "заявитель",
        "изложить в следующей редакции:",
        "дополнить пунктом N следующего содержания:",
        "слова",
        "заменить словами",
        "исключить",
        "пункт N",
        "статьи N",
        "подпункта N)",
        "части второй",
        "мынадай редакцияда жазылсын:",
        "деген сөздер",
        "деген сөздермен ауыстырылсын",
        "алып тасталсын",
        "мынадай мазмұндағы N-тармақпен толықтырылсын:",
        "N-баптың",
        "N-тармағының",
        "уәкілетті орган",
        "құқылы",
        "тиіс",
        "осы Қағидалардың",
        "настоящих Правил",
        "и",
        "или",
        "және",
        "–",
        "№ N",
        "от 1 марта 2026 года",
    ]
)
MARKS = st.sampled_from(["«", "»", '"', "“", "”", "„", "(", ")", ";", ":", ".", ",", " ", "\t", " | ", "…", "!", "’"])
WHOLE = st.sampled_from(
    [
        "ПРИКАЗ",
        "ЗАКОН",
        "ҚАУЛЫ",
        "БҰЙРЫҚ",
        "ПРИКАЗЫВАЮ:",
        "ҚАУЛЫ ЕТЕДІ:",
        "ОБЩИЕ ПОЛОЖЕНИЯ",
        "Общие положения",
        "Правила сбора",
        "Су жинау қағидалары",
        "Министр А. Боев",
        "СОГЛАСОВАНО",
        "КЕЛІСІЛДІ",
        "Форма",
        "СОДЕРЖАНИЕ",
        "Утверждены приказом Министра от 1 марта 2026 года № 5",
        "Министрдің 2026 жылғы 1 наурыздағы № 5 бұйрығымен бекітілген",
        "Об утверждении Правил",
        "а | б | в",
        "1\tб\tв",
        "____",
        "«",
        "»",
        "»;",
        "».",
        "«.»",
        "1",
        "1)",
        "1.",
        "Статья",
        "-бап",
        "",
    ]
)


def _filled(pieces: list[str], numbers: list[str]) -> str:
    line = "".join(pieces)
    for number in numbers:
        line = line.replace("N", number, 1)
    return line.replace("N", "5")


BODY = st.lists(st.one_of(WORDS, MARKS, WORDS.map(lambda words: f" {words} ")), max_size=8)
LINE = st.one_of(
    st.builds(
        lambda opened, label, body, end, numbers: _filled([opened, label, *body, end], numbers),
        st.sampled_from(["", "", "", "«", '"', "1. «"]),
        st.one_of(LABELS, st.just("")),
        BODY,
        st.sampled_from([".", ";", ":", ",", "", ".»;", "».", "»;"]),
        st.lists(NUMBERS, max_size=3),
    ),
    WHOLE,
)
TEXT = st.lists(LINE, min_size=1, max_size=40).map("\n".join)
# What may stand outside own words and headings: labels and marks, no words of the text.
_BETWEEN = re.compile(
    r"(?:[\W\d_¹]|[IVXІХ]+\b|статья|глава|раздел|подраздел|параграф|часть|первая|бап|тарау|бөлім|кіші|приложение|қосымша"
    r"|[абв]\)|№)*",
    re.IGNORECASE,
)


def check(act: Act) -> None:
    units = list(act.root.walk())
    assert len({unit.address for unit in units}) == len(units)
    _check_nesting(act.root)
    spans = sorted(span for unit in units for span in (unit.own, unit.heading) if span != (0, 0))
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start, "own words of two units overlap"
    _check_nothing_lost(act, spans)
    _check_provisions(act, units)


def _check_nesting(unit: Unit) -> None:
    at = unit.span[0]
    for child in unit.children:
        assert at <= child.span[0] <= child.span[1] <= unit.span[1], (unit.address, child.address)
        assert child.own == (0, 0) or child.span[0] <= child.own[0] < child.own[1] <= child.span[1]
        at = child.span[1]
        _check_nesting(child)


def _check_nothing_lost(act: Act, spans: list[tuple[int, int]]) -> None:
    at = 0
    for start, end in [*spans, (len(act.source.text), 0)]:
        between = act.source.text[at:start]
        assert _BETWEEN.fullmatch(between), f"lost: {between!r}"
        at = end


def _check_provisions(act: Act, units: list[Unit]) -> None:
    found = provisions(act)
    judged = {unit.address: unit.own for unit in units if unit.own != (0, 0) and unit.role not in NOT_JUDGED}
    assert [each.id for each in found] == list(judged)
    for each in found:
        assert (each.text_at, each.text_at + len(each.text)) == judged[each.id]
        assert each.text == act.source.text[each.text_at : each.text_at + len(each.text)]
        for words, place in ((each.lead, each.lead_at), (each.heading, each.heading_at), (each.tail, each.tail_at)):
            assert place == -1 or act.source.text.startswith(words, place)


@FUZZED
@given(TEXT)
def test_any_text_of_the_alphabet(text: str) -> None:
    check(structure(source(text)))


@FUZZED
@given(st.lists(TEXT, min_size=2, max_size=4))
def test_quoted_texts_in_an_amendment(texts: list[str]) -> None:
    frames = [
        "1) пункт 3 изложить в следующей редакции:\n«",
        "»;\n2) 5-бап мынадай редакцияда жазылсын:\n«",
        "».\n«",
        "»\n",
    ]
    draft = "ЗАКОН\nО внесении изменений\nСтатья 1. Внести в Закон изменения:\n"
    check(structure(source(draft + "".join(frame + text for frame, text in zip(frames, texts, strict=False)))))


@FUZZED
@given(st.text(alphabet='1234567890.-)(«»"¹²³IVXабвгАБВ№§;: \n\t', max_size=300))
def test_any_row_of_label_signs(text: str) -> None:
    check(structure(source(text)))
