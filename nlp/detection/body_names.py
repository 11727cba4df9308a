"""Where the name of a body begins: «валюталық бақылау органдары», not «органдары»; never a word out of a firm's name.

Reads: tokens of one string, the first and last token of a mention. Writes: the token with which the whole name begins.
"""

from __future__ import annotations

from nlp.language.token import Token, Tokens

LONGEST = 6
"""Words that tell a Kazakh body from others: «Қазақстан Республикасының Ұлттық Банкі»."""
_PLACES = ("сындағы", "сіндегі", "жөніндегі")
_PRONOUNS = frozenset({"ол", "олар"})
_OPENING = {"«": "»", "“": "”", '"': '"'}
_AND = frozenset({"және", "мен", "бен", "пен", "немесе"})
_FAR = 10  # tokens in which a quotation mark must meet its pair


def named_from(tokens: Tokens, first: int, last: int) -> int:
    """The first token of a Kazakh name; -1 where it is told by an owner that is not there («палатасы»)."""
    least = max(0, first - LONGEST)
    while first > least and tokens[first - 1].text.isalpha() and _belongs(tokens[first - 1], tokens[first : last + 1]):
        first -= 1
    while first < last and tokens[first].text.endswith(_PLACES):  # «саласындағы уәкілетті орган»: of what is not said
        first += 1
    while first < last and "gen" in tokens[first].tags and _is_joined(tokens, first):
        first += 1  # «облыстың және астананың әкімдіктері»: the last owner alone would be the wrong one
    if tokens[first].lemma in _PRONOUNS:
        return -1
    if not _lacks_owner(tokens[first : last + 1]):
        return first
    return _quoted_before(tokens, first)  # «"Азаматтарға арналған үкімет" мемлекеттік корпорациясы»


def in_quoted_name(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a mention is a piece of a name in quotation marks: «корпорация "Правительство для граждан"»."""
    before = range(first - 1, max(first - _FAR, -1), -1)
    opening = next((n for n in before if tokens[n].text in _OPENING or tokens[n].text in ("»", "”")), -1)
    if opening < 0 or tokens[opening].text not in _OPENING or _closes(tokens, opening):
        return False
    after = range(last + 1, min(last + _FAR, len(tokens)))
    closing = next((n for n in after if tokens[n].text == _OPENING[tokens[opening].text]), -1)
    return closing >= 0 and tokens[opening + 1].text[:1].isupper() and closing - opening <= _FAR


def _closes(tokens: Tokens, at: int) -> bool:
    """Whether a mark «"», the same on both sides, is a closing one: an odd number of them stands before it."""
    return tokens[at].text == '"' and sum(token.text == '"' for token in tokens[:at]) % 2 == 1


def _is_joined(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens[at - 1].norm in _AND


def _lacks_owner(name: Tokens) -> bool:
    """Whether the head says «its» and nothing of the name says whose."""
    return "poss" in name[-1].tags and not any(token.tags & {"noun", "gen", "infinitive"} for token in name[:-1])


def _quoted_before(tokens: Tokens, first: int) -> int:
    closing = tokens[first - 1].text if first else ""
    if closing not in _OPENING.values():
        return -1
    opening = next(mark for mark, pair in _OPENING.items() if pair == closing)
    return next((n for n in range(first - 2, max(first - _FAR, -1), -1) if tokens[n].text == opening), -1)


def _belongs(token: Token, name: Tokens) -> bool:
    """A genitive that the name needs; a bare noun or an attribute before a noun with the ending of an owner."""
    head = name[0]
    owned = "poss" in head.tags or (len(name) > 1 and "poss" in name[-1].tags and "gen" not in head.tags)
    if "gen" in token.tags:
        return owned
    if "adj" in token.tags and "verb" not in token.tags:
        return "poss" in token.tags or owned
    if "infinitive" in token.tags:
        return "poss" in head.tags and not token.tags & {"acc", "abl", "loc", "ins", "dat", "poss"}
    if "infinitive" in head.tags or "poss" in head.tags:
        return "noun" in token.tags and not token.tags & {"acc", "abl", "loc", "ins", "dat", "poss"}
    return False
