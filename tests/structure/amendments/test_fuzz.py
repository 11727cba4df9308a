"""Reading amendments is total: any words give operations whose spans lie in the text, in time that grows with it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.structure import structure, to_tree
from nlp.structure.act import Act
from nlp.structure.amendments.reading import read_instructions
from nlp.structure.amendments.told import told
from nlp.structure.quotes import inline_quotes
from tests.structure.amendments.helpers import amending
from tests.structure.helpers import source

PIECES = st.sampled_from(
    [
        "в ", "с ", "на ", "перед ", "к ", "из ",
        "пункт ", "пункте ", "пунктом ", "5", "5-1", "2) ", "3 и 4", "статьи 5", "часть ", "вторую ", "абзац ",
        "слова ", "словами ", "после слов ", "«а»", "«а «б»", "«", "»", '"', "“", ";", ":", ", ", " и ", ".", "\n",
        "исключить", "заменить ", "дополнить ", "изложить ", "в следующей редакции", "следующего содержания",
        "по всему тексту ", "приказ ", "от 1 марта 2020 года № 5 ", "Правил ", "утвержденных указанным приказом",
        "согласно приложению 1 к настоящему приказу", "признать утратившим силу", "1. ", "1) ", "5-тармақ",
        "5-тармақтың ", "3) тармақша", "екінші ", "бөлік ", "бабының ", "деген сөздер ", "деген сөздермен ",
        "сөзден кейін ", "алып тасталсын", "ауыстырылсын", "толықтырылсын", "мынадай редакцияда ", "жазылсын",
        "мынадай мазмұндағы ", "бұйрығына ", "қағидаларында", "бекітілген ", "күші жойылды деп танылсын",
        "қосымшаға ", "999999999999", "II", "İ", "²", "(", ")", " – ", "реттік нөмірі ", "порядковый номер ",
        "последний ", "п. ", "\t", " | ",
    ]
)  # fmt: skip
WORDS = st.lists(PIECES, max_size=30).map("".join)


def check(act: Act) -> None:
    size = len(act.source.text)
    addresses = {u.address for u in act.root.walk()}
    for operation in act.operations:
        assert operation.address in addresses
        assert set(operation.units) <= addresses
        for start, end in (operation.instruction, operation.old, operation.new, operation.act.span):
            assert 0 <= start <= end <= size
        assert operation.instruction != (0, 0)
        assert told(act, operation, "ru").strip() and told(act, operation, "kk").strip()
    assert len(to_tree(act)["operations"]) == len(act.operations)


@settings(max_examples=150)
@given(WORDS, st.sampled_from(["ru", "kk"]))
def test_pieces_of_instructions(body: str, language: str) -> None:
    check(amending(body, language))


@settings(max_examples=80)
@given(st.lists(st.one_of(WORDS, st.just("пункт 5 изложить в следующей редакции:"), st.just("«5. А.»;")), max_size=12))
def test_lines_of_instructions(lines: list[str]) -> None:
    check(amending("\n".join(lines), "ru"))


@settings(max_examples=80)
@given(st.text(max_size=200), st.sampled_from(["ru", "kk"]))
def test_any_words(text: str, language: str) -> None:
    reading = read_instructions(text, language)
    assert all(0 <= clause.start <= clause.end <= len(text) for clause in reading.clauses)
    last = 0
    for start, end in inline_quotes(text):
        assert last <= start < end <= len(text)
        last = end
    check(amending(text, language))


@pytest.mark.parametrize(
    "line",
    [
        "пункт 5 исключить;", "в пункте 5:", "пункт 5 изложить в следующей редакции:\n«5. А.»;",
        "слова «а «б» исключить;", "5-тармақ мынадай редакцияда жазылсын:\n«5. А", "«а» деген сөздер", "«" * 30,
        "пункты 1, 2, 3", "слова «а»,", '"а" ', "«5. А.\nпункт 5 изложить в следующей редакции:",
        "пункт 5 исключить и ", "приказ от 1 марта", "(((", "1) «а.»;",
        "дополнить пунктом 5 следующего содержания: «а»;",
    ],
)  # fmt: skip
@pytest.mark.parametrize("joint", ["\n", " "])
def test_time_grows_with_the_text(line: str, joint: str) -> None:
    begun = time.process_time()
    check(amending(joint.join([line] * 300), "ru"))
    assert time.process_time() - begun < 20


def test_ranges_and_products_are_bounded() -> None:
    many = ", ".join(str(n) for n in range(1, 300))
    act = amending(f"в пунктах {many} статей {many} слово «а» исключить;\nпункты 1–999 исключить;", "ru")
    assert len(act.operations) <= 800
    check(act)


def test_long_words_are_no_instruction() -> None:
    assert read_instructions("слова " * 5000 + "исключить").clauses == ()
    check(structure(source("ПРИКАЗ\nО внесении изменений\n1. Внести изменения:\n" + "пункт 5 исключить, " * 3000)))
