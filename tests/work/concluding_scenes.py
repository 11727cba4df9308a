"""A case whose review is finished, and what tests of conclusions ask of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pypdf import PdfReader

from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.store.case_tables import Case, ConclusionRow
from expertise.store.cases import open_case
from expertise.work.reviewing import Reviewed, add_finding, decide, finish, reviewed
from tests.work.conftest import Staff

OWN = Said(
    factor="no_appeal",
    severity="low",
    explanation="Порядок обжалования решения не указан.",
    risk="Решение не проверить.",
    recommendation="Дополнить Правила пунктом 4.",
    wording={"ru": "4. Решение может быть обжаловано."},
    places=(("ru", 0, 14),),
)
NO = "не подтверждается"


def findings(office: Office, actor: Actor, case: Case, seat: Seat) -> tuple[Reviewed, ...]:
    with office.database.reading() as session:
        return reviewed(session, open_case(session, actor, case.id), seat)


def by_factor(office: Office, actor: Actor, case: Case, seat: Seat = Seat.FIRST) -> dict[str, str]:
    return {str(each.content["factor"]): each.row.id for each in findings(office, actor, case, seat)}


def decide_all(
    office: Office, actor: Actor, case: Case, seat: Seat = Seat.FIRST, verdict: Verdict = Verdict.CONFIRMED
) -> None:
    reason = NO if verdict is Verdict.DISMISSED else ""
    for each in findings(office, actor, case, seat):
        if each.decision is None:
            decide(office, actor, case.id, each.row.id, verdict, seat=seat, reason=reason)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(CaseError) as caught:
        act()
    return caught.value.code


def all_words(office: Office, row: ConclusionRow) -> str:
    """Everything that any file of the conclusion says."""
    import io
    import zipfile

    said = []
    for name, sha256 in row.files.items():
        data = office.files.get(sha256)
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                said += [archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")]
        elif name.endswith(".pdf"):
            said += [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
        else:
            said.append(data.decode())
    return "\n".join(said)


@pytest.fixture
def reviewed_case(office: Office, staff: Staff, in_review: Case) -> Case:
    """Everything decided by the first expert: one dismissed, one in other words, one of their own."""
    ids = by_factor(office, staff.first, in_review)
    decide(office, staff.first, in_review.id, ids["broad_discretion"], Verdict.DISMISSED, reason=NO)
    edit = Said(
        explanation="Слово «иные» оставляет перечень открытым.", wording={"ru": "2. Заявитель представляет заявление."}
    )
    decide(office, staff.first, in_review.id, ids["excessive_requirement"], Verdict.EDITED, said=edit)
    add_finding(office, staff.first, in_review.id, OWN, "ru")
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    return in_review
