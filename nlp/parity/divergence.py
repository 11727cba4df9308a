"""Divergence: one place at which two authentic texts say different things."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DivergenceKind(StrEnum):
    """The eight kinds (issue 6, point 8)."""

    NUMBER = "number"  # a number or a time limit
    MODALITY = "modality"  # may / must / must not
    EXCEPTION = "exception"
    LIST_ITEM = "list_item"
    UNIT = "unit"
    BODY = "body"
    ONLY = "only"  # «только», «ғана»
    AMOUNT = "amount"  # money, per cent, multiples of an index


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of one text: offsets in its clean text. Where a text lacks what the other has, the words are those of the
    unit in which it would stand and ``lacks`` is true."""

    address: str
    start: int
    end: int
    quote: str
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Divergence:
    """``score``: how alike the two units are, ``reason``: what was compared, machine-readable."""

    kind: DivergenceKind
    ru: Spot
    kk: Spot
    score: float
    reason: tuple[tuple[str, str], ...] = ()
