"""The preliminary check: made of an examination when it ends, kept as data, read as page, DOCX and PDF.

It is the machine's and says so on every page; who may see it is the policy's ``see_preliminary``. One document model,
several writers: page and files have equal words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from expertise.case.states import CaseError
from expertise.documents.docx_writer import write_docx
from expertise.documents.kept import document_json, read_document
from expertise.documents.model import Document
from expertise.documents.pdf_writer import write_pdf
from expertise.documents.preliminary import preliminary
from expertise.documents.shown import shown
from expertise.messages import LANGUAGES
from expertise.office import Office
from expertise.store.blobs import Blobs
from expertise.store.cases import NotFoundError
from nlp.detection.pack import Pack
from nlp.examination import Examination
from nlp.pipeline import main_language

_ASTANA = timezone(timedelta(hours=5))
_WRITERS = {"docx": write_docx, "pdf": write_pdf}
FILES = tuple(f"{language}.{form}" for language in LANGUAGES for form in _WRITERS)
"""Names of what can be downloaded."""


def keep_preliminary(office: Office, files: Blobs, pack: Pack, examination: Examination) -> dict[str, str]:
    """Language → sha256 of the preliminary check among ``files``; the gravest findings, as many as are shown."""
    seen = shown(examination, office.limits.shown_findings)
    names = {factor.id: factor.name for factor in pack.all_factors.values()}
    only, day = frozenset(pack.change_factors), _day(office.clock())
    documents = {code: preliminary(_in_words_of(seen, code), code, names, day, only) for code in LANGUAGES}
    return {code: _kept(office, files, document) for code, document in documents.items()}


def _in_words_of(examination: Examination, language: str) -> Examination:
    """The examination with its findings told in ``language``, where they have been told so."""
    reports = []
    for report in examination.reports:
        said = {finding.id: finding for finding in report.otherwise} if main_language(report.act) != language else {}
        reports.append(replace(report, findings=tuple(said.get(each.id, each) for each in report.findings)))
    return replace(examination, reports=tuple(reports))


def _kept(office: Office, files: Blobs, document: Document) -> str:
    """ "" for one that is longer than anybody reads, or a program sets in reasonable time."""
    content = document_json(document).encode()
    return files.put(content).sha256 if len(content) <= office.settings.preliminary_bytes else ""


def kept_document(files: Blobs, documents: Mapping[str, Any], language: str) -> Document:
    """One that was kept.

    Raises ``NotFoundError`` where there is none in this language, ``CaseError`` where it was too long.
    """
    sha256 = documents.get(language)
    if sha256 is None:
        raise NotFoundError("expertise.no_preliminary")
    if not sha256:
        raise CaseError("expertise.preliminary_too_long")
    return read_document(files.get(sha256).decode())


def as_file(document: Document, form: str) -> bytes:
    """The document as «docx» or «pdf». Raises ``FontsMissingError``, ``NotFoundError`` for another form."""
    if form not in _WRITERS:
        raise NotFoundError("expertise.no_preliminary")
    return _WRITERS[form](document)


def _day(at: datetime) -> str:
    return at.astimezone(_ASTANA).strftime("%d.%m.%Y")
