"""Marked words carried on to the borders of their phrase, so that no reader is shown «комиссией на» or «өкілдіктерін».

Reads: tokens of one string, a span. Writes: the span, wider where it began or ended inside a phrase. A Russian phrase
is a noun with its attributes, genitives and preposition, or a verb with «не», its modal word and its object; a Kazakh
one a noun with what stands before it, or a verb with its converbs and its modal word after it. Words are never left
out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nlp.language.token import Token
from nlp.norms.frame import FieldSpan

LONGEST = 18
"""Words beyond which a phrase is not followed."""
_PAIRS = {"(": ")", "«": "»", "“": "”"}
_QUOTE = '"'
_FAR = 24  # tokens in which a bracket or quotation mark must meet its pair
_CASES = frozenset({"nom", "gen", "dat", "acc", "loc", "ins", "abl"})
_NOMINAL = frozenset({"noun", "adj", "num", "pron", "participle"})

Meets = Callable[[Token, Token], bool]
"""Whether two neighbours belong to one phrase, the left one first."""


def whole(tokens: Sequence[Token], span: FieldSpan, language: str) -> FieldSpan:
    """``span`` carried on to the borders of its phrase; as it was where the language or the words are not known."""
    inside = [at for at, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
    if not inside or language not in _JOINS:
        return span
    before, after = _JOINS[language]
    first, last = _balanced(tokens, inside[0], inside[-1])
    first, last = _grown(tokens, first, last, before, after)
    first, last = _balanced(tokens, first, last)
    return FieldSpan(span.field, min(span.start, tokens[first].start), max(span.end, tokens[last].end))


def _grown(tokens: Sequence[Token], first: int, last: int, before: Meets, after: Meets) -> tuple[int, int]:
    ended = last
    while last - first < LONGEST and last + 1 < len(tokens) and _together(tokens, last, last + 1, after):
        last = _closing(tokens, last + 1)
    while last > ended and "conj" in tokens[last].tags:
        last -= 1  # «государства и (или) граждан»: the phrase stops at a bracket
    while last - first < LONGEST and first > 0 and _together(tokens, first - 1, first, before):
        first -= 1
    return first, last


def _together(tokens: Sequence[Token], left: int, right: int, meets: Meets) -> bool:
    one, two = tokens[left], tokens[right]
    if one.sentence != two.sentence:
        return False
    if two.text in _OPENING and "noun" in one.tags:
        return _closing(tokens, right) != right  # «центра "Астана"», «Законом «О банках»»
    return one.text not in _MARKS and two.text not in _MARKS and meets(one, two)


def _closing(tokens: Sequence[Token], at: int) -> int:
    """The pair of the quotation mark at ``at``; ``at`` itself where there is none near by."""
    if tokens[at].text not in _OPENING:
        return at
    wanted = _QUOTE if tokens[at].text == _QUOTE else _PAIRS[tokens[at].text]
    near = range(at + 1, min(at + _FAR, len(tokens)))
    return next((n for n in near if tokens[n].text == wanted), at)


def _balanced(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The words with the other halves of the brackets and quotation marks that they cut."""
    for opening, closing in (*_PAIRS.items(), (_QUOTE, _QUOTE)):
        texts = [token.text for token in tokens[first : last + 1]]
        if opening == closing:
            odd = texts.count(opening) % 2
            begun = sum(token.text == opening for token in tokens[:first]) % 2
            missing = -1 if odd and begun else odd
        else:
            missing = texts.count(opening) - texts.count(closing)
        if missing > 0:
            last = next((n for n in range(last + 1, min(last + _FAR, len(tokens))) if tokens[n].text == closing), last)
        elif missing < 0:
            first = next((n for n in range(first - 1, max(first - _FAR, -1), -1) if tokens[n].text == opening), first)
    return first, last


_OPENING = frozenset({'"', "«", "“"})
_MARKS = frozenset('.,;:!?()[]«»"“”–—/')


def _is(token: Token, *tags: str) -> bool:
    return bool(token.tags & frozenset(tags))


# --- Russian --------------------------------------------------------------------------------------------------------

_MODAL_RU = frozenset({"вправе", "мочь", "должный", "обязанный", "обязать", "право"})
_MORE_RU = frozenset({"менее", "более", "свыше", "не", "ни"})
_OWN_RU = frozenset({"свой", "его", "их", "ее"})
_OR_RU = frozenset({"и", "или", "либо"})
_NAMED_RU = frozenset({("республика", "казахстан")})  # a name after its noun does not change


