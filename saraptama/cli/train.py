"""saraptama train: a classifier from an organisation's own annotated corpora."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from corpora.reader import read_corpus
from nlp.errors import ClassifierError
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words

NEEDED = ("scipy", "sklearn")
LEAST = 200
"""Norms below which nothing worth using can be learned."""


def train_classifier(words: Words, corpora: Sequence[Path], out: Path, version: str) -> int:
    """Learn from ``corpora`` and write the weights to ``out``.

    Raises ``ClassifierError`` when the training libraries are missing or the corpora are too small, ``CorpusError``
    for a corpus that cannot be read.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ClassifierError("classifier.no_training", missing=", ".join(missing))
    files = [path for given in corpora for path in _files(given)]
    judged = sum(_size(path) for path in files)
    if judged < LEAST:
        raise ClassifierError("classifier.too_little", found=judged, least=LEAST)
    from models.make import Plan, make

    names = frozenset(path.name for path in files)
    make(Plan(tuple(files), out, version, unseen=names), click.echo)
    click.echo(words("cli.trained", folder=str(out)))
    return Exit.OK


def _files(given: Path) -> list[Path]:
    return sorted(given.glob("*.jsonl")) if given.is_dir() else [given]


def _size(path: Path) -> int:
    corpus = read_corpus(path)
    return len(corpus.provisions) + 2 * len(corpus.pairs) + len(corpus.neutrals)
