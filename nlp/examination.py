"""Dossier and Examination: what goes in, what comes out of ``nlp.pipeline.examine``."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.changes.change import Outcome
from nlp.changes.judging import Unchanged
from nlp.detection.finding import Finding
from nlp.detection.observed import AskedQuestion
from nlp.detection.suppressed import Suppressed
from nlp.reading.source import Notice, SourceText
from nlp.structure.act import Act, Requisites

SCHEMA_VERSION = "1.2"
CLASSIFIER = "saraptama-classifier"
"""Name of the weights among the libraries of ``Versions``."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The draft in one or two authentic texts. One file is the short form; a text or a table must be given.

    ``table`` is a comparative table (proposed wording is judged, the current one is context), ``base`` the acts that
    are amended, in force, ``note`` the explanatory note, ``previous`` the earlier version of the draft. ``notices``:
    what is to be said of the dossier as a whole (``nlp.dossier``). ``acts``: what is structured already of these very
    texts, so that it is not done twice.
    """

    ru: SourceText | None = None
    kk: SourceText | None = None
    table: SourceText | None = None
    base: tuple[SourceText, ...] = ()
    note: SourceText | None = None
    previous: SourceText | None = None
    notices: tuple[Notice, ...] = ()
    acts: tuple[Act, ...] = field(default=(), compare=False, repr=False)

    def act_of(self, source: SourceText) -> Act | None:
        """The act of this very text, where it is structured already."""
        return next((act for act in self.acts if act.source is source), None)

    def texts(self) -> tuple[tuple[str, SourceText], ...]:
        """Pairs (language, text) that are present, Kazakh after Russian."""
        return tuple((code, text) for code, text in (("ru", self.ru), ("kk", self.kk)) if text is not None)


@dataclass(frozen=True, slots=True)
class Versions:
    """What the result depends on: same versions and same text give byte-identical JSON."""

    saraptama: str
    pack_id: str
    pack_version: str
    pack_sha256: str
    libraries: tuple[tuple[str, str], ...]  # (name, version), sorted
    registers: tuple[tuple[str, str], ...] = ()  # (name, sha256) of those loaded, sorted


@dataclass(frozen=True, slots=True)
class TextReport:
    """Findings on one authentic text, in document order.

    ``operations``: the amendments of the text and what became of them; ``unchanged``: what was said of words of the
    amended acts that the draft does not touch («было и раньше»), not counted among the findings. ``questions``: what
    the machine could not decide of a power. ``suppressed``: evaluative words and open lists that were not marked
    because the act itself closes them. ``unlikely``: (factor, address of the norm) that a rule said and that were left
    out, because rules and classifier together hold them for unlikely. ``otherwise``: the same findings told in the
    other language, where that was asked for; not part of the JSON.
    """

    language: str
    act: Act
    findings: tuple[Finding, ...]
    provisions_judged: int
    provisions_total: int
    notices: tuple[Notice, ...] = ()
    operations: tuple[Outcome, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    unlikely: tuple[tuple[str, str], ...] = ()
    otherwise: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseText:
    """An act given as wording in force; ``used`` when an operation of the draft speaks of it."""

    name: str
    sha256: str
    language: str
    requisites: Requisites
    used: bool


@dataclass(frozen=True, slots=True)
class Examination:
    """Result of examining a dossier; ``to_json`` in ``nlp.result`` writes it by the committed schema.

    ``texts_compared``: whether the two authentic texts were compared with each other (it is not in the JSON, which has
    the pack and the texts).
    """

    versions: Versions
    reports: tuple[TextReport, ...]
    notices: tuple[Notice, ...] = field(default=())
    bases: tuple[BaseText, ...] = ()
    texts_compared: bool = False

    def findings(self) -> tuple[Finding, ...]:
        """All findings of all texts."""
        return tuple(finding for report in self.reports for finding in report.findings)
