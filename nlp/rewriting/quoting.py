"""The marked words as a recommendation in words quotes them: whole phrases, lists to their end, on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.detection.phrases import whole
from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan
from nlp.rewriting.replaceable import ASKING, is_replaceable

_LONGEST = 20
"""Words that are quoted in full."""
_HEAD, _TAIL = 8, 5
_TAIL_OF_VERB = 4
_TAIL_OF_LIST = 8
_REST = frozenset({"прочем", "остальном", "прочего", "прочее", "остальное", "ином"})
_MARKS = 3
"""Marks that are quoted; who mends these sees the others."""
_MORE = 60
"""Characters by which the phrase may outgrow the marked words."""
_FARTHEST = 16
"""Words by which a quotation may outgrow the marked ones."""
_CASES = frozenset({"nom", "gen", "dat", "acc", "loc", "ins", "abl"})
_ENDS = frozenset(".,;:!?()—–")
_AND = frozenset({"и", "или", "либо", "және", "немесе"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """``words``: the inside of one quotation; ``spans``: what it shows, by marks; ``replaceable``: whether other words
    could simply stand for it."""

    words: str
    spans: tuple[tuple[FieldSpan, ...], ...]
    replaceable: bool

    def meets(self, spans: Iterable[FieldSpan]) -> bool:
        """Whether one of ``spans`` is quoted already, or a part of it."""
        return any(_meet(span, other) for span in spans for mark in self.spans for other in mark)


def quoted(analysis: ProvisionAnalysis, marks: Sequence[Sequence[FieldSpan]]) -> Quoted:
    """The words of ``marks``, the leading one first, as the inside of one quotation: marks apart from each other are
    parted by «», «», parts of one mark by «…»; of a long stretch the beginning and the end. Other quotation marks are
    plain, since by these a recommendation in words is told from one that gives a wording."""
    language = analysis.provision.language
    chosen: list[list[FieldSpan]] = []
    for spans in marks:
        whole_spans = _joined([completed(analysis.tokens(each.field), each, language) for each in spans])
        if not any(_meet(span, other) for span in whole_spans for mark in chosen for other in mark):
            chosen.append(whole_spans)
    chosen = sorted(chosen[:_MARKS])
    told = [" … ".join(_string(analysis, span) for span in mark) for mark in chosen]
    words = "», «".join(_cut(quote) for quote in dict.fromkeys(told))
    stands = all(is_replaceable(analysis.tokens(span.field), span, language) for mark in chosen for span in mark)
    return Quoted(words, tuple(map(tuple, chosen)), stands)


def _joined(spans: Sequence[FieldSpan]) -> list[FieldSpan]:
    """The spans in order, those that meet made one."""
    made: list[FieldSpan] = []
    for span in sorted(spans):
        if made and made[-1].field is span.field and span.start <= made[-1].end:
            span = FieldSpan(span.field, made[-1].start, max(span.end, made.pop().end))
        made.append(span)
    return made


def _string(analysis: ProvisionAnalysis, span: FieldSpan) -> str:
    return plain(analysis.string(span.field)[span.start : span.end])


def plain(words: str) -> str:
    """Words as the inside of a quotation: other quotation marks are plain, nothing hangs at the end."""
    return re.sub(r"[«»“”]", '"', " ".join(words.split())).strip(" ,;:.")


def _cut(quote: str) -> str:
    words = quote.split()
    if len(words) > _LONGEST:
        words = [*words[:_HEAD], "…", *words[-_TAIL:]]
    return " ".join(words)


def _meet(span: FieldSpan, other: FieldSpan) -> bool:
    return span.field is other.field and span.start < other.end and other.start < span.end


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
    if language == "ru":
        first = _start_of_clause(tokens, first, last)
        last = _past_brackets(tokens, last)
        last = _end_of_predicate(tokens, first, last)
    last = _end_of_list(tokens, first, last, language)
    if last - inside[-1] > _FARTHEST:
        last = inside[-1]
    return FieldSpan(span.field, min(grown.start, tokens[first].start), max(grown.end, tokens[last].end))


def _past_brackets(tokens: Sequence[Token], last: int) -> int:
    """«решения районного[ (городского) исполнительного органа]», «по подпунктам 1-1)[, 2-1) и 6) пункта 2]»: an
    attribute without its noun, a number without the others."""
    while last + 2 < len(tokens) and "label" in tokens[last].tags and _goes_on(tokens, last):
        last += 2
    at = last
    if "adj" in tokens[at].tags and at + 1 < len(tokens) and tokens[at + 1].text == "(":
        closing = next((n for n in range(at + 2, min(at + 6, len(tokens))) if tokens[n].text == ")"), None)
        at = closing if closing is not None else at
    if at == last and "label" not in tokens[last].tags:
        return last
    if at + 1 >= len(tokens) or not tokens[at + 1].tags & {"adj", "noun"}:
        return last
    begun = tokens[at + 1]
    end = whole(tokens, FieldSpan(Field.TEXT, begun.start, begun.end), "ru").end
    return max(n for n, token in enumerate(tokens) if token.start < end)


def _goes_on(tokens: Sequence[Token], last: int) -> bool:
    return (tokens[last + 1].text == "," or tokens[last + 1].norm in _AND) and "label" in tokens[last + 2].tags


def _end_of_predicate(tokens: Sequence[Token], first: int, last: int) -> int:
    """The end of the clause, where the words break off in a verb, or before the few words that a verb in them asks
    for: «показавшая управлению культуры[ действующий образец]»."""
    end = _end_of_clause(tokens, last)
    words = tokens[first : last + 1]
    if tokens[last].lemma in ASKING:
        return end
    is_list = any(token.text == "," or token.norm in _AND for token in words[1:])
    if is_list and _is_predicate(tokens[last]):
        return end if end - last <= _TAIL_OF_LIST else last
    return end if any(map(_is_predicate, words)) and end - last <= _TAIL_OF_VERB else last


def _start_of_clause(tokens: Sequence[Token], first: int, last: int) -> int:
    """«снимается» says nothing: a verb by itself is quoted with what comes before it in its clause; «прочем, что» with
    its «всем»."""
    if tokens[first].norm in _REST and first and tokens[first - 1].lemma == "весь":
        first -= 1
        return first - 1 if first and "prep" in tokens[first - 1].tags else first
    if _is_half_a_subject(tokens, first, last):
        return _before(tokens, first)
    if first < last or not _is_predicate(tokens[first]):
        return first
    begin = first
    while begin and not _parts(tokens, begin, begin - 1):
        begin -= 1
    return begin if first - begin <= _TAIL_OF_VERB and "conj" not in tokens[begin].tags else first


def _is_half_a_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """«рейтинг … определяются» begins with the second of two subjects."""
    joined = first > 1 and tokens[first - 1].norm in _AND
    plural = any({"finite", "plur"} <= token.tags for token in tokens[first : last + 1])
    noun = next((token for token in tokens[first : last + 1] if "noun" in token.tags), None)
    return joined and plural and noun is not None and "sing" in noun.tags


def _before(tokens: Sequence[Token], first: int) -> int:
    """The first word of the clause, where it is near."""
    begin = first
    while begin and not _parts(tokens, begin, begin - 1):
        begin -= 1
    return begin if first - begin <= _FARTHEST // 2 else first


def _is_predicate(token: Token) -> bool:
    return bool(token.tags & {"verb", "short"}) and "infinitive" not in token.tags


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
    return bool(token.tags & _CASES) and "verb" not in token.tags and token.lemma not in ASKING
