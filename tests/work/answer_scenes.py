"""A case whose conclusion was sent, and forms of answers filled by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import docx

from expertise.case.decisions import Said, Verdict
from expertise.office import Office
from expertise.people import Seat
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.work.analysing import latest_examination
from expertise.work.concluding import conclude
from expertise.work.kept_texts import texts_of
from expertise.work.moving import advance
from expertise.work.reviewing import add_finding, decide, finish, reviewed
from tests.work.conftest import Staff

WHY = "Порядок приостановления уже установлен законом о разрешениях."
_OWN = Said(
    factor="no_appeal", severity="low", explanation="Порядок обжалования решения не указан.",
    risk="Решение не проверить.",
)  # fmt: skip


def conclude_and_send(office: Office, staff: Staff, case: Case, *, nothing: bool = False) -> None:
    """All confirmed, one more finding without a recommendation; approved and sent. ``nothing``: all dismissed."""
    verdict, reason = (Verdict.DISMISSED, "не подтверждается") if nothing else (Verdict.CONFIRMED, "")
    with office.database.reading() as session:
        opened = open_case(session, staff.first, case.id)
        found = reviewed(session, opened, Seat.FIRST)
        text = next(
            each.text for each in texts_of(office, latest_examination(session, opened)) if each.language == "ru"
        )
    for each in found:
        decide(office, staff.first, case.id, each.row.id, verdict, reason=reason)
    if not nothing:
        last = (("ru", len(text.rstrip()) - 14, len(text.rstrip())),)  # of the last norm: it gets the last number
        add_finding(office, staff.first, case.id, replace(_OWN, places=last), "ru")
    finish(office, staff.first, case.id)
    conclude(office, staff.first, case.id, ["ru", "kk"])
    advance(office, staff.approver, case.id, "approve")
    advance(office, staff.coordinator, case.id, "send")


def filled(form: bytes, cells: Mapping[tuple[int, int], str], table: int = 0) -> bytes:
    """The Word file with words in the cells (row, column) of its table of answers."""
    document = docx.Document(io.BytesIO(form))
    for (row, column), words in cells.items():
        document.tables[table].cell(row, column).text = words
    return saved(document)


def table_file(rows: Sequence[Sequence[str]], foot: str) -> bytes:
    """A Word file with one table and a last line."""
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_paragraph(foot)
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of a document of python-docx."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()
