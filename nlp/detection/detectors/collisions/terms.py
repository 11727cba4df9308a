"""Terms defined twice in one text with different words.

A definition «для целей настоящей главы» is compared only inside its chapter; only words that carry meaning count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.detection.detectors.collisions.sayings import Saying, meant
from nlp.detection.detectors.collisions.scopes import Scopes
from nlp.detection.detectors.collisions.words import Words
from nlp.language.token import Language, Token
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision, Role

_TERM = re.compile(r"^(?P<term>[^–—;:]{2,120}?)\s+[–—-]\s+(?P<means>.{8,})$", re.DOTALL)
_ASIDE = re.compile(r"\([^()]*\)")
_NOT_WORDS = frozenset({"prep", "conj", "part", "punct", "pron"})


def terms(provision: Provision, language: Language, words: Words, scopes: Scopes) -> Iterator[Saying]:
    """The term that a provision in the role of a definition defines, if it has the form of one."""
    if provision.role is not Role.DEFINITION or provision.opens_list:
        return
    text = _ASIDE.sub(lambda match: " " * len(match.group(0)), provision.text)
    found = _TERM.match(text)
    if found is None:
        return
    term = tuple(meant(token) for token in language.analyse(found.group("term")) if token.text[0].isalpha())
    means = frozenset(meant(token) for token in language.analyse(found.group("means")) if _tells(token))
    if not term or len(means) < 2:
        return
    lead = language.analyse(provision.lead)
    if words.term_leads.anywhere(lead) is None:
        return
    local = scopes.local(provision) if words.local.anywhere(lead) is not None else ""
    scope = scopes.of(provision)[:2]
    key = ("term", term, local, scope)
    span = FieldSpan(Field.TEXT, 0, len(provision.text.rstrip().rstrip(";.")))
    yield Saying("term", key, means, frozenset(), provision, span, span)


def _tells(token: Token) -> bool:
    return not token.tags & _NOT_WORDS and any(character.isalpha() for character in token.text)
