"""ActView: one text of a draft as detectors of the act see it – its provisions with their frames, its citations.

Reads: an act, its provisions, what rules judged. Tokens and frames are made where a detector asks for them, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from nlp import language as languages
from nlp.detection.findings import JudgedProvision
from nlp.detection.pack import Pack, PackLanguage
from nlp.norms import ProvisionAnalysis, analyse, frames
from nlp.norms.frame import NormFrame
from nlp.references.references import References
from nlp.registers import NONE as NO_REGISTERS
from nlp.registers import Registers
from nlp.structure.act import Act, Provision
from nlp.structure.citations import Citations


class ActView:
    """``provisions`` are all provisions of the text in document order; ``judged`` those that rules were tried on (they
    stand in the draft itself: neither too long, nor rebuilt by an amendment); ``references`` those of the text where
    they have been made already."""

    def __init__(
        self,
        act: Act,
        everything: Sequence[Provision],
        judged: Sequence[JudgedProvision],
        pack: Pack,
        registers: Registers = NO_REGISTERS,
        references: References | None = None,
        unread: AbstractSet[str] = frozenset(),
    ) -> None:
        self.act = act
        self.provisions = tuple(everything)
        self.judged = tuple(item.provision for item in judged)
        self.pack = pack
        self.registers = registers
        self.citations = references.cited if references is not None else Citations(act)
        self._references = references
        self._unread = unread
        self._rules_said = {item.provision.id: item for item in judged}
        self._analyses: dict[str, ProvisionAnalysis] = {}
        self._frames: dict[str, tuple[NormFrame, ...]] = {}

    @property
    def references(self) -> References:
        """What the provisions refer to, read once for all detectors."""
        if self._references is None:
            self._references = References(self.act, self.provisions, self.citations)
        return self._references

    def part(self, provision: Provision) -> PackLanguage | None:
        """The pack's words of the provision's language; None for a language that the pack does not speak."""
        return self.pack.languages.get(provision.language)

    def said(self, provision: Provision) -> JudgedProvision | None:
        """What rules said of a provision; None where they were not tried."""
        return self._rules_said.get(provision.id)

    def analysis(self, provision: Provision) -> ProvisionAnalysis:
        """Tokens of a provision."""
        said = self._rules_said.get(provision.id)
        if said is not None:
            return said.analysis
        if provision.id in self._unread:
            return ProvisionAnalysis(provision, (), (), ())
        if provision.id not in self._analyses:
            code = provision.language if provision.language in self.pack.languages else "ru"
            self._analyses[provision.id] = analyse(provision, languages.of(code))
        return self._analyses[provision.id]

    def frames(self, provision: Provision) -> tuple[NormFrame, ...]:
        """Frames of a provision; none for a language that the pack does not speak."""
        part = self.part(provision)
        if part is None:
            return ()
        if provision.id not in self._frames:
            said = self._rules_said.get(provision.id)
            made = said.frames if said is not None and said.frames else None
            self._frames[provision.id] = made or frames(self.analysis(provision), part.lexicon)
        return self._frames[provision.id]
