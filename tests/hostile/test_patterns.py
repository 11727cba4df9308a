"""No regular expression of the product can be made slow: every one is looked at, those in data files too."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import NamedTuple

import pytest

from nlp.messages import LANGUAGES
from nlp.structure.amendments.numbers import number_list
from tests.conftest import REPOSITORY
from tests.hostile.regular import Pattern, ambiguous

LEAST = 900  # there were 1009 when this was written
_DASHED = "a dash joins items only where it is no part of a number, by look-around, which the check does not look at"
# What looks ambiguous and is not, with the reason; each row must still be needed.
ALLOWED = {
    r"\s*(?:№\s*|с\s+)?(?P<n>(?:\d{1,4}": _DASHED,
    r"(?:реттік\s+нөмір(і|лері)\s+)?(?P<n>(?:\d{1,4}": _DASHED,
    r"(?:\s|<!--(?:.(?!-->)){0,2000}.?-->|<\?[^>]{0,500}\?>)*<(?:!doctype": (
        "a comment ends at its first «-->» by the look-ahead, which the check does not look at; bounded, and matched "
        "at the start of a file only"
    ),
}


class Known(NamedTuple):
    """One expression and where it is made."""

    where: str
    pattern: Pattern
    flags: int


@pytest.fixture(scope="module")
def known() -> list[Known]:
    """In a process of its own, where nothing has been compiled before."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.hostile.patterns"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    )
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    return [
        Known(row["where"], row["pattern"].encode("latin-1") if row["bytes"] else row["pattern"], row["flags"])
        for row in rows
    ]


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(?:\w|\d\d)+x", r"(a?b?)*c", r"(?:\w+\s?)+\.", r"(.*,)*x", r"(?:ab|a|b)+", r"(?:a{1,9}){2,}",
     r"(?=(x+)+y)x", r"(?i:аб|АБ)+в", r"(?:aab|aa|b)+c"],
)  # fmt: skip
def test_what_is_slow_is_told(pattern: str) -> None:
    assert ambiguous(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(?:\w+\s)+x", r"(?:\d{1,3}\.)+", r"(?:#{1,6}\s+|\*(?=\S)|_(?=\S))+", r"[^«»]*»", r"(?:a|b)*c", r"(?:ab|ac)+",
     r"(?:[^\W\d]+-\d)*", r"a+b+c+", r"(?:a{1,3},)*"],
)  # fmt: skip
def test_what_is_not_is_not(pattern: str) -> None:
    assert ambiguous(pattern) is None


def test_no_repeat_of_the_product_is_ambiguous(known: list[Known]) -> None:
    assert len(known) > LEAST
    assert {each.where.split("/")[0] for each in known} == {"nlp", "expertise", "api", "saraptama"}
    told = [(each, said) for each in known if (said := ambiguous(each.pattern, each.flags))]
    allowed = {begin for each, _ in told for begin in ALLOWED if _text(each.pattern).startswith(begin)}
    assert allowed == set(ALLOWED), "these rows are not needed any more"
    bad = [f"{each.where}: {said}: {each.pattern!r}" for each, said in told
           if not _text(each.pattern).startswith(tuple(ALLOWED))]  # fmt: skip
    assert not bad, "\n".join(bad)


def _text(pattern: Pattern) -> str:
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern


def test_numbers_with_dashes_are_gone_through_once() -> None:
    """Found by the check: a Kazakh list of numbers with no unit behind it doubled its time with every dash."""
    for language in LANGUAGES:
        assert re.search(rf"(?:{number_list(language)})(?=ы)", "1" + "-1" * 200 + "ъ") is None
