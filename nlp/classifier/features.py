"""What the classifier looks at in a norm: its words as lemmas, the words around it, and its frames.

The same code makes the features in training and at run time. A feature is a string; it is hashed into a fixed number of
places, so no list of words is kept (Weinberger et al. 2009).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, NormFrame

PLACES: Final = 1 << 18
GROUPS: Final = ("text", "context", "frames")
_HEADING_WORDS: Final = 30


@dataclass(frozen=True, slots=True)
class Feature:
    """``place`` in [0, ``PLACES``); ``group`` indexes ``GROUPS``; ``field`` and ``token``: the word it begins at, -1
    for none."""

    place: int
    group: int
    field: Field
    token: int


def features(analysis: ProvisionAnalysis, frames: Sequence[NormFrame]) -> list[Feature]:
    """Features of one provision, repeated as often as they occur. Language is part of the words themselves."""
    made = [Feature(_place(key), 0, Field.TEXT, at) for key, at in _grams(analysis.text, "")]
    made += [Feature(_place(key), 1, Field.LEAD, at) for key, at in _grams(analysis.lead, "L")]
    heading = analysis.tokens(Field.HEADING)[:_HEADING_WORDS]
    made += [Feature(_place("H:" + token.lemma), 1, Field.HEADING, -1) for token in heading]
    made += [Feature(_place(key), 2, Field.TEXT, -1) for frame in frames for key in _of_frame(frame)]
    return made


def _place(key: str) -> int:
    return zlib.crc32(key.encode()) % PLACES


def _grams(tokens: Sequence[Token], mark: str) -> Iterator[tuple[str, int]]:
    lemmas = [token.lemma for token in tokens]
    for at, token in enumerate(tokens):
        yield f"{mark}l:{lemmas[at]}", at
        if token.norm != lemmas[at]:
            yield f"{mark}s:{token.norm}", at
    for at in range(len(lemmas) - 1):
        yield f"{mark}b:{lemmas[at]}_{lemmas[at + 1]}", at
    for at in range(len(lemmas) - 2):
        yield f"{mark}k:{lemmas[at]}_{lemmas[at + 2]}", at
        yield f"{mark}t:{lemmas[at]}_{lemmas[at + 1]}_{lemmas[at + 2]}", at


def _of_frame(frame: NormFrame) -> Iterator[str]:
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
