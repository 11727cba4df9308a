"""Highlights and notes in PDF drafts: where they stand, what they say, what stays as it was."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from expertise.documents.annotated_pdf import annotated_pdf, colour_of, notes_of, quads
from expertise.documents.comments import comments_notice
from expertise.documents.pdf_worker import CannotAnnotateError, annotate, pdf_of_image
from nlp.detection.finding import Kind, Severity
from nlp.errors import ReadingError
from nlp.examination import Dossier, Examination
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.external import run_program
from nlp.reading.reader import read_bytes
from nlp.reading.source import Box
from saraptama.outputs import factor_names
from saraptama.packs import find_pack
from tests.reading.pdf.printing import Look, pieces_of, print_pdf

ORDER = (
    "Для служебного пользования",
    "ПРИКАЗ",
    "Об утверждении Правил выдачи разрешений",
    "В соответствии с законодательством ПРИКАЗЫВАЮ:",
    "1. Уполномоченный орган вправе отказать заявителю в выдаче разрешения в исключительных случаях.",
    "2. К заявлению прилагаются:",
    "1) копия устава;",
    "2) другие документы, которые потребует уполномоченный орган.",
    "3. Заявление рассматривается в течение пяти рабочих дней со дня его поступления.",
)


@lru_cache(maxsize=1)
def examiner() -> Examiner:
    return Examiner(find_pack("kz"))


def examined(data: bytes, language: str = "ru") -> Examination:
    source = read_bytes(data, "проект.pdf")
    return examiner().examine(Dossier(ru=source), Options(report_language=language, force=True))


def annotated(data: bytes, language: str = "ru") -> bytes:
    return annotated_pdf(data, examined(data, language).reports, language, factor_names(examiner().pack))


def highlights(data: bytes) -> list[tuple[int, Any]]:
    pages = PdfReader(BytesIO(data)).pages
    return [
        (number, note.get_object()) for number, page in enumerate(pages, start=1) for note in page.get("/Annots", [])
    ]


@pytest.fixture(scope="module")
def draft() -> bytes:
    return print_pdf(pieces_of(ORDER))


def test_every_mark_is_highlighted_where_its_words_stand(draft: bytes) -> None:
    report = examined(draft).reports[0]
    assert len(report.findings) >= 2
    notes = notes_of(report, "ru", factor_names(examiner().pack))
    shown = highlights(annotated(draft))
    assert len(shown) == len(notes) == sum(len(finding.marks) for finding in report.findings)
    for finding in report.findings:
        for mark in finding.marks:
            words = report.act.source.block_at(mark.start).boxes_of(mark.start, mark.end)
            assert any(all(_covers(note, box) for box in words) for _, note in shown)


def _covers(note: Any, box: Box) -> bool:
    numbers = [float(number) for number in note["/QuadPoints"]]
    stretches = [numbers[at : at + 8] for at in range(0, len(numbers), 8)]
    return any(
        quad[0] <= box.x0 + 0.1 and quad[2] >= box.x1 - 0.1 and quad[5] <= box.y0 + 0.1 and quad[1] >= box.y1 - 0.1
        for quad in stretches
    )


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_note_explains_in_the_language_of_the_report_and_keeps_the_restriction(draft: bytes, language: str) -> None:
    names = factor_names(examiner().pack)
    finding = examined(draft, language).reports[0].findings[0]
    text = next(str(note["/Contents"]) for _, note in highlights(annotated(draft, language)))
    assert text.startswith("Для служебного пользования\n")
    assert finding.explanation in text
    assert names[finding.factor][language].casefold() in text.casefold()


def test_words_of_the_pages_stay_and_equal_input_gives_equal_bytes(draft: bytes) -> None:
    made = annotated(draft)
    assert made == annotated(draft)
    assert read_bytes(made, "a.pdf").text == read_bytes(draft, "a.pdf").text


def test_a_mark_over_two_lines_has_two_stretches() -> None:
    words = [Box(0, 1, 1, 10, 100, 40, 112), Box(2, 3, 1, 44, 100, 80, 112), Box(4, 5, 1, 10, 85, 30, 97)]
    assert quads(words) == [(10, 100, 80, 112), (10, 85, 30, 97)]


@given(
    st.lists(
        st.tuples(st.floats(0, 500), st.floats(0, 800), st.floats(1, 90), st.floats(4, 20)), min_size=1, max_size=12
    )
)
@settings(deadline=None)
def test_stretches_cover_all_words(raw: list[tuple[float, float, float, float]]) -> None:
    boxes = [Box(0, 1, 1, x, y, x + width, y + height) for x, y, width, height in raw]
    made = quads(boxes)
    assert len(made) <= len(boxes)
    assert all(any(q[0] <= b.x0 and q[1] <= b.y0 and q[2] >= b.x1 and q[3] >= b.y1 for q in made) for b in boxes)


def test_a_mark_over_a_page_break_has_a_note_on_each_page() -> None:
    filler = ["3. Заявление рассматривается в течение пяти рабочих дней со дня его поступления."] * 44
    long = "4. Уполномоченный орган вправе " + "по своему усмотрению отказать заявителю в выдаче разрешения " * 9 + "."
    data = print_pdf(pieces_of([*ORDER[:4], *filler, long]))
    report = examined(data).reports[0]
    source = report.act.source
    start = source.text.index("по своему усмотрению")
    finding = report.findings[-1]
    wide = replace(finding, marks=(replace(finding.marks[0], start=start, end=len(source.text)),))
    notes = notes_of(replace(report, findings=(wide,)), "ru", factor_names(examiner().pack))
    assert len({note.page for note in notes}) == len(notes) >= 2
    assert wide.explanation in notes[0].text
    assert wide.explanation not in notes[1].text


def test_turned_pages_are_marked_in_their_own_space() -> None:
    data = print_pdf(pieces_of(ORDER), Look(rotate=True))
    made = annotated(data)
    page = PdfReader(BytesIO(made)).pages[0]
    assert page.rotation % 360
    for _, note in highlights(made):
        left, bottom, right, top = (float(number) for number in note["/Rect"])
        assert 0 <= left < right <= float(page.mediabox.width) + 1
        assert 0 <= bottom < top <= float(page.mediabox.height) + 1


def test_existing_annotations_are_kept(draft: bytes) -> None:
    once = annotated(draft)
    report = examined(once).reports[0]
    twice = annotated_pdf(once, [report], "ru", factor_names(examiner().pack))
    assert len(highlights(twice)) == 2 * len(highlights(once))


def test_an_owner_password_does_not_prevent_notes(draft: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(draft)))
    writer.encrypt(user_password="", owner_password="хозяин", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    made = annotated(locked.getvalue())
    assert highlights(made)
    assert read_bytes(made, "a.pdf").text == read_bytes(draft, "a.pdf").text


def test_nothing_to_say_leaves_the_file_alone() -> None:
    data = print_pdf(pieces_of(["3. Заявление рассматривается в течение пяти рабочих дней со дня поступления."]))
    report = replace(examined(data).reports[0], findings=())
    assert annotated_pdf(data, [report], "ru", factor_names(examiner().pack)) == data


def test_a_report_on_another_file_is_refused(draft: bytes) -> None:
    with pytest.raises(ReadingError) as raised:
        annotated_pdf(draft + b"\n", examined(draft).reports, "ru", factor_names(examiner().pack))
    assert raised.value.code == "documents.other_file"


@pytest.mark.parametrize("damaged", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04"])
def test_a_file_that_is_no_pdf_is_refused_with_a_reason(draft: bytes, damaged: bytes) -> None:
    report = examined(draft).reports[0]
    source = replace(report.act.source, sha256=hashlib.sha256(damaged).hexdigest())
    other = replace(report, act=replace(report.act, source=source))
    with pytest.raises(ReadingError) as raised:
        annotated_pdf(damaged, [other], "ru", factor_names(examiner().pack))
    assert raised.value.code == "documents.no_annotations"


def test_a_page_that_is_not_there_is_an_error(draft: bytes) -> None:
    note = {"page": 99, "quads": [[0, 0, 9, 9]], "colour": [1, 2, 3], "title": "", "name": "", "text": ""}
    with pytest.raises(CannotAnnotateError):
        annotate(draft, [note])


def test_colours_tell_severity_and_kind(draft: bytes) -> None:
    finding = examined(draft).reports[0].findings[0]
    remarks = {colour_of(replace(finding, kind=Kind.REMARK, severity=severity)) for severity in Severity}
    attention = {colour_of(replace(finding, kind=Kind.ATTENTION, severity=severity)) for severity in Severity}
    assert len(remarks) == len(Severity)
    assert len(attention) == 1
    assert not remarks & attention


def test_word_and_pdf_carry_notes_and_text_does_not(draft: bytes) -> None:
    assert comments_notice(read_bytes(draft, "a.pdf")) is None
    assert comments_notice(read_bytes("1. Пункт.".encode(), "a.txt")) is not None


def image_of(data: bytes, kind: str, dpi: int = 200) -> bytes:
    pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]
    buffer = BytesIO()
    pages[0].save(
        buffer, kind, dpi=(dpi, dpi), **({"save_all": True, "append_images": pages[1:]} if kind == "TIFF" else {})
    )
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "BMP"])
def test_an_image_becomes_a_pdf_of_the_size_its_words_were_placed_in(draft: bytes, kind: str) -> None:
    made = PdfReader(BytesIO(pdf_of_image(image_of(draft, kind), Limits()))).pages
    original = PdfReader(BytesIO(draft)).pages
    assert len(made) == (len(original) if kind == "TIFF" else 1)
    for one, other in zip(made, original, strict=False):
        assert abs(float(one.mediabox.width) - float(other.mediabox.width)) < 1.5
        assert abs(float(one.mediabox.height) - float(other.mediabox.height)) < 1.5


@pytest.mark.tesseract
def test_a_scanned_image_comes_back_as_a_pdf_with_notes_on_the_words(draft: bytes) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")
    data = image_of(draft, "PNG", 300)
    source = read_bytes(data, "скан.png")
    report = examiner().examine(Dossier(ru=source), Options(report_language="ru", force=True)).reports[0]
    made = annotated_pdf(data, [report], "ru", factor_names(examiner().pack))
    assert made == annotated_pdf(data, [report], "ru", factor_names(examiner().pack))
    shown = highlights(made)
    assert len(shown) == sum(len(finding.marks) for finding in report.findings) > 0
    printed = highlights(annotated(draft))
    for (_, scan), (_, page) in zip(shown, printed, strict=True):
        assert all(abs(float(a) - float(b)) < 6 for a, b in zip(scan["/Rect"], page["/Rect"], strict=True))


def test_an_image_that_cannot_be_opened_is_refused(draft: bytes) -> None:
    with pytest.raises(ReadingError):
        pdf_of_image(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, Limits())


def test_the_process_is_told_to_start_no_threads(draft: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody but root could start one there, and numpy ends where it cannot."""
    from expertise.documents import annotated_pdf as module

    given_to: dict[str, Any] = {}

    def run(program: Any, arguments: Any, bounds: Any, **given: Any) -> Any:
        given_to.update(given["environment"], alone=bounds.alone)
        return run_program(program, arguments, bounds, **given)

    monkeypatch.setattr(module, "run_program", run)
    annotated(draft)
    assert given_to["alone"] and given_to["OPENBLAS_NUM_THREADS"] == "1"
