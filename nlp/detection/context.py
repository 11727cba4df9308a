"""The marked words with their neighbours: a reason quotes enough of the norm to be told from any other.

Reads: the analysis of a provision, marked spans. Writes: the words to quote.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import FieldSpan

WORDS = (9, 18, 60)  # a quotation of fewer words is widened to as many; the further ones tell equal reasons apart
_BOUND = frozenset('.;:!?«»"()–—')
_SILENT = _BOUND | {","}  # where the quotation ends of itself, nothing is shown as left out
_OPEN = {True: frozenset({"conj", "prep"}), False: frozenset({"conj"})}  # a quotation does not end in «и» or «на»
_LOOSE = " \t\n,–—-"


def in_context(analysis: ProvisionAnalysis, spans: Sequence[FieldSpan], quote: str, least: int = WORDS[0]) -> str:
    """``quote``, or one short span widened on both sides to ``least`` words within its part of the sentence; what was
    left out is shown by «…». Commas are crossed only where more than the first measure is asked for."""
    if len(spans) != 1:
        return quote
    span = spans[0]
    tokens = analysis.tokens(span.field)
    inside = [at for at, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
    if not inside:
        return quote
    first, last = _widened(tokens, inside[0], inside[-1], least, _BOUND if least > WORDS[0] else _BOUND | {","})
    while last > inside[-1] and tokens[last].tags & _OPEN[analysis.provision.language == "ru"]:
        last -= 1
    while first < inside[0] and "conj" in tokens[first].tags:
        first += 1
    words = analysis.string(span.field)
    start, end = min(tokens[first].start, span.start), max(tokens[last].end, span.end)
    shown = words[start:end].strip(_LOOSE) if (start, end) != (span.start, span.end) else quote
    before = "…" if first > 0 and tokens[first - 1].text not in _SILENT else ""
    after = "…" if last + 1 < len(tokens) and tokens[last + 1].text not in _SILENT else ""
    return quote if shown == quote else f"{before}{shown}{after}"


def _widened(tokens: Sequence[Token], first: int, last: int, least: int, bounds: frozenset[str]) -> tuple[int, int]:
    """Indices of the outermost tokens, taken in turn from the right and from the left."""
    count = sum(_is_word(token) for token in tokens[first : last + 1])
    open_left = open_right = True
    while count < least and (open_left or open_right):
        if open_right:
            open_right = last + 1 < len(tokens) and not _parted(tokens[last], tokens[last + 1], bounds)
            if open_right:
                last += 1
                count += _is_word(tokens[last])
        if open_left and count < least:
            open_left = first > 0 and not _parted(tokens[first], tokens[first - 1], bounds)
            if open_left:
                first -= 1
                count += _is_word(tokens[first])
    return first, last


def _parted(token: Token, neighbour: Token, bounds: frozenset[str]) -> bool:
    return neighbour.text in bounds or neighbour.sentence != token.sentence


def _is_word(token: Token) -> bool:
    return any(character.isalnum() for character in token.text)
