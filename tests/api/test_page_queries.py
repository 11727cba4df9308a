"""How often a page asks the database does not grow with what is on it; texts at hand; lines worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from api.pages.act_view import MarkedSpan, lines
from api.pages.rendering import environment
from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Role, Seat
from expertise.shown_text import ShownText
from expertise.store.blobs import KeptFileError
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.work import kept_texts
from expertise.work.analysing import ask, latest_examination, run
from expertise.work.moving import advance
from expertise.work.people import add_person
from expertise.work.registering import keep_file, register
from expertise.work.reviewing import Verdict, decide, reviewed
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser
from tests.work.conftest import DRAFT, Staff

Keys = Callable[[Actor], dict[str, str]]
NORMS = "".join(
    f"{n}. Уполномоченный орган вправе приостановить действие разрешения вида {n} и в иных случаях.\n"
    for n in range(4, 24)
)


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


def under_review(office: Office, staff: Staff, examiner: Examiner, text: str) -> Case:
    made = register(office, staff.coordinator, "Дело", developer=staff.developer.id)
    keep_file(office, staff.coordinator, made.id, "text", "a.txt", [text.encode()])
    give_seat(office, staff.coordinator, made.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, made.id, "assign")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, made.id).id) == "done"
    declare(office, staff.first, made.id)
    advance(office, staff.first, made.id, "start")
    return made


def decide_all(office: Office, staff: Staff, case: Case) -> int:
    with office.database.reading() as session:
        found = reviewed(session, open_case(session, staff.first, case.id), Seat.FIRST)
    for each in found:
        decide(office, staff.first, case.id, each.row.id, Verdict.CONFIRMED)
    return len(found)


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    """Statements that the database was asked."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(office.database.engine, "before_cursor_execute", note)


def asked(office: Office, browser: Browser, headers: dict[str, str], path: str) -> int:
    with counted(office) as said:
        answer = browser.client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.text)
    return len(said)


CASE_PAGES = ("/cases/{id}", "/cases/{id}/review", "/cases/{id}/conclusion", "/api/v1/cases/{id}/findings")
MOST = 30  # statements of one page


def test_findings_and_decisions(office: Office, staff: Staff, examiner: Examiner, keys: Keys, service: FastAPI) -> None:
    small = under_review(office, staff, examiner, DRAFT)
    large = under_review(office, staff, examiner, DRAFT + NORMS)
    few, many = decide_all(office, staff, small), decide_all(office, staff, large)
    assert many >= few + 10
    browser, headers = Browser(service), keys(staff.first)
    for path in CASE_PAGES:
        counts = [asked(office, browser, headers, path.format(id=case.id)) for case in (small, large)]
        assert counts[0] == counts[1] <= MOST, path


def test_cases_people_and_entries(office: Office, staff: Staff, keys: Keys, service: FastAPI) -> None:
    browser = Browser(service)
    pages = {"/cases": staff.coordinator, "/people": staff.administrator, "/audit": staff.administrator}
    headers = {path: keys(who) for path, who in pages.items()}
    register(office, staff.coordinator, "Дело")
    before = {path: asked(office, browser, headers[path], path) for path in pages}
    for number in range(15):
        register(office, staff.coordinator, f"Дело {number}", developer=staff.developer.id)
        add_person(office, OPERATOR, f"p{number}", "Имя", [Role.EXPERT], "")
    after = {path: asked(office, browser, headers[path], path) for path in pages}
    assert before == after and max(after.values()) <= MOST


def test_the_fragment_of_a_decision_asks_no_more_for_a_long_list(
    office: Office, staff: Staff, examiner: Examiner, keys: Keys, service: FastAPI
) -> None:
    counts = []
    for text in (DRAFT, DRAFT + NORMS):
        case = under_review(office, staff, examiner, text)
        with office.database.reading() as session:
            finding = reviewed(session, open_case(session, staff.first, case.id), Seat.FIRST)[0].row.id
        headers = keys(staff.first) | {"x-fragment": "1"}
        form = {"verdict": "confirmed", "seat": "first"}
        with counted(office) as said:
            answer = Browser(service).client.post(f"/cases/{case.id}/findings/{finding}", data=form, headers=headers)
        assert answer.status_code == 200 and answer.text.count("data-finding=") == 1
        counts.append(len(said))
    assert counts[0] == counts[1] <= MOST


def texts(office: Office, staff: Staff, case: Case) -> str:
    with office.database.reading() as session:
        last = latest_examination(session, open_case(session, staff.first, case.id))
        assert last is not None
        return last.texts


def test_texts_are_read_once_and_the_oldest_go(office: Office, staff: Staff, in_review: Case) -> None:
    sha256 = texts(office, staff, in_review)
    size = len(office.files.get(sha256))
    for most, kept in ((size, True), (size - 1, False)):
        of = replace(office, settings=replace(office.settings, texts_kept_bytes=most))
        kept_texts.KEPT.__init__()  # type: ignore[misc]
        first = kept_texts.texts_at(of, sha256)
        assert (kept_texts.texts_at(of, sha256) is first) is kept
        assert len(kept_texts.KEPT) == kept
    kept_texts.KEPT.__init__()  # type: ignore[misc]
    of = replace(office, settings=replace(office.settings, texts_kept_bytes=size))
    kept_texts.texts_at(of, sha256)
    kept_texts.KEPT.put(("x", "y"), 1, (), size)
    assert len(kept_texts.KEPT) == 1, "together they are longer than they may be: the oldest went"


def test_a_missing_text_is_told(office: Office, staff: Staff, in_review: Case) -> None:
    sha256 = texts(office, staff, in_review)
    kept_texts.KEPT.__init__()  # type: ignore[misc]
    office.files.path(sha256).unlink()
    with pytest.raises(KeptFileError):
        kept_texts.texts_at(office, sha256)


def shown(office: Office, staff: Staff, case: Case) -> ShownText:
    return kept_texts.texts_at(office, texts(office, staff, case))[0]


def test_plain_lines_look_as_the_template_makes_them(office: Office, staff: Staff, in_review: Case) -> None:
    text = replace(shown(office, staff, in_review), worked_out={})
    source = environment().loader.get_source(environment(), "review.html")[0]  # type: ignore[union-attr]
    begin = "{% for line in text.lines %}{% if line.html %}{{ line.html }}{% else %}"
    end = "{% endif %}\n\n{% endfor %}"
    one = source[source.index(begin) + len(begin) : source.index(end, source.index(begin))]
    template = environment().from_string(one)
    made = lines(text, (), "ru")
    assert made and all(line.html == template.render(line=line, text=text, named={}) for line in made)
    assert all(set("<>&") & set(line.html) for line in made)


def test_marks_come_and_go_without_a_trace(office: Office, staff: Staff, in_review: Case) -> None:
    text = shown(office, staff, in_review)
    bare = lines(text, (), "ru")
    at = next(line.at for line in bare if len(line.pieces[0].text) > 10)
    marked = lines(text, [MarkedSpan(at, at + 5, "f", "high")], "ru")
    assert [line.html == "" for line in marked].count(True) == 1
    assert lines(text, (), "ru") == bare
    joined = ["".join(piece.text for piece in line.pieces) for line in marked]
    assert joined == [line.pieces[0].text for line in bare]
