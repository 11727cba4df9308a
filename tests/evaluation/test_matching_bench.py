"""The bench of rule matching: what is compared is the same phrases, and a missing rival is said to be missing."""

from __future__ import annotations

import builtins
import json
import re
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation import matching_bench
from evaluation.matching_bench import EXAMPLES, LIMIT, PEERS, Row, compared, main, texts
from evaluation.matching_regexes import eds_nlp, expression, line, presidio, terms
from evaluation.matching_rivals import (
    ALTERNATIVES,
    Specs,
    aho_corasick,
    entity_ruler,
    literals,
    matcher,
    token_patterns,
)
from evaluation.versus import Versus, versus_table
from nlp import language
from nlp.language.token import Tokens
from nlp.matching import PatternSet, parse_pattern

LISTS = {"body": ["орган", "местный исполнительный орган", "=комиссия"], "many": [f"слово{n}" for n in range(9)]}


def lemma_of(word: str) -> str:
    return language.of("ru").lemmas(word)[0]


def said(phrase: str) -> list[Specs] | None:
    return token_patterns(parse_pattern(phrase, LISTS), lemma_of)


def has(specs: Specs, tokens: Tokens) -> bool:
    """Whether token patterns hold somewhere; the part of the Matcher's language that is used here."""
    return any(_holds(list(specs), tokens[first:]) for first in range(len(tokens)))


def _holds(specs: list[object], tokens: Tokens) -> bool:
    if not specs:
        return True
    spec = specs[0]
    assert isinstance(spec, dict)
    if "OP" in spec and _holds(specs[1:], tokens):
        return True
    return bool(tokens) and _takes(spec, tokens) and _holds(specs[1:], tokens[1:])


def _takes(spec: dict[str, dict[str, list[str] | str]], tokens: Tokens) -> bool:
    if "LEMMA" in spec:
        return tokens[0].lemma in spec["LEMMA"]["IN"]
    if "LOWER" in spec and "REGEX" in spec["LOWER"]:
        return re.search(str(spec["LOWER"]["REGEX"]), tokens[0].norm) is not None
    return "LOWER" not in spec or tokens[0].norm in spec["LOWER"]["IN"]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("разумный срок", "в разумные сроки"),
        ("=вправе отказать", "Орган вправе отказать"),
        ("@body вправе", "Местный исполнительный орган вправе"),
        ("@body вправе", "комиссия вправе"),
        ("усмотрен* орган", "усмотрению органа"),
        ("порядок ..2 орган", "порядке, определяемом органом"),
        ("срок не? быть", "срок быть"),
        ("срок @body? быть", "срок местного исполнительного органа быть"),
    ],
)
def test_token_patterns_and_expressions_say_what_the_phrase_says(phrase: str, text: str) -> None:
    made = said(phrase)
    assert made is not None
    for words in (text, "Заявитель подаёт документы.", "орган отказа срок порядку разумно"):
        tokens = language.of("ru").analyse(words)
        ours = bool(PatternSet([parse_pattern(phrase, LISTS)]).find(tokens))
        assert any(has(specs, tokens) for specs in made) == ours
        assert bool(re.search(expression(made), line(tokens))) == ours


def test_terms_are_phrases_of_plain_words() -> None:
    assert terms(said("разумный|короткий срок") or []) == ("LEMMA", [["короткий", "срок"], ["разумный", "срок"]])
    assert terms(said("=вправе") or []) == ("NORM", [["вправе"]])
    for other in ("порядок ..2 орган", "усмотрен*", "=вправе орган", "срок орган?"):
        assert terms(said(other) or []) is None


def test_lists_that_multiply_become_an_expression_and_are_not_written_out() -> None:
    """Eight lists of nine forms each would be 43 million rows."""
    forms = "|".join(f"=вправе{number}" for number in range(9))
    phrase = said(" ".join([forms] * 8))
    assert phrase is not None and len(phrase) == 1
    tracemalloc.start()
    try:
        assert terms(phrase) is None
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert len((terms(said(" ".join([forms] * 2)) or []) or ("", []))[1]) == 81


