"""The Kazakh phrase that words belong to: nothing may be put between a noun, its attributes and its verb."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.token import Token, Tokens


def phrase_start(tokens: Tokens, start: int) -> int:
    """Offset where the phrase begins that the word at ``start`` ends: «қосымша [мәліметтер сұратуға]» stays whole.

    A document named without a case ending belongs to its verb («рұқсат [береді]»).
    """
    before = [token for token in tokens if token.end <= start]
    phrase = [token for token in tokens if token.start >= start][:1]
    while before and phrase and _is_one_verb(before[-1], phrase[0]):
        phrase.insert(0, before.pop())
    if before and phrase and _is_bare_document(before[-1], phrase[0]):
        phrase.insert(0, before.pop())
        _take_kind(before, phrase)
    while before and phrase and _is_attribute(before[-1], phrase):
        phrase.insert(0, before.pop())
    return phrase[0].start if phrase else start


def follows_attribute(tokens: Tokens, start: int) -> Token | None:
    """The participle right before ``start`` that tells of a noun after it («сұратылған [өзге де] құжаттар»), or None.

    Another participle beside it is set off by a comma: «сұратылған, 5-тармақта көзделген құжаттар».
    """
    before = [token for token in tokens if token.end <= start][-1:]
    if not before or not _is_participle(before[0]):
        return None
    return None if before[0].tags & (_OBJECT_CASES | {"gen", "finite", "converb"}) else before[0]


def _is_participle(token: Token) -> bool:
    """A participle, or one that the lexicon has as an adjective («негізделген»)."""
    return "participle" in token.tags or ("adj" in token.tags and token.norm.endswith(_PAST))


def _take_kind(before: list[Token], phrase: list[Token]) -> None:
    """What kind of document it is: «оң немесе теріс қорытынды», «бос орын туралы анықтама», «келісім қағаз»."""
    if before and before[-1].norm in _ABOUT:
        phrase.insert(0, before.pop())
        while before and before[-1].tags & {"noun", "adj"} and not before[-1].tags & _OBJECT_CASES:
            phrase.insert(0, before.pop())
    if before and before[-1].lemma in _DOCUMENTS and "nom" in before[-1].tags:
        phrase.insert(0, before.pop())
    if len(before) > 2 and "adj" in before[-1].tags and before[-2].norm in _OR and "adj" in before[-3].tags:
        for _ in range(3):
            phrase.insert(0, before.pop())


def _is_attribute(token: Token, phrase: Sequence[Token]) -> bool:
    """Whether a word belongs to the words right after it: adjective, participle, number, genitive, bare noun."""
    following = phrase[0]
    if token.norm in _OWNERS:
        return any("poss" in each.tags for each in phrase)
    if "noun" not in following.tags and not following.tags & _ATTRIBUTES:
        return False
    if token.tags & _ATTRIBUTES and not token.tags & {"finite", "converb"}:
        return not token.tags & _OBJECT_CASES
    if "noun" not in token.tags:
        return False
    if "gen" in token.tags:
        return any("poss" in each.tags for each in phrase)
    return "nom" in token.tags and ("poss" in following.tags or following.lemma in _AGENTS)


def _is_one_verb(before: Token, verb: Token) -> bool:
    """Whether a word and the verb after it are one verb: «бөліп береді», «қайта бекітіледі»."""
    return "verb" in verb.tags and (before.norm in _AGAIN or {"verb", "converb"} <= before.tags)


def _is_bare_document(noun: Token, verb: Token) -> bool:
    """Whether a document is what the verb gives or takes: «рұқсат береді», not its subject."""
    return "verb" in verb.tags and noun.lemma in _DOCUMENTS and "nom" in noun.tags and "poss" not in noun.tags


_PAST = ("ылған", "ілген", "нған", "нген", "лған", "лген")
_ABOUT = frozenset({"туралы", "жөнінде", "жөніндегі"})
_OR = frozenset({"немесе", "не"})
_DOCUMENTS = frozenset({"рұқсат", "қорытынды", "келісім", "анықтама", "белгі", "жолдама", "қағаз", "хат"})
_AGAIN = frozenset({"қайта", "кері"})
_OWNERS = frozenset({"өзінің", "олардың", "оның"})
_AGENTS = frozenset({"беруші", "алушы", "пайдаланушы", "иеленуші", "өндіруші", "көрсетуші"})  # «өтініш беруші»
_ATTRIBUTES = frozenset({"adj", "participle", "num"})
_OBJECT_CASES = frozenset({"dat", "acc", "loc", "abl", "ins"})
