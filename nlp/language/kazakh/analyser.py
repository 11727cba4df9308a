"""Readings of Kazakh words: endings are taken off slot by slot, every seam is checked, candidates are ranked."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from nlp.language.analysis import Reading
from nlp.language.kazakh.guess import guess
from nlp.language.kazakh.lexicon import Lexicon, lexicon
from nlp.language.kazakh.phonology import UNVOICED, VOWELS, attach
from nlp.language.kazakh.suffixes import Suffix, by_surface

_WORDS_KEPT: Final = 100_000
_LONGEST_ENDING: Final = 8
_MOST_ENDINGS: Final = 7
_LEAST_STEM: Final = 2
_KEPT_LEMMAS: Final = 4
_FINAL: Final = frozenset({"N", "V", "PL", "PS", "P3", "CA", "LO", "KI", "PT", "VI", "CV", "FI", "PR"})
_KNOWN: Final = 100.0
_GUESS: Final = 70.0  # scores of stems outside the lexicon lie below, of known ones above
_UNLIKELY: Final = 48.0
_FROM_NOUN: Final = ("ла", "ле", "да", "де", "та", "те")
_COST: Final = {"inflection": 1.0, "late": 1.5, "rare": 6.0, "voice": 2.0, "rarevoice": 4.0, "derivation": 2.0}
_PLURALS: Final = frozenset({"лар", "лер", "дар", "дер", "тар", "тер"})
_NOUN_SLOTS: Final = frozenset({"PL", "P3", "CA", "LO"})
_CASES: Final = frozenset({"gen", "dat", "acc", "loc", "abl", "ins"})
_ADVERB: Final = frozenset({"adv"})


class Candidate(NamedTuple):
    """One way to take a word apart: stem, what it is (N or V), endings from the stem outward, score."""

    stem: str
    root: str
    endings: tuple[Suffix, ...]
    score: float


@lru_cache(maxsize=_WORDS_KEPT)
def read(norm: str, surface: str) -> Reading:
    """The reading of one word; the surface tells abbreviations («ҚР-ның») from words."""
    head, hyphen, tail = norm.rpartition("-")
    if hyphen and head and tail:
        return _read_hyphened(norm, head, tail, surface[: len(head)].isupper() or not head.isalpha())
    if len(surface) > 1 and surface.isupper() and norm not in lexicon().forms and len(surface) <= 5:
        known = norm in lexicon().nominal or norm in lexicon().verbal
        if not known or not any(letter in VOWELS for letter in norm):
            return Reading((norm,), frozenset({"noun", "abbr"}))
    return read_word(norm)


def _read_hyphened(norm: str, head: str, tail: str, label: bool) -> Reading:
    whole = lexicon().forms.get(norm)
    if whole is not None:
        return Reading(*whole)
    if head in lexicon().heads and is_known(candidates(norm)[0]):  # «қару-жарағы»: the list has it as one stem
        return read_word(norm)
    if label:
        bare_ending = _is_bare_ending(tail)
        if head[-1].isdigit() or head[-1] == "%":
            cases = _cases(tail)
            if bare_ending or cases or not tail.isalpha() or len(tail) < _LEAST_STEM:
                return Reading((norm, head), frozenset({"num"}) | cases)
            reading = read_word(tail)
            return Reading(reading.lemmas, reading.tags | {"ordinal"})
        if bare_ending:
            return Reading((head,), frozenset({"noun", "abbr"}) | _noun_tags(tail))
    reading = read_word(tail)
    return Reading(tuple(f"{head}-{lemma}" for lemma in reading.lemmas), reading.tags)


def _is_bare_ending(tail: str) -> bool:
    """«-ның», «-ға», «-ы»: an ending written after an abbreviation or a number, not a word."""
    known = tail in lexicon().nominal and tail not in _PLURALS  # «БАҚ-тар» is no тар (narrow)
    return tail in by_surface() and not known and len(tail) <= 4


def _cases(tail: str) -> frozenset[str]:
    """«150-ден»: the case that an ending written after a number says, even where a word («ден») is spelt the same."""
    return frozenset(tag for suffix in by_surface().get(tail, ()) for tag in suffix.tags if tag in _CASES)


def _noun_tags(tail: str) -> frozenset[str]:
    """«ЖШС-нің»: case, number and possession that an ending written after an abbreviation says."""
    found = [suffix for suffix in by_surface()[tail] if suffix.gives in _NOUN_SLOTS and suffix.kind == "inflection"]
    return found[0].tags if found else frozenset()


@lru_cache(maxsize=_WORDS_KEPT)
def read_word(norm: str) -> Reading:
    """The reading of one lower-case word without a hyphen."""
    words = lexicon()
    closed = words.forms.get(norm)
    if closed is not None:
        return Reading(*closed)
    ranked = likely(norm)
    lemmas: dict[str, None] = {}
    for candidate in ranked:
        lemmas.update(dict.fromkeys(lemmas_of(candidate, words, norm)))
        if len(lemmas) >= _KEPT_LEMMAS:
            break
    return Reading(tuple(lemmas), tags_of(ranked[0], words))


def candidates(norm: str, words: Lexicon | None = None) -> list[Candidate]:
    """Every admissible way to take ``norm`` apart, the best first; never empty. ``words``: another list of stems."""
    words = words or lexicon()
    found: list[Candidate] = []
    _take_apart(norm, _FINAL, (), found, words)
    unique = {(item.stem, item.root, item.endings): item for item in found}
    best = sorted(
        unique.values(), key=lambda item: (-item.score, len(item.endings), item.stem, item.root, _names(item))
    )
    return best or [Candidate(norm, "N", (), 0.0)]


def likely(norm: str, words: Lexicon | None = None) -> list[Candidate]:
    """Candidates of ``norm`` with a stem of the lexicon where there is one, else the guesses; the best first."""
    ranked = candidates(norm, words)
    if is_known(ranked[0]):
        return [candidate for candidate in ranked if is_known(candidate)]
    return ranked


def is_known(candidate: Candidate) -> bool:
    """Whether the stem stands in the lexicon."""
    return candidate.score > _GUESS


def _names(item: Candidate) -> tuple[str, ...]:
    return tuple(ending.name for ending in item.endings)


def _take_apart(
    word: str, states: frozenset[str], endings: tuple[Suffix, ...], found: list[Candidate], words: Lexicon
) -> None:
    """Add what ``word`` can be as a stem in one of ``states``, then try every ending that may be its last."""
    for root in ("N", "V"):
        if root in states:
            for stem in _stems(word, root, endings, words):
                score = _score(stem, root, endings, words)
                if score is not None:
                    found.append(Candidate(stem, root, endings, score))
    if len(endings) == _MOST_ENDINGS:
        return
    table = by_surface()
    for length in range(1, min(_LONGEST_ENDING, len(word) - _LEAST_STEM + 1) + 1):
        surface = word[-length:]
        for ending in table.get(surface, ()):
            if ending.gives in states:
                for left in _lefts(word[:-length], surface):
                    if word in attach(left, ending.template):
                        _take_apart(left, ending.after, (ending, *endings), found, words)


def _lefts(left: str, surface: str) -> list[str]:
    """What may stand before an ending: the rest as it is, or with the letter the seam has changed."""
    if len(left) < _LEAST_STEM - 1:
        return []
    options = [left]
    first = surface[0]
    if first in VOWELS:
        if left[-1:] in UNVOICED:
            options.append(left[:-1] + UNVOICED[left[-1]])
        if first in "уи":
            options += [left + "ы", left + "і"]
        if first in "яю":
            options.append(left + "й")
        if first in "іеиы" and left[-1:] not in VOWELS:
            options.append(left + "ь")
    return [option for option in options if len(option) >= _LEAST_STEM]


def _stems(word: str, root: str, endings: tuple[Suffix, ...], words: Lexicon) -> tuple[str, ...]:
    if root == "N" and word in words.short and endings:
        return (words.short[word], word)
    return (word,)


def _score(stem: str, root: str, endings: tuple[Suffix, ...], words: Lexicon) -> float | None:
    """How likely a candidate is; None when it is no candidate."""
    cost = sum(_COST[ending.kind] for ending in endings)
    if root == "V":
        if stem in words.verbal:
            if endings and endings[0].name == "aorist" and stem[-2:] in _FROM_NOUN:
                return _UNLIKELY  # «бағалар» is rather the plural of an unknown noun
            # A bare stem («бер», «беріл») is an order to one person: it hardly occurs in acts.
            voices = [ending for ending in endings if ending.gives == "V"]
            cost += 5.0 if len(voices) == len(endings) else 0.0
            cost += 3.0 if voices and len(stem) == _LEAST_STEM else 0.0  # «желі» is not же-л-і
            return _KNOWN + len(stem) * 0.5 - cost
    elif stem in words.nominal:
        if endings and words.nominal[stem] == _ADVERB and endings[0].gives != "KI":
            cost += 5.0  # adverbs seldom take endings other than -ғы
        return _KNOWN + len(stem) * 0.5 - cost
    return guess(stem, root, endings)


def lemmas_of(candidate: Candidate, words: Lexicon, norm: str) -> tuple[str, ...]:
    """Lemma of a candidate of ``norm`` and the looser ones it implies (active and passive, derived and base)."""
    last_derived = max((at for at, ending in enumerate(candidate.endings) if ending.kind == "derivation"), default=-1)
    if last_derived >= 0:
        derived = _join(candidate.stem, candidate.endings[: last_derived + 1], norm)
        return (derived, *lemmas_of(candidate._replace(endings=()), words, norm))
    if candidate.root == "N":
        return (words.variants.get(candidate.stem, candidate.stem),)
    active = infinitive(candidate.stem, words)
    voices = tuple(ending for ending in candidate.endings if ending.kind in ("voice", "rarevoice"))
    if not voices:
        return (active,)
    return (active, infinitive(_join(candidate.stem, voices, norm), words))


def infinitive(stem: str, words: Lexicon) -> str:
    """The verbal noun of a verb stem: бер → беру."""
    return words.infinitives.get(stem) or attach(stem, "у")[0]


def _join(stem: str, endings: tuple[Suffix, ...], norm: str = "") -> str:
    """Stem with endings, in the spelling ``norm`` begins with where there are several («моральдық», not -дік)."""
    for ending in endings:
        forms = attach(stem, ending.template)
        stem = next((form for form in forms if norm.startswith(form)), forms[0])
    return stem


_POS_TAGS: Final = frozenset({"noun", "adj", "adv"})


def tags_of(candidate: Candidate, words: Lexicon) -> frozenset[str]:
    """Features of a candidate (nlp/language/token.py names them)."""
    tags: set[str] = set()
    if candidate.root == "V":
        tags.add("verb")
        if not candidate.endings:
            tags |= {"finite", "imp", "2"}
    else:
        tags |= words.nominal.get(candidate.stem, frozenset({"noun"}))
    for ending in candidate.endings:
        if ending.kind == "derivation" or ending.gives == "KI":
            tags -= _POS_TAGS | {"verb", "loc"}
        tags |= ending.tags
    if "noun" in tags and "plur" not in tags:
        tags.add("sing")
    if "noun" in tags and not tags & {"gen", "dat", "acc", "loc", "abl", "ins"}:
        tags.add("nom")
    return frozenset(tags)
