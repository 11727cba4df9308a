"""Sequences of pieces in batches of like length: numbers in, tensors out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from nlp.classifier.pieces import MASK, PAD, SPECIAL, Encoded

_FIRST_PIECE = 2 + len(SPECIAL)
_POOL = 64  # batches drawn together, sorted by length


@dataclass(frozen=True, slots=True)
class Batch:
    """``ids``, ``kinds``, ``attention``: [sequences, pieces]; attention 1 where there is a piece."""

    ids: Tensor
    kinds: Tensor
    attention: Tensor


def padded(sequences: Sequence[Encoded]) -> Batch:
    """The sequences filled up to the longest of them."""
    longest = max(len(one.ids) for one in sequences)
    ids = torch.full((len(sequences), longest), PAD)
    kinds = torch.zeros_like(ids)
    attention = torch.zeros_like(ids)
    for row, one in enumerate(sequences):
        length = len(one.ids)
        ids[row, :length] = torch.tensor(one.ids)
        kinds[row, :length] = torch.tensor(one.kinds)
        attention[row, :length] = 1
    return Batch(ids, kinds, attention)


def by_pieces(sequences: Sequence[Encoded], pieces: int, dice: random.Random) -> Iterator[list[Encoded]]:
    """One pass in an order of chance: batches of about ``pieces`` pieces, sequences of like length together."""
    order = list(range(len(sequences)))
    dice.shuffle(order)
    size = max(1, _POOL * pieces // max(1, sum(len(one.ids) for one in sequences) // max(1, len(sequences))))
    for start in range(0, len(order), size):
        pool = sorted(order[start : start + size], key=lambda at: len(sequences[at].ids))
        batches = list(_cut(pool, sequences, pieces))
        dice.shuffle(batches)
        for batch in batches:
            yield [sequences[at] for at in batch]


def _cut(pool: list[int], sequences: Sequence[Encoded], pieces: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for at in pool:
        if batch and (len(batch) + 1) * len(sequences[at].ids) > pieces:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def hide(batch: Batch, share: float, whole: float = 0.85) -> tuple[Tensor, Tensor]:
    """Pieces to be guessed: (True where hidden, ids with masks). Of the hidden ones ``whole`` become the mask."""
    may = batch.ids >= _FIRST_PIECE
    masked = may & (torch.rand(batch.ids.shape) < share)
    if not bool(masked.any()):
        masked[0, int(may[0].float().argmax())] = True
    hidden = batch.ids.clone()
    hidden[masked & (torch.rand(batch.ids.shape) < whole)] = MASK
    return masked, hidden
