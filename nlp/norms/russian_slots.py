"""Which of the words that speak of elements belong to the main clause of a Russian norm.

«если задолженность не погашена в срок, указанный в счете» holds no time limit of the norm; «кроме случаев, указанных в
приложении 3» no grounds; «в срок, установленный пунктом 14» settles the time limit and nothing else.
"""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.frame import SlotState
from nlp.norms.russian import is_full_participle
from nlp.norms.slot_word import SlotWord

_CONDITIONS = frozenset({"если", "когда", "пока"})
_RELATIVES = frozenset({"который", "чей", "где", "куда"})
_BORDERS = frozenset({",", ";", ":", "–", "("})
_OPENING = 3  # tokens of a part in which its subordinator or participle stands
_REACH = 10
_LONGEST_PART = 400
_DEPENDENT = frozenset({"time_limit", "grounds", "form"})
_IN_EXCEPTION = frozenset({"time_limit", "grounds", "documents", "form"})


def main_clause_words(tokens: Tokens, words: tuple[SlotWord, ...]) -> tuple[SlotWord, ...]:
    """``words`` without those of relative, participial and conditional parts, of exceptions and of other elements."""
    exceptions = [_exception(tokens, word) for word in words if word.slot == "exception"]
    covering = [(word.first, word.last, word.slot) for word in words]
    return tuple(
        word
        for word in words
        if not (word.slot in _DEPENDENT and _is_dependent(tokens, word))
        and not (word.slot in _IN_EXCEPTION and any(first <= word.first < last for first, last in exceptions))
        and not (_is_bare_reference(tokens, word) and _is_covered(word, covering))
    )


def _is_dependent(tokens: Tokens, word: SlotWord) -> bool:
    """Whether the part around the word hangs on a noun («, выданной в срок …») or, for a time limit, on «если»."""
    start = word.first
    floor = max(0, start - _LONGEST_PART)
    while (
        start > floor
        and tokens[start - 1].text not in _BORDERS
        and tokens[start - 1].sentence == tokens[start].sentence
    ):
        start -= 1
    opening = tokens[start : min(start + _OPENING, word.first)]
    if start == word.first:  # «договор, на основании и во исполнение которого …»
        opening = tokens[start : min(start + _REACH, len(tokens))]
        borders = [at for at, token in enumerate(opening) if token.text in {",", ";"}]
        opening = opening[: borders[0]] if borders else opening
        return start > 0 and any(token.lemma in _RELATIVES for token in opening)
    if any(token.lemma in _RELATIVES for token in opening):
        return True
    if start > 0 and tokens[start - 1].text == "," and any(is_full_participle(token) for token in opening[:2]):
        return True
    return word.slot == "time_limit" and any(token.lemma in _CONDITIONS for token in opening)


def _exception(tokens: Tokens, word: SlotWord) -> tuple[int, int]:
    """Tokens of the exception that the word opens: up to a comma after which the norm itself goes on."""
    opens = word.first == 0 or tokens[word.first - 1].sentence != tokens[word.first].sentence
    position = word.last
    while position < len(tokens) and tokens[position].sentence == tokens[word.first].sentence:
        if tokens[position].text == ";":
            break
        if tokens[position].text == "," and position + 1 < len(tokens):
            following = tokens[position + 1]
            if following.lemma in _CONDITIONS and position - word.last > _OPENING:
                break  # «кроме удерживаемых у источника, если сумма …»
            if following.tags & {"finite", "pred"}:
                break  # «…, за исключением торговых, могут передаваться …»
            if opens and not is_full_participle(following) and following.lemma not in _RELATIVES | _CONDITIONS:
                break
        position += 1
    return word.first, position


def _is_bare_reference(tokens: Tokens, word: SlotWord) -> bool:
    """«, установленный пунктом 14»: what is settled is said before."""
    return word.slot == "grounds" and word.state is SlotState.REFERENCE and "prep" not in tokens[word.first].tags


def _is_covered(word: SlotWord, covering: list[tuple[int, int, str]]) -> bool:
    return any(slot != word.slot and first <= word.first < last for first, last, slot in covering)
