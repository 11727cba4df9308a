"""Second stage of the network: on unlabelled acts it learns to say what frames and rules say of a norm.

    python -m models.weak --acts DIR (--pretrained DIR | --tokenizer FILE) --out DIR

Frames (who, may or must, what, term, grounds …) and rules are worked out for every provision; the network predicts them
from the words alone. So it knows what matters in a norm before it sees the first label, and goes on from words no rule
lists. With a tokenizer alone it begins from chance. Writes ``encoder.pt``. Weak supervision by rules: Ratner et al.
2017; the rest is plain multi-label learning.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import torch
from torch import Tensor, nn

from models.batches import Batch, padded
from models.network_finetune import Classifier
from models.recipe import recipe
from models.rows import rows_of
from models.texts import acts, read_provisions
from nlp.classifier.pieces import Encoded, Tokenizer
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.structure.act import Provision

RULE = "rule:"
_CHUNK = 500
_examiner: Examiner | None = None


def _begin() -> None:
    global _examiner
    _examiner = Examiner(load_pack(kz_pack()))


def said_of(provision: Provision) -> tuple[str, ...]:
    """What frames and rules say of one provision, as short labels."""
    assert _examiner is not None
    judged = _examiner.examine_provision(provision)
    made: set[str] = {RULE + item.factor for item in judged.factors}
    for frame in judged.frames:
        values = frame.values()
        made |= {f"{name}={value}" for name, value in values.items()}
        made.add(f"{values['actor']}|{values['modality']}")
        made.add(f"{values['actor']}|{values['modality']}|{values['time_limit']}|{values['grounds']}")
    return tuple(sorted(made))


def labels_of(said: Sequence[tuple[str, ...]], how: Mapping[str, Any]) -> list[str]:
    """Labels that are neither too rare to be learned nor true of nearly every norm."""
    counted = Counter(label for one in said for label in one)
    least = {True: how["least_of_rule"], False: how["least_of_frame"]}
    most = how["most"] * len(said)
    return sorted(label for label, n in counted.items() if least[label.startswith(RULE)] <= n < most)


class Weak(Classifier):
    """The network of fine-tuning with other outputs; only its encoder is kept."""

    def forward(self, ids: Tensor, kinds: Tensor, attention: Tensor) -> tuple[Tensor, Tensor]:
        states, pooled = self.pooled(ids, kinds, attention)
        return self.whole(self.drop(pooled))[:, :-1], states


def learn(
    read: Sequence[Encoded],
    right: Tensor,
    labels: Sequence[str],
    model: Weak,
    how: Mapping[str, Any],
    tell: Callable[[str], None],
) -> None:
    """Train ``model`` on ``right`` [sequences, labels]."""
    dice = random.Random(how["seed"])
    weight = torch.tensor([how["rule_weight"] if label.startswith(RULE) else 1.0 for label in labels])
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": how["rate"]}, {"params": heads, "lr": how["head_rate"]}],
        weight_decay=0.01,
    )
    last = how["epochs"] * max(1, sum(len(one.ids) for one in read) // how["batch_pieces"])
    warm = how["warm_up"]
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (last - step) / max(1, last - warm)))
    )
    model.train()
    for epoch in range(how["epochs"]):
        started, total, steps = time.monotonic(), 0.0, 0
        for rows in rows_of(read, how["batch_pieces"], dice):
            batch: Batch = padded([read[at] for at in rows])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits, _ = model(batch.ids, batch.kinds, batch.attention)
            each = nn.functional.binary_cross_entropy_with_logits(logits.float(), right[rows], reduction="none")
            cost = (each * weight).sum(1).mean()
            optimizer.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            total += float(cost.detach())
            steps += 1
        tell(f"epoch {epoch + 1}: loss {total / max(1, steps):.3f}, {time.monotonic() - started:.0f} s")


@click.command()
@click.option("--acts", "folder", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--pretrained", type=click.Path(exists=True, path_type=Path), help="of models.pretrain")
@click.option("--tokenizer", "pieces", type=click.Path(exists=True, path_type=Path), help="instead: from chance")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--threads", type=int, default=2, show_default=True)
def main(folder: Path, pretrained: Path | None, pieces: Path | None, out: Path, threads: int) -> None:
    """Learn what frames and rules say."""
    if (pretrained is None) == (pieces is None):
        raise click.UsageError("one of --pretrained and --tokenizer")
    out.mkdir(parents=True, exist_ok=True)
    settings = recipe()
    how = settings["weak"]
    torch.set_num_threads(threads)
    provisions = read_provisions(acts(folder, settings["left_out"]), (pretrained or out) / "provisions.jsonl")
    with multiprocessing.Pool(threads, _begin) as pool:
        said = pool.map(said_of, provisions, chunksize=_CHUNK)
    labels = labels_of(said, how)
    order = [*range(len(provisions)), *(at for at, p in enumerate(provisions) if p.language == "kk")]
    column = {label: at for at, label in enumerate(labels)}
    right = torch.zeros(len(order), len(labels))
    for row, at in enumerate(order):
        for label in said[at]:
            if label in column:
                right[row, column[label]] = 1
    tokenizer = Tokenizer.read(pretrained / "tokenizer.model" if pretrained else pieces or Path())
    read = [tokenizer.encode(provisions[at], how["longest"]) for at in order]
    encoder = torch.load(pretrained / "encoder.pt", weights_only=True) if pretrained else None
    for epochs in how["epochs"]:
        torch.manual_seed(how["seed"])
        model = Weak(len(tokenizer), len(labels), settings["encoder"] | {"head_dropout": how["dropout"]})
        if encoder is not None:
            model.load_lower(encoder)
        with torch.no_grad():
            model.whole.bias[:-1].copy_(torch.logit(right.mean(0).clamp(1e-3, 1 - 1e-3)) - 1)
        learn(read, right, labels, model, how | {"epochs": epochs}, click.echo)
        encoder = model.encoder.state_dict()
        torch.save(encoder, out / "encoder.pt")
    note = {"labels": labels, "provisions": len(provisions), "settings": how}
    (out / "weak.json").write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
