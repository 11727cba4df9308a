"""One of the two texts as parity sees it: words of units, of whole norms, and what is said in them.

A *norm* here is the point (the article without points) that holds a unit: Kazakh puts the predicate of a lead-in behind
the last item, translators move clauses, so a difference counts only where the whole norm has it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nlp.alignment.alignment import opening
from nlp.parity.words import ParityWords, Spans, counted, labelled
from nlp.quantities import Quantity, quantities
from nlp.references.citation import Citation
from nlp.references.extract import citations
from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.wording import fold

_ENDS = re.compile(r"\s*(?:[.;:!]|$)")
_ITEMS = frozenset({UnitKind.SUBPOINT, UnitKind.INDENT})
_INNER = frozenset({UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT})


@dataclass(frozen=True)
class Words:
    """Contiguous or joined words of units; ``pieces`` are (place in ``text``, offset in the act)."""

    text: str
    language: str
    pieces: tuple[tuple[int, int], ...]
    known: ParityWords

    def at(self, place: int) -> int:
        """The offset in the act of a place in these words."""
        base, offset = max((piece for piece in self.pieces if piece[0] <= place), default=(0, 0))
        return offset + place - base

    @cached_property
    def folded(self) -> str:
        """The words in small letters, of the same length."""
        return fold(self.text)

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        """Numbers that count something."""
        return quantities(self.text, self.language)

    @cached_property
    def modality(self) -> Spans:
        """Places of words of permission, duty, ban."""
        return labelled(self.folded, self.known.modality)

    def modal_claims(self, label: str) -> Sequence[tuple[int, int]]:
        """Places of words that leave no doubt of a permission, a duty or a ban."""
        claims = self.known.modal_claims[label]
        return [(a, b) for a, b in self.modality.get(label, ()) if claims.fullmatch(self.folded[a:b])]

    def leaves_choice(self) -> Sequence[tuple[int, int]]:
        """Places of words that leave a choice to somebody outright; in Kazakh only where they end a sentence, for
        «құқығы бар тұлға» is an attribute."""
        plain, told = self.known.plain, [(a, b) for a, b in self.modal_claims("option")]
        told = [(a, b) for a, b in told if plain.fullmatch(self.folded[a:b])]
        return told if self.language != "kk" else [(a, b) for a, b in told if _ENDS.match(self.folded, b)]

    def last_verb(self) -> tuple[int, int] | None:
        """The last verb in the present tense; None where there is none."""
        found = [match.span() for match in self.known.present.finditer(self.folded)]
        return found[-1] if found else None

    @cached_property
    def citations(self) -> Sequence[Citation]:
        """Units and acts that are named."""
        return citations(self.text, self.language)

    @cached_property
    def bodies(self) -> Spans:
        """Places of bodies by their id."""
        return labelled(self.folded, self.known.bodies)

    def claims(self, name: str) -> Sequence[tuple[int, int]]:
        """Places of words of exception or of «only»."""
        found = labelled(self.folded, {"idle": self.known.idle[name], "claims": self.known.claims[name]})
        return found.get("claims", ())

    def spoken(self, name: str) -> int:
        """How many words there are that may stand for an exception or for «only»."""
        return len(self.known.also[name].findall(self.folded))

    def bodies_counted(self) -> Counter[str]:
        """How often each body is named."""
        return counted(self.bodies)


class Side:
    """A text with its units by address."""

    def __init__(self, act: Act, language: str, known: ParityWords) -> None:
        self.act, self.language, self.known = act, language, known
        self.units: dict[str, Unit] = {}
        self.above: dict[str, Unit] = {}
        self._words: dict[tuple[str, ...], Words] = {}
        self._norms: dict[str, Words] = {}
        for unit in act.root.walk():
            self.units[unit.address] = unit
            self.above.update((child.address, unit) for child in unit.children)

    def words(self, addresses: tuple[str, ...]) -> Words:
        """The own words of units, joined."""
        if addresses not in self._words:
            self._words[addresses] = self._joined([self.opening(self.units[address]) for address in addresses])
        return self._words[addresses]

    def whole(self, addresses: tuple[str, ...]) -> Words:
        """The own words of units; of a lead-in with those of the last item, where Kazakh has the predicate."""
        items = self.opening(self.units[addresses[-1]]).children
        if not items or items[-1].kind not in _ITEMS or items[-1].children:
            return self.words(addresses)
        return self.words((*addresses, items[-1].address))

    def around(self, address: str) -> Unit:
        """The unit that is the norm around another: its point, its article where it has no points."""
        unit = self.units[address]
        while unit.address in self.above and self._goes_up(unit, self.above[unit.address]):
            unit = self.above[unit.address]
        return unit

    def norm(self, address: str) -> Words:
        """All words of the norm that holds a unit."""
        unit = self.around(address)
        if unit.address not in self._norms:
            inside = [each for each in unit.walk() if each.role is not Role.EXCLUDED]
            self._norms[unit.address] = self._joined(inside)
        return self._norms[unit.address]

    def opening(self, unit: Unit) -> Unit:
        """The paragraph with which a unit begins: itself, or its first clause (``nlp.alignment.nodes``)."""
        return opening(self.act, unit)

    def holding(self, address: str, offset: int) -> str:
        """The unit at or below an address whose own words hold an offset."""
        inside = (unit for unit in self.units[address].walk() if unit.own[0] <= offset < unit.own[1])
        return next((unit.address for unit in inside), address)

    @staticmethod
    def _goes_up(unit: Unit, parent: Unit) -> bool:
        if parent.kind in _INNER:
            return True
        return parent.kind is UnitKind.ARTICLE and unit.kind in _INNER - {UnitKind.POINT}

    def _joined(self, units: Sequence[Unit]) -> Words:
        texts, pieces, at = [], [], 0
        for unit in units:
            words = self.act.text(unit.own)
            if words:
                pieces.append((at, unit.own[0]))
                texts.append(words)
                at += len(words) + 1
        return Words("\n".join(texts), self.language, tuple(pieces), self.known)
