"""A provision as numbers for the network: pieces of words with their places (SentencePiece, unigram).

Source: Kudo 2018 (subword regularization), Kudo and Richardson 2018 (SentencePiece).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from nlp.language.normal import mend_lookalikes
from nlp.norms.frame import Field
from nlp.structure.act import Provision

SPECIAL: Final = ("<mask>", "<ru>", "<kk>", "<sep>")
PAD: Final = 0
UNKNOWN: Final = 1
MASK, RUSSIAN, KAZAKH, SEPARATOR = range(2, 2 + len(SPECIAL))
_LANGUAGE: Final = {"ru": RUSSIAN, "kk": KAZAKH}
_FRAMING: Final = 32
_FIELDS: Final = (Field.TEXT, Field.LEAD, Field.HEADING)
_LATIN: Final = re.compile(r"[A-Za-zəƏ]")
_MIXED: Final = re.compile(r"[^\W\d_]*[A-Za-zəƏ][^\W\d_]*")


Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece stands: ``start`` and ``end`` are offsets in the string of ``field``."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """One provision for the network. All tuples have one length; ``pieces`` holds None for marks of ours.

    ``kinds``: 0 the text, 1 the lead-in, 2 the heading.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    pieces: tuple[Piece | None, ...]


class Tokenizer:
    """Words → pieces of a SentencePiece model; immutable, may be shared by threads.

    Case and letters that only look Kazakh or Russian are evened out one for one, so places stay true.
    """

    def __init__(self, model: bytes) -> None:
        import sentencepiece

        self._model: Any = sentencepiece.SentencePieceProcessor(model_proto=model)
        self._framing = lru_cache(maxsize=_FRAMING)(self.pieces)  # lead-ins and headings repeat over a list

    @classmethod
    def read(cls, path: Path) -> Tokenizer:
        """The tokenizer of a model file; raises ``OSError`` when it cannot be read."""
        return cls(path.read_bytes())

    def __len__(self) -> int:
        return int(self._model.get_piece_size())

    def pieces(self, text: str) -> list[Place]:
        """Id, start and end (characters of ``text``) of every piece, in order."""
        made = self._model.encode(even(text), return_type="offset_mapping")
        return [
            (id, start + (end - start > 1 and text[start].isspace()), end)
            for id, (start, end) in zip(made["ids"], made["offsets"], strict=True)
            if end > start
        ]

    def encode(self, provision: Provision, longest: int) -> Encoded:
        """The provision as at most ``longest`` pieces: the text first, then lead-in and heading while there is room.

        A text that is too long loses its end; the lead-in loses its beginning (its verb stands at the end), the
        heading its end.
        """
        ids, kinds = self.numbers(provision, longest)
        places: list[Piece | None] = [None]
        for field, made in zip(_FIELDS, self._parts(provision, longest), strict=True):
            if made is not None:
                places += [Piece(field, start, end) for _, start, end in made]
                places.append(None)
        return Encoded(tuple(ids), tuple(kinds), tuple(places))

    def numbers(self, provision: Provision, longest: int) -> tuple[list[int], list[int]]:
        """``ids`` and ``kinds`` of ``encode`` alone."""
        ids, kinds = [_LANGUAGE[provision.language]], [0]
        for kind, made in enumerate(self._parts(provision, longest)):
            if made is not None:
                ids += [id for id, _, _ in made]
                ids.append(SEPARATOR)
                kinds += [kind] * (len(made) + 1)
        return ids, kinds

    def _parts(self, provision: Provision, longest: int) -> Iterator[list[Place] | None]:
        """Of each field the pieces there is room for; None for one that is left out."""
        written = 1
        for field, words in zip(_FIELDS, _words(provision), strict=True):
            room = longest - written - 1
            if not words or room <= 0:
                yield None
                continue
            made = self.pieces(words) if field is Field.TEXT else self._framing(words)
            made = made[-room:] if field is Field.LEAD else made[:room]
            written += len(made) + 1
            yield made


def even(text: str) -> str:
    """``text`` in lower case, ё as е, Latin look-alikes in Cyrillic words mended; every character keeps its place."""
    mended = _MIXED.sub(lambda found: mend_lookalikes(found.group()), text) if _LATIN.search(text) else text
    low = mended.lower()
    if len(low) != len(mended):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in mended)
    return low.replace("ё", "е")


def _words(provision: Provision) -> tuple[str, str, str]:
    return provision.text, provision.lead, provision.heading
