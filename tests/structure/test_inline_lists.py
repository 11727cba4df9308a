"""Lists written into one paragraph become units; references and broken numbering do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.structure import provisions, structure
from nlp.structure.act import UnitKind
from nlp.structure.inline_lists import inline_items
from tests.structure.helpers import own, source, unit


@pytest.mark.parametrize(
    ("title", "text", "last"),
    [
        ("Правила сбора", "1. Заявка содержит: 1) имя; 2) адрес; и 3) дату сбора.", "дату сбора."),
        ("Правила сбора", "1. Орган вправе: 1) отказать по подпунктам 1) и 2); 2) отложить, 3) вернуть.", "вернуть."),
        ("Алым қағидалары", "1. Өтінімде: 1) аты; 2) мекенжайы; және 3) күні көрсетіледі.", "күні көрсетіледі."),
    ],
)  # fmt: skip
def test_items_of_one_paragraph_are_subpoints(title: str, text: str, last: str) -> None:
    act = structure(source(f"{title}\n{text}\n2. Норма."))
    point = unit(act, "doc_1__para_1")
    assert [(u.kind, u.number) for u in point.children] == [(UnitKind.SUBPOINT, n) for n in "123"]
    assert own(act, "doc_1__para_1__subpara_3") == last
    lead = next(p.lead for p in provisions(act) if p.address == "doc_1__para_1__subpara_2")
    assert lead == own(act, "doc_1__para_1") and lead.endswith(":")


@pytest.mark.parametrize(
    "text",
    [
        "По основаниям, указанным в подпунктах 1), 2) и 3) пункта 5, орган отказывает.",
        "Орган применяет основания: подпункт 1) пункта 5; подпункт 2) пункта 6.",
        "Орган: 1) ведет журнал; 3) хранит журнал; 4) сдает журнал.",
        "Орган ведет 1) журнал; 2) книгу.",
        "Орган ведет следующее: 1) журнал учета.",
        "Орган объявляет: «Порядок: 1) заявка; 2) ответ.».",
        "Өтінім мыналар бойынша қаралады: 5-тармақтың 1) тармақшасы; 6-тармақтың 2) тармақшасы.",
    ],
)
def test_references_and_broken_numbering_stay_one_paragraph(text: str) -> None:
    assert inline_items(text) == []
    act = structure(source(f"Правила сбора\n1. {text}\n2. Норма."))
    assert not [u for u in act.root.walk() if u.kind is UnitKind.SUBPOINT]


def test_an_item_of_a_list_may_hold_a_list_of_its_own() -> None:
    act = structure(source("Правила сбора\n1. Орган:\n1) ведет: 1) журнал; 2) книгу;\n2) хранит их.\n2. Норма."))
    assert [u.number for u in unit(act, "doc_1__para_1").children] == ["1", "2"]
    assert [u.number for u in unit(act, "doc_1__para_1__subpara_1").children] == ["1", "2"]


@given(
    st.lists(st.sampled_from([": ", "; ", ", ", "1) ", "2) ", "3) ", "аб ", "«", "»", "и ", '"', "\n"]), max_size=40)
)
@settings(max_examples=300)
def test_items_are_offsets_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = inline_items(text)
    assert found == sorted(set(found)) and len(found) != 1
    assert [text[at : at + 2] for at in found] == [f"{n})" for n in range(1, len(found) + 1)]
