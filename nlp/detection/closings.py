"""Closings: where an act itself settles an evaluative word or an open list (methodology F14, «Don't flag»).

Reads: definitions, sentences like «под … понимается», statements that criteria or a list stand in a unit, titles of
annexes; what rules said of those places. Writes: terms with the place that closes them. A place closes only if it is
there, has words of its own, does not lean on the term's own evaluative word and is not open or vague itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.detection.closing_words import ClosingWords, matches
from nlp.detection.findings import JudgedProvision
from nlp.language.token import Language, Token, Tokens
from nlp.norms.frame import Field
from nlp.references.references import References
from nlp.references.resolve import State
from nlp.structure.act import Act, Provision, Role, Unit, UnitKind
from nlp.structure.citations import Citations

FACTORS = frozenset({"vague_wording", "broad_discretion", "excessive_requirement"})
_SPOILS = FACTORS | {"blanket_reference"}
_TERM = re.compile(r"^(?P<term>[^–—;:]{2,120}?)\s+[–—-]\s+(?P<means>.+)$", re.DOTALL)
_ASIDE = re.compile(r"\([^()]*\)")
_NEAR = 4
_LEAST = 3  # words that a unit has at least to be more than a title
_LONGEST = 20_000  # characters of a unit that are read

Term = frozenset[str]


class Ground(StrEnum):
    """How a term is closed."""

    DEFINITION = "definition"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Closing:
    """``address`` is the unit that closes; ``scope`` the unit inside which it does ("" – everywhere); ``anaphor``: the
    words were «такие случаи», so that only the noun is known."""

    term: Term
    ground: Ground
    address: str
    scope: str = ""
    anaphor: bool = False
    means: frozenset[str] = frozenset()


class Closings:
    """Closings of one language, looked up by the words of their terms."""

    def __init__(self, found: Iterable[Closing] = ()) -> None:
        self._by_lemma: dict[str, list[Closing]] = {}
        for closing in found:
            self._by_lemma.setdefault(min(closing.term), []).append(closing)

    def find(self, tokens: Tokens, first: int, last: int, provision: Provision, strict: bool = False) -> Closing | None:
        """The closing of the words at tokens [first, last): the whole term stands there or beside, and where the words
        hold adjectives the term holds one of them; ``strict``: there are some and it holds them all."""
        around = tokens[max(first - _NEAR, 0) : last + _NEAR]
        near = {lemma for token in around for lemma in token.lemmas}
        marked = {lemma for token in tokens[first:last] for lemma in token.lemmas}
        adjectives = [set(token.lemmas) for token in tokens[first:last] if "adj" in token.tags]
        for lemma in sorted(near):
            for closing in self._by_lemma.get(lemma, ()):
                fits = closing.term <= near and closing.term & marked
                held = [bool(closing.term & each) for each in adjectives]
                whole = closing.anaphor or (bool(held) and all(held) if strict else not held or any(held))
                if fits and whole and (not closing.scope or closing.scope in provision.path):
                    return closing
        return None


def definitions(provisions: Iterable[Provision], language: Language, words: ClosingWords) -> Iterator[Closing]:
    """Terms of provisions in the role of definitions; a term defined by itself or by one it defines is left out."""
    found: list[Closing] = []
    for provision in provisions:
        if provision.role is not Role.DEFINITION or provision.language != language.code:
            continue
        match = _TERM.match(_ASIDE.sub("", provision.text))
        if match is None:
            continue
        term = _content(language.analyse(match.group("term")))
        means = language.analyse(match.group("means"))
        loose = words.is_open(match.group("means")) or _vague(means, term, words)
        if term and not loose and not _leans(means, term, language):
            scope = provision.path[-2] if words.is_local(provision.lead) and len(provision.path) > 1 else ""
            lemmas = frozenset(lemma for token in means for lemma in token.lemmas)
            found.append(Closing(term, Ground.DEFINITION, provision.address, scope, means=lemmas))
    yield from _not_circular(found)


class Finder:
    """Finds closings of one act beyond its definitions."""

    def __init__(self, act: Act, provisions: Sequence[Provision], judged: Sequence[JudgedProvision]) -> None:
        self._act = act
        self._provisions = provisions
        self.citations = Citations(act)
        self.references = References(act, provisions, self.citations)
        self._spoilt = _spoilt(judged)
        self._texts: dict[str, str] = {}
        self._read: dict[tuple[str, str], Tokens] = {}

    def closings(self, language: Language, words: ClosingWords) -> tuple[Closing, ...]:
        """All closings of one language, definitions first."""
        found = list(definitions(self._provisions, language, words))
        for provision in self._provisions:
            if provision.language == language.code and provision.role is Role.NORM:
                found += self._meanings(provision, language, words)
                found += self._places(provision, language, words)
        found += self._titles(language, words)
        return tuple(closing for closing in found if self._holds(closing, language, words))

    def _meanings(self, provision: Provision, language: Language, words: ClosingWords) -> Iterator[Closing]:
        for match in matches(words.meanings, provision.text):
            term = _content(language.analyse(match.group("term")))
            if term:
                means = language.analyse(match.group("means"))
                if words.is_open(match.group("means")) or _vague(means, term, words):
                    continue
                if provision.opens_list or not _leans(means, term, language):
                    yield Closing(term, Ground.DEFINITION, provision.address)

    def _places(self, provision: Provision, language: Language, words: ClosingWords) -> Iterator[Closing]:
        for match in matches(words.places, provision.text):
            term = _content(language.analyse(match.group("term")))
            anaphor = bool(term & words.anaphors)
            term -= words.anaphors
            start, end = match.span("place")
            cited = [
                each for each in self.references.of(provision)
                if start <= each.citation.span[0] and each.citation.span[1] <= end
            ]  # fmt: skip
            targets = [target for reference in cited for target in reference.resolved]
            if not term or not targets or any(target.state is not State.FOUND for target in targets):
                continue
            units = [target.unit for target in targets if target.unit is not None]
            if all(unit.address not in provision.path and self._is_filled(unit, language) for unit in units):
                scope = provision.address if anaphor else ""
                yield Closing(term, Ground.CRITERIA, units[0].address, scope, anaphor)

    def _titles(self, language: Language, words: ClosingWords) -> Iterator[Closing]:
        """An annex «Критерии …»."""
        for annex in self._act.root.walk():
            if annex.kind is not UnitKind.ANNEX:
                continue
            for title in (child for child in annex.children if child.role is Role.TITLE):
                for match in matches(words.titles, " ".join(self._act.text(title.own).split())):
                    term = _content(language.analyse(match.group("term")))
                    if term and self._is_filled(annex, language):
                        yield Closing(term, Ground.CRITERIA, annex.address)

    # --- what really closes ------------------------------------------------------------------------------------------

    def _is_filled(self, unit: Unit, language: Language) -> bool:
        if unit.role is Role.EXCLUDED:
            return False
        parts = [child for child in unit.children if child.role not in (Role.TITLE, Role.STAMP, Role.FORM)]
        own = language.analyse(self._act.text(unit.own)[:_LONGEST])
        return len([token for token in own if token.text.isalpha()]) >= _LEAST or bool(parts)

    def _holds(self, closing: Closing, language: Language, words: ClosingWords) -> bool:
        """Whether the place is closed itself."""
        unit = self.citations.paths[closing.address][-1]
        if closing.ground is Ground.DEFINITION and not unit.children:
            return not any(not said & closing.term for said in self._spoilt.get(unit.address, ()))
        text = self._text(unit)
        if words.is_open(text):
            return False
        if any(not said & closing.term for said in self._spoilt.get(unit.address, ())):
            return False
        tokens = self._tokens(closing.address, text, language)
        if closing.anaphor or _vague(tokens, closing.term, words):
            return closing.anaphor
        return not _leans(tokens, closing.term, language, full=True)

    def _text(self, unit: Unit) -> str:
        """The words of a unit without its title and stamp, the first of them where they are many."""
        if unit.address not in self._texts:
            parts = [child for child in unit.children if child.role not in (Role.TITLE, Role.STAMP)]
            first = parts[0].span[0] if parts else unit.own[0]
            last = parts[-1].span[1] if parts else unit.own[1]
            self._texts[unit.address] = self._act.text((first, min(last, first + _LONGEST)))
        return self._texts[unit.address]

    def _tokens(self, address: str, text: str, language: Language) -> Tokens:
        key = (address, language.code)
        if key not in self._read:
            self._read[key] = language.analyse(text)
        return self._read[key]


def _spoilt(judged: Sequence[JudgedProvision]) -> Mapping[str, list[frozenset[str]]]:
    """Address of a unit → lemmas of what rules marked in it or below as vague, open or left to another act."""
    found: dict[str, list[frozenset[str]]] = {}
    for item in judged:
        for factor in item.factors:
            if factor.factor not in _SPOILS:
                continue
            for span in factor.spans:
                if span.field is not Field.TEXT:
                    continue
                said = [t for t in item.analysis.text if t.start < span.end and span.start < t.end]
                lemmas = frozenset(lemma for token in said for lemma in token.lemmas)
                for address in item.provision.path:
                    found.setdefault(address, []).append(lemmas)
    return found


def _content(tokens: Tokens) -> Term:
    return frozenset(token.lemma for token in tokens if token.text.isalpha() and not token.tags & {"prep", "conj"})


def _leans(means: Tokens, term: Term, language: Language, full: bool = False) -> bool:
    """Whether the words use the term's own evaluative word; ``full``: standing as the whole term it may be repeated."""
    adjectives = {lemma for lemma in term if _is_adjective(lemma, language)}
    for position, token in enumerate(means):
        if token.lemma not in adjectives:
            continue
        around = {each.lemma for each in means[max(position - _NEAR, 0) : position + _NEAR + 1]}
        if not (full and term <= around):
            return True
    return False


def _vague(means: Tokens, term: Term, words: ClosingWords) -> bool:
    """Whether the words hold another evaluative word than the term's own."""
    return any(token.lemma in words.vague and token.lemma not in term for token in means)


def _is_adjective(lemma: str, language: Language) -> bool:
    tokens: Sequence[Token] = language.analyse(lemma)
    return bool(tokens) and "adj" in tokens[0].tags


def _not_circular(found: Sequence[Closing]) -> Iterator[Closing]:
    """Definitions none of whose words are defined by the very term («А – это Б», «Б – это А»)."""
    by_lemma: dict[str, list[Closing]] = {}
    for closing in found:
        by_lemma.setdefault(min(closing.term), []).append(closing)
    for closing in found:
        used = [
            other
            for lemma in closing.means
            for other in by_lemma.get(lemma, ())
            if other is not closing and other.term <= closing.means and not other.term <= closing.term
        ]
        if not any(closing.term <= other.means for other in used):
            yield closing
