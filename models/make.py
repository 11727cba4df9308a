"""From corpora to weights in one command: folds, weighing, the last training, export, description.

    python -m models.make --encoder DIR --corpus FILE… --out models/weights [--work DIR]

``--encoder``: what ``models.pretrain`` made. ``--work`` keeps the logits of folds, so that a stopped run goes on.
The numbers of the run go to ``OUT/made.json`` (beside the description that run time reads).
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from models.examples import Example, Role, digest, folds_of, read_examples
from models.export import export
from models.finetune import predict, train
from models.fusing import Spoken, chances, learn, thresholds
from models.recipe import recipe
from nlp.classifier.classifier import DESCRIPTION, FORMAT, NETWORK, TOKENIZER
from nlp.classifier.pieces import Tokenizer
from nlp.classifier.weighing import Weighing
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner

OF_ACTS = frozenset({"collision", "defective_reference"})
"""Seen only in whole acts; the classifier judges norms."""


def factors_of(examples: Sequence[Example]) -> tuple[str, ...]:
    """What is learned: every factor that is labelled, but for those of whole acts."""
    return tuple(sorted({mark.factor for example in examples for mark in example.marks} - OF_ACTS))


def thinned(examples: Sequence[Example], share: float, seed: int) -> list[Example]:
    """All but a part of the provisions without a label."""
    dice = random.Random(seed)
    return [e for e in examples if e.marks or e.role is not Role.PROVISION or dice.random() < share]


def spoken_by_rules(examples: Sequence[Example]) -> list[Spoken]:
    """What the pack's rules say of every example."""
    examiner = Examiner(load_pack(kz_pack()))
    return [
        Spoken({said.factor: (said.strength, said.confidence) for said in examiner.judge(example.provision).factors})
        for example in examples
    ]


def out_of_fold(
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    plan: Plan,
    settings: dict[str, Any],
    tell: Callable[[str], None],
) -> np.ndarray:
    """Logits of every example from a network that saw neither its act nor its pair."""
    folds = np.array(folds_of(examples, settings["fusing"]["folds"]))
    factors = factors_of(examples)
    made = np.zeros((len(examples), len(factors) + 1), np.float32)
    for fold in range(settings["fusing"]["folds"]):
        kept = plan.work / f"fold-{fold}.npy"
        inside = np.flatnonzero(folds == fold)
        if not kept.exists():
            outside = [examples[at] for at in np.flatnonzero(folds != fold).tolist()]
            seen = thinned(outside, _share(settings), plan.seed)
            learned = train(seen, factors, tokenizer, read_encoder(plan.encoder), settings, plan.seed, tell)
            np.save(kept, predict(learned, [examples[at] for at in inside.tolist()])[0])
        made[inside] = np.load(kept)
    return made


def _share(settings: Mapping[str, Any]) -> float:
    return float(settings["finetuning"]["negatives_kept"])


def read_encoder(folder: Path) -> dict[str, torch.Tensor]:
    """The pretrained weights in a folder, as ``models.pretrain`` writes them or, as shipped, in half precision."""
    loaded: dict[str, torch.Tensor] = torch.load(folder / "encoder.pt", weights_only=True)
    return {name: weight.float() if weight.is_floating_point() else weight for name, weight in loaded.items()}


def description(version: str, factors: Sequence[str], longest: int, out: Path, weighing: Weighing) -> dict[str, Any]:
    """What run time reads beside the network."""
    return {
        "format": FORMAT,
        "version": version,
        "factors": list(factors),
        "longest": longest,
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (NETWORK, TOKENIZER)},
        "weighing": {
            "weights": {code: list(row) for code, row in weighing.weights.items()},
            "bias": dict(weighing.bias),
            "factor_bias": {code: dict(row) for code, row in weighing.factor_bias.items()},
            "say": dict(weighing.say),
            "keep": dict(weighing.keep),
            "remark": dict(weighing.remark),
            "worth_marking": weighing.worth_marking,
            "most": weighing.most,
        },
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run of ``make`` starts from. ``work`` keeps logits of folds; ``unseen``: names of corpora that rules were
    not fitted to (None: those of the recipe; an organisation's corpora are all unseen)."""

    encoder: Path
    corpora: tuple[Path, ...]
    out: Path
    work: Path
    version: str
    seed: int = 1
    threads: int = 2
    unseen: frozenset[str] | None = None


def make(plan: Plan, tell: Callable[[str], None]) -> None:
    """Folds, weighing, the last training, export, description. ``tell`` is given a line of progress at a time.

    Raises ``CorpusError`` for a corpus that cannot be read, ``ExportError`` when torch and ONNX differ.
    """
    started = time.process_time()
    torch.set_num_threads(plan.threads)
    plan.work.mkdir(parents=True, exist_ok=True)
    plan.out.mkdir(parents=True, exist_ok=True)
    settings = recipe()
    examples = read_examples(plan.corpora)
    factors = factors_of(examples)
    tokenizer = Tokenizer.read(plan.encoder / TOKENIZER)
    logits = out_of_fold(examples, tokenizer, plan, settings, tell)
    weighing = weigh(examples, factors, logits, plan.unseen, settings, tell)
    learned = train(
        thinned(examples, _share(settings), plan.seed),
        factors,
        tokenizer,
        read_encoder(plan.encoder),
        settings,
        plan.seed,
        tell,
    )
    torch.save(learned.model.state_dict(), plan.work / "classifier.pt")
    gap = export(learned, plan.out / NETWORK)
    shutil.copyfile(plan.encoder / TOKENIZER, plan.out / TOKENIZER)
    said = description(plan.version, factors, learned.longest, plan.out, weighing)
    (plan.out / DESCRIPTION).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    note = {
        "examples": len(examples),
        "corpora": [path.name for path in plan.corpora],
        "examples_sha256": digest(examples),
        "seed": plan.seed,
        "recipe": settings,
        "pretraining": json.loads((plan.encoder / "pretrain.json").read_text(encoding="utf-8")),
        "torch_onnx_gap": gap,
        "libraries": {name: metadata.version(name) for name in ("torch", "transformers", "onnx", "sentencepiece")},
        "processor_seconds": round(time.process_time() - started),
    }
    (plan.out / "made.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def weigh(
    examples: Sequence[Example],
    factors: Sequence[str],
    logits: np.ndarray,
    sources: frozenset[str] | None,
    settings: Mapping[str, Any],
    tell: Callable[[str], None],
) -> Weighing:
    """The weighing with its thresholds, learned on the sources that rules were not fitted to."""
    wanted = frozenset(settings["fusing"]["unseen"]) if sources is None else sources
    unseen = [at for at, example in enumerate(examples) if example.source in wanted]
    chosen = [examples[at] for at in unseen]
    spoken = spoken_by_rules(chosen)
    weighing = learn(chosen, spoken, logits[unseen], factors, settings["fusing"])
    chance = chances(weighing, chosen, spoken, logits[unseen], factors)
    ruled = np.array([[factor in said.factors for factor in factors] for said in spoken])
    return thresholds(weighing, chosen, chance, ruled, factors, settings["fusing"], tell)


@click.command()
@click.option("--encoder", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--corpus", "corpora", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--work", type=click.Path(path_type=Path), required=True)
@click.option("--version", required=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--threads", type=int, default=2, show_default=True)
def main(
    encoder: Path, corpora: tuple[Path, ...], out: Path, work: Path, version: str, seed: int, threads: int
) -> None:
    """Make the weights."""
    make(Plan(encoder, corpora, out, work, version, seed, threads), click.echo)
    click.echo(f"→ {out}")


if __name__ == "__main__":
    main()
