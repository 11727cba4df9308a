"""``References``: every citation of an act with its place, its kind in this act and what it points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.references.citation import Citation, CitationKind
from nlp.references.extract import citations
from nlp.references.resolve import Resolved, Resolver
from nlp.references.short_names import short_names
from nlp.references.tree import Tree
from nlp.structure.act import Act, Provision
from nlp.structure.citations import Citations


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation in a provision; its span are offsets in the provision's text."""

    provision: Provision
    citation: Citation
    resolved: tuple[Resolved, ...]


class References:
    """Citations of one act. Reads: the act, its provisions. Writes: references, provision by provision, each once."""

    def __init__(self, act: Act, provisions: Sequence[Provision], cited: Citations | None = None) -> None:
        self.cited = cited or Citations(act)
        self.tree = Tree(self.cited.paths)
        self.resolver = Resolver(act, self.tree)
        self._short = short_names(provisions)
        self._made: dict[str, tuple[Reference, ...]] = {}

    def of(self, provision: Provision) -> tuple[Reference, ...]:
        """References in the words of one provision; none in languages other than ru and kk."""
        if provision.id not in self._made:
            self._made[provision.id] = tuple(self._of(provision))
        return self._made[provision.id]

    def _of(self, provision: Provision) -> list[Reference]:
        if provision.language not in ("ru", "kk"):
            return []
        found = citations(provision.text, provision.language, self._short[provision.language])
        return [self._reference(provision, citation) for citation in found]

    def _reference(self, provision: Provision, citation: Citation) -> Reference:
        kind = self.resolver.kind(citation, provision.address)
        if kind is not citation.kind:
            citation = replace(citation, kind=CitationKind(kind))
        return Reference(provision, citation, self.resolver.resolve(citation, provision.address))
