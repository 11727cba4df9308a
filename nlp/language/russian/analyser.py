"""Russian readings of words: pymorphy3, corrected by data/ru_words.tsv, cached per word."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from nlp.language.analysis import Reading, tokens_of
from nlp.language.normal import normal_form
from nlp.language.russian.corrections import corrections
from nlp.language.russian.tags import shared_tags
from nlp.language.token import SHARED_FEATURES, Tokens

_WORDS_KEPT: Final = 100_000
_LEAST_SCORE: Final = 0.04


@lru_cache(maxsize=1)
def morphology() -> Any:
    """The dictionary; loaded at first use."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


class Russian:
    """``Language`` for Russian.

    Conventions: «обязан» and its forms → «обязанный»; «вправе» → «вправе»; «должен» → «должный»; full participles
    give the participle's own lemma, then the verb («определяемом» → определяемый, определять), short ones the verb
    first («установлено» → установить, установленный); passive -ся verbs give themselves, then the active verb.
    """

    code = "ru"
    features = SHARED_FEATURES | {"masc", "fem", "neut", "perf", "impf", "refl", "short"}

    def analyse(self, text: str) -> Tokens:
        """Tokens of ``text`` in order; deterministic, cached per word."""
        return tokens_of(text, lambda norm, surface: read(norm))

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Candidate dictionary forms of one word, the most likely first."""
        return read(normal_form(word)).lemmas

    def known(self, word: str) -> bool:
        """Whether the dictionary has this form; guessed readings do not count."""
        norm = normal_form(word)
        return norm in corrections().readings or bool(morphology().word_is_known(norm))


@lru_cache(maxsize=_WORDS_KEPT)
def read(norm: str) -> Reading:
    """The reading of one normal form."""
    if norm[0].isdigit():
        return Reading((norm,), frozenset({"num"}))
    table = corrections()
    fixed = table.readings.get(norm)
    if fixed is not None:
        return fixed
    parses = _ranked(norm, table.preferred.get(norm))
    lemmas: dict[str, None] = {}
    tags = _tags(parses[0])
    for parse in parses:
        lemmas.update(dict.fromkeys(_lemmas(parse)))
    return Reading(tuple(lemmas), tags)


def _ranked(norm: str, preferred: str | None) -> list[Any]:
    """Parses worth keeping, the most likely (or the preferred) first."""
    parses = morphology().parse(norm)
    kept = [parse for parse in parses if parse.score >= _LEAST_SCORE] or parses[:1]
    if preferred is not None:
        # Python's sort is stable: within each half the dictionary's own order stays.
        kept = sorted(parses, key=lambda parse: _plain(parse.normal_form) != preferred)
    return list(kept)


def _lemmas(parse: Any) -> tuple[str, ...]:
    base = _plain(parse.normal_form)
    pos = parse.tag.POS
    if pos == "PRTF":
        own = parse.inflect({"sing", "masc", "nomn"})
        return (_plain(own.word), base) if own else (base,)
    if pos == "PRTS":
        return (base, *_full_participle(parse))
    if base.endswith(("ся", "сь")) and pos in ("VERB", "INFN", "GRND"):
        active = _active(base)
        return (base, active) if active else (base,)
    return (base,)


def _full_participle(parse: Any) -> tuple[str, ...]:
    """«установлено» → («установленный»,)."""
    wanted = parse.tag.tense
    for form in parse.lexeme:
        tag = form.tag
        if tag.POS == "PRTF" and "pssv" in tag and tag.tense == wanted and {"masc", "nomn", "sing"} <= tag.grammemes:
            return (_plain(form.word),)
    return ()


@lru_cache(maxsize=8192)
def _active(reflexive: str) -> str:
    """The transitive verb a -ся verb is the passive of, or "" («выдаваться» → «выдавать»; «являться» → "")."""
    if reflexive in corrections().reflexive:
        return ""
    bare = reflexive[:-2]
    for parse in morphology().parse(bare):
        if parse.tag.POS == "INFN" and "tran" in parse.tag and morphology().word_is_known(bare):
            return _plain(parse.normal_form)
    return ""


def _tags(parse: Any) -> frozenset[str]:
    tags: frozenset[str] = shared_tags(parse.tag)
    base = _plain(parse.normal_form)
    if base == "один":  # the dictionary calls it a pronoun; in «в течение одного месяца» it counts
        tags |= {"num"}
    if "verb" in tags and base.endswith(("ся", "сь")):
        tags |= {"refl"}
        if _active(base) and "impf" in tags:
            tags |= {"pass"}
    return tags


def _plain(word: str) -> str:
    return word.replace("ё", "е")
