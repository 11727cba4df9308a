"""``read_instructions``: the words of one unit of an amending act → frames and clauses. The one recogniser.

Roles, quoted wording and operations all ask it, so that they never disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.structure.act import Span
from nlp.structure.amendments.clauses import Clause
from nlp.structure.amendments.grammar import grammar, language_of_words
from nlp.structure.amendments.kazakh import KazakhScanner
from nlp.structure.amendments.reading_kk import KazakhReader
from nlp.structure.amendments.reading_ru import RussianReader
from nlp.structure.amendments.russian import RussianScanner
from nlp.structure.amendments.tokens import Token, TokenKind
from nlp.structure.formulas import LANGUAGES, phrase
from nlp.structure.wording import fold

_DISPLACED = re.compile(r"(?<=\s):(\w[\w-]*)(?=\s|$)")  # «№ 154 :Жарлығында»: a hyperlink moved behind the colon
LONGEST = 12_000  # characters of one instruction; a longer text is not read as one


@dataclass(frozen=True, slots=True)
class Reading:
    """Frames and clauses of one text in order, with its language; all spans are offsets in that text."""

    language: str
    clauses: tuple[Clause, ...]


@lru_cache(maxsize=4096)
def read_instructions(text: str, language: str = "ru") -> Reading:
    """Read one unit's own words. ``language`` is used where the words do not tell. Never raises on any text."""
    if len(text) > LONGEST:
        return Reading(language, ())
    text = _DISPLACED.sub(r"\1:", text)
    language = language_of_words(fold(text), language)
    scanner = KazakhScanner(text) if language == "kk" else RussianScanner(text)
    clauses: list[Clause] = []
    segments = [_without_label(segment) for segment in _segments(_mended(text, scanner.tokens()))]
    for segment in _joined(segments) if language == "kk" else segments:
        reader = KazakhReader(text, segment) if language == "kk" else RussianReader(text, segment)
        found = reader.clauses()
        found[-1].closed = segment[-1].value == ":"
        clauses += found
    return Reading(language, tuple(clauses))


def _mended(text: str, tokens: list[Token]) -> list[Token]:
    """«жазылсын:5-тармақ»: a colon in front of a word that a hyperlink has moved goes behind it."""
    for place, token in enumerate(tokens[:-1]):
        follows = token.value == ":" and tokens[place + 1].start == token.end
        if token.kind is TokenKind.SEPARATOR and follows and tokens[place + 1].kind is not TokenKind.QUOTE:
            tokens[place], tokens[place + 1] = tokens[place + 1], token
    return tokens


def _joined(segments: list[list[Token]]) -> list[list[Token]]:
    """«мынадай редакцияда жазылсын: 5-тармақ»: the unit that a hyperlink has moved behind its verb."""
    if len(segments) < 2:
        return segments
    *before, verb, unit = segments
    has = {kind: [any(token.kind is kind for token in part) for part in (verb, unit)] for kind in TokenKind}
    displaced = has[TokenKind.VERB] == [True, False] and has[TokenKind.UNIT] == [False, True]
    return [*before, [*verb, *unit]] if displaced and verb[-1].value == ":" else segments


def _without_label(segment: list[Token]) -> list[Token]:
    """«2) пункт 6 исключить» behind another instruction on the same line."""
    labelled = len(segment) > 2 and segment[0].value.isdigit() and segment[1].value == ")"
    return segment[2:] if labelled and segment[0].kind is TokenKind.OTHER else segment


def _segments(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut after colons and semicolons, and after a full stop that ends a sentence."""
    start = 0
    for place, token in enumerate(tokens):
        if token.kind is TokenKind.SEPARATOR and token.value in (":", ";", "."):
            if any(t.kind not in (TokenKind.SEPARATOR, TokenKind.FILLER) for t in tokens[start:place]):
                if token.value == ":" and place + 1 < len(tokens) and tokens[place + 1].kind is TokenKind.QUOTE:
                    continue  # «в следующей редакции: «…»»
                yield tokens[start : place + 1]
            start = place + 1
    if any(t.kind not in (TokenKind.SEPARATOR, TokenKind.FILLER) for t in tokens[start:]):
        yield tokens[start:]


def may_instruct(folded: str) -> bool:
    """A cheap look before the text is read: whether it has a verb of amendments at all."""
    return _any_verb().search(folded) is not None


@lru_cache(maxsize=1)
def _any_verb() -> re.Pattern[str]:
    phrases = [p for code in LANGUAGES for name, found in grammar(code).data["verbs"].items() for p in found
               if name != "unreadable"]  # fmt: skip
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{phrase(p)})" for p in phrases) + r")(?!\w)")


def is_instruction(text: str) -> bool:
    """Whether a text outside amending acts is, word for word, an instruction: every clause is understood."""
    if len(text) > LONGEST or not may_instruct(fold(text)):
        return False
    reading = read_instructions(text)
    verbs = [clause for clause in reading.clauses if clause.verb]
    return bool(verbs) and all(_is_complete(clause) for clause in verbs)


def _is_complete(clause: Clause) -> bool:
    if clause.unknown or clause.verb == "unreadable":
        return False
    targets = clause.objects or clause.places or clause.act_place or clause.added
    return bool(targets or clause.old or clause.new or clause.anchors)


def is_frame(text: str) -> bool:
    """Whether a text only says where the instructions below it apply: «В приказе … № 6 «…»:», «в статье 5:»."""
    if len(text) > LONGEST or not text.rstrip().endswith(":"):
        return False
    clauses = read_instructions(text).clauses
    named = any(clause.acts or clause.places or clause.objects for clause in clauses)
    return named and not any(clause.verb or clause.unknown for clause in clauses)


def announces_changes(text: str) -> bool:
    """«Внести в приказ … следующие изменения:»; the power «внести в приговор изменения» names no act."""
    if len(text) > LONGEST:
        return False
    clauses = read_instructions(text).clauses
    return any(clause.announces and (clause.acts or clause.closed) for clause in clauses)


def amends_by_title(folded: str) -> bool:
    """«Перечень некоторых приказов, в которые вносятся изменения»: what stands below amends other acts."""
    return _titles().search(folded) is not None


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase(p)})" for code in LANGUAGES for p in grammar(code).data["titles"]))


def moved(span: Span, offset: int) -> Span:
    """A span of the text read as a span of the text it was cut from."""
    return (span[0] + offset, span[1] + offset) if span != (0, 0) else span
