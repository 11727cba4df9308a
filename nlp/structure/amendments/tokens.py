"""An instruction → tokens: units with their numbers, quoted words, verbs, acts; the same kinds in both languages.

Offsets are those of the text given; a token's ``quotes`` are spans of words without their quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.act import Span, UnitKind
from nlp.structure.operations import Piece


class TokenKind(StrEnum):
    """What a token is."""

    UNIT = "unit"
    WORDS = "words"  # «слова «…»» / «"…" деген сөздер»; value: object, ins, gen
    QUOTE = "quote"
    VERB = "verb"
    MARK = "mark"
    FORM = "form"  # name of a form of act; value: its id
    ACT = "act"  # a whole reference to an act or an approved document, made of the tokens it holds
    PREPOSITION = "preposition"
    SEPARATOR = "separator"
    BRACKETS = "brackets"
    FILLER = "filler"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``cases`` are the grammatical cases a unit or form may stand in."""

    kind: TokenKind
    start: int
    end: int
    value: str = ""
    unit: UnitKind | Piece | None = None
    numbers: tuple[str, ...] = ()
    title: Span = (0, 0)
    cases: frozenset[str] = frozenset()
    quotes: tuple[Span, ...] = ()
    bracketed: bool = False  # numbers with brackets: «3)»
    possessive: bool = False  # Kazakh «5-бабы»: a unit inside it follows


# units that may stand without a number
NUMBERLESS = (Piece.HEADING, Piece.PREAMBLE, Piece.NOTE, UnitKind.TABLE, UnitKind.ANNEX)


def is_named(token: Token) -> bool:
    """Whether a unit token points at a unit: it has a number or a title, or is of a kind that needs none."""
    return token.kind is TokenKind.UNIT and bool(token.numbers or token.title != (0, 0) or token.unit in NUMBERLESS)
