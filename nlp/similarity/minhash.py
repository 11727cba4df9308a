"""MinHash: sets of shingles → a few numbers by which equal shares can be told; bands of them for looking up.

All numbers are the same on every machine and in every run (no salted hashes): fingerprints are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.uint32]
_Longs = NDArray[np.uint64]
_SEED = 20_330_033
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HIGH = np.uint64(32)


@lru_cache(maxsize=200_000)
def word_number(word: str) -> int:
    """64 bits of a word."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def words_hash(words: Sequence[str]) -> int:
    """63 bits of a norm's words in their order: databases have no unsigned numbers."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "little") >> 1


def shingles(words: Sequence[str], size: int) -> _Longs:
    """Numbers of all runs of ``size`` words; of the whole where there are fewer."""
    numbers = np.array([word_number(word) for word in words], dtype=np.uint64)
    size = min(size, len(numbers))
    found = numbers[: len(numbers) - size + 1].copy()
    for step in range(1, size):
        found = (found ^ (found >> _HIGH)) * _STEP + numbers[step : len(numbers) - size + 1 + step]
    return (found ^ (found >> _HIGH)) * _MIX


def minima(found: _Longs, count: int) -> Values:
    """``count`` MinHash values of a set of shingles that is not empty."""
    factors, terms = _permutations(count)
    mixed = factors[:, None] * found[None, :] + terms[:, None]
    least: Values = (mixed.min(axis=1) >> _HIGH).astype(np.uint32)
    return least


def band_keys(values: Values, rows: int) -> list[int]:
    """One number a band, with the place of the band in it: equal numbers are equal values in the same band."""
    return many_band_keys(values[None, :], rows)[0]


def many_band_keys(values: Values, rows: int) -> list[list[int]]:
    """The same for many sets at once, a row of ``values`` each."""
    bands = values.reshape(len(values), -1, rows).astype(np.uint64)
    keys = np.broadcast_to(np.arange(1, bands.shape[1] + 1, dtype=np.uint64), bands.shape[:2])
    for row in range(rows):
        keys = (keys ^ (keys >> _HIGH)) * _STEP + bands[:, :, row]
    keys = (keys ^ (keys >> _HIGH)) * _MIX
    found: list[list[int]] = (keys >> np.uint64(1)).tolist()
    return found


@cache
def _permutations(count: int) -> tuple[_Longs, _Longs]:
    chance = np.random.Generator(np.random.PCG64(_SEED))
    drawn = chance.integers(0, 2**63, size=(2, count), dtype=np.uint64)
    return drawn[0] * np.uint64(2) + np.uint64(1), drawn[1]
