"""What 8-bit weights cost: the networks of the folds as trained and as exported, on the examples they never saw.

    python -m models.quantised --corpus FILE… --tokenizer FILE --network DIR

DIR is what ``models.network_make`` wrote; its ``fold-N.pt`` must be there and the corpora the same. Writes a table to
standard output: average precision and F1 of «has a factor», and the mean of F1 over factors, of both, by language. The
thresholds are those that are best for the network as trained, so what is shown is what a change of the weights costs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from models.examples import Example, Role, read_examples
from models.export import export
from models.make import OF_ACTS
from models.network_finetune import Learned, predict
from models.network_make import learned, parted
from models.recipe import recipe
from nlp.classifier.network import LOGITS, NAMES, NETWORK
from nlp.classifier.pieces import Tokenizer

Scores = NDArray[np.float32]
FEWEST = 10  # positives of a factor for its F1 to count in the mean
THRESHOLDS = np.linspace(-6, 6, 121)


def quantised_logits(trained: Learned, examples: Sequence[Example]) -> Scores:
    """Logits [examples, factors + 1] of the exported 8-bit network."""
    with tempfile.TemporaryDirectory() as folder:
        export(trained, Path(folder) / NETWORK)
        session = InferenceSession(str(Path(folder) / NETWORK), providers=["CPUExecutionProvider"])
        made = np.zeros((len(examples), len(trained.factors) + 1), np.float32)
        for at, example in enumerate(examples):
            read = trained.tokenizer.encode(example.provision, trained.longest)
            rows = (np.array(read.ids), np.array(read.kinds), np.ones(len(read.ids)))
            given = {name: row.astype(np.int64)[None] for name, row in zip(NAMES, rows, strict=True)}
            made[at] = session.run([LOGITS], given)[0][0]
    return made


def average_precision(right: NDArray[np.bool_], score: Scores) -> float:
    """Mean of the precision at every positive, the highest score first."""
    hits = right[np.argsort(-score, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 0.0


def f1_at(right: NDArray[np.bool_], score: Scores, threshold: float) -> float:
    """F1 of what reaches the threshold."""
    found = score >= threshold
    return float(2 * (right & found).sum() / max(1, right.sum() + found.sum()))


def costs(gold: NDArray[np.bool_], trained: Scores, exported: Scores) -> Iterator[tuple[str, float, float]]:
    """(measure, as trained, as exported). ``gold`` [examples, factors]; scores have a last column more: «some»."""
    some = np.asarray(gold.any(axis=1), dtype=np.bool_)
    yield "average precision", average_precision(some, trained[:, -1]), average_precision(some, exported[:, -1])
    one, two = _at_best(some, trained[:, -1], exported[:, -1])
    yield "any-factor F1", one, two
    counted = [at for at in range(gold.shape[1]) if gold[:, at].sum() >= FEWEST]
    by_factor = [_at_best(gold[:, at], trained[:, at], exported[:, at]) for at in counted]
    yield "macro F1", float(np.mean([pair[0] for pair in by_factor])), float(np.mean([pair[1] for pair in by_factor]))


def _at_best(right: NDArray[np.bool_], trained: Scores, exported: Scores) -> tuple[float, float]:
    best = max(THRESHOLDS, key=lambda threshold: f1_at(right, trained, threshold))
    return f1_at(right, trained, best), f1_at(right, exported, best)


@click.command()
@click.option("--corpus", "corpora", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--tokenizer", "pieces", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--network", type=click.Path(exists=True, path_type=Path), required=True, help="of models.network_make")
def main(corpora: tuple[Path, ...], pieces: Path, network: Path) -> None:
    """Print what the 8-bit weights cost."""
    settings = recipe()
    examples = read_examples(corpora)
    factors = tuple(sorted({mark.factor for example in examples for mark in example.marks} - OF_ACTS))
    tokenizer = Tokenizer.read(pieces)
    seen: list[Example] = []
    both: list[tuple[Scores, Scores]] = []
    for fold in range(settings["finetuning"]["measured"]):
        path = network / f"fold-{fold}.pt"
        if not path.exists():
            raise click.ClickException(f"no {path}: models.network_make keeps it")
        _, inside = parted(examples, (), settings["finetuning"]["folds"], fold)
        held = [examples[at] for at in inside if examples[at].role is Role.PROVISION]
        part = learned(path, [], factors, tokenizer, network, settings)
        both.append((predict(part, held)[0], quantised_logits(part, held)))
        seen += held
    trained, exported = (np.concatenate([each[side] for each in both]) for side in (0, 1))
    gold = np.array([[any(m.factor == f for m in e.marks) for f in factors] for e in seen])
    _tell(seen, gold, trained, exported, click.echo)


def _tell(
    seen: Sequence[Example], gold: NDArray[np.bool_], trained: Scores, exported: Scores, say: Callable[[str], None]
) -> None:
    codes = np.array([example.provision.language for example in seen])
    say(f"{'':4}{'provisions':>11}  {'measure':18}{'trained':>9}{'8 bits':>9}{'loss, points':>14}")
    for code in sorted(set(codes)):
        rows = codes == code
        for measure, one, two in costs(gold[rows], trained[rows], exported[rows]):
            say(f"{code:4}{rows.sum():11}  {measure:18}{one:9.3f}{two:9.3f}{100 * (one - two):14.2f}")


if __name__ == "__main__":
    main()
