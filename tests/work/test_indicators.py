"""Indicators and certificates: the rule by its worked example, periods, numbers traced to rows, files that stay."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from expertise.case.adoption import Adoption
from expertise.case.certificate import Kind, Signs
from expertise.case.conclusion import canonical, content_hash
from expertise.case.counting import Counted, counted
from expertise.case.indicators import Draft, Fate, by_factor, factors_found, grouped, rounded, taken
from expertise.case.periods import Period, between, here, named, quarter_of
from expertise.case.states import CaseError
from expertise.documents.certificate import certificate_document
from expertise.documents.words import words
from expertise.messages import LANGUAGES
from expertise.office import Office, Settings
from expertise.people import Role
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry
from expertise.store.blobs import Blobs
from expertise.store.cases import NotFoundError
from expertise.store.database import Database
from expertise.store.indicator_tables import CertificateRow, IssuedRow
from expertise.store.references import changed_conclusions, named_files
from expertise.work import certifying
from expertise.work.certifying import Wanted, certificate_file, certificates, draw_up
from expertise.work.indicating import UNSTATED, Selection, choices, drafts
from expertise.work.moving import advance
from tests.conftest import needs_fonts
from tests.work.conftest import Clock, Hire, Staff
from tests.work.indicator_scenes import EXAMPLE, becomes, content, end, issue

FACTORS = {each["factor"]: {"ru": each["factor"], "kk": each["factor"]}
           for draft in EXAMPLE["drafts"] for each in draft["findings"]}  # fmt: skip
ALL_2026 = Selection(named("2026"))


@pytest.fixture
def office(database: Database, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """Without a pack: nothing is examined here."""
    yield Office(database, Blobs(tmp_path / "files"), FACTORS, Settings(certificate_drafts=6), clock)


def example(given: Mapping[str, Any]) -> Draft:
    states = {each["number"]: Adoption(each["becomes"]) for each in given["findings"] if "becomes" in each}
    return Draft(
        case=given["title"], conclusion=given["title"], issued_on=date(2026, 3, 2), body="", sphere="", act_form="",
        restricted=False, counted=counted(content(given["title"], given["findings"])), fate=Fate(given["fate"]),
        reason=given.get("reason", ""), states=states,
    )  # fmt: skip


# The rule


def test_the_worked_example_is_counted_as_it_says() -> None:
    found = [example(each) for each in EXAMPLE["drafts"]]
    for draft, raw in zip(found, EXAMPLE["drafts"], strict=True):
        counts = {"factors": len(draft.counted.factors), "recommendations": len(draft.counted.recommendations)}
        assert counts == raw["counts"], raw["title"]
    one, two = factors_found(found), taken(found)
    assert {name: getattr(one, name) for name in EXAMPLE["factors"]} == EXAMPLE["factors"]
    states = {state.value: count for state, count in two.states.items()}
    assert {name: getattr(two, name) for name in EXAMPLE["adoption"]} | {"states": states} == EXAMPLE["adoption"]
    assert [(each.factor, each.found, each.drafts) for each in by_factor(found)][:2] == [
        ("broad_discretion", 3, 2), ("vague_wording", 2, 2),
    ]  # fmt: skip
    first = found[0].counted
    assert Counted.from_json(first.as_json()) == first
    assert first.recommendations == ((1, 2, 3), (4,), (5,))


def test_findings_that_ended_differently_are_taken_in_part_and_an_open_one_keeps_it_open() -> None:
    draft = example(EXAMPLE["drafts"][0])
    for states, expected in (
        ({1: Adoption.ADOPTED, 2: Adoption.NOT_ADOPTED}, Adoption.IN_PART),
        ({1: Adoption.ADOPTED}, Adoption.UNDECIDED),
        ({1: Adoption.MOOT, 2: Adoption.NOT_ADOPTED}, Adoption.NOT_ADOPTED),
        ({1: Adoption.MOOT, 2: Adoption.MOOT}, Adoption.MOOT),
        ({}, Adoption.UNDECIDED),
    ):
        object.__setattr__(draft, "states", states)
        assert draft.outcome((1, 2)) is expected


def test_nothing_has_no_share_and_halves_go_up() -> None:
    assert (factors_found(()).mean, taken(()).strict, taken(()).lenient) == (None, None, None)
    assert [rounded(1, 8, 1000), rounded(1, 3, 1000), rounded(2, 3, 1000)] == [125, 333, 667]
    assert rounded(1, 2000, 1000) == 1 and rounded(1, 2001, 1000) == 0


_DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(_DAYS, st.integers(0, 3), st.sampled_from(list(Fate))), max_size=20))
def test_quarters_sum_up_to_years_and_groups_to_all(made: list[tuple[date, int, Fate]]) -> None:
    base = [example(each) for each in EXAMPLE["drafts"]]
    found = []
    for position, (day, which, fate) in enumerate(made):
        one = base[which]
        found.append(Draft(str(position), "", day, str(which), "", "", False, one.counted, fate, "", one.states))
    quarters = [named(f"{year}-Q{n}") for year in (2025, 2026) for n in (1, 2, 3, 4)]
    parts = [taken(draft for draft in found if quarter.holds(draft.issued_on)) for quarter in quarters]
    whole = taken(found)
    assert sum(part.issued for part in parts) == whole.issued == sum(whole.states.values())
    assert sum(part.drafts for part in parts) == whole.drafts == len(found)
    assert whole.drafts == whole.adopted_drafts + whole.refused_drafts + whole.pending_drafts
    groups = grouped(found, lambda draft: draft.body)
    assert sum(factors_found(part).factors for _, part in groups) == factors_found(found).factors
    assert sum(each.found for each in by_factor(found)) == factors_found(found).factors


def test_periods() -> None:
    assert named("2026-Q3") == Period(date(2026, 7, 1), date(2026, 9, 30), "2026-Q3")
    assert named("2028-Q1").last == date(2028, 3, 31) and named("2026-H2").first == date(2026, 7, 1)
    assert between(date(2026, 1, 1), date(2026, 6, 30)).name == "2026-H1"
    assert between(date(2026, 1, 2), date(2026, 6, 30)).name == ""
    assert quarter_of(date(2026, 12, 31)).name == "2026-Q4"
    for bad in ("2026-Q5", "26", "2026-q1", "0001", "9999", "", "٢٠٢٦"):
        with pytest.raises(CaseError) as caught:
            named(bad)
        assert caught.value.code == "expertise.period_unknown"
    with pytest.raises(CaseError):
        between(date(2026, 2, 2), date(2026, 2, 1))


# What is frozen, what is seen


def issued_example(office: Office, staff: Staff) -> list[Any]:
    made = []
    for raw in EXAMPLE["drafts"]:
        case = issue(office, staff, raw["title"], raw["findings"], developer="Акимат  области", sphere="land")
        end(office, staff, case, raw["fate"], raw.get("reason", ""), becomes(raw["findings"]))
        made.append(case)
    return made


def test_counts_are_frozen_when_a_conclusion_is_issued_and_a_draft_counts_by_its_last_one(
    office: Office, staff: Staff, clock: Clock, hire: Hire
) -> None:
    cases = issued_example(office, staff)
    clock.now = clock.now.replace(month=4, day=1, hour=20)  # the second of April in this country
    assert here(clock.now) == date(2026, 4, 2)
    advance(office, staff.coordinator, cases[3].id, "repeat", "поступила новая редакция")
    with office.database.reading() as session:
        found = drafts(session, staff.coordinator, ALL_2026)
        rows = session.scalars(select(IssuedRow).order_by(IssuedRow.conclusion_id)).all()
        assert {(row.body, row.sphere, row.act_form) for row in rows} == {("Акимат области", "land", "rules")}
        one = factors_found(found)
        assert one.factors == session.scalar(select(func.sum(IssuedRow.factors)))
        assert one.recommendations == session.scalar(select(func.sum(IssuedRow.recommendations)))
        assert {draft.fate for draft in found} == {Fate.ADOPTED, Fate.NOT_ADOPTED, Fate.PENDING}
        assert [draft.reason for draft in found if draft.reason] == [EXAMPLE["drafts"][2]["reason"]]
        for selection, count in (
            (Selection(named("2026-Q1")), 4), (Selection(named("2026-Q2")), 0), (Selection(named("2025")), 0),
            (Selection(named("2026"), body="Акимат области"), 4), (Selection(named("2026"), body=UNSTATED), 0),
            (Selection(named("2026"), sphere="land", act_form="rules"), 4), (Selection(named("2026"), sphere="x"), 0),
        ):  # fmt: skip
            assert len(drafts(session, staff.coordinator, selection)) == count
        assert choices(session, staff.coordinator).bodies == ("Акимат области",)
        # only what one may see, only who may count
        assert len(drafts(session, staff.observer, ALL_2026)) == 4
        assert drafts(session, hire("elsewhere", Role.COORDINATOR), ALL_2026) == ()
        for nobody in (staff.first, staff.developer, staff.approver, staff.administrator):
            with pytest.raises(DeniedError):
                drafts(session, nobody, ALL_2026)
    # the repeat expertise is issued: the draft moves to the quarter of its last conclusion and stays one
    from expertise.store.case_tables import Case
    from tests.work.indicator_scenes import conclude

    with office.database.transaction() as session:
        case = session.get_one(Case, cases[3].id)
        case.state = "approved"
        conclude(office, session, case, content("Новая редакция", EXAMPLE["drafts"][1]["findings"]), staff.first.id)
    advance(office, staff.coordinator, case.id, "send")
    with office.database.reading() as session:
        by_quarter = [len(drafts(session, staff.coordinator, Selection(named(f"2026-Q{n}")))) for n in (1, 2)]
        assert by_quarter == [3, 1]
        assert factors_found(drafts(session, staff.coordinator, ALL_2026)).factors == 10


# Certificates


@needs_fonts
def test_a_certificate_is_numbered_frozen_kept_and_its_numbers_come_from_rows(
    office: Office, staff: Staff, clock: Clock, hire: Hire
) -> None:
    issued_example(office, staff)
    signs = Signs(" Сериков  С. ", "Руководитель аппарата")
    rows = [draw_up(office, staff.coordinator, Wanted(kind, ALL_2026, signs)) for kind in Kind]
    assert [row.number for row in rows] == ["2026/0001", "2026/0002"]
    with office.database.reading() as session:
        for row, name in zip(rows, ("factors", "adoption"), strict=True):
            totals, issued = row.content["totals"], session.scalars(select(IssuedRow)).all()
            assert totals == EXAMPLE[name]
            assert totals["drafts"] == len(issued) == len(row.content["drafts"])
            assert {each["conclusion"]["id"] for each in row.content["drafts"]} == {one.conclusion_id for one in issued}
            assert sum(each["factors"] for each in row.content["drafts"]) == sum(one.factors for one in issued)
            assert content_hash(row.content) == row.content_hash == row.files["certificate.json"]
        first = rows[0].content
        assert first["totals"]["factors"] == sum(len(each["rows"]) for each in first["drafts"])
        assert first["totals"]["factors"] == sum(each["found"] for each in first["factors"])
        assert first["signs"]["name"] == "Сериков С."
        entries = session.scalars(select(Entry).where(Entry.action == "draw_up_certificate")).all()
        assert [entry.subject for entry in entries] == [f"certificate:{row.id}" for row in rows]
        assert {sha for row in rows for sha in row.files.values()} <= set(named_files(session))
        assert list(changed_conclusions(session)) == [] and certificates(session, staff.coordinator)[1] == 2
        assert certificates(session, staff.observer)[1] == 2
        other = hire("elsewhere", Role.COORDINATOR)
        assert certificates(session, other)[1] == 0
    before = {name: certificate_file(office, staff.coordinator, rows[0].id, name)[1] for name in rows[0].files}
    assert sorted(before) == [
        "certificate.json", "kk.docx", "kk.pdf", "kk.xlsx", "ru.docx", "ru.pdf", "ru.xlsx",
    ]  # fmt: skip
    issue(office, staff, "Ещё проект", EXAMPLE["drafts"][1]["findings"])
    assert before == {name: certificate_file(office, staff.observer, rows[0].id, name)[1] for name in rows[0].files}
    for actor, kind in ((other, NotFoundError), (staff.first, DeniedError)):
        with pytest.raises(kind):
            certificate_file(office, actor, rows[0].id, "ru.pdf")
    with pytest.raises(NotFoundError):
        certificate_file(office, staff.coordinator, rows[0].id, "ru.exe")
    restricted = {**first, "drafts": [{**first["drafts"][0], "restricted": "ДСП"}, *first["drafts"][1:]]}
    for language in LANGUAGES:
        assert certificate_document(first, language, "").page_mark == ""
        assert certificate_document(restricted, language, "").page_mark == words(language).say("restricted")
        _words_are_the_same_everywhere(before, language)
    with office.database.transaction() as session:
        row = session.get_one(CertificateRow, rows[1].id)
        row.content = row.content | {"number": "2026/0009"}
    with office.database.reading() as session:
        assert list(changed_conclusions(session)) == [rows[1].id]


def _words_are_the_same_everywhere(made: Mapping[str, bytes], language: str) -> None:
    import docx
    from pypdf import PdfReader

    document = docx.Document(io.BytesIO(made[f"{language}.docx"]))
    prose = "\n".join(each.text for each in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    rule = words(language).lines("counting.rule")
    assert all(line in prose for line in rule)
    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made[f"{language}.pdf"])).pages)
    plain = "".join(pages.split())
    assert all("".join(line.split())[:60] in plain for line in rule)
    book = openpyxl.load_workbook(io.BytesIO(made[f"{language}.xlsx"]))
    found = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert set(rule) <= {cell.value for cell in found}
    assert not [cell.coordinate for cell in found if cell.data_type == "f"]
    risky = [cell for cell in found if str(cell.value).startswith("=")]
    assert bool(risky) == (language == "ru") and all(cell.quotePrefix for cell in risky)
    assert "2,00" in cells
    assert next(cell.value for cell in found if cell.number_format == "0.00") == 2.0


def test_a_certificate_that_is_asked_for_twice_is_drawn_up_once(
    office: Office, staff: Staff, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while the first one is still being made: both requests have written their files before either is frozen."""
    issue(office, staff, "Проект", EXAMPLE["drafts"][0]["findings"])
    both = threading.Barrier(2, timeout=60)

    def files_of(content: Mapping[str, Any]) -> dict[str, bytes]:
        if content["signs"] == {"name": "Двое", "post": ""}:
            both.wait()
        return {"certificate.json": canonical(content)}

    monkeypatch.setattr(certifying, "_files", files_of)
    asked = Wanted(Kind.FACTORS, ALL_2026, Signs("Двое"))
    with ThreadPoolExecutor(2) as pool:
        clicks = [pool.submit(draw_up, office, staff.coordinator, asked, "ключ") for _ in range(2)]
        one, other = (click.result() for click in clicks)
    assert one.id == other.id and one.number == "2026/0001"
    issue(office, staff, "Ещё проект", EXAMPLE["drafts"][1]["findings"])
    assert draw_up(office, staff.coordinator, asked, "ключ").content_hash == one.content_hash
    for wanted in (replace(asked, kind=Kind.ADOPTION), replace(asked, signs=Signs("Иной")),
                   replace(asked, selection=Selection(named("2026"), body="x"))):  # fmt: skip
        with pytest.raises(CaseError, match="once_other"):
            draw_up(office, staff.coordinator, wanted, "ключ")
    alone = replace(asked, signs=Signs())
    numbers = [draw_up(office, actor, alone, key).number for actor, key in (
        (staff.coordinator, "иной"), (hire("elsewhere", Role.COORDINATOR), "ключ"), (staff.coordinator, ""),
        (staff.coordinator, ""), (staff.coordinator, "иной"),
    )]  # fmt: skip
    assert numbers == ["2026/0002", "2026/0003", "2026/0004", "2026/0005", "2026/0002"]
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CertificateRow)) == 5
        told = select(func.count()).select_from(Entry).where(Entry.action == "draw_up_certificate")
        assert session.scalar(told) == 5


def test_a_certificate_needs_a_period_that_began_and_not_too_many_drafts(office: Office, staff: Staff) -> None:
    def code(actor: Any, selection: Selection, **more: Any) -> str:
        with pytest.raises((CaseError, DeniedError)) as caught:
            draw_up(office, actor, Wanted(Kind.FACTORS, selection, **more))
        return caught.value.code

    assert code(staff.coordinator, Selection(named("2027"))) == "expertise.period_not_begun"
    assert code(staff.coordinator, ALL_2026, signs=Signs("я" * 501)) == "expertise.words_too_long"
    assert code(staff.observer, ALL_2026) == "expertise.denied"
    for number in range(office.settings.certificate_drafts + 1):
        issue(office, staff, f"Проект {number}", [])
    assert code(staff.coordinator, ALL_2026) == "expertise.certificate_too_long"
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CertificateRow)) == 0
