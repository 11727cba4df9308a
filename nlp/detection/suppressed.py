"""Suppressed: a mark left out because the act closes its words elsewhere, with the closing place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.detection.closings import Ground
from nlp.detection.defined import LeftOut
from nlp.detection.finding import Mark
from nlp.detection.observation import Place
from nlp.detection.observed import marks_of
from nlp.structure.citations import Citations
from nlp.structure.formulas import LANGUAGES


@dataclass(frozen=True, slots=True)
class Suppressed:
    """``mark`` are the words, ``address`` and ``citation`` the unit that closes them, ``cited`` that unit
    in the locative of each language."""

    factor: str
    mark: Mark
    ground: Ground
    address: str
    citation: str
    cited: Mapping[str, str]

    @property
    def code(self) -> str:
        """Code of the text that says so."""
        return f"suppressed.{self.ground.value}"

    def params(self, language: str) -> Mapping[str, str]:
        """Blanks of that text."""
        return {"words": self.mark.quote, "unit": self.cited[language]}


def suppressed(left: Sequence[LeftOut], citations: Citations, language: str) -> tuple[Suppressed, ...]:
    """Marks left out, in document order, each once."""
    made: dict[tuple[str, int, int], Suppressed] = {}
    for each in left:
        mark = marks_of((Place(each.provision, each.span),), citations, language)[0]
        address = each.closing.address
        cited = {code: citations.cite(address, code, "loc") for code in LANGUAGES}
        citation = citations.cite(address, language)
        entry = Suppressed(each.factor, mark, each.closing.ground, address, citation, cited)
        made.setdefault((each.factor, mark.start, mark.end), entry)
    return tuple(sorted(made.values(), key=lambda entry: (entry.mark.start, entry.mark.end, entry.factor)))
