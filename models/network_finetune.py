"""Fine-tuning: every factor of a provision at once, and the words that carry it.

The network reads the pieces of text, lead-in and heading (``nlp.classifier.pieces``). A head over the whole provision
gives one logit per factor and one for «any factor»; a head over pieces gives one logit per factor and piece, trained
where the words of a label were found. The provision's logit is the sum of its own and the pieces' soft maximum, so what
is marked is what was decided on.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import ElectraModel

from models.batches import Batch, padded
from models.examples import Example, Role
from models.network import config
from models.rows import mates_of, rows_of
from nlp.classifier.pieces import Encoded, Tokenizer

Scores = NDArray[np.float32]
_HARD = 20.0  # what keeps the padding out of a maximum


class Classifier(nn.Module):
    """Encoder and heads. ``forward``: logits [batch, factors + 1] (the last one: any) and [batch, pieces, factors]."""

    def __init__(self, pieces: int, factors: int, shape: Mapping[str, Any]) -> None:
        super().__init__()
        made = config(pieces, shape, shape["embedding"], shape["longest"], shape["dropout"])
        self.encoder = ElectraModel(made)
        width = shape["width"]
        self.drop = nn.Dropout(shape["head_dropout"])
        self.whole = nn.Linear(3 * width, factors + 1)
        self.words = nn.Linear(width, factors)
        self.sharpness = 4.0

    def load_lower(self, encoder: Mapping[str, Tensor]) -> None:
        """Take over pretrained weights; layers above those of this network are left out."""
        layers = len(self.encoder.encoder.layer)
        kept = {
            name: value
            for name, value in encoder.items()
            if not name.startswith("encoder.layer.") or int(name.split(".")[2]) < layers
        }
        self.encoder.load_state_dict(kept)

    def pooled(self, ids: Tensor, kinds: Tensor, attention: Tensor) -> tuple[Tensor, Tensor]:
        """States [batch, pieces, width] and three views of them as one [batch, 3 · width]: first, mean, greatest."""
        states = self.encoder(input_ids=ids, attention_mask=attention, token_type_ids=kinds).last_hidden_state
        real = attention.unsqueeze(-1).to(states.dtype)
        mean = (states * real).sum(1) / real.sum(1)
        most = (states - (1 - real) * _HARD).max(1).values
        return states, torch.cat([states[:, 0], mean, most], -1)

    def forward(self, ids: Tensor, kinds: Tensor, attention: Tensor) -> tuple[Tensor, Tensor]:
        states, views = self.pooled(ids, kinds, attention)
        real = attention.unsqueeze(-1).to(states.dtype)
        words = self.words(self.drop(states))
        whole = self.whole(self.drop(views))
        masked = (words - (1 - real) * _HARD) * self.sharpness
        strongest = torch.logsumexp(masked, 1) / self.sharpness
        return torch.cat([whole[:, :-1] + strongest, whole[:, -1:]], -1), words


@dataclass(frozen=True, slots=True)
class Target:
    """What is right for one example. ``labels`` [factors + 1] of 0 or 1; ``words`` rows of (factor, first piece, last
    piece + 1); ``weight`` of the example in the loss."""

    labels: tuple[float, ...]
    words: tuple[tuple[int, int, int], ...]
    weight: float


def target(example: Example, encoded: Encoded, factors: Sequence[str], weight: float) -> Target:
    """The example's marks on the pieces of ``encoded``; a mark whose words were cut off has no words."""
    labels = [float(factor in example.factors) for factor in factors]
    words = []
    for mark in example.marks:
        if mark.factor not in factors:
            continue
        for span in mark.spans:
            inside = [
                at
                for at, piece in enumerate(encoded.pieces)
                if piece and piece.field == span.field and piece.start < span.end and span.start < piece.end
            ]
            if inside:
                words.append((factors.index(mark.factor), inside[0], inside[-1] + 1))
    return Target((*labels, float(bool(example.marks))), tuple(words), weight)


def loss(logits: Tensor, words: Tensor, batch: Batch, targets: Sequence[Target], settings: Mapping[str, Any]) -> Tensor:
    """Binary cross-entropy of provisions and of pieces."""
    right = torch.tensor([one.labels for one in targets])
    weight = torch.tensor([one.weight for one in targets]).unsqueeze(-1)
    positive = torch.full((right.shape[-1],), float(settings["positive_weight"]))
    positive[-1] = 1.0
    whole = nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="none", pos_weight=positive)
    total = (whole * weight).sum(-1).mean() + settings["any_weight"] * (whole[:, -1:] * weight).mean()
    marked = torch.zeros_like(words)
    judged = batch.attention.unsqueeze(-1).expand_as(words).clone().float()
    for row, one in enumerate(targets):
        for at, label in enumerate(one.labels[:-1]):
            if label and not any(factor == at for factor, _, _ in one.words):
                judged[row, :, at] = 0  # the words of this label are not known
        for factor, start, end in one.words:
            marked[row, start:end, factor] = 1
    pieces = nn.functional.binary_cross_entropy_with_logits(words, marked, reduction="none")
    pieces = pieces * (1 + marked * (settings["word_positive_weight"] - 1))
    return total + settings["word_weight"] * (pieces * judged).sum() / judged.sum() * words.shape[-1]