@pytest.mark.parametrize("line", ["отказать<infinitive>", "в течение # день", "~не вправе", "вправе <infinitive>"])
def test_what_the_matcher_cannot_say_is_left_out(line: str) -> None:
    assert said(line) is None


def test_phrases_with_too_many_alternatives_are_left_out() -> None:
    assert said("@body @body @body @body ... срок") is None  # 3 ways each, 81 in all
    assert len(said("@body @body @body срок") or ()) <= ALTERNATIVES


def test_literals_are_the_longest_run_of_words() -> None:
    assert literals(parse_pattern("орган ... в разумный|короткий срок", {}), lemma_of) == (
        [" в короткий срок ", " в разумный срок "],
        False,
    )
    assert literals(parse_pattern("=вправе ... <infinitive>", {}), lemma_of) == ([" вправе "], True)
    many = parse_pattern("@many @many @many", LISTS)
    assert 0 < len(literals(many, lemma_of)[0]) <= ALTERNATIVES


def test_rivals_find_the_same_phrases() -> None:
    pytest.importorskip("spacy")
    pytest.importorskip("ahocorasick_rs")
    phrases = ["разумный срок", "@body вправе", "порядок ..2 орган"]
    patterns = [parse_pattern(phrase, LISTS) for phrase in phrases]
    strings = [language.of("ru").analyse(text) for text in ("в разумные сроки", "орган вправе", "срок порядка")]
    made = [patterns for phrase in phrases if (patterns := said(phrase))]
    for prepare in (matcher, entity_ruler, presidio, eds_nlp):
        rival = prepare(made, strings)
        if prepare in (matcher, entity_ruler):
            assert rival is not None
        assert rival is None or rival.search() == {(0, 0), (1, 1)}
    limit = aho_corasick(patterns, strings, lemma_of)
    assert limit is not None and limit.search() == {(0, 0), (1, 1), (2, 2)}


def test_the_bench_measures_both_languages_and_names_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith(("spacy", "ahocorasick_rs", "edsnlp", "presidio_analyzer")):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    code = main(["--megabytes", "0.004", "--few", "0.002", "--repeats", "1", "--json", str(tmp_path / "speed.json")])
    rows = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert {row["language"] for row in rows} == {"ru", "kk"}
    rules = [row["speed"] for row in rows if "rules" in row["name"]]
    assert len(rules) == 2 and code == int(min(rules) < matching_bench.BUDGET)
    missing = [row for row in rows if row["speed"] is None]
    assert {row["name"] for row in missing} == {*PEERS, LIMIT}
    assert capsys.readouterr().out.count("not installed") == len(missing) == 10
    beside = compared([Row(**row) for row in rows if row["language"] == "ru"])
    assert [row.theirs for row in beside] == [None] * len(beside)
    assert "not installed" in versus_table(beside)


def test_a_folder_without_acts_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "readme.md").write_text("нет")
    assert main(["--acts", str(tmp_path)]) == 2
    assert "no acts" in capsys.readouterr().err


def test_texts_keep_to_their_size() -> None:
    some: Sequence[object] = texts(EXAMPLES, "ru", 0.003)
    assert 0 < len(some) < len(texts(EXAMPLES, "ru", 1.0))


def test_a_bar_holds_or_its_reason_is_named() -> None:
    ours = Versus("words", "ru", 6.0, "others", 3.0, "MB")
    slow = Versus("words", "ru", 1.0, "others", 3.0, "MB")
    told = Versus("words", "ru", 1.0, "others", 3.0, "MB", reason="it does less")
    shown = Versus("words", "ru", 1.0, "limit", 3000.0, "MB", None)
    assert [row.holds for row in (ours, slow, told, shown)] == [True, False, False, None]
    assert [row.failed for row in (ours, slow, told, shown)] == [False, True, False, False]
    text = versus_table([ours, slow, told, shown])
    assert "| 6 | others | 3 | 2 | ≥ 1: holds |" in text and "not met**; it does less |" in text and "| 3,000 |" in text
