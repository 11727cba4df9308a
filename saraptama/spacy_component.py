"""``nlp.add_pipe("saraptama")`` for users of spaCy (the extra ``spacy``); imported by spaCy alone, never at run time.

Reads: the text of a ``Doc``. Writes: ``doc.spans["saraptama"]``, a span for every marked place with the factor as
label and the finding's id as ``id_``; ``doc._.saraptama``, the findings as plain dictionaries, so that a ``Doc`` with
them can be stored. Also a language ``kk``, which spaCy has not: ``spacy.blank("kk")``.
"""

from __future__ import annotations

import re
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.detection.finding import Finding, Mark
from nlp.dossier import dossier_of
from nlp.errors import ReadingError
from nlp.examination import Examination
from nlp.messages import LANGUAGES
from nlp.pipeline import Options
from nlp.reading.plain import read_plain
from nlp.reading.source import SourceText
from nlp.result import blocks_of
from saraptama.api import examiner
from saraptama.packs import DEFAULT_PACK

NAME = "saraptama"
DEFAULTS = {"pack": DEFAULT_PACK, "model": "", "spans_key": NAME, "language": ""}
_AS_POINT = "1. "
# Numbers of units and their endings are one word: «3-1», «6-1-тармақ», «10-бабының», «өзін-өзі».
_WHOLE = re.compile(r"^\w+(?:-\w+)+$")


class KazakhDefaults(Language.Defaults):  # type: ignore[misc]
    """Splitting into words, so that words with a hyphen stay whole."""

    token_match = _WHOLE.match


class Kazakh(Language):  # type: ignore[misc]
    """Kazakh for spaCy: words only, no models."""

    lang = "kk"
    Defaults = KazakhDefaults


class Component:
    """Examines the text of a ``Doc`` as a draft, whatever it looks like.

    ``language`` is that of explanations: ``ru``, ``kk``, or "" – that of the pipeline, else that of the text.
    """

    def __init__(self, pack: str, model: str, spans_key: str, language: str) -> None:
        self._options = (pack, model)
        self._key = spans_key
        self._language = language
        examiner(pack, model)  # a wrong pack is told when the pipeline is built

    def __call__(self, doc: Any) -> Any:
        """The same ``Doc`` with spans and findings; a text without a word in it has none.

        Raises ``SaraptamaError`` for a text beyond the limits.
        """
        told: list[dict[str, Any]] = []
        spans: list[Any] = []
        for source, finding, shift in self._found(doc):
            found = [_characters(mark, source, shift) for mark in finding.marks]
            places = [place for place in found if place is not None]
            spans += [span for place in places if (span := _span(doc, place, finding)) is not None]
            told.append(_told(finding, places))
        doc.spans[self._key] = spans
        doc._.saraptama = told
        return doc

    def _found(self, doc: Any) -> list[tuple[SourceText, Finding, int]]:
        """Findings with the text they are in and how much longer it is than the ``Doc`` at its beginning.

        A sentence by itself reads like a title; where nothing is a norm the text is read as a point.
        """
        text = doc.text
        for before in ("", _AS_POINT):
            try:
                source = read_plain((before + text).encode("utf-8", "replace"))
            except ReadingError as error:
                if error.code == "reading.empty":
                    return []
                raise
            reports = self._examined(source, doc.lang_).reports
            if any(report.provisions_judged for report in reports):
                return [(report.act.source, each, len(before)) for report in reports for each in report.findings]
        return []

    def _examined(self, source: SourceText, spoken: str) -> Examination:
        language = self._language or (spoken if spoken in LANGUAGES else "")
        return examiner(*self._options).examine(dossier_of([source]), Options(language, force=True))


def _characters(mark: Mark, source: SourceText, shift: int) -> tuple[int, int] | None:
    """The characters of the ``Doc`` that a mark covers; None for words that reading made."""
    spans = [span for block in blocks_of(mark, source) if (span := block.original_span(mark.start, mark.end))]
    if not spans:
        return None
    start, end = min(start for start, _ in spans) - shift, max(end for _, end in spans) - shift
    return (max(start, 0), end) if end > 0 else None


def _span(doc: Any, place: tuple[int, int], finding: Finding) -> Any:
    found = doc.char_span(*place, label=finding.factor, alignment_mode="expand")
    return None if found is None else Span(doc, found.start, found.end, label=finding.factor, span_id=finding.id)


def _told(finding: Finding, places: list[tuple[int, int]]) -> dict[str, Any]:
    proposed = finding.recommendation
    return {
        "id": finding.id,
        "factor": finding.factor,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "language": finding.language,
        "places": [list(place) for place in places],
        "citation": finding.marks[0].citation,
        "explanation": finding.explanation,
        "risk": finding.risk,
        "instruction": "" if proposed is None else proposed.instruction,
        "wording": "" if proposed is None else proposed.wording,
    }


def make(nlp: Any, name: str, pack: str, model: str, spans_key: str, language: str) -> Component:
    """The factory that spaCy calls."""
    return Component(pack, model, spans_key, language)


spacy.registry.languages.register("kk", func=Kazakh)
Language.factory(NAME, default_config=DEFAULTS, assigns=["doc._.saraptama"], func=make)
if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)