def contrast(logits: Tensor, right: Tensor, sides: Sequence[tuple[int, int]]) -> Tensor:
    """How far the flawed side of a pair does not stand above the sound one: in «some factor» and in its own factors.

    ``sides``: (flawed, sound) rows of ``logits`` and ``right`` [rows, factors + 1]; 0 where there are none.
    """
    if not sides:
        return logits.new_zeros(())
    flawed, sound = torch.tensor(sides).unbind(1)
    above = nn.functional.softplus(1 - (logits[flawed] - logits[sound]))
    return (above * right[flawed]).sum() / len(sides)


@dataclass(frozen=True, slots=True)
class Learned:
    """A trained classifier with what it needs to read."""

    model: Classifier
    tokenizer: Tokenizer
    factors: tuple[str, ...]
    longest: int


def weight_of(example: Example, settings: Mapping[str, Any]) -> float:
    """Weight in the loss: borderline labels count less, pairs by the recipe."""
    if example.role is not Role.PROVISION:
        return float(settings["pair_weight"])
    if example.marks and all(mark.strength == 1 for mark in example.marks):
        return float(settings["borderline_weight"])
    return 1.0


def train(
    examples: Sequence[Example],
    factors: tuple[str, ...],
    tokenizer: Tokenizer,
    encoder: Mapping[str, Tensor] | None,
    settings: Mapping[str, Any],
    seed: int,
    tell: Callable[[str], None] = lambda line: None,
) -> Learned:
    """Fine-tune on ``examples``. ``encoder``: pretrained weights, None begins from chance. Seeded."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    shape, how = settings["encoder"] | {"head_dropout": settings["finetuning"]["dropout"]}, settings["finetuning"]
    model = Classifier(len(tokenizer), len(factors), shape)
    if encoder is not None:
        model.load_lower(encoder)
    read = [tokenizer.encode(example.provision, how["longest"]) for example in examples]
    targets = [
        target(example, encoded, factors, weight_of(example, how))
        for example, encoded in zip(examples, read, strict=True)
    ]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": how["rate"]}, {"params": heads, "lr": how["head_rate"]}],
        weight_decay=0.01,
    )
    mates = mates_of(examples)
    batches = max(1, sum(len(one.ids) for one in read) // how["batch_pieces"])
    last = how["epochs"] * batches
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * last + 1), max(0.02, (last - step) / (0.9 * last + 1)))
    )
    model.train()
    for epoch in range(how["epochs"]):
        started, sum_of_losses, steps = time.monotonic(), 0.0, 0
        for rows in rows_of(read, how["batch_pieces"], dice, mates):
            batch = padded([read[at] for at in rows])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits, words = model(batch.ids, batch.kinds, batch.attention)
            wanted = [targets[at] for at in rows]
            cost = loss(logits.float(), words.float(), batch, wanted, how)
            row_of = {at: row for row, at in enumerate(rows)}
            sides = [
                (row, row_of[mates[at]]) for at, row in row_of.items() if mates.get(at) in row_of and examples[at].marks
            ]
            cost = cost + how["contrast_weight"] * contrast(
                logits.float(), torch.tensor([o.labels for o in wanted]), sides
            )
            optimizer.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            sum_of_losses += float(cost.detach())
            steps += 1
        tell(f"epoch {epoch + 1}: loss {sum_of_losses / max(1, steps):.4f}, {time.monotonic() - started:.0f} s")
    return Learned(model.eval(), tokenizer, factors, how["longest"])


def predict(learned: Learned, examples: Sequence[Example], pieces: int = 8192) -> tuple[Scores, list[Scores]]:
    """Logits [examples, factors + 1] and per example [pieces, factors], in the order given."""
    read = [learned.tokenizer.encode(example.provision, learned.longest) for example in examples]
    logits = np.zeros((len(read), len(learned.factors) + 1), np.float32)
    words: list[Scores] = [np.zeros((0, 0), np.float32)] * len(read)
    order = sorted(range(len(read)), key=lambda at: len(read[at].ids))
    with torch.no_grad():
        start = 0
        while start < len(order):
            size = max(1, pieces // len(read[order[min(start + 64, len(order) - 1)]].ids))
            rows = order[start : start + size]
            start += size
            batch = padded([read[at] for at in rows])
            out, marks = learned.model(batch.ids, batch.kinds, batch.attention)
            for row, at in enumerate(rows):
                logits[at] = out[row].numpy()
                words[at] = marks[row, : len(read[at].ids)].numpy()
    return logits, words
