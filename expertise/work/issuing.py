"""What a conclusion counts is frozen in the moment it is issued: reports read this and nothing that may change later.

Reads: the conclusion of the round. Writes: a row of ``issued`` in the transaction that sends it.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from expertise.case.counting import counted
from expertise.case.periods import here
from expertise.office import Office
from expertise.store.case_tables import Case, ConclusionRow
from expertise.store.indicator_tables import IssuedRow
from expertise.store.people_tables import Person


def note_issued(session: Session, office: Office, case: Case, conclusion: ConclusionRow) -> IssuedRow:
    """The row of a conclusion that is being sent. The body is the developer's organisation as the account has it, else
    as the requisites name it."""
    content = conclusion.content
    counts, forms = counted(content), content["act"]["forms"]
    person = session.get(Person, case.developer_id) if case.developer_id else None
    body = (person.organisation if person else "") or content["requisites"].get("developer", "")
    row = IssuedRow(
        conclusion_id=conclusion.id,
        case_id=case.id,
        round=conclusion.round,
        issued_on=here(office.clock()),
        body=" ".join(body.split()),
        sphere=content["requisites"].get("sphere", ""),
        act_form=next((form for form in (forms.get("ru"), forms.get("kk"), *forms.values()) if form), ""),
        restricted=bool(content["act"]["restricted"].strip()),
        factors=len(counts.factors),
        recommendations=len(counts.recommendations),
        counted=counts.as_json(),
    )
    session.add(row)
    return row
