"""All forms of a Russian word with the shared tags, corrections included."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from nlp.language.russian.analyser import morphology
from nlp.language.russian.corrections import corrections
from nlp.language.russian.tags import shared_tags


class Form(NamedTuple):
    """One form and its tags (shared ones, and ``anim``/``inan`` where the form depends on it)."""

    word: str
    tags: frozenset[str]


class Lexeme(NamedTuple):
    """One reading of a word: its lemma, tags of the word as it stands, the forms it may stand for, and all forms.

    ``voice`` is "pass" or "act" for participles, else "".
    """

    lemma: str
    tags: frozenset[str]
    standing: tuple[Form, ...]
    forms: tuple[Form, ...]
    voice: str = ""

    def form(self, needed: set[str], voice: str = "") -> str | None:
        """The form that has all ``needed`` tags (and, of participles, the same voice and tense).

        Of several the one that keeps most of the lemma, then the first: «обязывает», not «обязует».
        """
        tense = self.tags & {"pres", "past"} if voice else frozenset()
        found: list[str] = []
        for word, tags in self.forms:
            if not _covers(tags, needed) or "short" in tags:
                continue
            if voice and (("pass" in tags) != (voice == "pass") or not tense <= tags):
                continue
            found.append(word)
        if not found:
            return None
        return max(found, key=self._shared_letters) if "finite" in needed else found[0]

    def _shared_letters(self, word: str) -> int:
        return next((at for at, (a, b) in enumerate(zip(word, self.lemma, strict=False)) if a != b), len(word))


def _covers(tags: frozenset[str], needed: set[str]) -> bool:
    """``needed`` within ``tags``; a form not marked for animacy serves both."""
    animacy = needed & {"anim", "inan"}
    if animacy and tags & {"anim", "inan"} and not animacy <= tags:
        return False
    return needed - {"anim", "inan"} <= tags


@lru_cache(maxsize=20_000)
def lexemes(word: str) -> tuple[Lexeme, ...]:
    """Readings of a lower-case word, the most likely first."""
    word = word.replace("ё", "е")
    own = _corrected(word)
    if own is not None:
        return (own,)
    # Verbs of the two aspects may share all their letters («переводить»), so the aspect is part of the key.
    grouped: dict[tuple[str, str, str], list[Any]] = {}
    preferred = corrections().preferred.get(word)
    for parse in morphology().parse(word):
        grouped.setdefault((parse.normal_form, str(parse.tag.POS), str(parse.tag.aspect)), []).append(parse)
    found = [_lexeme(parses) for parses in grouped.values()]
    return tuple(sorted(found, key=lambda lexeme: lexeme.lemma != preferred) if preferred else found)


def _lexeme(parses: list[Any]) -> Lexeme:
    best = parses[0]
    tags = shared_tags(best.tag)
    standing = tuple(Form(_plain(parse.word), _with_animacy(parse.tag)) for parse in parses)
    forms = tuple(Form(_plain(form.word), _with_animacy(form.tag)) for form in best.lexeme)
    voice = ("pass" if "pass" in tags else "act") if "participle" in tags else ""
    return Lexeme(_plain(best.normal_form), tags, standing, forms, voice)


def _corrected(word: str) -> Lexeme | None:
    table = corrections()
    reading = table.readings.get(word)
    if reading is None:
        return None
    lemma = reading.lemmas[0]
    if "fixed" in reading.tags:
        own = (Form(word, reading.tags | {"sing"}),)
        return Lexeme(lemma, reading.tags, own, own)
    forms = tuple(Form(_plain(form), _with_animacy(tag)) for form, tag in table.paradigm(lemma))
    standing = tuple(form for form in forms if form.word == word)
    return Lexeme(lemma, reading.tags, standing, forms)


@lru_cache(maxsize=4096)
def _with_animacy(tag: Any) -> frozenset[str]:
    tags: frozenset[str] = shared_tags(tag)
    return tags | ({"anim"} if "anim" in tag else {"inan"} if "inan" in tag else frozenset())


def _plain(word: str) -> str:
    return word.replace("ё", "е")
