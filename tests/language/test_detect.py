"""Language of paragraphs and of short strings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.language import language_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Уполномоченный орган вправе приостановить рассмотрение заявления.", "ru"),
        ("Уәкілетті орган өтінішті қарауды тоқтата тұруға құқылы.", "kk"),
        ("Уәкілетті органның шешiмiмен тағайындалған комиссия әкiмнiң өкiмi бойынша құрылады.", "kk"),
        ("Статья 5. Права", "ru"),
        ("5-бап. Құқықтар", "kk"),
        ("бап", "kk"),
        ("и сроки", "ru"),
        ("мен заттар", "kk"),
        ("бас прокурор мен оның орынбасары", "kk"),
        ("баптар мен тармақтар", "kk"),
        ("Осы бап жаза туралы баптарда болса", "kk"),
        ("объект", "ru"),
        ("Закон Республики Казахстан", "ru"),
        (
            "Казахстанская компания «Қазақстан темір жолы» осуществляет перевозку пассажиров и грузов по своим линиям",
            "ru",
        ),
        (
            "Уполномоченный орган рассматривает заявление в течение пяти дней. "
            "Уәкілетті орган өтінішті бес күн ішінде қарайды және шешім қабылдайды.",
            "mixed",
        ),
        ("Об утверждении Правил / Қағидаларды бекіту туралы", "mixed"),
        ("", "other"),
        ("12.05.2024 № 5-1", "other"),
        ("The authorised body may refuse the licence", "other"),
        ("Access via API or SDK for РК", "other"),
    ],
)
def test_language_of(text: str, expected: str) -> None:
    assert language_of(text) == expected


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in {"ru", "kk", "mixed", "other"}


def test_paragraphs_of_acts(shared: Path) -> None:
    """At least 98 of 100 long paragraphs of acts are told apart; the language is that of the file."""
    for pattern, expected in (("law_on_*_kz.txt", "kk"), ("law_on_b*s.txt", "ru")):
        right = total = 0
        for path in sorted((shared / "corpora" / "kz-acts").glob(pattern)):
            for line in path.read_text(encoding="utf-8").splitlines():
                if len(line.split()) >= 8:
                    total += 1
                    right += language_of(line) == expected
        assert total > 300
        assert right / total >= 0.98
