"""Annotated corpora: formats, readers, and the project's own written corpus (``own``)."""

from corpora.annotators import Gold, Policy, gold, gold_named, with_gold
from corpora.conversion import (
    flawed_provision,
    judge_line,
    judged_provisions,
    neutral_provision,
    sound_provision,
    to_provision,
)
from corpora.drafts import read_draft
from corpora.pairs import read_pairs
from corpora.provisions import read_provisions
from corpora.quotes import find_quote, quote_spans
from corpora.reader import read_corpus
from corpora.records import (
    AdoptionOutcome,
    AdoptionState,
    AnnotatedProvision,
    Corpus,
    CorpusKind,
    DraftCase,
    GoldFinding,
    Label,
    NeutralNorm,
    NewFinding,
    Pair,
)

__all__ = [
    "AdoptionOutcome",
    "AdoptionState",
    "AnnotatedProvision",
    "Corpus",
    "CorpusKind",
    "DraftCase",
    "Gold",
    "GoldFinding",
    "Label",
    "NeutralNorm",
    "NewFinding",
    "Pair",
    "Policy",
    "find_quote",
    "flawed_provision",
    "gold",
    "gold_named",
    "judge_line",
    "judged_provisions",
    "neutral_provision",
    "quote_spans",
    "read_corpus",
    "read_draft",
    "read_pairs",
    "read_provisions",
    "sound_provision",
    "to_provision",
    "with_gold",
]
