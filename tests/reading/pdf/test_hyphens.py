"""Whether a hyphen at a line end belongs to the word."""

from __future__ import annotations

import pytest

from nlp.reading.hyphens import divides_words, keeps_hyphen

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("left", "right", "keeps"),
    [
        ("осу", "ществляют", False),
        ("комплаенс", "контроль", True),
        ("контроль", "ного", False),
        ("государ", "ства", False),
        ("организационно-мето", "дические", False),
        ("организационно", "управленческой", True),
        ("Нур", "Султан", True),
        ("ПРЕДУПРЕЖ", "ДЕНИЕ", False),
        ("ЖШС", "ның", True),
        ("іс", "шара", True),
        ("жем", "қорлық", False),
        ("органдар", "дың", False),
        ("жекжаттары", "мен", False),
        ("пр", "оект", False),
        ("3", "тармағын", True),
        ("2024", "2025", True),
        ("бланк", "зссг", False),
    ],
)
def test_pairs(left: str, right: str, keeps: bool) -> None:
    assert keeps_hyphen(left, right, NOTHING) is keeps


def test_the_file_itself_is_the_first_witness() -> None:
    assert keeps_hyphen("фыв", "апролд", frozenset({"фыв-апролд"}))
    assert not keeps_hyphen("комплаенс", "контроль", frozenset({"комплаенсконтроль"}))


def test_a_file_that_divides_no_words_keeps_what_nobody_knows() -> None:
    assert not keeps_hyphen("егжей", "тегжейлі", NOTHING, divides=True)
    assert keeps_hyphen("егжей", "тегжейлі", NOTHING, divides=False)
    assert keeps_hyphen("гражданско", "правовым", NOTHING, divides=False)
    assert not keeps_hyphen("осу", "ществляют", NOTHING, divides=False)
    assert divides_words([("осу", "ществляют"), ("егжей", "тегжейлі")])
    assert not divides_words([("комплаенс", "контроль")] * 9 + [("осу", "ществляют")])
    assert not divides_words([])
