"""A word the act defines is not vague; a word it does not define stays."""

from __future__ import annotations

import pytest

from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain

RULE = "{n}. Комиссия отказывает в субсидии при {what} условий договора."
DEFINITION = "1) существенное нарушение (далее – нарушение) – непредставление отчета в срок;"


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


def vague(examiner: Examiner, *lines: str) -> list[str]:
    text = "Правила предоставления субсидий\n\nГлава 1. Общие положения\n\n" + "\n\n".join(lines) + "\n"
    source = read_plain(text.encode(), "a.txt", Limits())
    findings = examiner.examine(Dossier(ru=source), Options(force=True)).findings()
    return [mark.quote for finding in findings if finding.factor == "vague_wording" for mark in finding.marks]


OPENING = "1. В настоящих Правилах используются следующие понятия:"


def test_an_undefined_word_is_vague(examiner: Examiner) -> None:
    assert vague(examiner, RULE.format(n=1, what="существенном нарушении"))


def test_a_defined_term_is_not(examiner: Examiner) -> None:
    assert vague(examiner, OPENING, DEFINITION, RULE.format(n=2, what="существенном нарушении")) == []


def test_another_word_beside_the_same_adjective_is(examiner: Examiner) -> None:
    assert vague(examiner, OPENING, DEFINITION, RULE.format(n=2, what="существенном ухудшении"))


def test_an_ordinary_item_is_no_definition(examiner: Examiner) -> None:
    listed = "1. Заявитель представляет:"
    assert vague(examiner, listed, DEFINITION, RULE.format(n=2, what="существенном нарушении"))
