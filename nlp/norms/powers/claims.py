"""Whether words that settle an element are about the power at hand or about something else in the sentence.

«Уведомляет в течение трех дней» is no time limit of the decision; «со дня подачи» does not claim one for the applicant.
"""

from __future__ import annotations

from nlp.language.token import Token, Tokens
from nlp.norms.powers.words import ElementWords, Kind

_CLAIM = 11  # words further off than this do not claim a time limit for themselves
_MOMENT = 3  # «со дня его подачи»: words after the moment from which time runs


def speaks_of(tokens: Tokens, cue: tuple[int, int], words: ElementWords, kind: Kind, is_core: bool) -> bool:
    """Of the words that may claim a cue (tokens [first, last) of a sentence), those of the power itself stand nearest.

    Where the element says ``claimed_after`` (Kazakh time limits) only what follows may claim: the verb of a clause
    stands at its end, before it is the moment from which time runs («өтініш берілген күннен бастап бес күн ішінде»).
    """
    if not words.of and not words.claimed_by:
        return True
    own = words.of | kind.family
    mine = is_core or any(_is_one_of(token, own) for token in tokens)
    best = _CLAIM
    for position, token in enumerate(tokens):
        if cue[0] <= position < cue[1] or (words.claimed_after and position < cue[0]):
            continue
        distance = cue[0] - position if position < cue[0] else position - cue[1] + 1
        described = words.claimed_after and "participle" in token.tags  # «қабылданған шешім туралы … хабарлайды»
        if distance < best and not described and _is_one_of(token, own):
            is_mine = True
        elif distance <= best and _is_one_of(token, words.claimed_by):
            is_mine = False
        else:
            continue
        if not _is_aside(tokens, position, cue, words):
            best, mine = distance, is_mine
    return mine


def _is_aside(tokens: Tokens, position: int, cue: tuple[int, int], words: ElementWords) -> bool:
    """Words that tell from what moment time runs, or what a document is about, claim nothing."""
    if words.claimed_after:
        return position + 1 < len(tokens) and tokens[position + 1].text.lower() in words.asides
    before = range(max(0, position - _MOMENT), position)
    return any(tokens[n].text.lower() in words.asides for n in before if not cue[0] <= n < cue[1])


def _is_one_of(token: Token, lemmas: frozenset[str]) -> bool:
    return not lemmas.isdisjoint(token.lemmas)
