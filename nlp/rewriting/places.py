"""Where an edit works: the words ``of`` names, the opening of a clause; and a verb in the form of the marked one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.language.generate import kk_verb_forms
from nlp.language.token import Token
from nlp.matching import PatternSet

if TYPE_CHECKING:
    from nlp.rewriting.operations import Site


def within(site: Site, patterns: PatternSet) -> list[Site]:
    """The place the patterns find in or across the marked words, as one site; none where they find nothing.

    Of several places the one that begins first is taken, of those the longest.
    """
    tokens = site.tokens
    found = [
        match
        for match in patterns.find(tokens)
        if tokens[match.first].start < site.end and tokens[match.last - 1].end > site.start
    ]
    best = min(found, key=lambda match: (match.start, -match.end), default=None)
    return [] if best is None else [replace(site, start=best.start, end=best.end)]


_LINKS = frozenset({"сондай-ақ", "ал", "және", "бірақ", "немесе", "не", "алайда"})


def clause_opening(site: Site) -> int:
    """Offset where the clause of the marked words begins: after the main verb and comma that close the one before.

    A link («сондай-ақ», «ал»), a quotation mark and a label stay in front. A clause that does not begin after a mark of
    punctuation is only part of its sentence, and the sentence's opening is taken.
    """
    begin = site.frame.extent.start if site.frame is not None else 0
    earlier = [token for token in site.tokens if token.end <= begin]
    if earlier and "punct" not in earlier[-1].tags:
        begin = next(token.start for token in site.tokens if token.sentence == earlier[-1].sentence)
    before = [token for token in site.tokens if begin <= token.start and token.end <= site.start]
    opening = begin
    for last, token in pairwise(before):
        if token.text == "," and "finite" in last.tags and "cond" not in last.tags:
            opening = token.end
    inside = (token for token in site.tokens if opening <= token.start < site.end)
    return next((token.start for token in inside if not _stays_in_front(token)), opening)


def _stays_in_front(token: Token) -> bool:
    return bool(token.tags & {"punct", "label"}) or token.norm in _LINKS or token.text in '«»"'


_SMALL_AFTER = re.compile(r"[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі-]+")
_NAMES = ("қазақстан", "ұлттық", "астана", "алматы", "шымкент", "үкімет", "президент", "парламент", "премьер", "бас ")


def small(words: str) -> str:
    """The words with a small first letter, unless they open with a name or an abbreviation."""
    first = _SMALL_AFTER.match(words)
    if first is None or is_name(words):
        return words
    return words[:1].lower() + words[1:]


def is_name(words: str) -> bool:
    """Whether the words open with a name that keeps its capital letter within a sentence."""
    return words.lower().startswith(_NAMES)


_AS = re.compile(r"\{as:([^}]+)\}")


def in_form_of(site: Site, text: str) -> str | None:
    """``{as:сәйкес келу}`` in the form of the last marked word: «…болса» → «сәйкес келсе»; None where it has none."""
    wanted = _AS.search(text)
    if wanted is None:
        return text
    marked = [token for token in site.tokens if token.start < site.end and token.end > site.start]
    form = _form(wanted.group(1), marked[-1]) if marked else None
    return None if form is None else _AS.sub(form, text, count=1)


def _form(infinitive: str, model: Token) -> str | None:
    forms = kk_verb_forms(infinitive)
    if forms is None:
        return None
    tags = model.tags
    if "cond" in tags:
        return forms.conditional
    if "participle" in tags and "past" in tags:
        return forms.past_participle + (model.norm[-2:] if "loc" in tags else "")
    if "participle" in tags:
        return forms.habitual_participle
    if "finite" in tags:
        return forms.present
    return infinitive if "infinitive" in tags and not tags & {"dat", "poss"} else None
