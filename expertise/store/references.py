"""Which kept files the tables name, and whether all that is frozen is what its hashes say."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.conclusion import content_hash
from expertise.store.adoption_tables import AdoptionRun
from expertise.store.answer_tables import AnswerSheet
from expertise.store.case_tables import CaseFile, ConclusionRow, ExaminationRow, SignatureRow
from expertise.store.indicator_tables import CertificateRow


def named_files(session: Session) -> Iterator[str]:
    """Hashes of all kept files that a table names; one may come several times."""
    for column in (CaseFile.sha256, ExaminationRow.result, ExaminationRow.texts, SignatureRow.sha256):
        yield from session.scalars(select(column).distinct())
    for summary in session.scalars(select(ExaminationRow.summary)):
        yield from summary.get("sarif", {}).values()
        yield from filter(None, summary.get("preliminary", {}).values())
    for files in session.scalars(select(ConclusionRow.files)):
        yield from files.values()
    for pages in session.scalars(select(AdoptionRun.redline)):
        yield from pages.values()
    for files in session.scalars(select(CertificateRow.files)):
        yield from files.values()
    for forms in session.scalars(select(AnswerSheet.files)):
        yield from (each["sha256"] for each in forms)


def changed_conclusions(session: Session) -> Iterator[str]:
    """Ids of conclusions and certificates whose content is not the one that was frozen."""
    for row in session.scalars(select(ConclusionRow).order_by(ConclusionRow.id)):
        if content_hash(row.content) != row.content_hash or row.files.get("conclusion.json") != row.content_hash:
            yield row.id
    for one in session.scalars(select(CertificateRow).order_by(CertificateRow.id)):
        if content_hash(one.content) != one.content_hash or one.files.get("certificate.json") != one.content_hash:
            yield one.id
