"""``citations``: words of one unit → the units and acts that they name. Reads text only; nothing is looked up."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.references.acts_kk import KazakhActs
from nlp.references.acts_ru import RussianActs
from nlp.references.citation import Citation, CitedAct
from nlp.references.cursor import Cursor
from nlp.references.kazakh import KazakhReader
from nlp.references.russian import RussianReader
from nlp.references.tokens import tokens
from nlp.references.words import words_of

NO_SHORT_NAMES: Mapping[str, CitedAct] = {}


def citations(text: str, language: str, short: Mapping[str, CitedAct] = NO_SHORT_NAMES) -> tuple[Citation, ...]:
    """Citations in order of their places, none overlapping; offsets are those of ``text``.

    ``short``: acts that stand behind the bare name of a form («Закона»), by form. Work is linear in the length of the
    text. Raises ``KeyError`` for a language other than ru and kk.
    """
    words = words_of(language)
    cursor = Cursor(text, tokens(text, words), words)
    if language == "kk":
        return tuple(KazakhReader(cursor, KazakhActs(cursor, short)).citations())
    return tuple(RussianReader(cursor, RussianActs(cursor, short)).citations())
