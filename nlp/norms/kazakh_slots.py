"""Which of the words that speak of elements belong to the main clause of a Kazakh norm.

«мердігер ақауларды шартта белгіленген мерзімде жоймаса» holds no time limit of the norm, and «айрықша жағдайларды
қоспағанда» no grounds.
"""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.kazakh import closes_adverbial_clause
from nlp.norms.slot_word import SlotWord

_BORDERS = frozenset({",", ";", ":", "("})
_REACH = 12  # tokens between a time limit and the verb of the condition that it belongs to
_LONGEST_EXCEPTION = 40
_IN_EXCEPTION = frozenset({"time_limit", "grounds", "documents", "form"})


def kazakh_main_words(tokens: Tokens, words: tuple[SlotWord, ...]) -> tuple[SlotWord, ...]:
    """``words`` without those of conditions (time limits) and of exceptions."""
    exceptions = [_exception(tokens, word) for word in words if word.slot == "exception"]
    return tuple(
        word
        for word in words
        if not (word.slot == "time_limit" and _is_in_condition(tokens, word))
        and not (word.slot in _IN_EXCEPTION and any(first <= word.first < last for first, last in exceptions))
    )


def _is_in_condition(tokens: Tokens, word: SlotWord) -> bool:
    """Whether a condition closes after the word before the next comma: «үш күн ішінде төлемеген жағдайда»."""
    for position in range(word.last, min(word.last + _REACH, len(tokens))):
        token = tokens[position]
        if token.text in _BORDERS or token.sentence != tokens[word.first].sentence:
            return False
        if closes_adverbial_clause(tokens, position):
            return True
    return False


def _exception(tokens: Tokens, word: SlotWord) -> tuple[int, int]:
    """Tokens of the exception that the word closes: from the comma or the beginning of the sentence before it."""
    first = word.last - 1
    floor = max(0, first - _LONGEST_EXCEPTION)
    while first > floor and tokens[first - 1].text not in _BORDERS:
        if tokens[first - 1].sentence != tokens[word.first].sentence:
            break
        first -= 1
    return min(first, word.first), word.last
