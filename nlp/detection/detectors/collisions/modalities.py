"""Two units that give the same actor the same deed under the same conditions, with different force.

Reads: sentences of norms. Writes: sayings of kind «modality» (вправе / обязан), «permission» (допускается /
запрещается) and «always» (во всех случаях / за исключением). Frames are asked only where a rival wording exists.
"""

from __future__ import annotations

from collections.abc import Iterator

from nlp.detection.detectors.collisions.sayings import Saying, Sentence, actor_words, deed_of, signature
from nlp.detection.detectors.collisions.words import Words
from nlp.language.token import Token

_LEAST = 2  # words that a deed with its object and conditions has at least


def modalities(sentence: Sentence, words: Words) -> Iterator[Saying]:
    """What force a sentence gives its deed; nothing where no modal word stands in it."""
    tokens = sentence.tokens
    modal = {n for n, token in enumerate(tokens) if words.has("modal_words", token)}
    if not modal or sentence.framing or sentence.provision.opens_list:
        return
    deed = deed_of(tokens, words)
    if deed is None:
        return
    negated = {n - 1 for n in modal if n and tokens[n - 1].norm == "не"}
    actor, places = actor_words(tokens, words)
    about = signature(sentence, words, modal | negated | places | {deed[1]})
    if len([word for word in about if word not in words.sets["telling"]]) < _LEAST:
        return
    key = ("force", deed[0], about, actor, sentence.scope)
    whole = sentence.span(0, len(tokens))
    yield Saying("force", key, None, actor, sentence.provision, whole, whole)


def exceptions(sentence: Sentence, words: Words) -> Iterator[Saying]:
    """«во всех случаях» and «за исключением»: the same rule without and with an exception."""
    tokens = sentence.tokens
    if sentence.framing or sentence.provision.opens_list:
        return
    always = words.always.anywhere(tokens)
    excepts = words.excepts.anywhere(tokens)
    if (always is None) == (excepts is None):
        return
    skipped: set[int] = set()
    if always is not None:
        skipped = set(range(*always))
    elif excepts is not None:
        skipped = _exception(tokens, excepts, words)
    deed = deed_of(tuple(t for n, t in enumerate(tokens) if n not in skipped), words)
    if deed is None:
        return
    actor, places = actor_words(tokens, words)
    about = signature(sentence, words, skipped | places)
    if len([word for word in about if word not in words.sets["telling"]]) < _LEAST:
        return
    key = ("always", deed[0], about, sentence.scope)
    value = "always" if always is not None else "except"
    whole = sentence.span(0, len(tokens))
    yield Saying("always", key, value, actor, sentence.provision, whole, whole)


def _exception(tokens: tuple[Token, ...], found: tuple[int, int], words: Words) -> set[int]:
    """The exception with its words: to the end of the part in Russian, from its beginning in Kazakh."""
    first, last = found
    if words.code == "kk":
        start = first
        while start and tokens[start - 1].text not in {",", ";"}:
            start -= 1
        return set(range(start, last))
    end = last
    while end < len(tokens) and tokens[end].text not in {",", ";", "."}:
        end += 1
    return set(range(first, end))
