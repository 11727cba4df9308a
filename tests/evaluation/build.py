"""Small corpora built in a line, and a judge that answers from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpora import AnnotatedProvision, Corpus, CorpusKind, Label, NeutralNorm, Pair
from evaluation import JudgedFinding
from nlp.detection.finding import Kind, Severity
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision

TEXT = "0123456789"


def finding(
    factor: str,
    kind: Kind = Kind.REMARK,
    strength: int = 2,
    span: tuple[int, int] | None = None,
    rules: Sequence[str] = (),
) -> JudgedFinding:
    spans = (FieldSpan(Field.TEXT, *span),) if span else ()
    return JudgedFinding(factor, kind, strength, 0.5, Severity.MEDIUM, spans, tuple(rules))


def attention(factor: str, strength: int = 1, span: tuple[int, int] | None = None) -> JudgedFinding:
    return finding(factor, Kind.ATTENTION, strength, span)


def provision(
    name: str,
    labels: Mapping[str, int] | Sequence[Label] = (),
    language: str = "ru",
    act: str = "act",
    stratum: str = "marker",
    weight: float = 1.0,
    text: str = TEXT,
) -> AnnotatedProvision:
    given = (
        [Label(factor, strength, text) for factor, strength in labels.items()]
        if isinstance(labels, Mapping)
        else labels
    )
    return AnnotatedProvision(name, language, act, "", "", "", text, tuple(given), stratum, weight)


def pair(name: str, labels: Sequence[str], flawed: str = TEXT, sound: str = TEXT, language: str = "ru") -> Pair:
    return Pair(name, language, "", "", "", flawed, tuple(labels), (flawed,) * len(labels), sound, "")


def neutral(name: str, text: str = TEXT, language: str = "ru") -> NeutralNorm:
    return NeutralNorm(name, language, "", "", "", text)


def corpus(*provisions: AnnotatedProvision, name: str = "corpus", sha256: str = "ab" * 32) -> Corpus:
    return Corpus(name, CorpusKind.PROVISIONS, sha256, provisions=provisions)


def pair_corpus(
    pairs: Sequence[Pair], neutrals: Sequence[NeutralNorm] = (), name: str = "pairs", sha256: str = "cd" * 32
) -> Corpus:
    return Corpus(name, CorpusKind.PAIRS, sha256, pairs=tuple(pairs), neutrals=tuple(neutrals))


def sure(factor: str, confidence: float) -> JudgedFinding:
    return replace(finding(factor), confidence=confidence)


@dataclass
class Scored:
    """A judge that gives scores by id and finds what scores at least a half."""

    given: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __call__(self, provision: Provision) -> Sequence[JudgedFinding]:
        return [sure(factor, score) for factor, score in self.scores(provision).items() if score >= 0.5]

    def scores(self, provision: Provision) -> Mapping[str, float]:
        return self.given.get(provision.id, {})


@dataclass
class Table:
    """A judge that answers from a table by id, and nothing for ids that are not in it."""

    answers: Mapping[str, Sequence[JudgedFinding]] = field(default_factory=dict)

    def __call__(self, provision: Provision) -> Sequence[JudgedFinding]:
        return self.answers.get(provision.id, ())
