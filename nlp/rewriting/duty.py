"""An option becomes a duty: «вправе отказать» → «отказывает», «бас тартуға құқылы» → «бас тартады»."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.token import Token, Tokens
from nlp.norms.frame import NormFrame
from nlp.rewriting.duty_kk import kazakh_duty
from nlp.rewriting.duty_ru import russian_duty
from nlp.rewriting.edits import Change


def duty_changes(language: str, words: str, tokens: Tokens, frame: NormFrame | None) -> Sequence[Change]:
    """Changes that take the modal word of the clause away and make its verbs indicative.

    None (an empty list) when the clause has no option, or a verb cannot be inflected: a wrong form is worse than none.
    """
    if frame is None or frame.modal_span is None or frame.modal_span.field is not frame.extent.field:
        return []
    clause = [t for t in tokens if frame.extent.start <= t.start and t.end <= frame.extent.end]
    modal = [t for t in clause if frame.modal_span.start <= t.start and t.end <= frame.modal_span.end]
    if not modal:
        return []
    if language == "ru":
        return russian_duty(clause, modal, _plural_subject(tokens, frame))
    return kazakh_duty(clause, modal, _bearer(clause, frame))


def _bearer(clause: Sequence[Token], frame: NormFrame) -> Token | None:
    """The last word of the actor named in this clause."""
    span = frame.actor.span
    if span is None or span.field is not frame.extent.field:
        return None
    return next((token for token in clause if token.end == span.end), None)


def _plural_subject(tokens: Tokens, frame: NormFrame) -> bool:
    span = frame.actor.span
    if span is None or span.field is not frame.extent.field:
        return False
    mention: list[Token] = [t for t in tokens if span.start <= t.start and t.end <= span.end]
    return any("plur" in token.tags and "noun" in token.tags for token in mention)
