"""Five folds over the base acts and pairs of the training and development corpora together, each judged by a model that
learned from the other four.

    python -m models.across_acts --corpus FILE… --measured FILE… [--twins FILE…] [--weak DIR] --out DIR

``--corpus`` are learned from alone, ``--measured`` are learned from and measured on; an act stands in one fold with all
that is labelled of it in either language. Rules, weighing and thresholds are those that are shipped: rules were written
on the training acts, so only what is said of the development acts is free of them. With ``--weak`` (the encoder of
``models.weak``) every fold trains a network, too, without it the linear part speaks alone. What a fold thinks is kept
in a folder of ``DIR`` that is named by the examples and whether there is a network: a run that was broken off goes on,
one on other corpora begins anew. Writes ``DIR/across.md``. For reports only: nothing is chosen by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from models.examples import Example, Role, digest, folds_of, read_examples
from models.fusing import LANGUAGES, Array, Spoken, chances, decided
from models.linear import counts, idf_of, learn_linear, logits, weighted
from models.make import OF_ACTS, group_weights, looked_at
from models.recipe import recipe
from nlp.classifier.classifier import read_description
from nlp.classifier.weighing import Weighing

FOLDS = 5
LEAST_POSITIVES = 10
"""Factors with fewer positives do not enter the macro mean."""
WEIGHTS = Path(__file__).resolve().parent / "weights"
Found = NDArray[np.bool_]
Thinks = Callable[[int, Sequence[int], Sequence[int]], Array]
"""Fold, rows to learn from, rows to judge → logits of the network [rows, factors + 1]."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one judge says of the measured norms: factors [norms, factors], and how likely some factor is."""

    name: str
    found: Found
    some: Array


def thought_by_folds(
    examples: Sequence[Example], measured: Sequence[int], factors: Sequence[str], network: Thinks | None, kept: Path
) -> tuple[Array, list[Spoken]]:
    """Logits of the measured rows, each from models that saw neither its act nor its pair, and what rules say."""
    settings = recipe()
    where = np.array(folds_of([examples[at] for at in measured], FOLDS))
    of_group = {
        (examples[row].role is Role.PROVISION, examples[row].group): int(fold)
        for row, fold in zip(measured, where, strict=True)
    }
    everywhere = np.array([of_group.get((e.role is Role.PROVISION, e.group), -1) for e in examples])
    seen, spoken = looked_at(examples)
    groups = counts(seen)
    made = np.zeros((len(measured), 2 + 2 * len(factors) + 1))
    for fold in range(FOLDS):
        path, inside = kept / f"fold-{fold}.npz", [measured[at] for at in np.flatnonzero(where == fold).tolist()]
        if not path.exists():
            outside = np.flatnonzero(everywhere != fold).tolist()
            idf = idf_of([group[outside] for group in groups])
            matrix = weighted(groups, idf, group_weights(settings))
            linear = learn_linear(matrix[outside], [examples[at] for at in outside], factors, idf, settings["linear"])
            read = network(fold, outside, inside) if network else np.zeros((len(inside), len(factors) + 1))
            np.savez_compressed(path, logits=np.hstack([logits(matrix[inside], linear), read]))
        made[where == fold] = np.load(path, allow_pickle=False)["logits"]
    return made, [spoken[row] for row in measured]


def sides(
    examples: Sequence[Example], spoken: Sequence[Spoken], thought: Array, factors: Sequence[str], weighing: Weighing
) -> list[Side]:
    """Rules alone, the model alone, both."""
    ruled = np.array([[factor in said.factors for factor in factors] for said in spoken])
    confident = np.array([[said.factors.get(factor, (0, 0.0))[1] for factor in factors] for said in spoken])
    silent = [Spoken({})] * len(examples)
    made = [Side("rules", ruled, confident.max(1))]
    for name, said, of_rules in (("model", silent, np.zeros_like(ruled)), ("both", spoken, ruled)):
        chance = chances(weighing, examples, said, thought, factors)
        found = np.zeros_like(ruled)
        for code in LANGUAGES:
            mine = np.array([example.provision.language == code for example in examples])
            found[mine] = decided(chance[mine], of_rules[mine], weighing.say[code], weighing.keep[code], weighing.most)
        made.append(Side(name, found, chance.max(1)))
    return made


