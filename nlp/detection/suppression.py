"""Suppressions: idioms that are never findings, and norms of which rules or the trained model have nothing to say.

Reads: an entry of ``suppressions.<language>.yaml``. Writes: ``Suppression``. One of the first sort acts where it
overlaps the words a rule marks. One of the second sort (``of: model``) acts where it stands in the sentence that the
model marks, since what the model marks is only roughly what it means; it has tests of its own. So has one of the third
sort (``of: norm``): a norm that says such words anywhere (text, lead-in, heading) gets no finding of any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp import language as languages
from nlp.language.token import Tokens
from nlp.matching import PatternSet, parse_pattern
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan

OF_MODEL = "model"
OF_NORM = "norm"


@dataclass(frozen=True, slots=True)
class Suppression:
    """``factors``: all when empty. ``silent`` and ``speaks`` are sentences of its tests."""

    id: str
    factors: frozenset[str]
    patterns: PatternSet
    unless: PatternSet
    silent: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()

    def is_about(self, factor: str) -> bool:
        """Whether it speaks of the factor."""
        return not self.factors or factor in self.factors

    def sentences(self, tokens: Tokens) -> frozenset[int]:
        """Numbers of the sentences that it silences."""
        found = {tokens[match.first].sentence for match in self.patterns.find(tokens)}
        if not found:
            return frozenset()
        return frozenset(found - {tokens[match.first].sentence for match in self.unless.find(tokens)})


Quiet = tuple[Suppression, ...]


def build(entries: Sequence[Mapping[str, Any]], lists: Mapping[str, Sequence[str]]) -> tuple[Quiet, Quiet, Quiet]:
    """(those of rules, those of the model alone, those of whole norms); raises ``PackError`` for bad patterns."""
    made: dict[str, list[Suppression]] = {"": [], OF_MODEL: [], OF_NORM: []}
    for entry in entries:
        tests = entry.get("tests", {})
        item = Suppression(
            entry["id"],
            frozenset(entry.get("factors", ())),
            PatternSet([parse_pattern(source, lists) for source in entry["any"]]),
            PatternSet([parse_pattern(source, lists) for source in entry.get("unless", ())]),
            tuple(tests.get("silent", ())),
            tuple(tests.get("speaks", ())),
        )
        made[entry.get("of", "")].append(item)
    return tuple(made[""]), tuple(made[OF_MODEL]), tuple(made[OF_NORM])


def is_quiet(quiet: Quiet, factor: str, span: FieldSpan, analysis: ProvisionAnalysis) -> bool:
    """Whether the model alone says nothing of ``factor`` at these words."""
    tokens = analysis.tokens(span.field)
    said = {token.sentence for token in tokens if token.start < span.end and token.end > span.start}
    return any(said & item.sentences(tokens) for item in quiet if item.is_about(factor))


def silent_factors(norms: Quiet, analysis: ProvisionAnalysis) -> frozenset[str] | None:
    """Factors of which rules say nothing in this norm; None: all of them."""
    found = [item for item in norms if _says(item.patterns, analysis) and not _says(item.unless, analysis)]
    if any(not item.factors for item in found):
        return None
    return frozenset().union(*(item.factors for item in found))


def _says(patterns: PatternSet, analysis: ProvisionAnalysis) -> bool:
    return any(patterns.find(analysis.tokens(field)) for field in Field)


def failures(quiet: Quiet, language: str) -> Iterator[tuple[str, str, str]]:
    """(id, code of a message, sentence or pattern) of every test that fails and every pattern without one."""
    for item in quiet:
        met: set[int] = set()
        for text in item.silent:
            tokens = languages.of(language).analyse(text)
            met |= {match.index for match in item.patterns.find(tokens)}
            if not item.sentences(tokens):
                yield item.id, "rules.test_missed", text
        for text in item.speaks:
            if item.sentences(languages.of(language).analyse(text)):
                yield item.id, "rules.test_flagged", text
        for index, pattern in enumerate(item.patterns.patterns):
            if index not in met:
                yield item.id, "rules.pattern_untested", pattern.source
