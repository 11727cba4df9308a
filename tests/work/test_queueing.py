"""What workers know: waiting analyses in order, work left behind, names of tries."""

from __future__ import annotations

import pytest

from expertise.office import Office
from expertise.store.case_tables import Analysis, Case
from expertise.work.analysing import ask, run
from expertise.work.queueing import alive, gone, put_back, take_over, waiting, workers
from expertise.work.registering import keep_file, register
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.work.conftest import DRAFT, Clock, Staff


class Dying(Examiner):
    """Ends in the middle of every examination."""

    def examine(self, *args: object, **more: object) -> object:  # type: ignore[override]
        raise MemoryError


def test_the_oldest_is_first_and_every_try_has_its_name(
    office: Office, staff: Staff, case: Case, examiner: Examiner, clock: Clock
) -> None:
    first = ask(office, staff.coordinator, case.id)
    clock.on(seconds=1)
    other = register(office, staff.coordinator, "Другое дело")
    keep_file(office, staff.coordinator, other.id, "text", "a.txt", [DRAFT.encode()])
    second = ask(office, staff.coordinator, other.id)
    assert waiting(office) == [(first.id, f"{first.id}-0"), (second.id, f"{second.id}-0")]
    with pytest.raises(MemoryError):
        run(office, Dying(examiner.pack), Limits(), first.id, "w")
    put_back(office, first.id)
    assert (first.id, f"{first.id}-1") in waiting(office)
    put_back(office, second.id)  # broken off before it was begun
    assert (second.id, f"{second.id}-1") in waiting(office)


def test_work_of_a_lost_worker_is_taken_over(
    office: Office, staff: Staff, case: Case, examiner: Examiner, clock: Clock
) -> None:
    asked = ask(office, staff.coordinator, case.id)
    alive(office, "w")
    with pytest.raises(MemoryError):
        run(office, Dying(examiner.pack), Limits(), asked.id, "w")
    clock.on(seconds=office.settings.worker_lost_seconds - 1)
    assert take_over(office) == []
    alive(office, "w")
    clock.on(seconds=office.settings.worker_lost_seconds - 1)
    assert take_over(office) == [], "it is slow, not lost"
    clock.on(seconds=2)
    assert take_over(office) == [asked.id]
    assert run(office, examiner, Limits(), asked.id, "v") == "done"
    put_back(office, asked.id)
    with office.database.reading() as session:
        row = session.get(Analysis, asked.id)
    assert row is not None and (row.status, row.worker) == ("done", "v")


def test_who_is_alive(office: Office, clock: Clock) -> None:
    alive(office, "a", started=True)
    clock.on(seconds=office.settings.worker_lost_seconds + 1)
    alive(office, "b")
    assert [row.name for row in workers(office)] == ["b"]
    gone(office, "b")
    assert list(workers(office)) == []
