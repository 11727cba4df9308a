"""What rule matching is measured against, second part: Presidio's PatternRecognizer and the matcher of EDS-NLP.

Reads: the token patterns that spaCy's Matcher is given (``matching_rivals.token_patterns``), analysed strings. Writes:
searches over them. Both look for regular expressions, so a string is written out once, every word as " lemma|word", and
a phrase becomes an expression over that line which says exactly what its token patterns say; the lemma stands first
because most phrases begin with one, which lets an engine look for letters. EDS-NLP gets terms instead wherever a phrase
is plain words. Neither uses a model. Both are optional (``requirements-bench.lock``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

from evaluation.matching_rivals import Rival, Spec, Specs
from nlp.language.token import Tokens

TERMS = 512
"""Terms for one phrase of EDS-NLP; with more it is an expression."""
_WORD = "[^ |]+"


def line(tokens: Tokens) -> str:
    """The words of a string as " lemma|word lemma|word"."""
    return "".join(f" {_plain(token.lemma)}|{_plain(token.norm)}" for token in tokens)


def _plain(word: str) -> str:
    return word.replace("|", "/").replace(" ", "_")


def expression(phrase: Sequence[Specs]) -> str:
    """Token patterns of one phrase → one expression over a ``line``."""
    return "|".join("".join(map(_token, specs)) for specs in phrase)


def _token(spec: Spec) -> str:
    lemma, word = spec.get("LEMMA"), spec.get("LOWER")
    if isinstance(lemma, dict):
        said = rf" {_any(lemma['IN'])}\|{_WORD}"
    elif isinstance(word, dict) and "REGEX" in word:
        said = rf" {_WORD}\|{word['REGEX'].removeprefix('^')}[^ ]*"
    elif isinstance(word, dict):
        said = rf" {_WORD}\|{_any(word['IN'])}(?![^ ])"
    else:
        said = " [^ ]+"
    return f"(?:{said})?" if "OP" in spec else said


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def presidio(phrases: Sequence[list[Specs]], strings: Sequence[Tokens]) -> Rival | None:
    """One PatternRecognizer with a pattern for every phrase; None where Presidio is not installed."""
    try:
        from presidio_analyzer import Pattern, PatternRecognizer
    except ImportError:
        return None
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    patterns = [Pattern(str(number), expression(phrase), 0.5) for number, phrase in enumerate(phrases)]
    recognizer = PatternRecognizer("PHRASE", supported_language="xx", patterns=patterns)
    lines = [line(tokens) for tokens in strings]
    recognizer.analyze(" warm|up", ["PHRASE"])  # compiles the expressions

    def search() -> set[tuple[int, int]]:
        return {
            (int(result.analysis_explanation.pattern_name), at)
            for at, text in enumerate(lines)
            for result in recognizer.analyze(text, ["PHRASE"])
        }

    return Rival(search, len(patterns))


def eds_nlp(phrases: Sequence[list[Specs]], strings: Sequence[Tokens]) -> Rival | None:
    """``eds.matcher`` with terms over lemmas and over words, and expressions; None where EDS-NLP is not installed."""
    try:
        import edsnlp
        from edsnlp.pipes.core.matcher.matcher import GenericMatcher
        from spacy.tokens import Doc
    except ImportError:
        return None
    nlp = edsnlp.blank("eds")
    written: dict[str, dict[str, list[list[str]]]] = {"LEMMA": {}, "NORM": {}}
    expressions: dict[str, list[str]] = {}
    for number, phrase in enumerate(phrases):
        made = terms(phrase)
        if made is None:
            expressions[str(number)] = [expression(phrase)]
        else:
            written[made[0]][str(number)] = made[1]
    pipes: list[Any] = [GenericMatcher(nlp, terms={}, regex=expressions, attr="TEXT")]
    for attribute, entries in written.items():
        pipe = GenericMatcher(nlp, terms={}, regex={}, attr=attribute)
        for key, rows in entries.items():
            docs = [Doc(nlp.vocab, words=row, lemmas=row) for row in rows]
            for row, doc in zip(rows, docs, strict=True):
                _set_norms(doc, row)
            pipe.phrase_matcher.add(key, docs)
        pipes.append(pipe)
    docs = []
    for tokens in strings:
        words = [f"{_plain(token.lemma)}|{_plain(token.norm)}" for token in tokens]
        doc = Doc(
            nlp.vocab,
            words=[" ", *words],
            spaces=[False, *[True] * len(words)],
            lemmas=["", *(t.lemma for t in tokens)],
        )
        _set_norms(doc, ["", *(token.norm for token in tokens)])
        docs.append(doc)

    def search() -> set[tuple[int, int]]:
        return {(int(span.label_), at) for at, doc in enumerate(docs) for pipe in pipes for span in pipe.process(doc)}

    return Rival(search, len(phrases))


def _set_norms(doc: Any, words: Sequence[str]) -> None:
    for token, word in zip(doc, words, strict=True):
        token.norm_ = word or " "


def terms(phrase: Sequence[Specs]) -> tuple[str, list[list[str]]] | None:
    """A phrase of plain words written out: the attribute its words are of and rows of words; None for any other."""
    rows: list[list[str]] = []
    kinds = {key for specs in phrase for spec in specs for key in spec}
    if len(kinds) != 1 or "OP" in kinds:
        return None
    (kind,) = kinds
    for specs in phrase:
        lists: list[list[str]] = []
        for spec in specs:
            said = spec[kind]
            if not isinstance(said, dict) or "IN" not in said:
                return None
            lists.append(said["IN"])
        if len(rows) + prod(map(len, lists)) > TERMS:  # told before they are written out: lists multiply
            return None
        rows += [list(row) for row in product(*lists)]
    return ("LEMMA" if kind == "LEMMA" else "NORM"), rows
