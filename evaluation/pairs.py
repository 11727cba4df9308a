"""Minimal pairs: flawed wording flagged with the right factor, sound one left alone; and what length alone does.

Reads: judged pairs and neutral norms. Writes: ``PairScores`` and ``LengthBaseline``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.items import Item, JudgedPair
from evaluation.judged import Counting
from evaluation.scores import Share, resampling, shares
from evaluation.slices import ALL_LANGUAGES, languages_of

NEAR_LENGTH = 0.15


@dataclass(frozen=True, slots=True)
class FactorPairs:
    """Pairs that carry one label: flawed side flagged with it; that and the sound side clean."""

    factor: str
    flawed_right: Share
    both: Share


@dataclass(frozen=True, slots=True)
class PairScores:
    """Pairs of one language. ``near_length``: only pairs whose lengths differ by at most 15 % of the longer side.

    ``both``: flawed flagged with one of its labels and sound without any finding; ``flawed_right``: flagged with one
    of its labels; ``flawed_any``: flagged with any factor; ``sound_clean``, ``neutral_clean``: no finding.
    Intervals resample pairs (neutral norms for ``neutral_clean``).
    """

    language: str
    counting: Counting
    near_length: bool
    both: Share
    flawed_right: Share
    flawed_any: Share
    sound_clean: Share
    neutral_clean: Share
    factors: tuple[FactorPairs, ...]


@dataclass(frozen=True, slots=True)
class LengthBaseline:
    """What the length of a text alone does: everything of at most ``threshold`` characters is «flagged», whatever the
    factor. ``chosen_on`` says where the threshold was chosen («train» or «these pairs», the kinder choice); it is the
    one with most pairs right on both sides. ``shorter_is_flawed``: pairs whose flawed side is the shorter one.
    """

    language: str
    near_length: bool
    threshold: int
    chosen_on: str
    both: Share
    flawed_flagged: Share
    sound_clean: Share
    neutral_clean: Share
    shorter_is_flawed: Share


def pair_scores(
    pairs: Sequence[JudgedPair], neutrals: Sequence[Item], resamples: int, seed: int
) -> tuple[PairScores, ...]:
    """Every language × counting, all pairs and those of near length."""
    return tuple(
        _scores(_chosen(pairs, language, near), _neutral(neutrals, language), (language, counting, near), drawn)
        for language in _languages(pairs, neutrals)
        for near in (False, True)
        for counting in Counting
        for drawn in ((resamples, seed),)
    )


def length_baselines(
    pairs: Sequence[JudgedPair], neutrals: Sequence[Item], train: Sequence[JudgedPair] = ()
) -> tuple[LengthBaseline, ...]:
    """The baseline beside ``pair_scores``; the threshold is chosen on ``train``, without it on the pairs."""
    return tuple(
        _baseline(_chosen(pairs, language, near), _neutral(neutrals, language), language, near, train)
        for language in _languages(pairs, neutrals)
        for near in (False, True)
    )


def near_length(pair: JudgedPair) -> bool:
    """Whether the sides differ by at most 15 % of the longer one."""
    flawed, sound = pair.lengths()
    return abs(flawed - sound) <= NEAR_LENGTH * max(flawed, sound)


def best_threshold(pairs: Sequence[JudgedPair]) -> int:
    """The smallest length that puts most pairs right: flawed at most as long, sound longer; 0 without pairs."""
    lengths = np.array([pair.lengths() for pair in pairs]).reshape(-1, 2)
    best, right = 0, 0
    for threshold in sorted(set(lengths[:, 0].tolist())):
        hits = int(((lengths[:, 0] <= threshold) & (lengths[:, 1] > threshold)).sum())
        if hits > right:
            best, right = int(threshold), hits
    return best


def _languages(pairs: Sequence[JudgedPair], neutrals: Sequence[Item]) -> tuple[str, ...]:
    return languages_of([*(pair.flawed for pair in pairs), *neutrals])


def _chosen(pairs: Sequence[JudgedPair], language: str, near: bool) -> list[JudgedPair]:
    return [
        pair
        for pair in pairs
        if language in (ALL_LANGUAGES, pair.flawed.provision.language) and (not near or near_length(pair))
    ]


def _neutral(neutrals: Sequence[Item], language: str) -> list[Item]:
    return [item for item in neutrals if language in (ALL_LANGUAGES, item.provision.language)]


def _scores(
    pairs: Sequence[JudgedPair],
    neutrals: Sequence[Item],
    key: tuple[str, Counting, bool],
    resample: tuple[int, int],
) -> PairScores:
    language, counting, near = key
    flawed = [pair.flawed.found_factors(counting) for pair in pairs]
    labels = [set(pair.flawed.gold_strengths()) for pair in pairs]
    right = [bool(found & expected) for found, expected in zip(flawed, labels, strict=True)]
    clean = [not pair.sound.found_factors(counting) for pair in pairs]
    drawn = resampling(len(pairs), *resample)
    return PairScores(
        language=language,
        counting=counting,
        near_length=near,
        both=shares([hit and alone for hit, alone in zip(right, clean, strict=True)], drawn),
        flawed_right=shares(right, drawn),
        flawed_any=shares([bool(found) for found in flawed], drawn),
        sound_clean=shares(clean, drawn),
        neutral_clean=shares(
            [not item.found_factors(counting) for item in neutrals], resampling(len(neutrals), *resample)
        ),
        factors=tuple(_factor(factor, flawed, labels, clean) for factor in sorted(set().union(*labels))),
    )


def _factor(
    factor: str, flawed: Sequence[frozenset[str]], labels: Sequence[set[str]], clean: Sequence[bool]
) -> FactorPairs:
    rows = [
        (factor in found, factor in found and alone)
        for found, expected, alone in zip(flawed, labels, clean, strict=True)
        if factor in expected
    ]
    none = np.zeros((0, len(rows)))
    return FactorPairs(factor, shares([row[0] for row in rows], none), shares([row[1] for row in rows], none))


def _baseline(
    pairs: Sequence[JudgedPair],
    neutrals: Sequence[Item],
    language: str,
    near: bool,
    train: Sequence[JudgedPair],
) -> LengthBaseline:
    elsewhere = _chosen(train, language, near)
    threshold = best_threshold(elsewhere or pairs)
    lengths = [pair.lengths() for pair in pairs]
    none = np.zeros((0, len(pairs)))
    return LengthBaseline(
        language=language,
        near_length=near,
        threshold=threshold,
        chosen_on="train" if elsewhere else "these pairs",
        both=shares([flawed <= threshold < sound for flawed, sound in lengths], none),
        flawed_flagged=shares([flawed <= threshold for flawed, _ in lengths], none),
        sound_clean=shares([sound > threshold for _, sound in lengths], none),
        neutral_clean=shares([len(item.provision.text) > threshold for item in neutrals], np.zeros((0, len(neutrals)))),
        shorter_is_flawed=shares([flawed < sound for flawed, sound in lengths], none),
    )
