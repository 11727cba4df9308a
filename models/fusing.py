"""Learning the weighing of rules and model (``nlp.classifier.weighing``), and its thresholds.

Learned only on norms on which neither was made: the model's logits come from folds that did not hold the act or the
pair, and sources that rules were fitted to are left out (``unseen`` of the recipe).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models.examples import Example, Role
from nlp.classifier.weighing import FEATURES, Heard, Standings, Weighing

Array = NDArray[np.float64]
LANGUAGES = ("ru", "kk")
_OWN_SCALE = 2.0  # a large value is a small penalty: the bias of a language is hardly held back


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the rules said of one example: factor → (strength, confidence)."""

    factors: Mapping[str, tuple[int, float]]


def heard(spoken: Spoken, factors: Sequence[str], logits: Array) -> list[Heard]:
    """The features of every factor of one example; ``logits``: as provision, as pair, factors, and those of the network
    for factors and «some factor»."""
    which, network = logits[2 : 2 + len(factors)], logits[2 + len(factors) :]
    shares = which - np.log(np.exp(which - which.max()).sum()) - which.max()
    standings, by_network = Standings(which.tolist()), Standings(network[:-1].tolist())
    made = []
    for column, factor in enumerate(factors):
        strength, confidence = spoken.factors.get(factor, (0, 0.0))
        other = any(name != factor for name in spoken.factors)
        said = (float(logits[0]), float(logits[1]), float(which[column]), float(shares[column]))
        some, this = float(network[-1]), float(network[column])
        placed = (standings.of(float(which[column])), by_network.of(this))
        made.append(Heard(*said, confidence, strength, other, some, this, *placed))
    return made


def chances(
    weighing: Weighing, examples: Sequence[Example], spoken: Sequence[Spoken], logits: Array, factors: Sequence[str]
) -> Array:
    """Probabilities [examples, factors]."""
    return np.array(
        [
            [
                weighing.probability(example.provision.language, factor, item)
                for factor, item in zip(factors, heard(spoken[at], factors, logits[at]), strict=True)
            ]
            for at, example in enumerate(examples)
        ]
    )


def learn(
    examples: Sequence[Example], spoken: Sequence[Spoken], logits: Array, factors: Sequence[str], how: Mapping[str, Any]
) -> Weighing:
    """Weights per language; the factors share them and differ by a bias. ``logits`` as in ``heard``.

    The examples of the other language count ``other_language`` times: what rules and model are worth against each other
    is much the same in both, and there are few Kazakh provisions; how often there is a factor is not, so each language
    has its own bias.
    """
    weights, bias, factor_bias = {}, {}, {}
    given = np.array(
        [item.features() for at in range(len(examples)) for item in heard(spoken[at], factors, logits[at])]
    )
    one_of = np.tile(np.eye(len(factors)) * how["bias_scale"], (len(examples), 1))
    right = np.array([factor in example.factors for example in examples for factor in factors])
    of = np.array([example.provision.language for example in examples])
    for code in LANGUAGES:
        own = of == code
        counted = np.zeros(len(examples))
        for those, times in ((own, 1.0), (~own, float(how["other_language"]))):
            roles = [example.role for example, is_so in zip(examples, those, strict=True) if is_so]
            counted[those] = times * np.array(_counted(roles, how["pairs_together"]))
        rows = np.repeat(counted > 0, len(factors))
        is_own = np.repeat(own, len(factors))[:, None] * _OWN_SCALE
        model = LogisticRegression(C=how["softness"], max_iter=2000)
        held = np.hstack([given, one_of, is_own])[rows]
        model.fit(held, right[rows], sample_weight=np.repeat(counted, len(factors))[rows])
        learned = model.coef_[0]
        weights[code] = tuple(round(float(value), 5) for value in learned[: len(FEATURES)])
        bias[code] = round(float(model.intercept_[0] + _OWN_SCALE * learned[-1]), 5)
        of_factors = learned[len(FEATURES) : -1] * how["bias_scale"]
        factor_bias[code] = {factor: round(float(value), 5) for factor, value in zip(factors, of_factors, strict=True)}
    none = dict.fromkeys(LANGUAGES, 0.5)
    return Weighing(weights, bias, factor_bias, none, none, none, int(how["most"]))


def _counted(roles: Sequence[Role], together: float) -> list[float]:
    """Weights of examples: 1 a provision, and all sides of pairs together ``together`` times the provisions; where
    there is nothing but pairs, 1 each."""
    provisions = sum(role is Role.PROVISION for role in roles)
    others = len(roles) - provisions
    side = together * provisions / others if provisions and others else 1.0
    return [1.0 if role is Role.PROVISION else side for role in roles]


def decided(chance: Array, ruled: NDArray[np.bool_], say: float, keep: float, most: int) -> NDArray[np.bool_]:
    """Factors that come out, [examples, factors]: what rules said from ``keep`` on, what the model says from ``say``
    on, at most ``most`` a provision."""
    kept = ruled & (chance >= keep)
    alone = np.where(ruled, -1.0, chance)
    floor = np.sort(alone, axis=1)[:, -most][:, None]
    return kept | ((alone >= say) & (alone >= floor))


