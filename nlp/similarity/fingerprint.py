"""Fingerprint of a draft: the hashes and MinHash values of its norms, from which the draft cannot be read.

Reads: the words of norms in order. Writes: ``Fingerprint``; as bytes and back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nlp.similarity.minhash import Values, band_keys, many_band_keys, minima, shingles, words_hash
from nlp.similarity.parameters import parameters
from nlp.similarity.words import Words, plain

VERSION = 1


@dataclass(frozen=True, slots=True, eq=False)
class UnitPrint:
    """One norm. ``hash``: of its words without what is local; ``values``: MinHash of its shingles; ``weight``: how
    much it tells; ``place``: its number among the norms that were given."""

    hash: int
    values: Values
    weight: float
    place: int
    keys: tuple[int, ...] = field(repr=False)

    def near(self, other: UnitPrint) -> float:
        """Share of equal shingles, estimated."""
        return np.count_nonzero(self.values == other.values) / len(self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """One text of a draft. ``bands``: keys under which it is looked up; none where it has no norm that tells."""

    language: str
    units: tuple[UnitPrint, ...]
    bands: tuple[int, ...]


def fingerprint(norms: Sequence[str], language: str) -> Fingerprint:
    """Of the words of norms in their order; headings and other short pieces are passed over."""
    bounds, normal = parameters(), plain(language)
    units: list[UnitPrint] = []
    told: list[Values] = []
    for place, text in enumerate(norms[: bounds.units]):
        words = normal.words(text)
        if len(words) < bounds.fewest_words:
            continue
        made = _unit(words, language)
        units.append(UnitPrint(made.hash, made.values, made.weight, place, made.keys))
        if made.weight == 1.0:
            told.append(made.whole)
    keys = band_keys(np.min(told, axis=0), bounds.rows) if told else []
    return Fingerprint(language, tuple(units), tuple(keys))


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    hash: int
    values: Values
    weight: float
    keys: tuple[int, ...]
    whole: Values


@lru_cache(maxsize=100_000)
def _unit(words: Words, language: str) -> _Made:
    bounds = parameters()
    whole = minima(shingles(words, bounds.shingle), bounds.values)
    values = whole[: bounds.unit_values].copy()
    weight = bounds.general_weight if plain(language).is_general(words) else 1.0
    return _Made(words_hash(words), values, weight, tuple(band_keys(values, bounds.unit_rows)), whole)


def to_bytes(made: Fingerprint) -> bytes:
    """What ``from_bytes`` reads: a version, then a row a norm."""
    rows = np.zeros(len(made.units), dtype=_row())
    for n, unit in enumerate(made.units):
        rows[n] = (unit.hash, unit.place, unit.weight, unit.values)
    return VERSION.to_bytes(1, "little") + np.array(made.bands, dtype="<u8").tobytes() + rows.tobytes()


def from_bytes(raw: bytes, language: str) -> Fingerprint:
    """Raises ``ValueError`` for another version or a broken row."""
    if not raw or raw[0] != VERSION:
        raise ValueError("fingerprint of another version")
    bounds = parameters()
    size = _row().itemsize
    head = 1 + 8 * bounds.bands if (len(raw) - 1 - 8 * bounds.bands) % size == 0 and len(raw) > 8 * bounds.bands else 1
    rows = np.frombuffer(raw, dtype=_row(), offset=head)
    bands = np.frombuffer(raw, dtype="<u8", offset=1, count=(head - 1) // 8)
    keys = many_band_keys(rows["values"], bounds.unit_rows) if len(rows) else []
    columns = zip(
        rows["hash"].tolist(), rows["values"], rows["weight"].tolist(), rows["place"].tolist(), keys, strict=True
    )
    units = [UnitPrint(hash_, values, weight, place, tuple(own)) for hash_, values, weight, place, own in columns]
    return Fingerprint(language, tuple(units), tuple(int(key) for key in bands))


def _row() -> np.dtype[np.void]:
    return np.dtype(
        [("hash", "<u8"), ("place", "<u4"), ("weight", "<f4"), ("values", "<u4", (parameters().unit_values,))]
    )
