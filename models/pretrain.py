"""Pretraining of the encoder on unlabelled acts: resumable, logged, seeded.

    python -m models.pretrain --acts ../shared/corpora/kz-acts --out DIR [--objective electra|masked] [--steps N]

DIR gets the tokenizer, ``state.pt`` (where it stands; a second call goes on from there), ``encoder.pt`` (the result),
``pretrain.json`` (what was learned from, settings, seed) and ``log.csv`` (step, loss, pieces a second).
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import torch
from torch import nn

from models.batches import by_pieces, hide, padded
from models.network import Discriminating, Masking
from models.recipe import recipe
from models.texts import acts, digest, read_provisions
from models.tokenizer import train_tokenizer
from nlp.classifier.pieces import Encoded, Tokenizer
from nlp.structure.act import Provision


def tokenizer_of(out: Path, provisions: list[Provision], settings: Mapping[str, Any], seed: int) -> Tokenizer:
    """The tokenizer in ``out``, trained now when it is not there."""
    path = out / "tokenizer.model"
    if not path.exists():
        times = settings["pretraining"]["kazakh_times"]
        path.write_bytes(train_tokenizer(provisions, settings["tokenizer"], times, seed))
    return Tokenizer.read(path)


def sequences(
    provisions: list[Provision], tokenizer: Tokenizer, settings: Mapping[str, Any], seed: int
) -> list[Encoded]:
    """What is learned from: every provision alone or with its context; Kazakh ones several times, by the recipe."""
    dice = random.Random(seed)
    made = []
    for provision in provisions:
        for _ in range(settings["kazakh_times"] if provision.language == "kk" else 1):
            with_context = dice.random() < settings["with_context"]
            shown = provision if with_context else Provision(provision.id, provision.language, provision.text)
            made.append(tokenizer.encode(shown, settings["longest"]))
    return made


class Training:
    """Where pretraining stands; ``save`` and ``load`` let it stop and go on with the same batches."""

    def __init__(self, model: nn.Module, settings: Mapping[str, Any], out: Path) -> None:
        self.model, self.settings, self.out = model, settings, out
        self.step = 0
        self.optimizer = torch.optim.AdamW(
            model.parameters(), lr=settings["rate"], betas=(0.9, 0.98), weight_decay=0.01
        )
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)

    def _rate(self, step: int) -> float:
        warm, last = self.settings["warm_up"], self.settings["steps"]
        return min((step + 1) / warm, max(0.02, (last - step) / max(1, last - warm)))

    def save(self) -> None:
        state = {
            "step": self.step,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(),
            "chance": torch.get_rng_state(),
        }
        torch.save(state, self.out / "state.part")
        (self.out / "state.part").replace(self.out / "state.pt")

    def load(self) -> None:
        path = self.out / "state.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.scheduler.load_state_dict(state["scheduler"])
            torch.set_rng_state(state["chance"])
            self.step = state["step"]

    def learn(self, batch: list[Encoded]) -> float:
        made = padded(batch)
        masked, hidden = hide(made, self.settings["masked"])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = self.model(made.ids, made.kinds, made.attention, masked, hidden)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.scheduler.step()
        self.step += 1
        return float(loss.detach())


def _batches(made: list[Encoded], pieces: int, seed: int, skip: int) -> Iterator[list[Encoded]]:
    """Batches without end; the first ``skip`` were seen before the stop."""
    dice = random.Random(seed)
    while True:
        for batch in by_pieces(made, pieces, dice):
            if skip:
                skip -= 1
                continue
            yield batch


def run(training: Training, made: list[Encoded], seed: int, stop_after: float) -> None:
    """Learn until the steps of the recipe are done or ``stop_after`` seconds have passed; saves on the way."""
    settings, started, losses, pieces = training.settings, time.monotonic(), 0.0, 0
    mark, since = started, 0
    training.model.train()
    for batch in _batches(made, settings["batch_pieces"], seed, training.step):
        if training.step >= settings["steps"] or time.monotonic() - started > stop_after:
            break
        losses += training.learn(batch)
        pieces += sum(len(one.ids) for one in batch)
        since += 1
        if training.step % settings["save_every"] == 0:
            now = time.monotonic()
            line = f"{training.step},{losses / since:.4f},{pieces / (now - mark):.0f}\n"
            with (training.out / "log.csv").open("a", encoding="utf-8") as log:
                log.write(line)
            click.echo(line.strip())
            losses, pieces, since, mark = 0.0, 0, 0, now
            training.save()
    training.save()


@click.command()
@click.option("--acts", "folder", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--objective", type=click.Choice(["electra", "masked"]))
@click.option("--steps", type=int, help="instead of the recipe's")
@click.option("--layers", type=int, help="instead of the recipe's")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--threads", type=int, default=2, show_default=True)
@click.option("--stop-after", type=float, default=float("inf"), help="seconds; the next call goes on")
def main(
    folder: Path,
    out: Path,
    objective: str | None,
    steps: int | None,
    layers: int | None,
    seed: int,
    threads: int,
    stop_after: float,
) -> None:
    """Pretrain the encoder, or go on where the last call stopped."""
    settings = recipe()
    pretraining, encoder = settings["pretraining"], settings["encoder"]
    pretraining["objective"] = objective or pretraining["objective"]
    pretraining["steps"] = steps or pretraining["steps"]
    encoder["layers"] = layers or pretraining["layers"]
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    files = acts(folder, settings["left_out"])
    provisions = read_provisions(files, out / "provisions.jsonl")
    tokenizer = tokenizer_of(out, provisions, settings, seed)
    if pretraining["objective"] == "electra":
        model: nn.Module = Discriminating(
            len(tokenizer), encoder, pretraining["generator"], pretraining["discriminator_weight"]
        )
    else:
        model = Masking(len(tokenizer), encoder)
    training = Training(model, pretraining, out)
    training.load()
    note = {
        "acts": [path.stem for path in files],
        "provisions": len(provisions),
        "texts_sha256": digest(provisions),
        "seed": seed,
        "recipe": settings,
        "torch": torch.__version__,
    }
    (out / "pretrain.json").write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
    run(training, sequences(provisions, tokenizer, pretraining, seed), seed, stop_after)
    torch.save(model.encoder.state_dict(), out / "encoder.pt")


if __name__ == "__main__":
    main()
