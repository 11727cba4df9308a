"""examine(): Dossier → Examination. The one way in; pure: no database, no HTTP, no clock, no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata

from nlp import language as languages
from nlp.changes.bases import Base, base_of
from nlp.changes.comparative import compared_units, table_changes
from nlp.changes.examining import ChangesReport, examine_changes, rebuild_for, rebuilt_units
from nlp.changes.rebuild import Rebuilding
from nlp.changes.table_bases import table_bases
from nlp.classifier.classifier import Classifier
from nlp.detection.act_view import ActView
from nlp.detection.both_texts import Side, parity_words, together
from nlp.detection.closings import Closings, Finder, definitions
from nlp.detection.defined import LeftOut, without_defined
from nlp.detection.detectors import detectors_of
from nlp.detection.finding import Finding
from nlp.detection.findings import JudgedProvision, findings, in_order
from nlp.detection.observation import Detected
from nlp.detection.observed import asked, with_observations
from nlp.detection.pack import Pack
from nlp.detection.suppressed import suppressed
from nlp.errors import NotAnActError
from nlp.examination import CLASSIFIER, BaseText, Dossier, Examination, TextReport, Versions
from nlp.garbage import collected_seldom
from nlp.judgeable import changes_beyond, size, unread, within
from nlp.judging import Judge, Progress
from nlp.limits import Limits
from nlp.norms import frames
from nlp.policy import norms_of
from nlp.reading.source import Notice
from nlp.registers import NONE as NO_REGISTERS
from nlp.registers import Registers
from nlp.structure import provisions, structure
from nlp.structure.act import Act, Provision, Role

JUDGED_ROLES = frozenset({Role.NORM, Role.QUOTED, Role.DEFINITION})
NO_CLOSINGS = Closings()
LIBRARIES = ("lxml", "pymorphy3", "pymorphy3-dicts-ru")
LIBRARIES_OF_CLASSIFIER = ("numpy", "onnxruntime", "sentencepiece")


@dataclass(frozen=True, slots=True)
class Options:
    """``report_language`` is that of reasons and instructions ("" – each text's own); ``force`` examines what does not
    look like an act; ``in_both`` tells every finding in the other language, too (``TextReport.otherwise``)."""

    report_language: str = ""
    force: bool = False
    in_both: bool = False


class Examiner:
    """A loaded pack ready to examine many dossiers; nothing that it holds between them changes a result (``Judge``)."""

    def __init__(
        self,
        pack: Pack,
        limits: Limits | None = None,
        registers: Registers = NO_REGISTERS,
        classifier: Classifier | None = None,
    ) -> None:
        self.pack = pack
        self._limits = limits or Limits()
        with collected_seldom():
            self._judge = Judge(pack, self._limits, classifier)
            self._detectors = detectors_of(pack)
            self._parity_words = parity_words(pack)
        self._registers = registers
        self._classifier = classifier
        self._versions = versions(pack, registers, classifier)

    def with_pack(self, pack: Pack) -> Examiner:
        """The same examiner over another pack."""
        return Examiner(pack, self._limits, self._registers, self._classifier)

    def examine(self, dossier: Dossier, options: Options = Options(), progress: Progress | None = None) -> Examination:
        """Examine every text of the dossier.

        Raises ``NotAnActError`` for a text that is not a draft act, unless ``options.force``; ``progress`` is called
        with (provisions done, provisions in all).
        """
        with collected_seldom():
            return self._examined(dossier, options, progress)

    def _examined(self, dossier: Dossier, options: Options, progress: Progress | None) -> Examination:
        given = [base_of(structure(source), position) for position, source in enumerate(dossier.base)]
        bases = [*given, *table_bases(dossier.table, given)]
        reports = tuple(
            self._report(dossier.act_of(source) or structure(source), bases, options, progress)
            for _, source in dossier.texts()
        )
        reports = self._together(reports, options) if dossier.ru and dossier.kk else reports
        used = {outcome.base for report in reports for outcome in report.operations}
        notices = [_base_notice(base, base.position in used) for base in given]
        return Examination(
            self._versions,
            reports,
            (*dossier.notices, *(notice for notice in notices if notice is not None)),
            tuple(_base_text(base, base.position in used) for base in bases),
            texts_compared=bool(dossier.ru and dossier.kk and self._parity_words),
        )

    def _together(self, reports: tuple[TextReport, ...], options: Options) -> tuple[TextReport, ...]:
        """Both authentic texts: where they diverge, and which findings are one defect."""
        codes = [options.report_language or main_language(each.act) for each in reports]
        sides = [Side(each.act, each.findings, code) for each, code in zip(reports, codes, strict=True)]
        found = together(sides[0], sides[1], self.pack, self._parity_words)
        said: Sequence[tuple[Finding, ...]] = ((), ())
        if options.in_both:
            sides = [Side(each.act, each.otherwise, other_of(code)) for each, code in zip(reports, codes, strict=True)]
            said = together(sides[0], sides[1], self.pack, self._parity_words)
        return tuple(
            replace(report, findings=findings, otherwise=otherwise)
            for report, findings, otherwise in zip(reports, found, said, strict=True)
        )

    def judge(self, provision: Provision) -> JudgedProvision:
        """One provision by itself, as in ``saraptama judge``."""
        return self._judge.one(provision)

    def examine_provision(self, provision: Provision) -> JudgedProvision:
        """Like ``judge``, with the frames worked out even where no rule fired; for explanations."""
        judged = self.judge(provision)
        if judged.frames or provision.language not in self.pack.languages:
            return judged
        made = frames(judged.analysis, self.pack.languages[provision.language].lexicon)
        return JudgedProvision(judged.analysis, made, judged.factors)

    def _report(
        self, act: Act, bases: Sequence[Base], options: Options, progress: Progress | None
    ) -> TextReport:  # fmt: skip
        if not act.is_act and not options.force:
            raise NotAnActError("examine.not_an_act", file=act.source.name)
        everything = provisions(act)
        rebuilding = rebuild_for(act, act.operations, bases)
        compared = table_changes(act)
        elsewhere = rebuilt_units(rebuilding) | compared_units(act)
        wanted = [p for p in everything if p.role in JUDGED_ROLES and not elsewhere & set(p.path)]
        wanted, told = norms_of(act, wanted)
        wanted, beyond = within(act, wanted, self._limits)
        judged, exhausted = self._judge.all(wanted, progress)
        finder = Finder(act, everything, judged)
        closings = self._closings(finder)
        judged, left = _without_closed(judged, closings)
        language = options.report_language or main_language(act)
        beyond_bounds = unread(everything, wanted, self._limits)
        view = ActView(act, everything, judged, self.pack, self._registers, finder.references, beyond_bounds)
        detected = self._detect(view)
        too_long: dict[Provision, None] = {}
        judge = self._judge_of_changes(rebuilding, everything, too_long)
        judge = cache(judge) if options.in_both else judge  # words of another language change no judgement

        def say(code: str) -> tuple[tuple[Finding, ...], ChangesReport]:
            """All findings in the words of one language, and what became of the amendments."""
            seen: dict[str, int] = {}
            found = findings(act, judged, self.pack, code, seen=seen)
            found = with_observations(found, detected.observations, view.citations, self.pack, code, seen)
            made = examine_changes(act, rebuilding, compared, everything, self.pack, judge, code, seen)
            return tuple(sorted((*found, *made.findings), key=in_order)), made

        found, changes = say(language)
        return TextReport(
            language=act.language,
            act=act,
            findings=found,
            otherwise=say(other_of(language))[0] if options.in_both else (),
            provisions_judged=len(judged) + changes.judged,
            provisions_total=len(everything),
            notices=(
                *told,
                *beyond,
                *changes_beyond(too_long),
                *(Notice("examine.rule_exhausted", (("rule", rule),)) for rule in exhausted),
                *detected.notices,
            ),
            operations=changes.outcomes,
            unchanged=changes.unchanged,
            questions=asked(detected.questions, view.citations, self.pack, language),
            suppressed=suppressed(left, view.citations, language),
            unlikely=tuple((factor, item.provision.address) for item in judged for factor in item.unlikely),
        )

    def _detect(self, view: ActView) -> Detected:
        """What all detectors say of one text."""
        said = [detect(view) for detect in self._detectors]
        return Detected(
            tuple(each for item in said for each in item.observations),
            tuple(each for item in said for each in item.questions),
            tuple(dict.fromkeys(each for item in said for each in item.notices)),
        )

    def _judge_of_changes(
        self, rebuilding: Rebuilding, everything: Sequence[Provision], too_long: dict[Provision, None]
    ) -> Callable[[Provision], JudgedProvision]:
        """Judges the norms that the draft makes of the acts in force, or that a comparative table shows; terms that
        those acts define are not vague. Norms of which nothing can be said for their length enter ``too_long``."""
        resulting = [provision for rebuilt in rebuilding.acts for provision in provisions(rebuilt.after)]
        terms = self._terms([*everything, *resulting])

        def judge(provision: Provision) -> JudgedProvision:
            if size(provision) > self._limits.provision_characters:
                too_long[provision] = None
            return without_defined(self.judge(provision), terms.get(provision.language, NO_CLOSINGS))[0]

        return judge

    def _terms(self, everything: Sequence[Provision]) -> dict[str, Closings]:
        """Definitions alone, for norms of several acts."""
        return {
            code: Closings(definitions(everything, languages.of(code), part.closings))
            for code, part in self.pack.languages.items()
        }

    def _closings(self, finder: Finder) -> dict[str, Closings]:
        return {
            code: Closings(finder.closings(languages.of(code), part.closings))
            for code, part in self.pack.languages.items()
        }


def _without_closed(
    judged: Sequence[JudgedProvision], closings: Mapping[str, Closings]
) -> tuple[list[JudgedProvision], list[LeftOut]]:
    made: list[JudgedProvision] = []
    left: list[LeftOut] = []
    for item in judged:
        kept, gone = without_defined(item, closings.get(item.provision.language, NO_CLOSINGS))
        made.append(kept)
        left += gone
    return made, left


def _base_notice(base: Base, used: bool) -> Notice | None:
    name = (("file", base.act.source.name),)
    if not base.act.is_act:
        return Notice("examine.base_not_an_act", name)
    return None if used else Notice("examine.base_not_used", name)


def _base_text(base: Base, used: bool) -> BaseText:
    source = base.act.source
    return BaseText(source.name, source.sha256, base.act.language, base.act.requisites, used)


def examine(dossier: Dossier, pack: Pack, options: Options = Options()) -> Examination:
    """Dossier → Examination with a freshly compiled pack; see ``Examiner.examine`` for what it raises."""
    return Examiner(pack).examine(dossier, options)


def other_of(language: str) -> str:
    """The other of the two languages of reports."""
    return "kk" if language == "ru" else "ru"


def main_language(act: Act) -> str:
    """The language of reports on an act: its own, Russian for mixed texts."""
    return act.language if act.language in {"ru", "kk"} else "ru"


def versions(pack: Pack, registers: Registers = NO_REGISTERS, classifier: Classifier | None = None) -> Versions:
    """What results depend on, for the examination's record."""
    libraries = [(name, metadata.version(name)) for name in LIBRARIES]
    if classifier is not None:
        libraries += [(name, metadata.version(name)) for name in LIBRARIES_OF_CLASSIFIER]
        libraries.append((CLASSIFIER, classifier.name))
    return Versions(
        saraptama=metadata.version("saraptama"),
        pack_id=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        libraries=tuple(sorted(libraries)),
        registers=registers.versions,
    )
