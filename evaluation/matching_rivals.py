"""What rule matching is measured against, on the same phrases and words: spaCy's matchers and Aho–Corasick.

Reads: compiled patterns; analysed strings. Writes: token patterns, literals, and searches over them. Both libraries
are optional (``requirements-bench.lock``). The Matcher reads our own lemmas and words, so that only searching is
compared. A phrase is left out where token patterns over LEMMA and LOWER cannot say it: features of words, numbers,
excluded words, lists that would need more than ``ALTERNATIVES`` token patterns, gaps of more than ``OPTIONAL`` words.

Aho–Corasick looks for the longest run of words of every phrase, written out. It answers less – where such words stand,
not where phrases match – and shows what the fastest search of words costs: the limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from nlp.language.token import Tokens
from nlp.matching import Pattern
from nlp.matching.pattern import Element

ALTERNATIVES = 64
"""Token patterns, and literals, for one phrase."""
OPTIONAL = 16
"""Tokens that may be left out in one token pattern. The Matcher says a gap so, and follows every way of leaving them
out at once: patterns with 30 and more took all memory of the machine."""

Spec = Mapping[str, object]
Specs = tuple[Spec, ...]
LemmaOf = Callable[[str], str]
"""A word → its likeliest dictionary form."""
Search = Callable[[], set[tuple[int, int]]]
"""A search over all strings: pairs (phrase, string) found."""


def token_patterns(pattern: Pattern, lemma_of: LemmaOf) -> list[Specs] | None:
    """The phrase as token patterns of spaCy's Matcher; None where they cannot say it.

    A word of a phrase stands for all its forms where it is a dictionary form, and for itself alone where it is not.
    """
    options = [_options(element, lemma_of) for element in pattern.elements]
    said = [option for option in options if option is not None]
    if len(said) < len(options):
        return None
    count = 1
    for option in said:
        count *= len(option)
    if count > ALTERNATIVES:
        return None
    made = [tuple(spec for part in parts for spec in part) for parts in product(*said)]
    return made if all(sum("OP" in spec for spec in specs) <= OPTIONAL for specs in made) else None


def _options(element: Element, lemma_of: LemmaOf) -> list[Specs] | None:
    """Ways to say one element, each some token specs; a gap is optional tokens, as the Matcher has no other bound."""
    if element.gap:
        return [({"OP": "?"},) * element.gap]
    if element.tags or element.without or element.number or element.negated or element.anything:
        return None
    options: list[Specs] = []
    for phrase in element.phrases:
        parts = [_options(part, lemma_of) for part in phrase]
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts):
            return None
        options += [tuple(spec for part in chosen for spec in part) for chosen in product(*whole)]
    lemmas = sorted(word for word in element.words if lemma_of(word) == word)
    forms = sorted((element.words - set(lemmas)) | element.forms)
    if lemmas:
        options.append(({"LEMMA": {"IN": lemmas}},))
    if forms:
        options.append(({"LOWER": {"IN": forms}},))
    if element.prefixes:
        joined = "|".join(re.escape(prefix) for prefix in element.prefixes)
        options.append(({"LOWER": {"REGEX": f"^(?:{joined})"}},))
    if element.optional:
        options = [({**option[0], "OP": "?"},) if len(option) == 1 else option for option in options]
        if any(len(option) > 1 for option in options):
            options.append(())
    return options if len(options) <= ALTERNATIVES else None


@dataclass(frozen=True, slots=True)
class Rival:
    """A search made ready: what it had to make first is not part of its time."""

    search: Search
    patterns: int


def matcher(phrases: Sequence[list[Specs]], strings: Sequence[Tokens]) -> Rival | None:
    """spaCy's Matcher over Docs of our words and lemmas; None where spaCy is not installed."""
    try:
        import spacy
        from spacy.matcher import Matcher
        from spacy.tokens import Doc
    except ImportError:
        return None
    vocab = spacy.blank("xx").vocab  # a bare Vocab does not know LOWER
    engine = Matcher(vocab)
    for number, specs in enumerate(phrases):
        engine.add(str(number), [[dict(spec) for spec in one] for one in specs])
    docs = [Doc(vocab, words=[t.norm for t in s], lemmas=[t.lemma for t in s]) for s in strings]
    numbers = {vocab.strings[str(number)]: number for number in range(len(phrases))}

    def search() -> set[tuple[int, int]]:
        return {(numbers[key], at) for at, doc in enumerate(docs) for key, _, _ in engine(doc)}

    return Rival(search, sum(map(len, phrases)))


