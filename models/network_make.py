"""The network from labels: folds that measure and teach the weighing, then all of it, then ONNX.

    python -m models.network_make --corpus FILE… [--twins FILE…] --weak DIR --tokenizer FILE --out DIR

DIR gets ``network.onnx``, ``tokenizer.model``, ``folds.npz`` (logits of the examples that were held out; resumable: a
fold or network that is there is not trained again) and ``network.json``.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from models.examples import Example, Role, digest, folds_of, read_examples
from models.export import export
from models.make import OF_ACTS
from models.network_finetune import Classifier, Learned, predict, train
from models.out_of_fold import NOTE, OUT_OF_FOLD, key_of
from models.recipe import recipe
from nlp.classifier.network import NETWORK, TOKENIZER
from nlp.classifier.pieces import Tokenizer


def parted(examples: Sequence[Example], twins: Sequence[Example], folds: int, fold: int) -> tuple[list[int], list[int]]:
    """Rows of examples and twins to learn from, rows of examples to measure on: one of ``folds`` over base acts and
    pairs, in both languages."""
    where = folds_of(examples, folds)
    of_act = {e.group: at for e, at in zip(examples, where, strict=True) if e.role is Role.PROVISION}
    everywhere = [*where, *(of_act.get(twin.group, -1) for twin in twins)]
    return [at for at, one in enumerate(everywhere) if one != fold], [at for at, one in enumerate(where) if one == fold]


def learned(
    path: Path, examples: Sequence[Example], factors: tuple[str, ...], tokenizer: Tokenizer, weak: Path, settings: Any
) -> Learned:
    """The network trained on ``examples``, or the one kept at ``path``."""
    how = settings["finetuning"]
    if path.exists():
        shape = settings["encoder"] | {"head_dropout": how["dropout"]}
        model = Classifier(len(tokenizer), len(factors), shape)
        model.load_state_dict(torch.load(path, weights_only=True))
        return Learned(model.eval(), tokenizer, factors, how["longest"])
    encoder = torch.load(weak / "encoder.pt", weights_only=True)
    made = train(examples, factors, tokenizer, encoder, settings, 1, click.echo)
    torch.save(made.model.state_dict(), path)
    return made


@click.command()
@click.option("--corpus", "corpora", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--twins", "copies", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--weak", type=click.Path(exists=True, path_type=Path), required=True, help="of models.weak")
@click.option("--tokenizer", "pieces", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--threads", type=int, default=2, show_default=True)
def main(
    corpora: tuple[Path, ...], copies: tuple[Path, ...], weak: Path, pieces: Path, out: Path, threads: int
) -> None:
    """Fine-tune, measure on one fold, export."""
    started = time.process_time()
    torch.set_num_threads(threads)
    settings = recipe()
    examples, twins = read_examples(corpora), read_examples(copies)
    both = [*examples, *twins]
    factors = tuple(sorted({mark.factor for example in examples for mark in example.marks} - OF_ACTS))
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pieces, out / TOKENIZER)
    tokenizer = Tokenizer.read(pieces)
    kept, rows = [], []
    for fold in range(settings["finetuning"]["measured"]):
        outside, inside = parted(examples, twins, settings["finetuning"]["folds"], fold)
        part = learned(out / f"fold-{fold}.pt", [both[at] for at in outside], factors, tokenizer, weak, settings)
        kept.append(predict(part, [examples[at] for at in inside])[0])
        rows += inside
    keys = np.array([key_of(examples[at]) for at in rows])
    np.savez_compressed(out / OUT_OF_FOLD, keys=keys, logits=np.concatenate(kept))
    whole = learned(out / "whole.pt", both, factors, tokenizer, weak, settings)
    gap = export(whole, out / NETWORK)
    note = {
        "factors": list(factors),
        "longest": settings["finetuning"]["longest"],
        "examples": len(examples),
        "twins": len(twins),
        "measured": len(rows),
        "examples_sha256": digest(both),
        "torch_and_onnx_differ_by": round(gap, 7),
        "libraries": {name: metadata.version(name) for name in ("torch", "transformers", "onnx", "onnxruntime")},
        "processor_seconds": round(time.process_time() - started),
    }
    (out / NOTE).write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
