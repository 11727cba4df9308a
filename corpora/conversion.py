"""Corpus records as the provisions that detection judges, and as lines for ``saraptama judge``."""

from __future__ import annotations

from collections.abc import Iterator

from corpora.records import AnnotatedProvision, Corpus, NeutralNorm, Pair
from nlp.structure.act import Provision


def to_provision(annotated: AnnotatedProvision) -> Provision:
    """The provision without its labels; it did not come from a file, so it has no offsets."""
    return Provision(annotated.id, annotated.language, annotated.text, annotated.lead, annotated.heading)


def flawed_provision(pair: Pair) -> Provision:
    """The flawed side of a pair; its id is the pair's with ``:flawed``."""
    return Provision(f"{pair.id}:flawed", pair.language, pair.flawed, pair.lead, pair.heading)


def sound_provision(pair: Pair) -> Provision:
    """The sound side of a pair; its id is the pair's with ``:sound``."""
    return Provision(f"{pair.id}:sound", pair.language, pair.sound, pair.lead, pair.heading)


def neutral_provision(norm: NeutralNorm) -> Provision:
    """A neutral norm; its id gets ``:neutral``."""
    return Provision(f"{norm.id}:neutral", norm.language, norm.text, norm.lead, norm.heading)


def judged_provisions(corpus: Corpus) -> Iterator[Provision]:
    """Everything of a corpus that is judged provision by provision, in order (drafts are examined as a whole)."""
    yield from map(to_provision, corpus.provisions)
    for pair in corpus.pairs:
        yield flawed_provision(pair)
        yield sound_provision(pair)
    yield from map(neutral_provision, corpus.neutrals)


def judge_line(provision: Provision) -> dict[str, str]:
    """One input line of ``saraptama judge``: ``id, lang, heading, lead, text``."""
    return {
        "id": provision.id,
        "lang": provision.language,
        "heading": provision.heading,
        "lead": provision.lead,
        "text": provision.text,
    }
