"""Forms a Russian text asks for: ``{end:слово}``, the ending of an adjective; ``{pres:делать}``, the present tense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.language.generate import ru_inflect
from nlp.language.token import Token

if TYPE_CHECKING:
    from nlp.rewriting.operations import Site

_ENDINGS = "ыми|ими|ого|его|ому|ему|ый|ий|ой|ые|ие|ых|их|ым|им|ом|ем|ей|ая|яя|ую|юю|ое|ее"
_ENDING = re.compile(rf"({_ENDINGS})(?:ся)?$")
_HARD = {
    **{"ими": "ыми", "его": "ого", "ему": "ому", "ий": "ый", "ие": "ые", "их": "ых"},
    **{"им": "ым", "ем": "ом", "ей": "ой", "яя": "ая", "юю": "ую", "ее": "ое"},
}
_SOFT = {hard: soft for soft, hard in _HARD.items() if hard not in {"ая", "ую"}}
_FORM = re.compile(r"(\w?)\{(end|pres):([^{}|]*)(?:\|([^{}]*))?\}")


def formed(text: str) -> str | None:
    """The text with its forms made; None where one cannot be.

    «предусмотренн{end:иных}» → «предусмотренных»; «не {pres:рассматривать}» → «не рассматривает»
    («{pres:рассматривать|plur}» – «рассматривают»).
    """
    made: list[str] = []
    last = 0
    for found in _FORM.finditer(text):
        before, kind, word, number = found.groups()
        form = _ending(word, before) if kind == "end" else ru_inflect(word.lower(), {"pres", "3", number or "sing"})
        if form is None:
            return None
        made += [text[last : found.start()], before, form]
        last = found.end()
    return "".join(made) + text[last:]


def _ending(word: str, before: str) -> str | None:
    found = _ENDING.search(word.lower())
    if found is None:
        return None
    hard = _HARD.get(found.group(1), found.group(1))
    return _SOFT.get(hard, hard) if before in "щшчж" else hard


def model_of(site: Site) -> str:
    """The word whose ending ``{end}`` takes: the participle replaced, or an adjective like the noun told of."""
    replaced = [t for t in site.tokens if site.start <= t.start and t.end <= site.end and t.tags - {"punct"}]
    if replaced and "punct" in replaced[0].tags:
        replaced = replaced[1:]
    told = replaced[0].tags if replaced and replaced[0].lemma != "который" else frozenset[str]()
    if told & {"participle", "adj"} and "short" not in told:
        return replaced[0].norm
    if not any(t.lemma == "который" for t in replaced):
        return ""
    before = [t for t in site.tokens if t.end <= site.start and "noun" in t.tags]
    which = next(t for t in replaced if t.lemma == "который")
    return _like(before[-1], which) if before else ""


def _like(noun: Token, which: Token) -> str:
    """An ending in the case of the noun and the number of «который»."""
    plural = "plur" in noun.tags or which.norm in {"которые", "которых", "которыми", "которым"}
    case = next((case for case, of in _CASES_OF.items() if of & noun.tags), "")
    if plural:
        return {"loc": "ых", "dat": "ым", "ins": "ыми", "gen": "ых", "nom": "ые", "acc": "ые"}.get(case, "")
    if "fem" in noun.tags:
        return {"nom": "ая", "acc": "ую"}.get(case, "ой")
    neuter = {"nom": "ое", "acc": "ое"} if "neut" in noun.tags else {"nom": "ый", "acc": "ый"}
    return (neuter | {"loc": "ом", "dat": "ому", "ins": "ым", "gen": "ого"}).get(case, "")


_CASES_OF = {case: frozenset({case}) for case in ("loc", "dat", "ins", "gen", "nom", "acc")}
