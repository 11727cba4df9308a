"""The marked words as a recommendation in words quotes them: whole phrases, lists to their end, on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.detection.phrases import whole
from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan

_LONGEST = 20
"""Words that are quoted in full."""
_HEAD, _TAIL = 8, 5
_MORE = 60
"""Characters by which the phrase may outgrow the marked words."""
_FARTHEST = 16
"""Words by which a quotation may outgrow the marked ones."""
_CASES = frozenset({"nom", "gen", "dat", "acc", "loc", "ins", "abl"})
_ENDS = frozenset(".,;:!?()—–")
_ASKING = frozenset({"который", "какой", "каков", "чей", "кто", "что", "сколько", "где", "куда", "когда", "как", "чем"})
"""Words that begin what they mean: «на ту долю, какую» says nothing without «назовет»."""
_AND = frozenset({"и", "или", "либо", "және", "немесе"})


def shown(analysis: ProvisionAnalysis, spans: Sequence[FieldSpan]) -> str:
    """The words of ``spans``, joined by «…»; of a long stretch the beginning and the end. Inner quotation marks are
    plain, since a recommendation in words holds no others than those of its quotation."""
    language = analysis.provision.language
    joined: list[FieldSpan] = []
    for span in (completed(analysis.tokens(each.field), each, language) for each in spans):
        if joined and joined[-1].field is span.field and span.start <= joined[-1].end:
            span = FieldSpan(span.field, joined[-1].start, max(span.end, joined.pop().end))
        joined.append(span)
    quote = " … ".join(analysis.string(span.field)[span.start : span.end].strip(" ,;:.") for span in joined)
    words = re.sub(r"[«»“”]", '"', quote).split()
    if len(words) > _LONGEST:
        words = [*words[:_HEAD], "…", *words[-_TAIL:]]
    return " ".join(words)


def completed(tokens: Sequence[Token], span: FieldSpan, language: str) -> FieldSpan:
    """``span`` carried on to the border of its phrase, of a clause it has only begun, and of a list it stopped within;
    as it was where that lies too far."""
    grown = whole(tokens, span, language)
    if grown.end - grown.start > span.end - span.start + _MORE:
        grown = span
    inside = [at for at, token in enumerate(tokens) if token.start < grown.end and token.end > grown.start]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    if tokens[last].lemma in _ASKING:
        last = _end_of_clause(tokens, last)
    last = _end_of_list(tokens, first, last, language)
    if last - inside[-1] > _FARTHEST:
        last = inside[-1]
    return FieldSpan(span.field, grown.start, max(grown.end, tokens[last].end))


def _end_of_clause(tokens: Sequence[Token], last: int) -> int:
    while last + 1 < len(tokens) and not _parts(tokens, last, last + 1):
        last += 1
    return last


def _end_of_list(tokens: Sequence[Token], first: int, last: int, language: str) -> int:
    """«согласия отделов, управления, полиции[, врача и спасателей]»: more of what the words already list."""
    items = [at for at in range(first + 1, last + 1) if tokens[at].text == "," or tokens[at].norm in _AND]
    if not items or not _is_item(tokens[last]):
        return last
    case = tokens[last].tags & _CASES
    while last + 2 < len(tokens) and (tokens[last + 1].text == "," or tokens[last + 1].norm in _AND):
        begun = tokens[last + 2]
        if begun.sentence != tokens[last].sentence or not _is_item(begun):
            break
        end = whole(tokens, FieldSpan(Field.TEXT, begun.start, begun.end), language).end
        stop = max(at for at, token in enumerate(tokens) if token.start < end)
        if stop <= last + 1 or not case & (tokens[stop].tags | begun.tags):
            break
        last = stop
    return last


def _parts(tokens: Sequence[Token], left: int, right: int) -> bool:
    return tokens[right].text in _ENDS or tokens[right].sentence != tokens[left].sentence


def _is_item(token: Token) -> bool:
    return bool(token.tags & _CASES) and "verb" not in token.tags and token.lemma not in _ASKING
