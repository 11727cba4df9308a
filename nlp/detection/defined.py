"""Terms the act itself defines: an evaluative word that is defined is not vague (methodology F14, «Don't flag»).

Reads: provisions in the role of definitions. Writes: the lemmas of their terms. A marked word is taken for a defined
term when the marked words and their neighbours hold the whole term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlp.detection.findings import JudgedProvision
from nlp.language.token import Language, Tokens
from nlp.norms.frame import FieldSpan
from nlp.structure.act import Provision, Role

FACTOR = "vague_wording"
_TERM = re.compile(r"^(?P<term>[^–—;:]{2,120}?)\s+[–—-]\s")
_ASIDE = re.compile(r"\([^()]*\)")
_NEIGHBOURS = 4

Term = frozenset[str]


def defined_terms(provisions: Iterable[Provision], language: Language) -> tuple[Term, ...]:
    """Sets of lemmas, one a term («существенное ухудшение – …»); terms of other languages are left out."""
    terms = []
    for provision in provisions:
        words_alone = _ASIDE.sub("", provision.text)  # «(далее – …)» holds a dash of its own
        found = _TERM.match(words_alone) if provision.role is Role.DEFINITION else None
        if found is None or provision.language != language.code:
            continue
        words = [t for t in language.analyse(found.group("term")) if t.text.isalpha()]
        if words:
            terms.append(frozenset(token.lemma for token in words))
    return tuple(terms)


def without_defined(judged: JudgedProvision, terms: Sequence[Term]) -> JudgedProvision:
    """The provision without marks of vague wording on words that the act defines."""
    if not terms or judged.provision.role is Role.DEFINITION:
        return judged
    kept = []
    for factor in judged.factors:
        if factor.factor != FACTOR:
            kept.append(factor)
            continue
        spans = tuple(s for s in factor.spans if not _is_defined(judged.analysis.tokens(s.field), s, terms))
        evidence = tuple(item for item in factor.evidence if any(_meets(span, spans) for span in item.spans))
        if spans and evidence:
            kept.append(replace(factor, spans=spans, evidence=evidence))
    return replace(judged, factors=tuple(kept))


def _meets(span: FieldSpan, spans: Sequence[FieldSpan]) -> bool:
    return any(span.field is other.field and span.start < other.end and other.start < span.end for other in spans)


def _is_defined(tokens: Tokens, span: FieldSpan, terms: Sequence[Term]) -> bool:
    inside = [n for n, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
    if not inside:
        return False
    around = tokens[max(inside[0] - _NEIGHBOURS, 0) : inside[-1] + 1 + _NEIGHBOURS]
    near = {lemma for token in around for lemma in token.lemmas}
    marked = {lemma for position in inside for lemma in tokens[position].lemmas}
    return any(term <= near and term & marked for term in terms)
