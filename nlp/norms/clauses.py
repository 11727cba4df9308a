"""Clauses: the pieces of a field that are judged as one norm each."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.language.token import Tokens

_BREAKS = frozenset({";"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens [first, last); ``opened`` tells that the piece before ended with a colon (an inline list goes on)."""

    first: int
    last: int
    opened: bool = False


def clauses(tokens: Tokens) -> tuple[Clause, ...]:
    """Tokens → clauses: cut at ends of sentences and at semicolons; empty pieces are left out."""
    pieces: list[Clause] = []
    first = 0
    in_list = False
    for position, token in enumerate(tokens):
        ends_sentence = position + 1 == len(tokens) or tokens[position + 1].sentence != token.sentence
        if token.text in _BREAKS or ends_sentence:
            if position + 1 > first:
                pieces.append(Clause(first, position + 1, in_list))
            in_list = in_list or any(t.text == ":" for t in tokens[first : position + 1])
            if ends_sentence and token.text not in _BREAKS and token.text != ":":
                in_list = False
            first = position + 1
    return tuple(pieces)