def _after_ru(one: Token, two: Token) -> bool:
    if _is(one, "prep", "conj") or one.norm in _MORE_RU:
        return True
    if (one.lemma in _MODAL_RU and _is(two, "infinitive")) or (one.lemma, two.lemma) in _NAMED_RU:
        return True
    if one.lemma == "быть":
        return _is(two, "short")  # «может быть отозвано»
    if one.norm in _OWN_RU or (_is(one, "adj", "num") and not _is(one, "short")):
        return bool(two.tags & _NOMINAL) or two.norm in _OR_RU
    if _is(one, "participle") and not _is(one, "short"):
        return bool(two.tags & _NOMINAL) or _is(two, "prep", "adv")
    if _is(one, "noun"):
        own = one.norm == "счет" and two.norm in _OWN_RU  # «за счет их собственных средств»
        return own or (_is(two, "gen") and bool(two.tags & _NOMINAL)) or _is(two, "num")
    return _is(one, "verb") and _is(two, "acc") and not _is(two, "nom") and not _is(one, "refl", "pass")


def _before_ru(one: Token, two: Token) -> bool:
    if one.norm in _MORE_RU:
        return True
    if two.norm in _MORE_RU or _is(two, "conj", "punct"):
        return False
    if _is(two, "verb") and not _is(two, "participle"):
        return one.lemma in _MODAL_RU and _is(two, "infinitive")
    if not two.tags & _NOMINAL:
        return False
    if _is(one, "prep"):
        return True
    if _is(one, "adj", "participle", "num") and not _is(one, "short"):
        return bool(one.tags & two.tags & _CASES) or (_is(one, "nom", "acc") and _is(two, "nom", "acc"))
    return _is(one, "noun") and _is(two, "gen")


# --- Kazakh ---------------------------------------------------------------------------------------------------------

_MODAL_KK = frozenset({"құқылы", "мүмкін", "тиіс", "міндетті", "болу", "алу", "қажет", "құқығы"})
_LIGHT_KK = frozenset({"ету", "болу", "беру", "алу", "көрсету", "жасау", "келтіру", "асыру", "тарту", "қою", "табу"})
_PARTICLES_KK = frozenset({"ғана", "қана", "да", "де", "та", "те"})
_ABOUT_KK = frozenset({"туралы", "жөнінде", "жөніндегі", "үшін", "бойынша"})
_CONJ_KK = frozenset({"және", "мен", "бен", "пен", "немесе", "не", "да", "де", "өзге", "басқа"})


def _object(token: Token) -> bool:
    return _is(token, "acc", "dat", "abl", "ins") and _is(token, "noun", "pron", "infinitive")


def _after_kk(one: Token, two: Token) -> bool:
    if one.norm in _CONJ_KK or _is(one, "prep", "conj") or "деп" in (one.norm, two.norm):
        return True
    if two.norm in _ABOUT_KK:
        return True
    if _is(one, "finite"):
        return False
    if _is(two, "verb") or two.lemma in _MODAL_KK or _is(two, "pred"):
        if _is(two, "infinitive") and _is(one, "adj"):
            return True  # «валюталық бақылау»
        return _object(one) or _is(one, "converb", "adv", "participle", "infinitive")
    if _is(one, "adj", "num", "participle", "gen") and not _object(one):
        return bool(two.tags & _NOMINAL) or _is(two, "infinitive")
    if _object(one):
        return _is(two, "adv")  # «шараларды жүзеге [асырады]»
    return _is(one, "noun", "infinitive") and _is(one, "nom", "infinitive") and _is(two, "poss")


def _before_kk(one: Token, two: Token) -> bool:
    if _is(one, "finite", "punct") or _is(two, "conj") or two.norm in _CONJ_KK:
        return False
    if _is(two, "prep") or two.norm in _PARTICLES_KK:
        return True
    if _is(two, "poss") and (_is(one, "gen") or (_is(one, "noun", "infinitive") and not _object(one))):
        return True
    if _is(one, "converb"):
        return _is(two, "verb")
    if two.lemma in _MODAL_KK:
        return _is(one, "infinitive")
    if two.lemma in _LIGHT_KK and _is(one, "noun", "adj", "adv"):
        return True
    if _is(two, "finite"):
        return _is(one, "noun", "infinitive", "adv") and not _is(one, "gen")
    if _is(one, "adj", "num") or (_is(one, "participle") and not _object(one)):
        return bool(two.tags & _NOMINAL)
    return _is(two, "participle", "infinitive", "converb") and _is(one, "acc", "adv", "dat", "abl", "ins")


_JOINS: Mapping[str, tuple[Meets, Meets]] = {"ru": (_before_ru, _after_ru), "kk": (_before_kk, _after_kk)}
