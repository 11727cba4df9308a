"""Sayings: what a sentence of a norm settles – a time limit, an amount, a deciding body – and of what it settles it.

Reads: tokens of a provision with its lead-in. Writes: sayings whose ``key`` is equal only where everything but the
thing settled is equal: the deed, its object, every condition, the procedure (headings) and the text of the act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.detection.detectors.collisions.quantities import Quantity
from nlp.detection.detectors.collisions.words import Words
from nlp.language.token import Token, Tokens
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision

Key = tuple[object, ...]

_NOT_WORDS = frozenset({"prep", "conj", "part", "punct", "pron"})
_PAID = frozenset({"collect", "pay"})
_VERBS = frozenset({"finite", "infinitive", "short"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a provision's text with the words that frame it."""

    provision: Provision
    tokens: Tokens
    framing: Tokens  # lead-in and closing words
    scope: Key  # language, text of the act, headings

    def span(self, first: int, last: int) -> FieldSpan:
        """Tokens [first, last) as words of the text."""
        return FieldSpan(Field.TEXT, self.tokens[first].start, self.tokens[last - 1].end)


@dataclass(frozen=True, slots=True)
class Saying:
    """``value`` is what may collide, ``actor`` the words of who acts ("" – nobody named), ``span`` what is quoted."""

    kind: str
    key: Key
    value: object
    actor: frozenset[str]
    provision: Provision
    span: FieldSpan
    whole: FieldSpan  # the sentence it stands in


def sayings(sentence: Sentence, found: Sequence[Quantity], words: Words) -> Iterator[Saying]:
    """All sayings of one sentence, in which these quantities are ``found``."""
    if len(found) == 1 and not sentence.provision.opens_list:
        yield from _quantity(sentence, found[0], words)
    if not found and not sentence.provision.opens_list:
        yield from _body(sentence, words)


def deed_of(tokens: Tokens, words: Words) -> tuple[str, int] | None:
    """(deed, position): the verb, or the noun that an empty verb is about («срок рассмотрения составляет»)."""
    verbs = [n for n, token in enumerate(tokens) if token.tags & _VERBS]
    order = verbs if words.code == "ru" else verbs[::-1]
    main = [n for n in order if "finite" in tokens[n].tags or "short" in tokens[n].tags] or order
    empty, modal = words.sets["empty_verbs"], words.sets["modal_words"]
    for position in main:
        folded = _folded(tokens[position])
        if empty.isdisjoint(folded) and modal.isdisjoint(folded):
            deed = _deed(tokens[position], words)
            if deed is not None:
                return deed, position
            return folded[-1], position
    for position in [n for n in order if n not in main]:
        deed = _deed(tokens[position], words)
        if deed is not None:
            return deed, position
    return _noun_deed(tokens, words)


def _noun_deed(tokens: Tokens, words: Words) -> tuple[str, int] | None:
    """The deed beside «срок», else the first one."""
    named = [(deed, n) for n, token in enumerate(tokens) if (deed := _deed(token, words)) is not None]
    if not named:
        return None
    terms = [n for n, token in enumerate(tokens) if words.has("term_nouns", token)]
    if not terms:
        return named[0]
    near = [each for each in named if (each[1] > terms[0]) == (words.code == "ru")]
    return min(near, key=lambda each: abs(each[1] - terms[0])) if near else None


def _folded(token: Token) -> tuple[str, ...]:
    """Dictionary forms of a verb, a passive «-ся» taken off: «выдается» and «выдает» are one deed."""
    return tuple(lemma.removesuffix("ся") for lemma in token.lemmas)


def _deed(token: Token, words: Words) -> str | None:
    """The deed a word names; «составляет пять дней» names none."""
    if "finite" in token.tags and token.lemma in words.sets["empty_verbs"]:
        return None
    for lemma in token.lemmas:
        deed = words.deeds.get(lemma.removesuffix("ся"))
        if deed is not None:
            return deed
    return None


def signature(
    sentence: Sentence, words: Words, skipped: set[int], neutral: tuple[str, ...] = ("neutral",)
) -> frozenset[str]:
    """Words of a sentence and its framing that tell what it is about and under which conditions."""
    own = [token for n, token in enumerate(sentence.tokens) if n not in skipped]
    return frozenset(meant(token) for token in (*own, *sentence.framing) if _tells(token, words, neutral))


def meant(token: Token) -> str:
    """The dictionary form; a verb that is negated in itself (Kazakh «етілмеген») is another word."""
    return f"not {token.lemma}" if "neg" in token.tags else token.lemma


