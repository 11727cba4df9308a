"""Collisions inside the act: own mini acts in both languages (``cases.*.yaml``), normalisation, cost."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language as languages
from nlp.detection.detectors.collisions.quantities import quantities
from nlp.detection.detectors.collisions.rivals import rivals
from nlp.detection.detectors.collisions.sayings import Saying
from nlp.detection.detectors.collisions.words import Words, build_words
from nlp.detection.pack import load_pack
from nlp.examination import Dossier, Examination
from nlp.factors import kz_pack
from nlp.norms.frame import Field, FieldSpan
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.structure.act import Provision

HERE = Path(__file__).parent
TITLES = {"ru": "Правила содержания лодок", "kk": "Қайықтарды күту қағидалары"}
CASES = {code: yaml.safe_load((HERE / f"cases.{code}.yaml").read_text("utf-8")) for code in ("ru", "kk")}


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


@pytest.fixture(scope="module")
def words() -> dict[str, Words]:
    data = load_pack(kz_pack()).detectors["collisions"].words
    return {code: build_words(code, data[code]) for code in data}


def examined(examiner: Examiner, text: str, code: str) -> Examination:
    source = read_plain(text.encode(), "a.txt")
    dossier = Dossier(ru=source) if code == "ru" else Dossier(kk=source)
    return examiner.examine(dossier, Options(force=True))


def said(examiner: Examiner, text: str, code: str) -> list[str]:
    found = examined(examiner, text, code).findings()
    return [each.evidence[0].detector.removeprefix("collisions.") for each in found if each.factor == "collision"]


def act(case: dict[str, Any], code: str) -> str:
    if "raw" in case:
        return str(case["raw"])
    points = [f"{number}. {point}" for number, point in enumerate(case["points"], start=1)]
    return "\n\n".join([TITLES[code], *points]) + "\n"


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(code, case, id=case["name"]) for code in CASES for case in CASES[code]]
)
def test_cases(examiner: Examiner, code: str, case: dict[str, Any]) -> None:
    assert said(examiner, act(case, code), code) == case["says"]


def test_both_places_are_shown_and_both_variants_asked(examiner: Examiner) -> None:
    text = act(CASES["ru"][1], "ru")
    (finding,) = [f for f in examined(examiner, text, "ru").findings() if f.factor == "collision"]
    assert [mark.quote for mark in finding.marks] == ["15 календарных дней", "10 рабочих дней"]
    clean = read_plain(text.encode(), "a.txt").text
    assert all(clean[mark.start : mark.end] == mark.quote for mark in finding.marks)
    for words_of_one in ("10 рабочих дней", "15 календарных дней", "ункт 1", "ункт 2"):
        assert words_of_one in finding.explanation
        assert finding.recommendation is not None and words_of_one in finding.recommendation.instruction
    assert "{" not in finding.explanation + finding.risk + finding.recommendation.instruction


@pytest.mark.parametrize(
    ("code", "text", "value", "unit", "bound"),
    [
        ("ru", "в течение двадцати пяти рабочих дней", 25, "working_day", "within"),
        ("ru", "в трехмесячный срок", 3, "month", "within"),
        ("ru", "в течение двух лет", 24, "month", "within"),
        ("ru", "не позднее чем за 10 дней до начала", 10, "calendar_day", "before"),
        ("ru", "не менее 1 000 тенге", 1000, "tenge", "least"),
        ("ru", "в размере 2,5 процента", Fraction(5, 2), "percent", "within"),
        ("ru", "в течение 15 (пятнадцати) календарных дней", 15, "calendar_day", "within"),
        ("ru", "не более ста двадцати часов", 120, "hour", "within"),
        ("ru", "на срок три года", 36, "month", "for"),
        ("kk", "жиырма бес жұмыс күні ішінде", 25, "working_day", "within"),
        ("kk", "үш айлық мерзімде", 3, "month", "within"),
        ("kk", "екі жыл ішінде", 24, "month", "within"),
        ("kk", "он күн бұрын", 10, "calendar_day", "before"),
        ("kk", "кемінде бес жүз теңге", 500, "tenge", "least"),
        ("kk", "15 (он бес) күнтізбелік күн ішінде", 15, "calendar_day", "within"),
    ],
)
def test_quantities(words: dict[str, Words], code: str, text: str, value: Any, unit: str, bound: str) -> None:
    (found,) = quantities(languages.of(code).analyse(text), words[code])
    assert (found.value, found.unit, found.bound) == (value, unit, bound)
    assert not found.contradicts_itself


@pytest.mark.parametrize(
    "text", ["в течение {} рабочих дней", "не более {} тенге", "{} процентов", "{} жұмыс күні ішінде"]
)
def test_a_row_of_digits_without_end_is_no_amount(words: dict[str, Words], text: str) -> None:
    code = "kk" if "жұмыс" in text else "ru"
    for long in ("7" * 5000, "7" * 31):
        assert quantities(languages.of(code).analyse(text.format(long)), words[code]) == ()
    (found,) = quantities(languages.of(code).analyse(text.format("7" * 15)), words[code])
    assert found.value == int("7" * 15)


UNITS = {
    "ru": ("рабочих дней", "календарных дней", "месяцев", "МРП"),
    "kk": ("жұмыс күні", "күнтізбелік күн", "ай", "АЕК"),
}


@settings(max_examples=60)
@given(value=st.integers(1, 999), unit=st.integers(0, 3), code=st.sampled_from(["ru", "kk"]))
def test_a_number_compares_equal_in_figures_and_in_words(
    words: dict[str, Words], value: int, unit: int, code: str
) -> None:
    def read(number: str) -> Any:
        text = f"в течение {number} {UNITS[code][unit]}" if code == "ru" else f"{number} {UNITS[code][unit]} ішінде"
        (found,) = quantities(languages.of(code).analyse(text), words[code])
        return found.same(), found.bound

    assert read(str(value)) == read(spelled(value, words[code]))
    assert read(f"{value} ({spelled(value, words[code])})") == read(str(value))


def spelled(value: int, words: Words) -> str:
    names = {number: word for word, number in words.numbers.items()}
    parts: list[str] = []
    hundreds, rest = divmod(value, 100)
    if hundreds:
        if hundreds * 100 in names:
            parts.append(names[hundreds * 100])
        else:
            parts += [names[hundreds], names[100]]
    if rest in names:
        parts.append(names[rest])
    elif rest:
        parts += [names[rest // 10 * 10], names[rest % 10]]
    return " ".join(parts)


@settings(max_examples=200)
@given(text=st.text(alphabet="в течение 0123456789(десяти)%-,. дневный срок күн ішінде", max_size=60))
def test_any_text_is_read(words: dict[str, Words], text: str) -> None:
    for code in ("ru", "kk"):
        tokens = languages.of(code).analyse(text)
        for found in quantities(tokens, words[code]):
            assert 0 <= found.first < found.last <= len(tokens)


class Counted:
    """A value that counts how often it is compared or hashed."""

    times = 0

    def __init__(self, value: int) -> None:
        self.value = value

    def __hash__(self) -> int:
        Counted.times += 1
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        Counted.times += 1
        return isinstance(other, Counted) and self.value == other.value


@pytest.mark.parametrize("keys", [1, 100, 20_000])
def test_twenty_thousand_norms_are_not_compared_with_each_other(keys: int) -> None:
    span = FieldSpan(Field.TEXT, 0, 1)
    many = [
        Saying("time_limit", (n % keys,), Counted(n), frozenset(), Provision(str(n), "ru", "x"), span, span)
        for n in range(20_000)
    ]
    Counted.times = 0
    assert len(list(rivals(many))) == (0 if keys == 20_000 else keys)
    assert Counted.times <= 20 * len(many)
