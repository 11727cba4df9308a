"""The trained classifier: an analysed provision and its frames → logits of factors and the words that carry them.

Reads: a folder with ``classifier.npz`` and ``classifier.json`` (see ``Description``). Writes: ``Scores``. Linear over
hashed features (``features.py``), weights as 8-bit integers: what a word adds can be read off, and is, to mark it.
Beside it a small network that reads the same norm (``network.py``), where the folder has one.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.classifier.features import GROUPS, LETTERS, PLACES, Columns, columns
from nlp.classifier.files import checked
from nlp.classifier.network import Network, NetworkDescription, Read
from nlp.classifier.remembered import Remembered
from nlp.classifier.weighing import Weighing
from nlp.errors import ClassifierError
from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.structure.act import Provision

WEIGHTS, DESCRIPTION = "classifier.npz", "classifier.json"
FORMAT = 4
OF_ALL = ("as_provision", "as_pair")
"""Outputs before those of factors."""
_DIGITS = 3
_LONGEST_MARK = 12  # words
_SHARE_OF_PEAK = 0.35

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Description:
    """What stands beside the weights. ``sha256``: of their file; ``group_weights``: of ``GROUPS``; ``network``: None
    where there is none."""

    version: str
    factors: tuple[str, ...]
    group_weights: tuple[float, ...]
    sha256: str
    weighing: Weighing
    network: NetworkDescription | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits: ``as_provision`` and ``as_pair`` of «some factor», ``which`` of each factor given that there is one.
    ``shares``: logarithms of the shares of factors among all; ``words``: what each factor rests on, worked out when it
    is asked for; ``network``: what the network says, None without one."""

    as_provision: float
    as_pair: float
    which: Mapping[str, float]
    shares: Mapping[str, float]
    words: Mapping[str, tuple[FieldSpan, ...]]
    network: Read | None = None


