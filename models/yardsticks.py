"""External yardsticks: other people's corpora through the same features and the same training as ours.

    python -m models.yardsticks --unfair DIR --brise DIR

``--unfair``: sentences of terms of service in English, «unfair» or not, five official folds (Galassi et al. 2024; the
linear SVM of that line of work reaches F1 0.685 on «unfair»). ``--brise``: sentences of Viennese zoning plans in
German: obligation, permission, prohibition or none, official parts (Recski et al.; a linear SVM: macro-F1 0.944).
Neither language has lemmas or frames here: what is measured is words, their neighbours, and the training.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from models.examples import Example, Mark, Role
from models.linear import counts, idf_of, learn_linear, logits, weighted
from models.make import group_weights
from models.recipe import recipe
from nlp.classifier.features import features
from nlp.language.token import Token, Tokens
from nlp.norms.analysis import ProvisionAnalysis
from nlp.structure.act import Provision

WORD = re.compile(r"\w+|[^\w\s]")
UNFAIR = "unfair"
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the document it stands in, and its labels."""

    text: str
    document: str
    labels: tuple[str, ...]


def unfair_sentences(folder: Path) -> list[Sentence]:
    """Sentences of the English originals. A tag ends in its degree: 2 and 3 are unfair, 1 is fair."""
    made = []
    for path in sorted((folder / "sentences" / "en" / "original").glob("*.txt")):
        tags = (folder / "tags" / "en" / "original" / path.name).read_text("utf-8").split("\n")
        for text, tag in zip(path.read_text("utf-8").split("\n"), tags, strict=True):
            unfair = any(word[-1] in "23" for word in tag.split())
            made.append(Sentence(text, path.name, (UNFAIR,) * unfair))
    return [sentence for sentence in made if sentence.text.strip()]


def brise_sentences(folder: Path, part: str) -> list[Sentence]:
    """Sentences of one official part with their modality; those left out by its annotators are without one."""
    made = []
    for path in sorted((folder / "data" / part).glob("*.json")):
        for said in json.loads(path.read_text("utf-8"))["sens"].values():
            modality = said.get("gold_modality")
            made.append(Sentence(said["text"], path.stem, (modality,) if modality else ()))
    return made


def tokens(text: str) -> Tokens:
    """Words in lower case that are their own lemmas."""
    return tuple(
        Token(m.group(), m.start(), m.end(), m.group().lower(), (m.group().lower(),)) for m in WORD.finditer(text)
    )


def matrix_of(sentences: Sequence[Sentence]) -> tuple[Any, Any]:
    """What is learned from, one row a sentence, and the weights of places."""
    seen = []
    for sentence in sentences:
        provision = Provision(sentence.document, "", sentence.text)
        seen.append(features(ProvisionAnalysis(provision, tokens(sentence.text), (), ()), ()))
    groups = counts(seen)
    idf = idf_of(groups)
    return weighted(groups, idf, group_weights(recipe())), idf


def examples_of(sentences: Sequence[Sentence]) -> list[Example]:
    """The sentences as the training code takes them."""
    return [
        Example(
            Provision(s.document, "", s.text),
            tuple(Mark(label, 2, ()) for label in s.labels),
            Role.PROVISION,
            s.document,
            "",
        )
        for s in sentences
    ]


def threshold(matrix: Any, examples: Sequence[Example], idf: Any, how: dict[str, Any]) -> float:
    """The bound on «some label» that does best on folds by document of what is learned from."""
    right = np.array([bool(example.marks) for example in examples])
    found = np.zeros(len(examples))
    documents = [example.group for example in examples]
    for outside, inside in GroupKFold(FOLDS).split(matrix, groups=documents):
        linear = learn_linear(matrix[outside], [examples[at] for at in outside], (), idf, how)
        found[inside] = logits(matrix[inside], linear)[:, 0]
    return float(max(np.quantile(found, np.arange(0.5, 1, 0.002)), key=lambda bound: f1_score(right, found >= bound)))


def unfair(folder: Path) -> list[float]:
    """F1 of «unfair» on every official fold."""
    sentences, how = unfair_sentences(folder), recipe()["linear"]
    examples = examples_of(sentences)
    matrix, idf = matrix_of(sentences)
    made = []
    for fold in range(FOLDS):
        held = set((folder / "lists" / f"LIST_TEST_{fold}.txt").read_text("utf-8").split())
        inside = np.array([sentence.document in held for sentence in sentences])
        train = [example for example, out in zip(examples, ~inside, strict=True) if out]
        bound = threshold(matrix[~inside], train, idf, how)
        linear = learn_linear(matrix[~inside], train, (), idf, how)
        found = logits(matrix[inside], linear)[:, 0] >= bound
        right = np.array([bool(sentence.labels) for sentence in sentences])[inside]
        made.append(float(f1_score(right, found)))
    return made


def brise(folder: Path) -> tuple[float, float]:
    """Macro-F1 on the official test part: over the modalities and «none», and over the modalities alone."""
    learned = [*brise_sentences(folder, "train"), *brise_sentences(folder, "valid")]
    tested, how = brise_sentences(folder, "test"), recipe()["linear"]
    sentences = [*learned, *tested]
    matrix, idf = matrix_of(sentences)
    examples = examples_of(sentences)
    labels = tuple(sorted({label for sentence in learned for label in sentence.labels}))
    count = len(learned)
    bound = threshold(matrix[:count], examples[:count], idf, how)
    said = logits(matrix[count:], learn_linear(matrix[:count], examples[:count], labels, idf, how))
    which = np.array(labels)[said[:, 2:].argmax(1)]
    found = np.where(said[:, 0] >= bound, which, "")
    right = np.array([sentence.labels[0] if sentence.labels else "" for sentence in tested])
    return (
        float(f1_score(right, found, average="macro", labels=["", *labels])),
        float(f1_score(right, found, average="macro", labels=list(labels))),
    )


@click.command()
@click.option("--unfair", "terms", type=click.Path(exists=True, path_type=Path))
@click.option("--brise", "plans", type=click.Path(exists=True, path_type=Path))
def main(terms: Path | None, plans: Path | None) -> None:
    """Measure on the corpora that are given."""
    if terms:
        found = unfair(terms)
        click.echo(f"unfair: F1 {np.mean(found):.3f} (folds {', '.join(f'{one:.3f}' for one in found)})")
    if plans:
        whole, modal = brise(plans)
        click.echo(f"brise: macro-F1 {whole:.3f} with «none», {modal:.3f} over modalities")


if __name__ == "__main__":
    main()