def _tells(token: Token, words: Words, neutral: tuple[str, ...]) -> bool:
    if words.has("telling", token):
        return True
    if any(words.has(name, token) for name in neutral):
        return False
    return not token.tags & _NOT_WORDS and any(character.isalnum() for character in token.text)


def actor_words(tokens: Tokens, words: Words) -> tuple[frozenset[str], set[int]]:
    """Who acts, as dictionary forms, and where: words of actors in the case of a subject."""
    found: list[int] = []
    for position, token in enumerate(tokens):
        if words.has("actors", token) and _is_subject(tokens, position, words):
            found.append(position)
    return frozenset(tokens[n].lemma for n in found), set(found)


def _is_subject(tokens: Tokens, position: int, words: Words) -> bool:
    token = tokens[position]
    if words.code == "kk":
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        return "nom" in token.tags or "adj" in token.tags or (following is not None and words.has("actors", following))
    before = tokens[position - 1] if position else None
    if before is not None and "prep" in before.tags:
        return False
    return bool(token.tags & {"nom", "acc", "ins"})


def _quantity(sentence: Sentence, quantity: Quantity, words: Words) -> Iterator[Saying]:
    tokens = sentence.tokens
    framed = (*sentence.framing, *tokens) if words.code == "ru" else (*tokens, *sentence.framing)
    deed = deed_of(tokens, words) or deed_of(framed, words)
    if quantity.is_amount and (deed is None or deed[0] in _PAID):
        deed = "size", -1 if deed is None else deed[1]
    if deed is None or not (quantity.bound or quantity.is_amount):
        return
    skipped = set(range(quantity.first, quantity.last)) | _governing(tokens, quantity, words)
    actor, places = actor_words(tokens, words)
    framing_actor, _ = actor_words(sentence.framing, words)
    skipped |= places | {n for n, token in enumerate(tokens) if _deed(token, words) == deed[0] and _is_deed(token)}
    if deed[0] not in words.deeds.values():  # a verb of no known deed, or one of payment: the verb itself
        skipped.add(deed[1])
    about = signature(sentence, words, skipped)
    about -= framing_actor
    if not any(word not in words.sets["telling"] for word in about):
        return
    kind = "amount" if quantity.is_amount else "time_limit"
    bound = "" if quantity.is_amount and quantity.bound == "within" else quantity.bound
    key = (kind, bound, deed[0], about, sentence.scope)
    yield Saying(
        kind, key, quantity.same(), actor or framing_actor, sentence.provision,
        sentence.span(quantity.first, quantity.last), sentence.span(0, len(tokens)),
    )  # fmt: skip


def _is_deed(token: Token) -> bool:
    return bool(token.tags & {"noun", "verb", "finite", "infinitive", "short", "participle"})


def _governing(tokens: Tokens, quantity: Quantity, words: Words) -> set[int]:
    """Words that only say how the quantity binds: «не позднее», «ішінде»."""
    taken: set[int] = set()
    for position in range(max(quantity.first - words.reach, 0), quantity.first):
        found = words.before.at(tokens, position)
        if found is not None and found[1] <= quantity.first:
            taken |= set(range(position, found[1]))
    for position in range(quantity.last, min(quantity.last + words.reach, len(tokens))):
        found = words.after.at(tokens, position)
        if found is not None:
            taken |= set(range(position, found[1]))
    return taken


def _body(sentence: Sentence, words: Words) -> Iterator[Saying]:
    """The body that decides, where exactly one named body is the subject."""
    tokens = sentence.tokens
    deed = deed_of(tokens, words)
    if deed is None or deed[0] not in words.sets["body_deeds"]:
        return
    named = [n for n, token in enumerate(tokens) if words.has("bodies", token)]
    _, places = actor_words(tokens, words)
    if len(named) != 1 or named[0] not in places or sentence.framing:
        return
    skipped = places | {deed[1]}
    about = signature(sentence, words, skipped)
    if len([word for word in about if word not in words.sets["telling"]]) < 2:
        return
    passive = "pass" in tokens[deed[1]].tags
    if words.code == "ru" and passive != ("ins" in tokens[named[0]].tags):
        return
    key = ("body", deed[0], about, sentence.scope)
    whole = sentence.span(0, len(tokens))
    yield Saying("body", key, tokens[named[0]].lemma, frozenset(), sentence.provision, whole, whole)