def figures(examples: Sequence[Example], side: Side, rows: Sequence[int], right: Found) -> dict[str, float]:
    """F1 and average precision on the provisions among ``rows``, share of pairs that are right on both sides."""
    provisions = [row for row in rows if examples[row].role is Role.PROVISION]
    made: dict[str, float] = {}
    if provisions:
        true, found = right[provisions], side.found[provisions]
        counted = np.flatnonzero(true.sum(0) >= LEAST_POSITIVES)
        made["any F1"] = _f1(np.any(true, axis=1), np.any(found, axis=1))
        made["micro F1"] = _f1(true.ravel(), found.ravel())
        made["macro F1"] = float(np.mean([_f1(true[:, at], found[:, at]) for at in counted])) if len(counted) else 0.0
        made["average precision"] = float(average_precision_score(np.any(true, axis=1), side.some[provisions]))
    flawed = {examples[row].group: row for row in rows if examples[row].role is Role.FLAWED}
    sound = {examples[row].group: row for row in rows if examples[row].role is Role.SOUND}
    both = [
        bool((side.found[flawed[group]] & right[flawed[group]]).any() and not side.found[sound[group]].any())
        for group in flawed.keys() & sound.keys()
    ]
    if both:
        made["pairs, both right"] = float(np.mean(both))
    return made


def _f1(true: Found, found: Found) -> float:
    return 2 * float((true & found).sum()) / max(1.0, float(true.sum() + found.sum()))


def table(
    examples: Sequence[Example], said: Sequence[Side], factors: Sequence[str], sources: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Lines of Markdown. ``sources``: name of a group of rows → the corpora it is made of."""
    right = np.array([[factor in example.factors for factor in factors] for example in examples])
    where = np.array(folds_of(examples, FOLDS))
    yield "| norms of | language | judge | " + " | ".join(_COLUMNS) + " |"
    yield "|---" * (3 + len(_COLUMNS)) + "|"
    for name, names in sources.items():
        for code in LANGUAGES:
            rows = [
                at
                for at, example in enumerate(examples)
                if example.source in names and example.provision.language == code
            ]
            for side in said:
                whole = figures(examples, side, rows, right)
                folds = [figures(examples, side, [at for at in rows if where[at] == f], right) for f in range(FOLDS)]
                cells = [_cell(whole, folds, column) for column in _COLUMNS]
                yield f"| {name} | {code} | {side.name} | " + " | ".join(cells) + " |"


_COLUMNS = ("any F1", "micro F1", "macro F1", "average precision", "pairs, both right")


def _cell(whole: Mapping[str, float], folds: Sequence[Mapping[str, float]], column: str) -> str:
    """The figure over all norms, and the least and greatest of a fold."""
    parts = [each[column] for each in folds if column in each]
    if column not in whole:
        return "–"
    return f"{whole[column]:.3f} ({min(parts):.2f}–{max(parts):.2f})"


def _network(
    examples: Sequence[Example], factors: tuple[str, ...], weak: Path, tokenizer: Path, out: Path, threads: int
) -> Thinks:
    """Trains a network a fold. Needs the extra «train»."""
    import torch

    from models.network_finetune import predict
    from models.network_make import learned
    from nlp.classifier.pieces import Tokenizer

    torch.set_num_threads(threads)
    pieces, settings = Tokenizer.read(tokenizer), recipe()

    def thinks(fold: int, outside: Sequence[int], inside: Sequence[int]) -> Array:
        part = learned(out / f"fold-{fold}.pt", [examples[at] for at in outside], factors, pieces, weak, settings)
        return np.asarray(predict(part, [examples[at] for at in inside])[0], np.float64)

    return thinks


@click.command()
@click.option("--corpus", "corpora", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--measured", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--twins", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--weak", type=click.Path(exists=True, path_type=Path), help="of models.weak; without it no network")
@click.option("--weights", type=click.Path(exists=True, path_type=Path), default=WEIGHTS, help="whose weighing is used")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--threads", type=int, default=2, show_default=True)
def main(**given: Any) -> None:
    """Learn five times, judge, write the table."""
    own = read_examples(given["measured"])
    examples = [*own, *read_examples(given["corpora"]), *read_examples(given["twins"])]
    description = read_description(given["weights"])
    factors = tuple(description.factors)
    unknown = {mark.factor for example in examples for mark in example.marks} - {*factors, *OF_ACTS}
    if unknown:
        raise click.ClickException(f"factors the weighing does not know: {', '.join(sorted(unknown))}")
    out: Path = given["out"]
    kept = out / f"{digest(examples)[:12]}{'-network' if given['weak'] else ''}"
    kept.mkdir(parents=True, exist_ok=True)
    tokenizer = given["weights"] / "tokenizer.model"
    network = _network(examples, factors, given["weak"], tokenizer, kept, given["threads"]) if given["weak"] else None
    thought, spoken = thought_by_folds(examples, range(len(own)), factors, network, kept)
    said = sides(own, spoken, thought, factors, description.weighing)
    names = sorted({example.source for example in own})
    sources = {"all": names} | {
        kind: chosen for kind in ("train", "dev") if (chosen := [name for name in names if f"-{kind}" in name])
    }
    text = "\n".join(table(own, said, factors, sources)) + "\n"
    (out / "across.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
