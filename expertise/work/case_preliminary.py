"""The preliminary check of a case: of its last analysis, for whoever the policy's ``see_preliminary`` permits."""

from __future__ import annotations

from expertise.documents.model import Document
from expertise.office import Office
from expertise.people import Actor
from expertise.store.cases import open_case
from expertise.work.analysing import latest_examination
from expertise.work.preliminary import kept_document


def preliminary_of_case(office: Office, actor: Actor, case_id: str, language: str) -> Document:
    """Of the last analysis that is done. Raises ``NotFoundError`` where none is, ``DeniedError``, ``CaseError``."""
    with office.database.reading() as session:
        row = latest_examination(session, open_case(session, actor, case_id, "see_preliminary"))
        documents = row.summary.get("preliminary", {}) if row else {}
    return kept_document(office.files, documents, language)
