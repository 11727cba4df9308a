"""Reasons quote enough of the norm to be told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import language
from nlp.detection.context import WORDS, in_context
from nlp.detection.pack import Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.norms import analyse
from nlp.norms.frame import Field, FieldSpan
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.structure.act import Provision


def quoted(text: str, marked: str, least: int = WORDS[0], code: str = "ru") -> str:
    analysis = analyse(Provision("1", code, text), language.of(code))
    start = text.index(marked)
    return in_context(analysis, [FieldSpan(Field.TEXT, start, start + len(marked))], marked, least)


@pytest.mark.parametrize(
    ("text", "marked", "least", "shown"),
    [
        ("Отдел при необходимости продлевает срок ремонта моста.", "при необходимости", 4,
         "Отдел при необходимости продлевает…"),
        ("Отдел в мае и июне при необходимости продлевает срок.", "при необходимости", 4,
         "…июне при необходимости продлевает…"),
        ("Отдел решает: при необходимости продлевает срок.", "при необходимости", 9,
         "при необходимости продлевает срок"),
        ("Отдел молчит. При необходимости отвечает.", "При необходимости", 9, "При необходимости отвечает"),
        ("Отдел, при необходимости, продлевает.", "при необходимости", 3, "при необходимости"),
        ("Отдел, при необходимости, продлевает.", "при необходимости", 18, "Отдел, при необходимости, продлевает"),
        ("По пункту 4 Правил, если сочтет нужным ремонт, отдел платит.", "если сочтет нужным", 9,
         "если сочтет нужным ремонт"),
        ("Отдел (при необходимости) продлевает.", "при необходимости", 9, "при необходимости"),
        ("При необходимости.", "При необходимости", 9, "При необходимости"),
        ("Отдел продлевает срок при наличии к тому достаточных и убедительных на то оснований.",
         "при наличии к тому достаточных и убедительных на то оснований", 9,
         "при наличии к тому достаточных и убедительных на то оснований"),
    ],
)  # fmt: skip
def test_what_is_quoted(text: str, marked: str, least: int, shown: str) -> None:
    assert quoted(text, marked, least) == shown


def test_kazakh_is_widened_to_its_predicate() -> None:
    text = "Бөлім қажет болған жағдайда көпірді жөндеу мерзімін ұзартады."
    assert quoted(text, "қажет болған жағдайда", 6, "kk") == "Бөлім қажет болған жағдайда көпірді жөндеу…"


def test_several_places_are_quoted_as_they_are() -> None:
    text = "Отдел вправе, а комиссия может отказать."
    analysis = analyse(Provision("1", "ru", text), language.of("ru"))
    spans = [FieldSpan(Field.TEXT, 6, 12), FieldSpan(Field.TEXT, 25, 30)]
    assert in_context(analysis, spans, "вправе … может") == "вправе … может"


@given(st.text(alphabet="аб .,;()«»…–1\n", max_size=60), st.integers(0, 60), st.integers(1, 20), st.integers(1, 30))
def test_marked_words_are_always_within(text: str, start: int, length: int, least: int) -> None:
    marked = text[start : start + length]
    analysis = analyse(Provision("1", "ru", text), language.of("ru"))
    shown = in_context(analysis, [FieldSpan(Field.TEXT, start, start + len(marked))], marked, least)
    assert marked.strip(" \n,–—-") in shown


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def test_two_norms_never_read_the_same(pack: Pack) -> None:
    """The same body, the same words, the same neighbours: the reasons still differ."""
    same = "в случае неявки заявителя на осмотр без уважительной причины отдел снимает его с учета и уведомляет"
    text = (
        "Приказ\n\nОб утверждении правил\n\nПравила учета\n\n"
        f"1. При распределении жилья {same} городскую комиссию.\n\n"
        f"2. При распределении гаражей {same} районную комиссию.\n\n"
        f"3. При распределении участков {same} сельский округ.\n"
    )
    dossier = Dossier(ru=read_plain(text.encode(), "draft.txt", Limits()))
    found = Examiner(pack).examine(dossier, Options(force=True)).reports[0].findings
    texts = [(each.factor, each.explanation, each.risk) for each in found]
    assert len(texts) >= 3
    assert len(set(texts)) == len(texts)
