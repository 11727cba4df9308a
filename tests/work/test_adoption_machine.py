"""Random sequences of uploads, comparisons made anew, decisions and undos: nothing a person decided is overwritten
silently, nothing that was written down is changed (DESIGN 3.7)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from expertise.case.adoption import DECIDABLE, Adoption, Proposed, Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import DeniedError
from expertise.store.adoption_tables import AdoptionDecisionRow, AdoptionProposal, AdoptionRun
from expertise.store.audit_tables import Entry
from expertise.store.blobs import Blobs
from expertise.store.case_tables import Case, CaseFile, ConclusionRow
from expertise.store.cases import open_case
from expertise.store.people_tables import Person
from expertise.work import analysing
from expertise.work.adopted import adoption_of
from expertise.work.adopting import decide_adoption, decide_rest, take_back_adoption
from expertise.work.comparing import Compared
from expertise.work.later_texts import bring, compare_again, texts_of_case, withdraw_text
from expertise.work.moving import advance
from expertise.work.queueing import waiting
from nlp.errors import SaraptamaError
from nlp.limits import Limits
from tests.databases import sqlite
from tests.work.conftest import Clock

NUMBERS = (1, 2, 3)
MACHINE: Any = SimpleNamespace(pack=None)
STATES = st.sampled_from(sorted(DECIDABLE))
WORDS = st.sampled_from(["", "потому что", "письмо № 5"])
PROPOSALS = st.lists(st.sampled_from(sorted(Adoption)), min_size=len(NUMBERS), max_size=len(NUMBERS))


def finding(number: int) -> dict[str, Any]:
    words = {"ru": {"text": "исключить", "by": "machine", "finding": f"f{number}", "decision": number}}
    return {"number": number, "factor": "broad_discretion", "proposals": [], "recommendation": words,
            "decisions": [{"finding": f"f{number}"}]}  # fmt: skip


class Adopting(RuleBasedStateMachine):
    """A case whose conclusion was sent; the machine is a stub that says whatever is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="saraptama-adoption-")
        self.databases = sqlite(Path(self.folder.name))
        self.clock = Clock()
        self.office = Office(next(self.databases), Blobs(Path(self.folder.name) / "files"), {}, clock=self.clock)
        self.said: list[Adoption] = [Adoption.ADOPTED] * len(NUMBERS)
        self.version = 1
        self.stacks: dict[int, list[tuple[str, str]]] = {number: [] for number in NUMBERS}
        self.written: dict[object, object] = {}
        self.audited = 0
        self.closed = False
        self.patches = [
            patch.object(analysing, "_examine", lambda *_: self.version),
            patch.object(analysing, "to_json", lambda version: json.dumps({"versions": version, "texts": []})),
            patch.object(analysing, "texts_json", lambda _: "{}"),
            patch.object(analysing, "summary_of", lambda *_: {}),
            patch.object(analysing, "shown", lambda version, _: version),
            patch.object(analysing, "compare", self.compared),
        ]
        for each in self.patches:
            each.start()

    def teardown(self) -> None:
        for each in self.patches:
            each.stop()
        next(self.databases, None)
        self.folder.cleanup()

    def compared(self, _office: object, _examiner: object, _limits: object, later_id: str, _made: object) -> Compared:
        made = [(number, f"f{number}", Proposed(state, "unchanged", 90), {})
                for number, state in zip(NUMBERS, self.said, strict=True)]  # fmt: skip
        return Compared(later_id, self.conclusion, {"n": self.version}, {}, [], [], made)

    @initialize()
    def a_sent_case(self) -> None:
        now = self.clock()
        with self.office.database.transaction() as session:
            person = Person(login="c", name="C", roles=["coordinator"], closed=False, created_at=now)
            session.add(person)
            session.flush()
            case = Case(
                number="2026-0001", title="т", state="sent", coordinator_id=person.id, developer_id=None, requisites={},
                created_at=now, changed_at=now,
            )  # fmt: skip
            session.add(case)
            session.flush()
            row = ConclusionRow(
                case_id=case.id, round=1, number="1", content={"findings": [finding(each) for each in NUMBERS]},
                content_hash="", files={}, audit_head="", made_by=person.id, made_at=now, set_aside_at=None,
            )  # fmt: skip
            session.add(row)
            session.flush()
        self.actor = Actor(person.id, "C", frozenset({Role.COORDINATOR}))
        self.case, self.conclusion = case.id, row.id

    def denied_when_closed(self, act: Callable[[], object]) -> bool:
        """Whether the case is closed, and the act was therefore denied; else it was done."""
        if not self.closed:
            act()
            return False
        with pytest.raises(DeniedError):
            act()
        return True

    @rule(kind=st.sampled_from(["adopted", "later"]), words=st.sampled_from(["1", "2"]))
    def somebody_brings_a_text(self, kind: str, words: str) -> None:
        kept = self.office.files.put(words.encode())
        if self.counted() < 18:
            self.denied_when_closed(lambda: bring(self.office, self.actor, self.case, kind, [("a.txt", kept)]))

    @rule(at=st.integers(0, 5))
    def it_was_the_wrong_text(self, at: int) -> None:
        if texts := self.texts():
            text = texts[at % len(texts)]
            self.denied_when_closed(lambda: withdraw_text(self.office, self.actor, self.case, text))

    @rule(at=st.integers(0, 5), force=st.booleans())
    def it_is_compared_again(self, at: int, force: bool) -> None:
        if texts := self.texts():
            text = texts[at % len(texts)]
            self.denied_when_closed(lambda: compare_again(self.office, self.actor, self.case, text, force=force))

    @rule(said=PROPOSALS, version=st.integers(1, 3), twice=st.booleans())
    def a_worker_works(self, said: list[Adoption], version: int, twice: bool) -> None:
        self.said, self.version = said, version
        for analysis_id, _ in waiting(self.office):
            for _ in range(1 + twice):
                assert analysing.run(self.office, MACHINE, Limits(), analysis_id) == "done"

    @rule(number=st.sampled_from(NUMBERS), state=STATES, reason=WORDS, document=WORDS)
    def the_coordinator_decides(self, number: int, state: str, reason: str, document: str) -> None:
        proposed = self.proposed(number)
        needed = self.closed or state == "not_adopted" or state != proposed
        try:
            decide_adoption(self.office, self.actor, self.case, number, Verdict(state, reason, document))
        except CaseError as error:
            assert needed and not reason and error.code.startswith("expertise.adoption_reason_")
        else:
            assert reason or not needed
            self.stacks[number].append((state, reason))

    @rule(number=st.sampled_from(NUMBERS), state=STATES)
    def somebody_decides_on_what_is_no_longer_proposed(self, number: int, state: str) -> None:
        with pytest.raises(CaseError) as caught:
            decide_adoption(self.office, self.actor, self.case, number, Verdict(state, "так"), run="0" * 32)
        assert caught.value.code == "expertise.adoption_proposal_changed"

    @rule(number=st.sampled_from(NUMBERS))
    def the_coordinator_takes_it_back(self, number: int) -> None:
        try:
            if self.denied_when_closed(lambda: take_back_adoption(self.office, self.actor, self.case, number)):
                return
        except CaseError:
            assert not self.stacks[number]
        else:
            self.stacks[number].pop()

    @rule(state=STATES)
    def the_rest_at_once(self, state: str) -> None:
        left = [number for number in NUMBERS if not self.stacks[number]]
        assert decide_rest(self.office, self.actor, self.case, Verdict(state, "акт не принят")) == tuple(left)
        for number in left:
            self.stacks[number].append((state, "акт не принят"))

    @rule(way=st.sampled_from(["adopt", "not_adopt"]))
    def the_case_is_closed(self, way: str) -> None:
        whole = all(self.stacks.values())
        try:
            advance(self.office, self.actor, self.case, way, "так")
        except SaraptamaError as error:
            assert self.closed or (not whole and error.code == "expertise.adoption_incomplete")
        else:
            assert whole and not self.closed
            self.closed = True

    @invariant()
    def what_was_decided_stands(self) -> None:
        self.clock.now += timedelta(minutes=1)
        with self.office.database.reading() as session:
            told = {each.number: each for each in adoption_of(session, session.get_one(Case, self.case))}
        assert {number: (each.state, each.reason) for number, each in told.items()} == {
            number: stack[-1] if stack else ("", "") for number, stack in self.stacks.items()
        }

    @invariant()
    def what_was_written_down_is_as_it_was(self) -> None:
        found: dict[object, object] = {}
        with self.office.database.reading() as session:
            for table in (AdoptionRun, AdoptionProposal, AdoptionDecisionRow):
                for row in session.scalars(select(table)):
                    values = {column.key: getattr(row, column.key) for column in table.__table__.columns}
                    key = tuple(values[column.key] for column in table.__table__.primary_key.columns)
                    found[(table.__tablename__, key)] = json.dumps(values, default=str, sort_keys=True)
            entries = session.scalar(select(func.count()).select_from(Entry)) or 0
        assert self.written.items() <= found.items() and entries >= self.audited
        self.written, self.audited = found, entries

    def proposed(self, number: int) -> str:
        with self.office.database.reading() as session:
            found = adoption_of(session, open_case(session, self.actor, self.case).case)
        return next(each.proposed for each in found if each.number == number)

    def texts(self) -> list[str]:
        with self.office.database.reading() as session:
            return [row.id for row in texts_of_case(session, session.get_one(Case, self.case))]

    def counted(self) -> int:
        with self.office.database.reading() as session:
            return session.scalar(select(func.count()).select_from(CaseFile)) or 0


def test_no_silent_overwrite() -> None:
    run_state_machine_as_test(Adopting, settings=settings(max_examples=60, stateful_step_count=9, deadline=None))


@pytest.mark.slow
def test_no_silent_overwrite_in_a_thousand_sequences() -> None:
    thorough = settings(max_examples=1_000, stateful_step_count=12, derandomize=False)
    run_state_machine_as_test(Adopting, settings=thorough)
