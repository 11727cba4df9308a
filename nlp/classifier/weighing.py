"""Weighing: what rules said and what the model thinks → one calibrated probability per factor.

A logistic regression learned on norms that neither the rules nor the network had been made on (``models.fusing``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FEATURES = ("factor_logit", "any_logit", "rule", "rule_confidence", "rule_strong", "rule_and_logit", "other_rule")
_DIGITS = 4
_LOW, _HIGH = -12.0, 12.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of one factor: ``confidence`` of the rules (0 – no rule spoke), ``strength`` 0–2; ``other``: a rule
    spoke of another factor."""

    factor_logit: float
    any_logit: float
    confidence: float
    strength: int
    other: bool

    def features(self) -> tuple[float, ...]:
        """In the order of ``FEATURES``."""
        logit = min(_HIGH, max(_LOW, self.factor_logit))
        rule = float(self.strength > 0)
        strong = float(self.strength == 2)
        return (
            logit,
            min(_HIGH, max(_LOW, self.any_logit)),
            rule,
            self.confidence,
            strong,
            rule * logit,
            float(self.other),
        )


@dataclass(frozen=True, slots=True)
class Weighing:
    """``weights`` and ``bias`` per language; ``factor_bias`` added per factor; thresholds per language:
    ``say`` – from here on the model alone raises a factor, ``keep`` – below it what a rule said is dropped,
    ``remark`` – below it a remark becomes a mark for attention. ``worth_marking``: the logit from which the words of a
    factor are looked up; ``most``: factors that the model alone may raise of one provision.
    """

    weights: Mapping[str, tuple[float, ...]]
    bias: Mapping[str, float]
    factor_bias: Mapping[str, Mapping[str, float]]
    say: Mapping[str, float]
    keep: Mapping[str, float]
    remark: Mapping[str, float]
    worth_marking: float
    most: int

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Weighing:
        """From JSON; raises ``KeyError``, ``TypeError`` or ``ValueError`` for another shape."""
        weights = {code: tuple(map(float, row)) for code, row in said["weights"].items()}
        if any(len(row) != len(FEATURES) for row in weights.values()):
            raise ValueError("weights do not fit the features")
        return cls(
            weights=weights,
            bias=dict(said["bias"]),
            factor_bias={code: dict(row) for code, row in said["factor_bias"].items()},
            say=dict(said["say"]),
            keep=dict(said["keep"]),
            remark=dict(said["remark"]),
            worth_marking=float(said["worth_marking"]),
            most=int(said["most"]),
        )

    def probability(self, language: str, factor: str, heard: Heard) -> float:
        """That an expert would label the factor here, rounded to four digits."""
        weights = self.weights[language]
        total = self.bias[language] + self.factor_bias[language].get(factor, 0.0)
        total += sum(weight * value for weight, value in zip(weights, heard.features(), strict=True))
        return round(1 / (1 + math.exp(-min(_HIGH, max(_LOW, total)))), _DIGITS)
