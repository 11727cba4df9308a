"""Pages of originals: words stand where the picture shows them, whoever may not see the text sees none, limits hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import DeniedError
from expertise.shown_text import boxes_in, read_texts
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError, open_case
from expertise.work import originals
from expertise.work.analysing import ask, latest_examination, run
from expertise.work.originals import OriginalPage, original_page
from expertise.work.registering import keep_file, register
from nlp.errors import ReadingError, SaraptamaError
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.living import RUSSIAN, pdf_file, word_file
from tests.work.conftest import Staff

MANY = RUSSIAN[:4] + tuple(f"{number}. {RUSSIAN[4][3:]}" for number in range(1, 60))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "_kept", originals._Kept())


@pytest.fixture
def printed(office: Office, staff: Staff, examiner: Examiner) -> Case:
    """A case whose draft is a PDF of more than one page."""
    return examined(office, staff, examiner, "draft.pdf", pdf_file(MANY))


def examined(office: Office, staff: Staff, examiner: Examiner, name: str, data: bytes) -> Case:
    made = register(office, staff.coordinator, "Правила", developer=staff.developer.id)
    keep_file(office, staff.coordinator, made.id, "text", name, [data])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, made.id).id) == "done"
    return made


def test_every_word_of_the_text_is_on_some_page(office: Office, staff: Staff, printed: Case) -> None:
    with office.database.reading() as session:
        last = latest_examination(session, open_case(session, staff.coordinator, printed.id))
    assert last is not None
    (text,) = read_texts(office.files.get(last.texts).decode())
    pages = [original_page(office, staff.developer, printed.id, "ru", 1)]
    assert pages[0].pages > 1
    pages += [original_page(office, staff.coordinator, printed.id, "ru", n) for n in range(2, pages[0].pages + 1)]
    words = sorted((word.start, word.end) for page in pages for word in page.words)
    assert words == sorted((box.start, box.end) for box in text.boxes)
    assert all(page.png.startswith(b"\x89PNG") for page in pages)
    for page in pages:
        for word in page.words:
            x, y, width, height = word.frame
            assert x >= 0 and y >= 0 and x + width <= page.width and y + height <= page.height
    at = text.text.index("вправе")
    assert [text.text[box.start : box.end] for box in boxes_in(text, at, at + 8)] == ["вправе", "приостановить"]


def test_whoever_may_not_see_the_text_sees_no_page(office: Office, staff: Staff, printed: Case) -> None:
    for who in staff.everybody():
        if who in (staff.coordinator, staff.developer, staff.observer):
            continue
        with pytest.raises((NotFoundError, DeniedError)):
            original_page(office, who, printed.id, "ru", 1)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_text_without_pages(office: Office, staff: Staff, examiner: Examiner, language: str) -> None:
    case = examined(office, staff, examiner, "draft.docx", word_file())
    with pytest.raises(NotFoundError) as caught:
        original_page(office, staff.coordinator, case.id, language, 1)
    assert caught.value.code == "expertise.no_original"


def test_before_any_examination(office: Office, staff: Staff, case: Case) -> None:
    with pytest.raises(NotFoundError):
        original_page(office, staff.coordinator, case.id, "ru", 1)


Counted = Callable[[], int]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """How often a page was drawn."""
    calls: list[int] = []
    real = originals.page_picture

    def count(data: bytes, number: int, limits: Limits) -> object:
        calls.append(number)
        return real(data, number, limits)

    monkeypatch.setattr(originals, "page_picture", count)
    return lambda: len(calls)


def look(office: Office, actor: Actor, case: Case, number: int) -> OriginalPage | str:
    try:
        return original_page(office, actor, case.id, "ru", number)
    except SaraptamaError as error:
        return error.code


def test_a_page_and_a_failure_are_made_once(office: Office, staff: Staff, printed: Case, drawn: Counted) -> None:
    first = look(office, staff.coordinator, printed, 1)
    assert look(office, staff.coordinator, printed, 1) == first and drawn() == 1
    assert look(office, staff.coordinator, printed, 99) == look(office, staff.coordinator, printed, 99)
    assert drawn() == 2
    with pytest.raises(ReadingError) as caught:
        original_page(office, staff.coordinator, printed.id, "ru", 99)
    assert caught.value.code == "reading.no_such_page" and caught.value.params["page"] == "99"


def test_so_many_bytes_are_kept(office: Office, staff: Staff, printed: Case, drawn: Counted) -> None:
    first = original_page(office, staff.coordinator, printed.id, "ru", 1)
    second = original_page(office, staff.coordinator, printed.id, "ru", 2)
    room = len(first.png) + len(second.png)
    for pages_kept_bytes, again in ((room, 0), (room - 1, 1)):
        originals._kept.__init__()  # type: ignore[misc]
        narrow = replace(office, settings=replace(office.settings, pages_kept_bytes=pages_kept_bytes))
        before = drawn()
        for number in (1, 2, 1):
            original_page(narrow, staff.coordinator, printed.id, "ru", number)
        assert drawn() - before == 2 + again


def test_so_many_are_drawn_at_once(
    office: Office, staff: Staff, printed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = replace(office, settings=replace(office.settings, pages_at_once=1))
    told: list[OriginalPage | str] = []
    real = originals.page_picture

    def meanwhile(data: bytes, number: int, limits: Limits) -> object:
        told.append(look(narrow, staff.coordinator, printed, 2))
        return real(data, number, limits)

    monkeypatch.setattr(originals, "page_picture", meanwhile)
    assert isinstance(look(narrow, staff.coordinator, printed, 1), OriginalPage)
    assert told == ["expertise.pages_busy"]
    assert issubclass(CaseError, SaraptamaError)
    monkeypatch.setattr(originals, "page_picture", real)
    assert isinstance(look(narrow, staff.coordinator, printed, 2), OriginalPage), "the room is given back"