class Classifier:
    """Loaded once; immutable; may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        self.description = read_description(folder)
        data = checked(Path(folder) / WEIGHTS, self.description.sha256)
        try:
            held = np.load(io.BytesIO(data), allow_pickle=False)
            idf = held["idf"].astype(np.float32)
            self._weights: NDArray[np.int8] = held["weights"]
            self._scale = held["scale"].astype(np.float32)
            self._bias = held["bias"].astype(np.float32)
        except (ValueError, KeyError, OSError) as error:
            raise ClassifierError("classifier.unreadable", folder=str(folder)) from error
        outputs = len(OF_ALL) + len(self.description.factors)
        if self._weights.shape != (PLACES, outputs) or idf.shape != (PLACES,):
            raise ClassifierError("classifier.unreadable", folder=str(folder))
        self._idf = array("f", idf.tobytes())  # single numbers are read from it, which numpy does slowly
        self._idf_of_letters = idf
        described = self.description.network
        self._network = None if described is None else Network(Path(folder), described, self.description.factors)

    @property
    def name(self) -> str:
        """Version and the beginning of the hash of all weights, as every examination records them."""
        described = self.description.network
        sums = [self.description.sha256, *(() if described is None else described.sums())]
        sum = sums[0] if described is None else hashlib.sha256("".join(sums).encode()).hexdigest()
        return f"{self.description.version}+{sum[:16]}"

    def speaks(self, provision: Provision) -> bool:
        """Whether the provision has words, in a language that was learned; a pack may know further languages."""
        return provision.language in self.description.weighing.weights and bool(provision.text.strip())

    def score(self, analysis: ProvisionAnalysis, frames: Sequence[NormFrame]) -> Scores:
        """Scores of one provision."""
        return self.score_all([(analysis, frames)])[0]

    def score_all(
        self,
        read: Sequence[tuple[ProvisionAnalysis, Sequence[NormFrame]]],
        remembered: Remembered | None = None,
    ) -> list[Scores]:
        """Scores of provisions, each as if it were alone; the network reads them after one another, which is quicker.

        ``remembered``: what it said of norms with the same words, looked up and added to.
        """
        linear = [self._linear(columns(analysis, frames)) for analysis, frames in read]
        network = self._network
        of_network: Sequence[Read | None] = (
            [None] * len(read)
            if network is None
            else network.read_all([analysis.provision for analysis, _ in read], remembered)
        )
        return [
            self._scores(added, analysis, said)
            for added, (analysis, _), said in zip(linear, read, of_network, strict=True)
        ]

    def _linear(self, seen: Columns) -> _Added:
        """What the features add to the outputs."""
        runs, occurrences, counts = np.unique(seen.letters, return_inverse=True, return_counts=True)
        values = (1 + np.log(counts.astype(np.float32))) * self._idf_of_letters[runs]
        length = math.sqrt(float(values @ values))
        if length:
            values *= self.description.group_weights[LETTERS] / length
        places = np.array(seen.places, np.int64)
        by_place = self._values(seen)
        sums = (by_place[:, None] * self._weights[places].astype(np.float32)).sum(0)
        sums += (values[:, None] * self._weights[runs].astype(np.float32)).sum(0)
        return _Added(seen, sums * self._scale, places, by_place, runs, values / counts, occurrences)

    def _scores(self, added: _Added, analysis: ProvisionAnalysis, said: Read | None) -> Scores:
        totals = [round(value, _DIGITS) for value in (added.sums + self._bias).tolist()]
        which = dict(zip(self.description.factors, totals[len(OF_ALL) :], strict=True))
        return Scores(
            as_provision=totals[0],
            as_pair=totals[1],
            which=which,
            shares=_shares(which),
            words=_Marked(added, self._strengths, analysis, self.description.factors),
            network=said,
        )

    def _strengths(self, places: NDArray[np.int64], column: int) -> Row:
        """What a feature of weight 1 at each place adds to a factor and to «some factor»."""
        chosen = self._weights[places].astype(np.float32)
        strengths: Row = chosen[:, column] * self._scale[column] + chosen[:, 0] * self._scale[0]
        return strengths

    def _values(self, seen: Columns) -> Row:
        """What every occurrence weighs: (1 + ln n)·idf, n times parted, each group of length ``group_weights``."""
        idf = self._idf
        made: list[float] = []
        start = 0
        for end, weight in zip(seen.ends, self.description.group_weights, strict=False):
            places = seen.places[start:end]
            start = end
            counts: dict[int, int] = {}
            for place in places:
                counts[place] = counts.get(place, 0) + 1
            square = 0.0
            whole: dict[int, float] = {}
            for place, count in counts.items():
                value = idf[place] if count == 1 else (1 + math.log(count)) * idf[place]
                whole[place] = value / count
                square += value * value
            norm = weight / math.sqrt(square) if square else 0.0
            made += [whole[place] * norm for place in places]
        return np.array(made, np.float32)


def _shares(which: Mapping[str, float]) -> dict[str, float]:
    top = max(which.values())
    total = math.log(sum(math.exp(value - top) for value in which.values())) + top
    return {factor: round(value - total, _DIGITS) for factor, value in which.items()}


@dataclass(frozen=True, slots=True)
class _Added:
    """What features add: ``sums`` [outputs]. ``places`` and ``values`` of the features of words and frames; ``runs`` of
    letters that differ, ``each`` of them weighs at every place, ``occurrences``: which of them each place is."""

    seen: Columns
    sums: Row
    places: NDArray[np.int64]
    values: Row
    runs: NDArray[np.int64]
    each: NDArray[np.floating[Any]]
    occurrences: NDArray[np.int64]


class _Marked(Mapping[str, tuple[FieldSpan, ...]]):
    """Factor → the words it rests on, worked out when they are asked for: few norms and factors come to be shown."""

    def __init__(
        self,
        added: _Added,
        strengths: Callable[[NDArray[np.int64], int], Row],
        analysis: ProvisionAnalysis,
        factors: Sequence[str],
    ) -> None:
        self._added, self._strengths, self._analysis, self._factors = added, strengths, analysis, factors

    def __getitem__(self, factor: str) -> tuple[FieldSpan, ...]:
        column, added = len(OF_ALL) + self._factors.index(factor), self._added
        of_words = (added.values * self._strengths(added.places, column)).tolist()
        of_letters = (added.each * self._strengths(added.runs, column))[added.occurrences].tolist()
        best: tuple[float, FieldSpan] | None = None
        for field in (Field.TEXT, Field.LEAD):
            tokens = self._analysis.tokens(field)
            found = _run(tokens, self._by_word(field, of_words, of_letters))
            if found is not None and (best is None or found[0] > best[0]):
                best = (found[0], FieldSpan(field, found[1], found[2]))
        return () if best is None else (best[1],)

    def __iter__(self) -> Any:
        return iter(self._factors)

    def __len__(self) -> int:
        return len(self._factors)

    def _by_word(self, field: Field, of_words: Sequence[float], of_letters: Sequence[float]) -> list[float]:
        seen, words = self._added.seen, len(self._analysis.text)
        in_text = field is Field.TEXT
        lengths = seen.lengths[:words] if in_text else seen.lengths[words:]
        made = [0.0] * len(lengths)
        start, end = (0, seen.of_text) if in_text else (seen.of_text, len(seen.tokens))
        for token, strength in zip(seen.tokens[start:end], of_words[start:end], strict=True):
            made[token] += strength
        at = 0 if in_text else sum(seen.lengths[:words])
        for token, length in enumerate(lengths):
            made[token] += sum(of_letters[at : at + length])
            at += length
        return made


def _run(tokens: Sequence[Token], strengths: Sequence[float]) -> tuple[float, int, int] | None:
    """The strongest word with its neighbours that say the same: (strength, start, end); None where no word speaks."""
    words = [at for at, token in enumerate(tokens) if token.text[:1].isalnum()]
    if not words:
        return None
    peak = max(range(len(words)), key=lambda n: (round(strengths[words[n]], 4), -n))
    top = strengths[words[peak]]
    if top <= 0:
        return None
    first = last = peak
    while last - first + 1 < _LONGEST_MARK:
        before = strengths[words[first - 1]] if first > 0 else 0.0
        after = strengths[words[last + 1]] if last + 1 < len(words) else 0.0
        if max(before, after) < _SHARE_OF_PEAK * top:
            break
        if before >= after:
            first -= 1
        else:
            last += 1
    last = min(last + 1, len(words) - 1) if last == first else last
    return top, tokens[words[first]].start, tokens[words[last]].end


def read_description(folder: Path) -> Description:
    """What a folder of weights says of itself; raises ``ClassifierError`` when it is missing or of another format."""
    path = Path(folder) / DESCRIPTION
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise ClassifierError("classifier.format", folder=str(folder), format=said["format"])
        return Description(
            version=str(said["version"]),
            factors=tuple(said["factors"]),
            group_weights=tuple(float(said["group_weights"][group]) for group in GROUPS),
            sha256=str(said["sha256"]),
            weighing=Weighing.read(said["weighing"]),
            network=NetworkDescription.read(said["network"]) if said.get("network") else None,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClassifierError("classifier.unreadable", folder=str(folder)) from error
