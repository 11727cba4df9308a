"""ActIndex: sentences of an act with their lemmas, found by unit and by lemma – made once, linear in the act."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from nlp.language.token import Tokens
from nlp.matching import Match
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan
from nlp.norms.powers.words import Kind, PowerWords
from nlp.structure.act import Provision, Role

READ_ROLES = frozenset({Role.NORM, Role.QUOTED})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a provision's text; ``at`` is the provision's position among those read, ``first`` the position
    of its first token in the provision."""

    at: int
    first: int
    tokens: Tokens
    lemmas: frozenset[str]

    def span(self, first: int, last: int) -> FieldSpan:
        """Characters of tokens [first, last) of the sentence."""
        return FieldSpan(Field.TEXT, self.tokens[first].start, self.tokens[last - 1].end)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak of an element, in a ring."""

    ring: int
    label: str
    sentence: Sentence
    first: int  # token in the sentence
    last: int


class ActIndex:
    """Provisions of one language. ``points`` and ``articles`` are keys of the units a provision stands in."""

    def __init__(
        self,
        everything: Iterable[Provision],
        analysis: Callable[[Provision], ProvisionAnalysis],
        words: PowerWords,
    ) -> None:
        self.words = words
        self.analysis = analysis
        self.provisions = tuple(p for p in everything if p.role in READ_ROLES and p.language == words.language)
        self.points = tuple(unit_of(p.address, "para") for p in self.provisions)
        self.articles = tuple(article_of(p) for p in self.provisions)
        self.sentences: list[Sentence] = []
        self.of_provision: list[range] = []
        self.at: dict[str, int] = {p.id: n for n, p in enumerate(self.provisions)}
        self.in_article: dict[str, list[int]] = defaultdict(list)
        self.items = Counter(p.lead_at for p in self.provisions if p.lead)
        """Offset of a lead-in → how many provisions stand under it."""
        self.kinds: dict[int, tuple[Kind, Match] | None] = {}
        """Position of a provision → the kind of power that its words name, kept by ``kind_in``."""
        self._postings: dict[str, list[int]] = defaultdict(list)
        for n, provision in enumerate(self.provisions):
            self.in_article[self.articles[n]].append(n)
            self._read(n, analysis(provision).text)

    def _read(self, n: int, tokens: Tokens) -> None:
        begin = len(self.sentences)
        first = 0
        for position in range(1, len(tokens) + 1):
            if position == len(tokens) or tokens[position].sentence != tokens[first].sentence:
                part = tokens[first:position]
                lemmas = frozenset(lemma for token in part for lemma in token.lemmas)
                for lemma in lemmas:
                    self._postings[lemma].append(len(self.sentences))
                self.sentences.append(Sentence(n, first, part, lemmas))
                first = position
        self.of_provision.append(range(begin, len(self.sentences)))

    def with_lemma(self, lemma: str) -> Sequence[int]:
        """Sentences that hold a lemma, in order."""
        return self._postings.get(lemma, ())

    def weight(self, lemma: str) -> float:
        """How much a lemma tells one object of this act from another."""
        return log(1 + len(self.sentences) / (1 + len(self._postings.get(lemma, ()))))


def unit_of(address: str, kind: str) -> str:
    """The part of an address up to the first unit of a kind («art_7__para_2»); the whole where there is none."""
    parts = address.split("__")
    for n, part in enumerate(parts):
        if part.startswith(kind + "_"):
            return "__".join(parts[: n + 1])
    return address


def article_of(provision: Provision) -> str:
    """The article a provision stands in; in acts of points the chapter (or the whole document)."""
    for address in provision.path:
        if address.split("__")[-1].startswith("art_"):
            return address
    wider = [a for a in provision.path[:-1] if a.split("__")[-1].split("_")[0] in {"chp", "subchp", "doc", "order"}]
    return wider[-1] if wider else (provision.path[0] if provision.path else "")
