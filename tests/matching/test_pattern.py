"""The pattern language: what a line matches, what it refuses, what it marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language
from nlp.errors import PackError
from nlp.matching import PatternSet, parse_pattern
from nlp.matching.passage import Passage

LISTS = {"body": ["орган", "местный исполнительный орган", "комиссия"], "refuse": ["отказать<infinitive>"]}


def found(pattern: str, text: str, code: str = "ru") -> list[str]:
    """The marked words of all matches."""
    patterns = PatternSet([parse_pattern(pattern, LISTS)])
    return [text[m.start : m.end] for m in patterns.find(language.of(code).analyse(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("разумный срок", "рассматривает в разумные сроки.", ["разумные сроки"]),
        ("=вправе", "Комиссия вправе отказать.", ["вправе"]),
        ("=срок", "в установленные сроки", []),
        ("усмотрен*", "по своему усмотрению", ["усмотрению"]),
        ("в разумный|короткий срок", "в короткий срок и в разумный срок", ["в короткий срок", "в разумный срок"]),
        ("@body вправе", "Местный исполнительный орган вправе отказать.", ["Местный исполнительный орган вправе"]),
        ("@body вправе", "Заявитель вправе отозвать.", []),
        ("вправе @refuse", "Орган вправе отказать.", ["вправе отказать"]),
        ("вправе @refuse", "Орган вправе отказом закончить.", []),
        ("вправе <infinitive>", "вправе запросить", ["вправе запросить"]),
        ("вправе <infinitive!perf>", "вправе запросить", []),
        ("<infinitive>", "вправе запросить и отказать", ["запросить", "отказать"]),
        ("в течение # ..1 день", "в течение пяти рабочих дней", ["в течение пяти рабочих дней"]),
        ("в течение # ..1 день", "в течение 10 дней", ["в течение 10 дней"]),
        ("в течение # ..1 день", "в течение длительных рабочих дней", []),
        (
            "срок мочь не? быть",
            "Срок может быть продлён. Срок может не быть.",
            ["Срок может быть", "Срок может не быть"],
        ),
        ("порядок ... орган", "в порядке, определяемом этим органом", ["порядке, определяемом этим органом"]),
        ("порядок ..1 орган", "в порядке, определяемом этим органом", []),
        ("порядок ... орган", "в этом порядке. Орган решает", []),
        ("порядок ,? определять", "в порядке, определяемом", ["порядке, определяемом"]),
        ("в порядок , { определяемый } орган", "в порядке, определяемом органом", ["определяемом"]),
        ("~не вправе", "орган вправе", ["орган вправе"]),
        ("~не вправе", "орган не вправе", []),
        ("не вправе", "Орган не вправе требовать", ["не вправе"]),
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_kazakh_lemmas_and_prefixes() -> None:
    assert found("ақылға қонымды ..1 мерзім", "өтінішті ақылға қонымды мерзімде қарайды", "kk") == [
        "ақылға қонымды мерзімде"
    ]
    assert found("қалау* бойынша", "өз қалауы бойынша", "kk") == ["қалауы бойынша"]
    assert found("=мүмкін", "мүмкіндік береді", "kk") == []


def test_gap_in_an_entry_of_a_list_takes_none_to_all_of_its_words() -> None:
    papers = {"paper": ["справка ..3 банк", "копия ..2 диплом|устав"]}

    def marked(text: str, pattern: str = "представить ..1 @paper") -> list[str]:
        tokens = language.of("ru").analyse(text)
        return [text[m.start : m.end] for m in PatternSet([parse_pattern(pattern, papers)]).find(tokens)]

    assert marked("Читатель представит справку банка") == ["представит справку банка"]
    assert marked("Читатель представит справку своего обслуживающего его банка") == [
        "представит справку своего обслуживающего его банка"
    ]
    assert marked("Читатель представит справку своего давно обслуживающего его банка") == []
    assert marked("Читатель представит справку. Банка нет") == []
    assert marked("Копию его диплома читатель представит", "@paper ..1 представить") == [
        "Копию его диплома читатель представит"
    ]


def test_case_and_yo_do_not_matter() -> None:
    assert found("учёт", "С УЧЕТОМ обстоятельств") == ["УЧЕТОМ"]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "pack.pattern_empty"),
        ("   ", "pack.pattern_empty"),
        ("<!infinitive>", "pack.pattern_without_word"),
        ("#", "pack.pattern_without_word"),
        ("беру<dat>|алу<acc> құқылы", "pack.pattern_element"),
        ("# ... word?", "pack.pattern_without_word"),
        ("@unknown вправе", "pack.unknown_list"),
        ("{ вправе", "pack.pattern_braces"),
        ("вправе }", "pack.pattern_braces"),
        ("{ } вправе", "pack.pattern_braces"),
        ("@opens_with_gap", "pack.list_gap"),
        ("@ends_with_gap вправе", "pack.list_gap"),
        ("@only_gap", "pack.list_gap"),
    ],
)
def test_bad_patterns_are_refused(pattern: str, code: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_pattern(
            pattern, LISTS | {"opens_with_gap": ["... орган"], "ends_with_gap": ["орган ..2"], "only_gap": ["..3"]}
        )
    assert caught.value.code == code


def test_budget_is_counted_in_steps_and_named() -> None:
    patterns = PatternSet([parse_pattern("орган ..20 орган ..20 орган ..20 #", {})], steps=50)
    exhausted: list[int] = []
    assert patterns.find(language.of("ru").analyse("10 " + "орган " * 60), exhausted) == []
    assert exhausted == [0]


def test_a_budget_that_suffices_is_not_named() -> None:
    patterns = PatternSet([parse_pattern("орган ... вправе", {})])
    exhausted: list[int] = []
    assert len(patterns.find(language.of("ru").analyse("Орган вправе"), exhausted)) == 1
    assert exhausted == []


WORDS = st.sampled_from(
    ["вправе", "орган", "@body", "#", "<infinitive>", "...", "..2", "срок?", "~не", "{", "}", "a|б", ",?"]
)


@settings(max_examples=60)
@given(st.lists(WORDS | st.text("абв<>@#{}.?|*=~ ", max_size=6), max_size=6), st.text("оргнвпаеси .,;12", max_size=60))
def test_any_line_is_compiled_or_refused(parts: list[str], text: str) -> None:
    """No line of a pack makes the loader or the matcher fail in another way than PackError."""
    try:
        patterns = PatternSet([parse_pattern(" ".join(parts), LISTS)])
    except PackError:
        return
    for match in patterns.find(language.of("ru").analyse(text)):
        assert 0 <= match.start < match.end <= len(text)


def test_flags_of_words_that_fit_what_was_compiled_meanwhile() -> None:
    """Another thread compiles patterns while words are looked up: what they fit may be of its numbers."""
    tokens = language.of("ru").analyse("Орган вправе отказать.")
    passage = Passage(tokens)
    passage.present |= 1 << (passage.version + 40)
    assert passage.flags[passage.version + 40] == 1
    assert {at for at, flag in enumerate(passage.flags.tolist()) if flag} == {
        *(number for fits in passage.fits for number in fits),
        passage.version + 40,
    }
