"""Mistakes of recognition: mended where the neighbourhood leaves no doubt, left where it does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading.ocr_mending import mend_lines

WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=9)


def mended(*lines: str) -> list[str]:
    return [" ".join(words) for words in mend_lines([line.split() for line in lines])[0]]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("З) срок рассмотрения", "3) срок рассмотрения"),
        ("l) срок рассмотрения", "1) срок рассмотрения"),
        ("I) срок рассмотрения", "1) срок рассмотрения"),
        ("«З) срок", "«3) срок"),
        ("З-1) срок", "3-1) срок"),
        ("в статье З настоящего Закона", "в статье 3 настоящего Закона"),
        ("подпунктом З) пункта", "подпунктом 3) пункта"),
        ("пункты 1З, 2О и 2О26", "пункты 13, 20 и 2026"),
        ("2о26 года", "2026 года"),
        ("З-бап. Негізгі ұғымдар", "3-бап. Негізгі ұғымдар"),
        ("осы баптың З-тармағында", "осы баптың 3-тармағында"),
        ("Закона Ne 148", "Закона № 148"),
        ("№ 288-УІ «Об", "№ 288-VI «Об"),
        ("№ 4ОО-VІІІ", "№ 4ОО-VІІІ"),  # half mended would be worse than as it is
        ("Обшие положения", "Общие положения"),
        ("настояшего подьезда", "настоящего подъезда"),
        ("орган - это", "орган – это"),
        ("<<орган>>", "«орган»"),
        ("на осно—", "на осно-"),
        ("Ha основании", "На основании"),
    ],
)
def test_what_is_mended(line: str, meant: str) -> None:
    assert mended(line) == [meant]


@pytest.mark.parametrize(
    "line",
    [
        "З. Ахметов",
        "б) срок рассмотрения",
        "в) срок",
        "Заңы 3-бабы",
        "шоферы и шлюзы",
        "вышестоящий орган",
        "COVID-19 и IT",
        "глава VI и XII",
        "3D-модель",
        "Новый Ne",
        "подпункты а) и о)",
        "объект – здание",
        "Қазақстан Республикасының Заңы",
    ],
)
def test_what_is_left(line: str) -> None:
    assert mended(line) == [line]


def test_a_lone_letter_is_a_label_between_its_neighbours() -> None:
    assert mended("2. Орган", "З. Срок", "4. Форма")[1] == "3. Срок"
    assert mended("З. Ахметов", "Министр")[0] == "З. Ахметов"


def test_changed_words_are_counted() -> None:
    assert mend_lines([["З)", "Обшие", "положения"], ["1)"]])[1] == 2
    assert mend_lines([]) == ([], 0)


@settings(max_examples=300)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=9), max_size=6), max_size=4
    )
)
def test_words_stay_in_their_places(lines: list[list[str]]) -> None:
    result, changed = mend_lines(lines)
    assert [len(line) for line in result] == [len(line) for line in lines]
    assert all(word for line in result for word in line) and changed <= sum(map(len, lines))
