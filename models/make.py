"""From corpora to weights in one command: features, folds, weighing, the last training, description.

    python -m models.make --corpus FILE… --out models/weights --version NAME

The numbers of the run go to ``OUT/made.json`` (beside the description that run time reads). Two minutes on one core.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import numpy as np

from models.examples import Example, Role, digest, folds_of, read_examples
from models.fusing import Array, Spoken, chances, learn, with_thresholds
from models.linear import counts, idf_of, learn_linear, logits, quantised, weighted
from models.out_of_fold import NOTE, OUT_OF_FOLD, key_of
from models.recipe import recipe
from nlp.classifier.classifier import DESCRIPTION, FORMAT, WEIGHTS
from nlp.classifier.features import GROUPS, Feature, features
from nlp.classifier.network import NETWORK, TOKENIZER, Network, NetworkDescription
from nlp.classifier.weighing import Weighing
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner

OF_ACTS = frozenset({"collision", "defective_reference"})
"""Seen only in whole acts; the classifier judges norms."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run starts from. ``unseen``: names of corpora that rules were not fitted to (None: those of the recipe; an
    organisation's corpora are all unseen). ``twins``: provisions that carry the labels of their other language; learned
    from, never measured on. ``network``: a folder that ``models.network_make`` wrote; None – without a network."""

    corpora: tuple[Path, ...]
    out: Path
    version: str
    twins: tuple[Path, ...] = ()
    unseen: frozenset[str] | None = None
    network: Path | None = None
    heard: tuple[Path, ...] = ()


def make(plan: Plan, tell: Callable[[str], None]) -> None:
    """Write the weights. ``tell`` is given a line of progress at a time. Raises ``CorpusError`` for a corpus that
    cannot be read."""
    started = time.process_time()
    settings = recipe()
    examples = read_examples(plan.corpora)
    twins = read_examples(plan.twins)
    factors = tuple(sorted({mark.factor for example in examples for mark in example.marks} - OF_ACTS))
    seen, spoken = looked_at((*examples, *twins))
    groups = counts(seen)
    idf = idf_of(groups)
    matrix = weighted(groups, idf, group_weights(settings))
    learned_from = [*examples, *twins]
    thought = out_of_fold(matrix, examples, twins, factors, idf, settings)
    heard_by_network, known = of_network(plan.network, examples, factors)
    thought = np.hstack([thought, heard_by_network])
    linear = learn_linear(matrix, learned_from, factors, idf, settings["linear"])
    weights, scale = quantised(linear)
    plan.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(plan.out / WEIGHTS, weights=weights, scale=scale, bias=linear.bias, idf=idf.astype(np.float16))
    if plan.network is not None:
        for name in (NETWORK, TOKENIZER):
            shutil.copyfile(plan.network / name, plan.out / name)
    more = read_examples(plan.heard)
    seen_of_more, said_of_more = looked_at(more)
    rows_of_more = weighted(counts(seen_of_more), idf, group_weights(settings))
    shipped = replace(linear, weights=(weights * scale).astype(np.float32))
    thought_of_more = np.hstack([logits(rows_of_more, shipped), as_shipped(plan, more, factors)])
    weighing = weigh(
        [*examples, *more],
        [*spoken[: len(examples)], *said_of_more],
        factors,
        np.vstack([thought, thought_of_more]),
        plan.unseen,
        settings,
        tell,
        [*known, *[True] * len(more)],
    )
    said = description(plan, factors, settings, weighing)
    (plan.out / DESCRIPTION).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    note = {
        "examples": len(examples),
        "twins": len(twins),
        "corpora": [path.name for path in plan.corpora],
        "heard": [path.name for path in plan.heard],
        "examples_sha256": digest(learned_from),
        "network": None if plan.network is None else json.loads((plan.network / NOTE).read_text("utf-8")),
        "recipe": settings,
        "lost_by_rounding": round(float(np.abs(matrix @ (weights * scale - linear.weights)).max()), 4),
        "libraries": {name: metadata.version(name) for name in ("numpy", "scipy", "scikit-learn")},
        "processor_seconds": round(time.process_time() - started),
    }
    (plan.out / "made.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def looked_at(examples: Sequence[Example]) -> tuple[list[list[Feature]], list[Spoken]]:
    """Features of every example, and what the pack's rules say of it."""
    examiner = Examiner(load_pack(kz_pack()))
    seen, spoken = [], []
    for example in examples:
        judged = examiner.examine_provision(example.provision)
        seen.append(features(judged.analysis, judged.frames))
        spoken.append(Spoken({said.factor: (said.strength, said.confidence) for said in judged.factors}))
    return seen, spoken


def out_of_fold(
    matrix: Any,
    examples: Sequence[Example],
    twins: Sequence[Example],
    factors: Sequence[str],
    idf: Any,
    settings: Mapping[str, Any],
) -> Array:
    """Logits of every example from a model that saw neither its act, in either language, nor its pair."""
    folds = settings["fusing"]["folds"]
    where = np.array(folds_of(examples, folds))
    of_act = {e.group: int(at) for e, at in zip(examples, where, strict=True) if e.role is Role.PROVISION}
    everywhere = np.concatenate([where, [of_act.get(twin.group, -1) for twin in twins]])
    both = [*examples, *twins]
    made = np.zeros((len(examples), 2 + len(factors)))
    for fold in range(folds):
        outside = np.flatnonzero(everywhere != fold)
        linear = learn_linear(matrix[outside], [both[at] for at in outside.tolist()], factors, idf, settings["linear"])
        inside = np.flatnonzero(where == fold)
        made[inside] = logits(matrix[inside], linear)
    return made


