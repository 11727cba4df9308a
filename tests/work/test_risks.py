"""Risks of issued conclusions: where they stand, who may rate them, the map over them, the plan of measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from expertise.case.risks import REST, Rating, Risk, cartogram, grouped, level, rated, thresholds
from expertise.case.states import CaseError
from expertise.documents.model import Table
from expertise.documents.risk_report import Counted, risk_report
from expertise.documents.words import words
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError, open_case
from expertise.work.papers import paper_document, paper_file
from expertise.work.planning import LONGEST, Measure, measures, plan
from expertise.work.risk_map import map_file, risk_map
from expertise.work.risking import CaseRisk, Wanted, issued_risks, rate, risks_of_case
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from tests.conftest import needs_fonts
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import Hire, Staff

YEAR = Wanted(date(2026, 1, 1), date(2026, 12, 31))
WHY = "Решение касается денег."


@pytest.fixture
def sent(office: Office, staff: Staff, in_review: Case) -> Case:
    conclude_and_send(office, staff, in_review)
    return in_review


def found(office: Office, actor: Actor, wanted: Wanted = YEAR) -> tuple[Risk, ...]:
    with office.database.reading() as session:
        return issued_risks(session, office, actor, wanted)


def of_case(office: Office, staff: Staff, case: Case) -> dict[int, CaseRisk]:
    with office.database.reading() as session:
        opened = open_case(session, staff.first, case.id)
        return {each.found["number"]: each for each in risks_of_case(session, opened)}


def test_a_place_that_nobody_named_is_not_made_up() -> None:
    assert dict(load_pack(kz_pack()).severity["levels"]) == thresholds(), "the map and the severity are one scale"
    assert [level(points) for points in (1, 2, 3, 4, 6, 9)] == ["low", "low", "medium", "medium", "high", "high"]
    assert rated("high", [(2, 3)], None) == Rating(2, 3)
    assert rated("low", [(2, 3)], None) is None, "the expert changed the severity and named no place"
    assert rated("high", [(2, 3), (3, 3), (1, 1)], None) == Rating(3, 3)
    assert rated("low", [(2, 3)], Rating(1, 1, "expert")) == Rating(1, 1, "expert")
    assert rated("high", [], None) is None


def test_groups_and_grids_sum_up_to_the_whole() -> None:
    risks = [
        Risk("c", "2026-1", number, f"f{number % 3}", "high", {}, date(2026, number % 12 + 1, 1), f"b{number % 7}")
        for number in range(60)
    ]
    assert sum(each.total for each in grouped(risks, lambda risk: risk.body)) == 60
    grid = cartogram(risks, lambda risk: risk.body, most_rows=4)
    assert (len(grid.rows), grid.rows[-1], grid.rest) == (4, REST, 4) and sum(grid.values.values()) == 60
    assert {grid.step(row, column) for row in grid.rows for column in grid.columns} <= {0, 1, 2, 3, 4}
    assert max(grid.step(row, column) for row in grid.rows for column in grid.columns) == 4
    counted = Counted(risks, words("ru"), {"f0": {"ru": "фактор <&> «ноль»"}})
    drawn = counted.grid_map("body").svg
    assert "Фактор &lt;&amp;&gt; «ноль»" in drawn and "<&>" not in drawn
    assert counted.placed == 0 and "60" in counted.how()[3]


def test_an_expert_rates_a_risk_and_says_why(office: Office, staff: Staff, sent: Case) -> None:
    before = of_case(office, staff, sent)
    own = next(number for number, each in before.items() if each.found["factor"] == "no_appeal")
    assert before[own].rating is None and all(each.rating for number, each in before.items() if number != own)
    rate(office, staff.first, sent.id, own, 2, 3, WHY)
    rate(office, staff.first, sent.id, own, 3, 3, WHY)
    after = of_case(office, staff, sent)[own]
    assert (after.rating, after.reason) == (Rating(3, 3, "expert"), WHY)
    for act, code in (
        (lambda: rate(office, staff.first, sent.id, own, 4, 1, WHY), "expertise.risk_off_scale"),
        (lambda: rate(office, staff.first, sent.id, own, 1, 1, " "), "expertise.risk_reason_missing"),
    ):
        with pytest.raises(CaseError) as caught:
            act()
        assert caught.value.code == code
    with pytest.raises(NotFoundError):
        rate(office, staff.first, sent.id, 99, 1, 1, WHY)
    for denied in (staff.coordinator, staff.developer, staff.approver, staff.observer):
        with pytest.raises(DeniedError):
            rate(office, denied, sent.id, own, 1, 1, WHY)
    with office.database.reading() as session:
        told = session.scalars(select(Entry).where(Entry.action == "rate_risk").order_by(Entry.id)).all()
    assert len(told) == 2


def test_the_map_counts_what_was_issued_and_one_may_see(
    office: Office, staff: Staff, in_review: Case, hire: Hire
) -> None:
    assert found(office, staff.coordinator) == ()
    conclude_and_send(office, staff, in_review)
    risks = found(office, staff.coordinator)
    assert len(risks) == 4 and found(office, staff.observer) == risks
    assert found(office, hire("other", Role.COORDINATOR)) == ()
    assert found(office, staff.coordinator, Wanted(date(2025, 1, 1), date(2025, 12, 31))) == ()
    assert len(found(office, staff.coordinator, replace(YEAR, sphere="-"))) == 4
    assert found(office, staff.coordinator, replace(YEAR, body="Иной орган")) == ()
    with pytest.raises(DeniedError):
        found(office, staff.first)
    narrow = replace(office, settings=replace(office.settings, risk_map_conclusions=1))
    assert len(found(narrow, staff.coordinator)) == 4
    narrow = replace(office, settings=replace(office.settings, risk_map_conclusions=0))
    with pytest.raises(CaseError, match="risk_map_too_large"):
        found(narrow, staff.coordinator)
    assert found(narrow, staff.coordinator, Wanted(date(2025, 1, 1), date(2025, 12, 31))) == ()
    counted, choices = risk_map(office, staff.observer, YEAR, "kk")
    assert (len(counted.risks), counted.placed, list(choices.act_forms)) == (4, 3, [risks[0].act_form])
    assert map_file(office, staff.observer, YEAR, "map.ru.svg").startswith(b"<svg")
    for name in ("map.ru", "map.en.svg", "body.ru.docx", "x.ru.svg", ""):
        with pytest.raises(NotFoundError):
            map_file(office, staff.observer, YEAR, name)


@needs_fonts
def test_the_report_is_drawn_in_word_and_pdf(office: Office, staff: Staff, sent: Case) -> None:
    for name, begins in (("map.ru.docx", b"PK"), ("map.kk.pdf", b"%PDF")):
        made = map_file(office, staff.coordinator, YEAR, name)
        assert made.startswith(begins) and made == map_file(office, staff.coordinator, YEAR, name)
    empty = risk_report([], "kk", office.factors, "", date(2026, 3, 2))
    assert words("kk").say("risks.none") in empty.texts()


def test_blanks_of_the_plan_stay_blank_until_somebody_fills_them(office: Office, staff: Staff, sent: Case) -> None:
    def rows(language: str = "ru") -> list[list[str]]:
        document = paper_document(office, staff.coordinator, sent.id, "measures_plan", language)
        (table,) = [block for block in document.blocks if isinstance(block, Table)]
        return [[cell.text for cell in row] for row in table.rows]

    first, *others = rows()
    assert first[3:] == ["___"] * 4 and len(others) == 2, "the finding without a recommendation has no measure"
    number, given = int(first[0]), Measure(responsible=" Ахметова А. Б. ", term="IV квартал")
    plan(office, staff.developer, sent.id, {number: given})
    plan(office, staff.coordinator, sent.id, {number: replace(given, result="Норма изменена.")})
    assert rows("kk")[0][3:] == ["Ахметова А. Б.", "IV квартал", "___", "Норма изменена."]
    plan(office, staff.coordinator, sent.id, {number: replace(given, result="Норма изменена.")})
    with office.database.reading() as session:
        assert len(session.scalars(select(Entry).where(Entry.action == "plan_measures")).all()) == 2
        assert measures(session, open_case(session, staff.first, sent.id))[number].responsible == "Ахметова А. Б."
    with pytest.raises(NotFoundError):
        plan(office, staff.coordinator, sent.id, {99: given})
    with pytest.raises(CaseError):
        plan(office, staff.coordinator, sent.id, {number: Measure(term="м" * (LONGEST + 1))})
    with pytest.raises(DeniedError):
        plan(office, staff.first, sent.id, {number: given})


@needs_fonts
def test_the_plan_is_a_word_file(office: Office, staff: Staff, sent: Case) -> None:
    assert paper_file(office, staff.developer, sent.id, "measures_plan.kk.docx").startswith(b"PK")
