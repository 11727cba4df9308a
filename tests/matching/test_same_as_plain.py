"""The index, the numbered elements and what is remembered change no result."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language
from nlp.errors import PackError
from nlp.language.token import Tokens
from nlp.matching import Pattern, PatternSet, parse_pattern, passage, vocabulary
from nlp.matching.pattern import Element
from nlp.matching.vocabulary import Vocabulary
from tests.matching import plain

LISTS = {
    "body": [
        "орган",
        "местный исполнительный? орган",
        "комиссия<nom>",
        "орган по контроль",
        "# орган",
        "<noun> комиссия",
        "орган ..2 контроль",
        "местный? ..1 ~орган ..3 срок|#",
    ],
    "refuse": ["отказать<infinitive>", "не прин*", "в =приёме", "прием ..2 не? ..1 вправе"],
}
ELEMENTS = st.sampled_from(
    [
        "орган",
        "=органа",
        "орг*",
        "комиссия",
        "вправе",
        "отказать",
        "прием",
        "=приеме",
        "#",
        "срок",
        "#",
        "...",
        "..1",
        "..3",
        "{",
        "}",
        ",",
        ".",
        "<infinitive>",
        "<noun!gen>",
        "<verb>",
        "~не",
        "~<verb>",
        "~орган<nom>",
        "@body",
        "@body<nom>",
        "@refuse",
        "орган<ins>?",
        "местный?",
        "@body?",
        ",?",
        "срок|день|#",
        "~@body",
        "не",
    ]
)
WORDS = st.sampled_from(
    [
        "орган",
        "органа",
        "Органом",
        "комиссия",
        "комиссией",
        "местный",
        "местного",
        "исполнительный",
        "вправе",
        "отказать",
        "отказом",
        "принимать",
        "не",
        "приёме",
        "в",
        "по",
        "контролю",
        "срок",
        "10",
        "десять",
        "дней",
        ",",
        ".",
        ";",
        "лица",
        "заявителя.",
        "Местный",
        "исполнительный",
        "орган",
    ]
)


def compiled(lines: list[list[str]]) -> list[Pattern]:
    """The patterns that the language accepts."""
    made = []
    for parts in lines:
        try:
            made.append(parse_pattern(" ".join(parts), LISTS))
        except PackError:
            continue
    return made


def tokens_of(words: list[str]) -> Tokens:
    return language.of("ru").analyse(" ".join(words))


@settings(max_examples=1_500)
@given(st.lists(st.lists(ELEMENTS, min_size=1, max_size=5), min_size=1, max_size=5), st.lists(WORDS, max_size=14))
def test_same_matches(lines: list[list[str]], words: list[str]) -> None:
    patterns = compiled(lines)
    tokens = tokens_of(words)
    assert PatternSet(patterns).find(tokens) == plain.find(patterns, tokens)


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_same_matches_of_all_rules(code: str) -> None:
    """Every trigger of the pack over the sentences of the rules' own tests."""
    from nlp.detection.pack import load_pack
    from nlp.factors import kz_pack

    rules = load_pack(kz_pack()).languages[code].rules
    triggers = [trigger for rule in rules for trigger in rule.triggers]
    sentences = [test.text for rule in rules for test in rule.tests if test.flags][::12]
    together = PatternSet(triggers)
    assert sentences
    for sentence in sentences:
        tokens = language.of(code).analyse(sentence)
        assert together.find(tokens) == plain.find(triggers, tokens)


def test_patterns_compiled_later_are_found_in_the_same_tokens() -> None:
    """A string that has been searched is made ready anew for words that no pattern had before."""
    tokens = tokens_of(["Орган", "вправе", "отказать", "окончательно"])
    assert len(PatternSet([parse_pattern("орган вправе", {})]).find(tokens)) == 1
    assert len(PatternSet([parse_pattern("вправе отказать окончательно<adv>", {})]).find(tokens)) == 1


def test_a_result_does_not_change_when_its_reader_changes_it() -> None:
    patterns = PatternSet([parse_pattern("орган", {})])
    tokens = tokens_of(["Орган"])
    patterns.find(tokens).clear()
    assert len(patterns.find(tokens)) == 1


def test_what_ran_out_of_steps_is_named_every_time() -> None:
    patterns = PatternSet([parse_pattern("орган ..20 орган ..20 срок #", {})], steps=20)
    tokens = tokens_of(["срок", "10", *["орган"] * 40])
    for _ in range(2):
        exhausted: list[int] = []
        assert patterns.find(tokens, exhausted) == []
        assert exhausted == [0]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and strings are forgotten past their bounds, and found again."""
    monkeypatch.setattr(vocabulary, "WORDS_REMEMBERED", 8)
    words = Vocabulary()
    number = words.number(Element(words=frozenset({"срок"})))
    for text in (f"слово{n}" for n in range(50)):
        assert number not in words.fits(tokens_of([text])[0])
        assert len(words._known) <= 8
    assert number in words.fits(tokens_of(["сроки"])[0])
    patterns = PatternSet([parse_pattern("срок", {})])
    kept = [tokens_of(["срок", str(n)]) for n in range(passage.PASSAGES_REMEMBERED * 2)]
    for tokens in [*kept, *kept]:
        assert len(patterns.find(tokens)) == 1
        assert len(passage._last) <= passage.PASSAGES_REMEMBERED


def test_elements_are_numbered_once_and_known_words_learn_new_ones() -> None:
    words = Vocabulary()
    token = tokens_of(["сроки"])[0]
    first = words.number(Element(words=frozenset({"срок"})))
    assert words.fits(token) == {first}
    second = words.number(Element(prefixes=("сро",)))
    assert words.fits(token) == {first, second}
    assert words.number(Element(words=frozenset({"срок"}), negated=True, optional=True)) == first
    assert words.version == 2


def test_threads_may_compile_and_search_together() -> None:
    tokens = tokens_of(["Орган", "вправе", "отказать", "в", "приёме"])

    def work(number: int) -> int:
        line = f"вправе отказать ..{number % 9 + 1} прием|слово{number}"
        return len(PatternSet([parse_pattern(line, {})]).find(tokens))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(200))) == [1] * 200
