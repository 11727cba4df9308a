"""What the classifier looks at in a norm: its words as lemmas, the words around it, its frames, and runs of letters.

The same code makes the features in training and at run time. A feature is a string; it is hashed into a fixed number of
places, so no list of words is kept (Weinberger et al. 2009). The hash is CRC-32, which goes on from what it has read:
words and frames are hashed once, pairs and triples of words from there. Runs of three to five letters of a word (as in
fastText, Bojanowski et al. 2017) have places of their own: they tell of words never learned, above all in Kazakh.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import SLOTS, Field, NormFrame

OF_WORDS: Final = 1 << 18
"""Places of words and frames; those of runs of letters come after them."""
PLACES: Final = 2 * OF_WORDS
GROUPS: Final = ("text", "context", "frames", "letters")
LETTERS: Final = 3
HASHED_WORDS: Final = 16_384
"""Words whose hashes are kept, and as many values of frames."""
_HEADING_WORDS: Final = 30
_LAST: Final = OF_WORDS - 1
_RUNS: Final = (3, 4, 5)
_TEXT, _LEAD = "", "L"

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Feature:
    """``place`` in [0, ``PLACES``); ``group`` indexes ``GROUPS``; ``field`` and ``token``: the word it begins at, -1
    for none."""

    place: int
    group: int
    field: Field
    token: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The features of one provision by columns. ``ends``: where each of the first three ``GROUPS`` ends in ``places``;
    ``tokens``: the word at which each of the first features begins, of the text up to ``of_text``, then of the lead-in;
    further ones have none. ``letters``: the places of runs of letters, ``lengths``: how many each word has, those of
    the text, then those of the lead-in."""

    places: list[int]
    ends: tuple[int, int, int]
    tokens: list[int]
    of_text: int
    letters: Places
    lengths: list[int]


def columns(analysis: ProvisionAnalysis, frames: Sequence[NormFrame]) -> Columns:
    """Features of one provision, repeated as often as they occur. Language is part of the words themselves."""
    places: list[int] = []
    tokens: list[int] = []
    _grams(analysis.text, _TEXT, places, tokens)
    of_text = len(places)
    _grams(analysis.lead, _LEAD, places, tokens)
    heading = analysis.tokens(Field.HEADING)[:_HEADING_WORDS]
    places += [_place(f"H:{token.lemmas[0]}") for token in heading]
    context = len(places)
    for frame in frames:
        places += _of_frame(frame)
    runs = [_runs(token.norm) for token in (*analysis.text, *analysis.lead)]
    letters = np.concatenate(runs) if runs else np.zeros(0, np.int64)
    return Columns(places, (of_text, context, len(places)), tokens, of_text, letters, [len(run) for run in runs])


def features(analysis: ProvisionAnalysis, frames: Sequence[NormFrame]) -> list[Feature]:
    """``columns`` one by one, for training."""
    made = columns(analysis, frames)
    of_words = [Feature(place, bisect_right(made.ends, at), *_where(made, at)) for at, place in enumerate(made.places)]
    words = len(analysis.text)
    owners = [at for at, length in enumerate(made.lengths) for _ in range(length)]
    of_letters = [
        Feature(place, LETTERS, *((Field.TEXT, owner) if owner < words else (Field.LEAD, owner - words)))
        for place, owner in zip(made.letters.tolist(), owners, strict=True)
    ]
    return of_words + of_letters


def _where(made: Columns, at: int) -> tuple[Field, int]:
    if at < len(made.tokens):
        return (Field.TEXT if at < made.of_text else Field.LEAD), made.tokens[at]
    return (Field.TEXT if at >= made.ends[1] else Field.HEADING), -1


def _place(key: str) -> int:
    return crc32(key.encode()) & _LAST


class _Word(NamedTuple):
    """Hashes of one lemma: the place of the word alone; of what a pair, a pair with a gap and a triple begin with; the
    bytes that go on with it."""

    alone: int
    pair: int
    gap: int
    triple: int
    after: bytes


@lru_cache(maxsize=HASHED_WORDS)
def _word(mark: str, lemma: str) -> _Word:
    said = lemma.encode()
    alone, pair, gap, triple = (crc32(said, crc32(f"{mark}{kind}:".encode())) for kind in "lbkt")
    return _Word(alone & _LAST, pair, gap, triple, b"_" + said)


@lru_cache(maxsize=HASHED_WORDS)
def _surface(mark: str, norm: str) -> int:
    return _place(f"{mark}s:{norm}")


def _grams(tokens: Sequence[Token], mark: str, places: list[int], at_words: list[int]) -> None:
    """Add every word, its surface where it is another, pairs, then pairs with a gap beside triples."""
    words = []
    for at, token in enumerate(tokens):
        lemma = token.lemmas[0]
        word = _word(mark, lemma)
        words.append(word)
        places.append(word.alone)
        at_words.append(at)
        if token.norm != lemma:
            places.append(_surface(mark, token.norm))
            at_words.append(at)
    after = [word.after for word in words]
    places += [crc32(following, word.pair) & _LAST for word, following in zip(words, after[1:], strict=False)]
    at_words += range(len(words) - 1)
    for word, second, third in zip(words, after[1:], after[2:], strict=False):
        places.append(crc32(third, word.gap) & _LAST)
        places.append(crc32(third, crc32(second, word.triple)) & _LAST)
    at_words += [at for pair in zip(range(len(words) - 2), range(len(words) - 2), strict=True) for at in pair]


@lru_cache(maxsize=HASHED_WORDS)
def _runs(norm: str) -> Places:
    """Places of the runs of letters of a word between two blanks; a word shorter than a run is one run."""
    padded = f" {norm} "
    made = []
    for length in _RUNS:
        for start in range(max(1, len(padded) - length + 1)):
            made.append(OF_WORDS + (crc32(padded[start : start + length].encode()) & _LAST))
        if len(padded) <= length:
            break
    return np.array(made, np.int64)


def _of_frame(frame: NormFrame) -> tuple[int, ...]:
    said = frame.actor.kind, frame.modality, frame.action.kind, frame.addressee.kind
    states = [getattr(frame, name).state for name in SLOTS]
    key = (*said, *states, frame.actor.inherited)
    known = _frames.get(key)
    if known is None:
        if len(_frames) >= HASHED_WORDS:
            _frames.clear()
        known = _frames[key] = tuple(_place(each) for each in _keys(frame))
    return known


_frames: dict[tuple[object, ...], tuple[int, ...]] = {}


def _keys(frame: NormFrame) -> Iterator[str]:
    values = frame.values()
    yield from (f"F{name}={value}" for name, value in values.items())
    who, may, does = values["actor"], values["modality"], values["action"]
    when, why = values["time_limit"], values["grounds"]
    yield f"F1={who}|{may}"
    yield f"F2={who}|{may}|{when}|{why}"
    yield f"F3={who}|{may}|{does}"
    yield f"F4={who}|{may}|{does}|{when}|{why}"
    yield f"F5={who}|{does}|{values['addressee']}|{values['documents']}|{values['result']}"
    if frame.actor.inherited:
        yield f"F6={who}|inherited"