def of_network(folder: Path | None, examples: Sequence[Example], factors: Sequence[str]) -> tuple[Array, list[bool]]:
    """Logits [examples, factors + 1] of a network that did not see the example's act or pair, and where there are such;
    zeros everywhere without a network. Raises ``ValueError`` when it was made for other factors."""
    made = np.zeros((len(examples), len(factors) + 1))
    if folder is None:
        return made, [True] * len(examples)
    note = json.loads((folder / NOTE).read_text("utf-8"))
    if note["factors"] != list(factors):
        raise ValueError("the network was made for other factors")
    held = np.load(folder / OUT_OF_FOLD, allow_pickle=False)
    row = {key: at for at, key in enumerate(held["keys"].tolist())}
    known = [key_of(example) in row for example in examples]
    for at, example in enumerate(examples):
        if known[at]:
            made[at] = held["logits"][row[key_of(example)]]
    return made, known


def as_shipped(plan: Plan, examples: Sequence[Example], factors: Sequence[str]) -> Array:
    """As ``of_network``, of examples that no network has learned from: what the one in ``plan.out`` says."""
    made = np.zeros((len(examples), len(factors) + 1))
    if plan.network is None:
        return made
    network = Network(plan.out, NetworkDescription.read(network_of(plan)), tuple(factors))
    for at, read in enumerate(network.read_all([example.provision for example in examples])):
        made[at] = [*(read.which[factor] for factor in factors), read.some]
    return made


def weigh(
    examples: Sequence[Example],
    spoken: Sequence[Spoken],
    factors: Sequence[str],
    thought: Array,
    sources: frozenset[str] | None,
    settings: Mapping[str, Any],
    tell: Callable[[str], None],
    known: Sequence[bool],
) -> Weighing:
    """The weighing, learned on the sources that rules were not fitted to and where it is ``known`` what a network that
    did not see the act thinks; thresholds by folds over the same."""
    how = settings["fusing"]
    wanted = frozenset(how["unseen"]) if sources is None else sources
    unseen = [
        at
        for at, example in enumerate(examples)
        if example.source in wanted
        and known[at]
        and example.group not in how["read_for_rules"].get(example.provision.language, ())
    ]
    chosen, said, given = [examples[at] for at in unseen], [spoken[at] for at in unseen], thought[unseen]
    partings = [_over_folds(chosen, said, given, factors, how, parting) for parting in range(how["partings"])]
    ruled = np.array([[factor in item.factors for factor in factors] for item in said])
    return with_thresholds(learn(chosen, said, given, factors, how), chosen, partings, ruled, factors, how, tell)


def _over_folds(
    examples: Sequence[Example],
    spoken: Sequence[Spoken],
    thought: Array,
    factors: Sequence[str],
    how: Mapping[str, Any],
    parting: int,
) -> Array:
    """Chances [examples, factors], each by a weighing of the other folds."""
    where = np.array(folds_of(examples, how["folds"], parting))
    chance = np.zeros((len(examples), len(factors)))
    for fold in range(how["folds"]):
        outside, inside = np.flatnonzero(where != fold).tolist(), np.flatnonzero(where == fold).tolist()
        part = learn([examples[at] for at in outside], [spoken[at] for at in outside], thought[outside], factors, how)
        chance[inside] = chances(
            part, [examples[at] for at in inside], [spoken[at] for at in inside], thought[inside], factors
        )
    return chance


def group_weights(settings: Mapping[str, Any]) -> tuple[float, ...]:
    """Weights of ``GROUPS``, as the recipe gives them."""
    return tuple(float(settings["linear"]["group_weights"][group]) for group in GROUPS)


def description(plan: Plan, factors: Sequence[str], settings: Mapping[str, Any], weighing: Weighing) -> dict[str, Any]:
    """What run time reads beside the weights."""
    return {
        "format": FORMAT,
        "version": plan.version,
        "factors": list(factors),
        "group_weights": settings["linear"]["group_weights"],
        "network": None if plan.network is None else network_of(plan),
        "sha256": hashlib.sha256((plan.out / WEIGHTS).read_bytes()).hexdigest(),
        "weighing": {
            "weights": {code: list(row) for code, row in weighing.weights.items()},
            "bias": dict(weighing.bias),
            "factor_bias": {code: dict(row) for code, row in weighing.factor_bias.items()},
            "say": dict(weighing.say),
            "keep": dict(weighing.keep),
            "remark": dict(weighing.remark),
            "most": weighing.most,
        },
    }


def network_of(plan: Plan) -> dict[str, Any]:
    """What run time needs to know of the network that was copied to ``plan.out``."""
    assert plan.network is not None
    sums = {name: hashlib.sha256((plan.out / name).read_bytes()).hexdigest() for name in (NETWORK, TOKENIZER)}
    longest = json.loads((plan.network / NOTE).read_text("utf-8"))["longest"]
    return {"longest": longest, "network_sha256": sums[NETWORK], "tokenizer_sha256": sums[TOKENIZER]}


@click.command()
@click.option("--corpus", "corpora", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--twins", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--heard", type=click.Path(exists=True, path_type=Path), multiple=True, help="for the weighing alone")
@click.option("--network", type=click.Path(exists=True, path_type=Path), help="what models.network_make wrote")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--version", required=True)
def main(
    corpora: tuple[Path, ...],
    twins: tuple[Path, ...],
    heard: tuple[Path, ...],
    network: Path | None,
    out: Path,
    version: str,
) -> None:
    """Make the weights."""
    make(Plan(corpora, out, version, twins, network=network, heard=heard), click.echo)
    click.echo(f"→ {out}")


if __name__ == "__main__":
    main()
