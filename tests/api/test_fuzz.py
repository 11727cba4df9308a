"""Whatever fits or does not fit the description of the interface is answered, and never by a fault of ours."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case as Request
from schemathesis import GenerationMode

from api.app import OPENAPI
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.work.registering import files_of
from expertise.work.results import analyses
from expertise.work.reviewing import reviewed
from tests.work.conftest import Staff

EXAMPLES = 6  # of each kind, for each operation and actor: about a minute in all

Keys = Callable[[Actor], dict[str, str]]


@pytest.fixture
def ids(office: Office, staff: Staff, in_review: Case) -> dict[str, str]:
    """Path parameters that lead to something."""
    with office.database.reading() as session:
        opened = open_case(session, staff.first, in_review.id)
        return {
            "case_id": in_review.id,
            "file_id": files_of(session, opened)[0].id,
            "analysis_id": analyses(session, opened)[0].id,
            "finding_id": reviewed(session, opened, Seat.FIRST)[0].row.id,
            "person_id": staff.third.id,
        }


@pytest.mark.parametrize("who", ["administrator", "coordinator", "first"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
def test_no_fault_of_ours(
    who: str, mode: GenerationMode, app: FastAPI, staff: Staff, keys: Keys, ids: dict[str, str]
) -> None:
    schema = schemathesis.openapi.from_asgi(OPENAPI, app)
    headers = keys(getattr(staff, who))
    faults: list[str] = []
    asked: dict[str, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        strategy = operation.as_strategy(generation_mode=mode)

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(request=strategy)
        def ask(request: Request) -> None:
            if mode is GenerationMode.POSITIVE and request.path_parameters:
                request.path_parameters.update({name: ids[name] for name in request.path_parameters if name in ids})
            answer = request.call(headers=headers)
            asked[request.operation.label] = asked.get(request.operation.label, 0) + 1
            if answer.status_code >= 500:
                faults.append(f"{request.as_curl_command()}: {answer.text}")

        with contextlib.suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
            ask()
    assert faults == []
    assert len(asked) > (40 if mode is GenerationMode.POSITIVE else 20)