def f1(right: NDArray[np.bool_], found: NDArray[np.bool_], weight: Array) -> float:
    """F1 of «has a factor», weighted."""
    tp = float((weight * (right & found)).sum())
    return 2 * tp / max(1e-9, float((weight * right).sum() + (weight * found).sum()))


def with_thresholds(
    weighing: Weighing,
    examples: Sequence[Example],
    partings: Sequence[Array],
    ruled: NDArray[np.bool_],
    factors: Sequence[str],
    how: Mapping[str, Any],
    tell: Callable[[str], None],
) -> Weighing:
    """The thresholds around which F1 of provisions and pairs together are best, in the mean over the languages – their
    chances come from one weighing and mean the same – and over ``partings``: by each parting into folds the chances
    [examples, factors] of a weighing that did not see the example's act or pair. Thresholds that suit one parting or
    one language alone are chance."""
    scores = {code: [_Score(examples, chance, ruled, factors, how, code) for chance in partings] for code in LANGUAGES}
    every = [score for each in scores.values() for score in each]
    places = [(s, k) for s in range(5, 30) for k in range(1, 20) if k <= s]
    tried = {(s, k): float(np.mean([score(s / 50, k / 50) for score in every])) for s, k in places}
    at = _gladly_kept({place: _around(tried, place) for place in tried}, float(how["keep_slack"]))
    say, keep = at[0] / 50, at[1] / 50
    for code, each in scores.items():
        tell(f"{code}: {told(each, say, keep)}; rules alone {told(each, 2.0, 0.0)}")
    return replace(
        weighing,
        say=dict.fromkeys(LANGUAGES, say),
        keep=dict.fromkeys(LANGUAGES, keep),
        remark=dict.fromkeys(LANGUAGES, max(float(how["remark"]), keep)),
    )


def _gladly_kept(score: Mapping[tuple[int, int], float], slack: float) -> tuple[int, int]:
    """Of thresholds (say, keep) whose score is within ``slack`` of the best those that drop least of what rules said: a
    lawyer can read a rule, so it is overruled only where that pays."""
    good = [at for at in score if score[at] >= max(score.values()) - slack]
    least = min(keep for _, keep in good)
    return max((at for at in good if at[1] == least), key=lambda at: (score[at], at))


def _around(tried: Mapping[tuple[int, int], float], at: tuple[int, int]) -> float:
    """The mean score of thresholds near these: a single good place among bad ones is chance."""
    near = [tried[s, k] for s in range(at[0] - 3, at[0] + 4) for k in range(at[1] - 2, at[1] + 3) if (s, k) in tried]
    return float(np.mean(near))


class _Score:
    """F1 of provisions and share of pairs that are right on both sides, for one language."""

    def __init__(
        self,
        examples: Sequence[Example],
        chance: Array,
        ruled: NDArray[np.bool_],
        factors: Sequence[str],
        how: Mapping[str, Any],
        code: str,
    ) -> None:
        mine = np.array([e.provision.language == code for e in examples])
        self.how, self.chance, self.ruled = how, chance, ruled
        self.clean = float(how["negatives_stand_for"][code])
        self.right = np.array([[factor in e.factors for factor in factors] for e in examples])
        self.provisions = np.flatnonzero(mine & np.array([e.role is Role.PROVISION for e in examples]))
        flawed = {e.group: at for at, e in enumerate(examples) if e.role is Role.FLAWED and mine[at]}
        sound = {e.group: at for at, e in enumerate(examples) if e.role is Role.SOUND and mine[at]}
        groups = sorted(flawed.keys() & sound.keys())
        self.flawed = np.array([flawed[group] for group in groups], int)
        self.sound = np.array([sound[group] for group in groups], int)
        self.neutral = np.flatnonzero(mine & np.array([e.role is Role.NEUTRAL for e in examples]))

    def parts(self, say: float, keep: float) -> tuple[float, float, float]:
        found = decided(self.chance, self.ruled, say, keep, self.how["most"])
        any_right, any_found = np.any(self.right, axis=1), np.any(found, axis=1)
        weight = np.where(any_right, 1.0, self.clean)[self.provisions]
        provisions = f1(any_right[self.provisions], any_found[self.provisions], weight)
        hit = np.any(found & self.right, axis=1)
        pairs = float((hit[self.flawed] & ~any_found[self.sound]).mean()) if len(self.flawed) else 0.0
        clean = float((~any_found[self.neutral]).mean()) if len(self.neutral) else 1.0
        return provisions, pairs, clean

    def __call__(self, say: float, keep: float) -> float:
        provisions, pairs, clean = self.parts(say, keep)
        return provisions + self.how["pairs_count"] * pairs - max(0.0, self.how["neutral_clean"] - clean)


def told(scores: Sequence[_Score], say: float, keep: float) -> str:
    """A line on the mean of ``scores`` for these thresholds."""
    provisions, pairs, clean = np.mean([score.parts(say, keep) for score in scores], axis=0)
    return f"say {say} keep {keep}: F1 {provisions:.3f}, pairs {pairs:.3f}, neutral left alone {clean:.3f}"
