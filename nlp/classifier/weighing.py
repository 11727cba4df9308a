"""Weighing: what rules said and what the model thinks → one calibrated probability per factor.

A logistic regression learned on norms that neither the rules nor the model had been made on (``models.fusing``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FEATURES = (
    "as_provision",
    "as_pair",
    "which",
    "share",
    "rule",
    "rule_confidence",
    "rule_strong",
    "rule_as_provision",
    "rule_as_pair",
    "rule_which",
    "other_rule",
    "both",
    "other_which",
    "network_any",
    "network_which",
    "rule_network_any",
    "rule_network_which",
    "lesser",
    "behind",
    "first",
    "among",
    "network_behind",
    "network_first",
    "network_among",
    "both_first",
)
_DIGITS = 4
_HIGH = 12.0
_PLACES = FEATURES[-7:]
_FAR = 4.0  # further behind the likeliest factor makes no difference
_AMONG = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one factor's logit lies ``behind`` the greatest (0 – it is that) and whether it is ``among`` the three
    greatest, those that equal the third among them. Without a network all factors stand alike."""

    behind: float = 0.0
    among: bool = True


class Standings:
    """The standing of every factor by its logit."""

    def __init__(self, logits: Iterable[float]) -> None:
        ordered = sorted(logits, reverse=True)[:_AMONG] or [0.0]
        self._top, self._last = ordered[0], ordered[-1]

    def of(self, logit: float) -> Standing:
        """Of a factor with this logit, one of those given."""
        return Standing(min(self._top - logit, _FAR), logit >= self._last)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of one factor.

    ``as_provision``, ``as_pair``: logits of «some factor» learned on provisions of acts and on written pairs;
    ``which``: logit of this factor given that there is one, ``share``: logarithm of its share among all factors.
    ``confidence`` of the rules (0 – no rule spoke), ``strength`` 0–2; ``other``: a rule spoke of another factor.
    ``network_any``, ``network_which``: logits of the network for «some factor» and for this one, 0 without a network.
    ``standing``, ``network_standing``: where ``which`` and ``network_which`` stand among all factors.
    """

    as_provision: float
    as_pair: float
    which: float
    share: float
    confidence: float
    strength: int
    other: bool
    network_any: float = 0.0
    network_which: float = 0.0
    standing: Standing = Standing()
    network_standing: Standing = Standing()

    def features(self) -> tuple[float, ...]:
        """In the order of ``FEATURES``."""
        act, pair, which = (_bounded(value) for value in (self.as_provision, self.as_pair, self.which))
        rule, other = float(self.strength > 0), float(self.other)
        some, this = _bounded(self.network_any), _bounded(self.network_which)
        return (
            act,
            pair,
            which,
            _bounded(self.share),
            rule,
            self.confidence,
            float(self.strength == 2),
            rule * act,
            rule * pair,
            rule * which,
            other,
            min(act, pair),
            other * which,
            some,
            this,
            rule * some,
            rule * this,
            min(act, some),
            *_placed(self.standing, self.network_standing),
        )


def _placed(own: Standing, network: Standing) -> tuple[float, ...]:
    first, network_first = float(own.behind == 0), float(network.behind == 0)
    return (
        own.behind,
        first,
        float(own.among),
        network.behind,
        network_first,
        float(network.among),
        first * network_first,
    )


def _bounded(value: float) -> float:
    return value if -_HIGH <= value <= _HIGH else min(_HIGH, max(-_HIGH, value))


@dataclass(frozen=True, slots=True)
class Weighing:
    """``weights`` and ``bias`` per language; ``factor_bias`` added per factor; thresholds per language:
    ``say`` – from here on the model alone raises a factor, ``keep`` – below it what a rule said is dropped,
    ``remark`` – below it a remark becomes a mark for attention; ``most``: factors that the model alone may raise of one
    provision.
    """

    weights: Mapping[str, tuple[float, ...]]
    bias: Mapping[str, float]
    factor_bias: Mapping[str, Mapping[str, float]]
    say: Mapping[str, float]
    keep: Mapping[str, float]
    remark: Mapping[str, float]
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
            most=int(said["most"]),
        )

    def probability(self, language: str, factor: str, heard: Heard) -> float:
        """That an expert would label the factor here, rounded to four digits."""
        told = 0.0
        for weight, value in zip(self.weights[language], heard.features(), strict=True):
            told += weight * value
        return self._chance(language, factor, told)

    def of_silence(
        self,
        language: str,
        some: tuple[float, float, float],
        which: Mapping[str, float],
        shares: Mapping[str, float],
        of_network: Mapping[str, float],
    ) -> dict[str, float]:
        """``probability`` of every factor of ``which`` where no rule spoke of any: the very same numbers, quicker.

        ``some``: ``as_provision``, ``as_pair`` and ``network_any``.
        """
        weight = dict(zip(FEATURES, self.weights[language], strict=True))
        act, pair, network = (_bounded(value) for value in some)
        begun = weight["as_provision"] * act + weight["as_pair"] * pair
        both, lesser = weight["both"] * min(act, pair), weight["lesser"] * min(act, network)
        any_factor = weight["network_any"] * network
        of_which, of_share, of_this = weight["which"], weight["share"], weight["network_which"]
        of_place = [weight[name] for name in _PLACES]
        standings, by_network = Standings(which.values()), Standings(of_network.values())
        made = {}
        for factor, value in which.items():
            told = begun + of_which * _bounded(value) + of_share * _bounded(shares[factor]) + both + any_factor
            told += of_this * _bounded(of_network.get(factor, 0.0)) + lesser
            own = standings.of(value)
            placed = _placed(own, by_network.of(of_network[factor]) if of_network else Standing())
            for of_one, one in zip(of_place, placed, strict=True):
                told += of_one * one
            made[factor] = self._chance(language, factor, told)
        return made

    def _chance(self, language: str, factor: str, told: float) -> float:
        total = self.bias[language] + self.factor_bias[language].get(factor, 0.0) + told
        return round(1 / (1 + math.exp(-_bounded(total))), _DIGITS)
