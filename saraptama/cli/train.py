"""saraptama train: a classifier from an organisation's own annotated corpora."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from corpora.check import check
from corpora.reader import read_corpus
from corpora.records import Corpus
from nlp.errors import ClassifierError
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words
from saraptama.packs import DEFAULT_PACK, find_pack

NEEDED = ("scipy", "sklearn")
LEAST = 200
"""Norms below which nothing worth using can be learned."""
LEAST_FACTORS = 2
LEAST_GROUPS = 5
"""Acts and pairs with a remark: what is learned is weighed on acts that were left out, in as many folds."""


def train_classifier(words: Words, corpora: Sequence[Path], out: Path, version: str, pack: str = DEFAULT_PACK) -> int:
    """Learn from ``corpora`` and write the weights to ``out``.

    What ``corpus check`` finds grave is told, and nothing is learned. Raises ``ClassifierError`` when the training
    libraries are missing or there is too little to learn from, ``CorpusError`` for a corpus that cannot be read.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ClassifierError("classifier.no_training", missing=", ".join(missing))
    files = [path for given in corpora for path in _files(given)]
    known = find_pack(pack)
    grave = [each for each in check(files, (), {*known.factors, *known.act_factors}).problems if each.grave]
    for problem in grave:
        click.echo(words(problem.code, **problem.params), err=True)
    if grave:
        click.echo(words("classifier.unchecked", errors=len(grave)), err=True)
        return Exit.INPUT
    _require_enough([read_corpus(path) for path in files])
    from models.make import Plan, make

    names = frozenset(path.name for path in files)
    make(Plan(tuple(files), out, version, unseen=names), click.echo)
    click.echo(words("cli.trained", folder=str(out)))
    return Exit.OK


def _files(given: Path) -> list[Path]:
    return sorted(given.glob("*.jsonl")) if given.is_dir() else [given]


def _require_enough(corpora: Sequence[Corpus]) -> None:
    """Raises ``ClassifierError`` where some measure could not be taken: each is of acts that the model did not see."""
    judged = sum(len(each.provisions) + 2 * len(each.pairs) + len(each.neutrals) for each in corpora)
    if judged < LEAST:
        raise ClassifierError("classifier.too_little", found=judged, least=LEAST)
    labelled = [label.factor for each in corpora for norm in each.provisions for label in norm.labels]
    labelled += [factor for each in corpora for pair in each.pairs for factor in pair.labels]
    if len(set(labelled)) < LEAST_FACTORS:
        raise ClassifierError("classifier.few_factors", found=len(set(labelled)), least=LEAST_FACTORS)
    groups = {("act", norm.base_act) for each in corpora for norm in each.provisions if norm.labels}
    groups |= {("pair", pair.id) for each in corpora for pair in each.pairs}
    if len(groups) < LEAST_GROUPS:
        raise ClassifierError("classifier.few_acts", found=len(groups), least=LEAST_GROUPS)
