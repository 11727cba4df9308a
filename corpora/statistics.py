"""What corpora hold, counted: texts, factors and strengths, strata, acts, annotators, lengths.

Reads: ``Corpus`` objects. Writes: ``Statistics``, tables of plain rows. Every annotation counts: a provision that two
annotators labelled is one text and two annotations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

from corpora.annotators import by_provision
from corpora.records import AnnotatedProvision, Corpus

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class TextCount:
    """Texts of one role and language; ``labelled`` of them carry a label, ``acts`` are base acts."""

    role: str
    language: str
    texts: int
    labelled: int
    acts: int


@dataclass(frozen=True, slots=True)
class FactorCount:
    """Labels of one factor in one language: in provisions by strength, in pairs and in drafts."""

    factor: str
    language: str
    strength2: int
    strength1: int
    pairs: int
    drafts: int


@dataclass(frozen=True, slots=True)
class StratumCount:
    """Provisions of one stratum; ``pool`` is the sum of their weights, what they stand for."""

    stratum: str
    language: str
    texts: int
    labelled: int
    pool: float


@dataclass(frozen=True, slots=True)
class ActCount:
    """Provisions of one base act."""

    act: str
    language: str
    texts: int
    labelled: int


@dataclass(frozen=True, slots=True)
class AnnotatorCount:
    """What one annotator made; the name is empty where the corpus does not say it."""

    annotator: str
    texts: int
    labelled: int
    labels: int


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of the texts of one role and language: extremes, quartiles."""

    role: str
    language: str
    texts: int
    least: int
    lower: float
    middle: float
    upper: float
    most: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All tables; empty where the corpora have nothing for them."""

    texts: tuple[TextCount, ...]
    factors: tuple[FactorCount, ...]
    strata: tuple[StratumCount, ...]
    acts: tuple[ActCount, ...]
    annotators: tuple[AnnotatorCount, ...]
    lengths: tuple[Lengths, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    role: str
    language: str
    text: str
    labelled: bool
    act: str = ""
    stratum: str = ""
    weight: float = 0.0


def statistics(corpora: Sequence[Corpus]) -> Statistics:
    """Count the corpora together; rows are in order of role, language, name."""
    annotations = [provision for corpus in corpora for provision in corpus.provisions]
    texts = [text for corpus in corpora for text in _texts(corpus)]
    provisions = [text for text in texts if text.role == "provision"]
    return Statistics(
        texts=tuple(_counted(texts)),
        factors=tuple(_factors(corpora, annotations)),
        strata=tuple(_strata(provisions)),
        acts=tuple(_acts(provisions)),
        annotators=tuple(_annotators(annotations)),
        lengths=tuple(_lengths(texts)),
    )


def _texts(corpus: Corpus) -> Iterator[_Text]:
    for made in by_provision(corpus.provisions).values():
        one, labelled = made[0], any(each.labels for each in made)
        yield _Text("provision", one.language, one.text, labelled, one.base_act, one.stratum, one.weight)
    for pair in corpus.pairs:
        yield _Text("flawed", pair.language, pair.flawed, labelled=True)
        yield _Text("sound", pair.language, pair.sound, labelled=False)
    for norm in corpus.neutrals:
        yield _Text("neutral", norm.language, norm.text, labelled=False)
    for case in corpus.drafts:
        text = case.draft.read_text(encoding="utf-8", errors="replace")
        yield _Text("draft", case.language, text, bool(case.gold), case.id)


def _counted(texts: Sequence[_Text]) -> Iterator[TextCount]:
    for (role, language), same in _grouped((text.role, text.language, text) for text in texts):
        acts = {text.act for text in same if text.act}
        yield TextCount(role, language, len(same), sum(text.labelled for text in same), len(acts))


def _factors(corpora: Sequence[Corpus], annotations: Iterable[AnnotatedProvision]) -> Iterator[FactorCount]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for provision in annotations:
        counts.update((label.factor, provision.language, str(label.strength)) for label in provision.labels)
    for corpus in corpora:
        counts.update((factor, pair.language, "pair") for pair in corpus.pairs for factor in pair.labels)
        counts.update((gold.factor, case.language, "draft") for case in corpus.drafts for gold in case.gold)
    for factor, language in sorted({(factor, language) for factor, language, _ in counts}, key=_order):
        yield FactorCount(factor, language, *(counts[factor, language, kind] for kind in ("2", "1", "pair", "draft")))


def _strata(provisions: Iterable[_Text]) -> Iterator[StratumCount]:
    for (stratum, language), same in _grouped((text.stratum, text.language, text) for text in provisions):
        pool = sum(text.weight for text in same)
        yield StratumCount(stratum, language, len(same), sum(text.labelled for text in same), round(pool, 4))


def _acts(provisions: Iterable[_Text]) -> Iterator[ActCount]:
    for (act, language), same in _grouped((text.act, text.language, text) for text in provisions):
        yield ActCount(act, language, len(same), sum(text.labelled for text in same))


def _annotators(annotations: Sequence[AnnotatedProvision]) -> Iterator[AnnotatorCount]:
    for (annotator, _), same in _grouped((each.annotator, "", each) for each in annotations):
        labelled = sum(bool(each.labels) for each in same)
        yield AnnotatorCount(annotator, len(same), labelled, sum(len(each.labels) for each in same))


def _lengths(texts: Iterable[_Text]) -> Iterator[Lengths]:
    roles = ((f"{text.role}, labelled" if text.role == "provision" and text.labelled else text.role, text)
             for text in texts)  # fmt: skip
    for (role, language), same in _grouped((role, text.language, text) for role, text in roles):
        sizes = sorted(len(text.text) for text in same)
        lower, upper = (sizes[0], sizes[0]) if len(sizes) == 1 else quantiles(sizes, n=4, method="inclusive")[::2]
        yield Lengths(role, language, len(sizes), sizes[0], lower, median(sizes), upper, sizes[-1])


def _grouped(rows: Iterable[tuple[str, str, Item]]) -> list[tuple[tuple[str, str], list[Item]]]:
    found: dict[tuple[str, str], list[Item]] = {}
    for name, language, item in rows:
        found.setdefault((name, language), []).append(item)
    return sorted(found.items(), key=lambda row: _order(row[0]))


def _order(key: tuple[str, str]) -> tuple[str, bool, str]:
    """By name, Russian before other languages."""
    return key[0], key[1] != "ru", key[1]