def entity_ruler(phrases: Sequence[list[Specs]], strings: Sequence[Tokens]) -> Rival | None:
    """spaCy's EntityRuler with the same token patterns; None where spaCy is not installed.

    Of entities that overlap it keeps one, so it finds less than the Matcher it is built on.
    """
    try:
        import spacy
        from spacy.pipeline import EntityRuler
        from spacy.tokens import Doc
    except ImportError:
        return None
    nlp = spacy.blank("xx")
    ruler = EntityRuler(nlp)
    patterns = [
        {"label": str(number), "pattern": [dict(spec) for spec in specs]}
        for number, phrase in enumerate(phrases)
        for specs in phrase
    ]
    ruler.add_patterns(patterns)
    docs = [Doc(nlp.vocab, words=[t.norm for t in s], lemmas=[t.lemma for t in s]) for s in strings]

    def search() -> set[tuple[int, int]]:
        found = set()
        for at, doc in enumerate(docs):
            doc.ents = ()
            found |= {(int(entity.label_), at) for entity in ruler(doc).ents}
        return found

    return Rival(search, len(patterns))


def literals(pattern: Pattern, lemma_of: LemmaOf) -> tuple[list[str], bool]:
    """The longest run of words of a phrase, written out between blanks; the second: whether they are forms.

    Empty where the phrase has no plain word.
    """
    best: tuple[int, list[str], bool] = (0, [], False)
    for by_form in (False, True):
        runs: list[list[list[str]]] = [[]]
        for element in pattern.elements:
            words = _literal_words(element, by_form, lemma_of)
            if words is None:
                runs.append([])
            else:
                runs[-1].append(words)
        for run in runs:
            written = _written(run)
            length = min(map(len, written), default=0)
            if length > best[0]:
                best = (length, written, by_form)
    return best[1], best[2]


def _literal_words(element: Element, by_form: bool, lemma_of: LemmaOf) -> list[str] | None:
    if element.gap or element.negated or element.optional or element.phrases or element.number or element.prefixes:
        return None
    if by_form:
        return sorted(element.forms) if element.forms and not element.words else None
    return sorted({lemma_of(word) for word in element.words}) if element.words and not element.forms else None


def _written(run: list[list[str]]) -> list[str]:
    while run:
        count = 1
        for words in run:
            count *= len(words)
        if count <= ALTERNATIVES:
            return [f" {' '.join(chosen)} " for chosen in product(*run)]
        run = run[:-1]
    return []


def aho_corasick(patterns: Sequence[Pattern], strings: Sequence[Tokens], lemma_of: LemmaOf) -> Rival | None:
    """Aho–Corasick over the lemmas, and over the words, of every string; None where it is not installed."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return None
    written: dict[bool, list[tuple[str, int]]] = {False: [], True: []}
    for number, pattern in enumerate(patterns):
        words, by_form = literals(pattern, lemma_of)
        written[by_form] += [(word, number) for word in words]
    engines: list[tuple[Any, list[int], list[str]]] = []
    for by_form, entries in written.items():
        if entries:
            texts = [f" {' '.join(t.norm if by_form else t.lemma for t in s)} " for s in strings]
            engines.append((AhoCorasick([w for w, _ in entries]), [number for _, number in entries], texts))

    def search() -> set[tuple[int, int]]:
        found = set()
        for engine, owners, texts in engines:
            for at, text in enumerate(texts):
                for entry, _, _ in engine.find_matches_as_indexes(text, overlapping=True):
                    found.add((owners[entry], at))
        return found

    return Rival(search, sum(map(len, written.values())))
