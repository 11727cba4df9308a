"""Drafts printed to PDF come back as they were: characters, paragraphs, and nothing of the stamps."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from nlp.reading.pdf import read_pdf
from nlp.reading.source import BlockKind, DropReason, SourceText
from tests.conftest import REPOSITORY
from tests.reading.pdf.measures import block_texts, character_error, edit_distance, kept_whole, text_of
from tests.reading.pdf.printing import HEADER, STAMP, Look, PdfPrinter, Piece, pieces_of, print_pdf

FULL = Look(stamp=STAMP, header=HEADER, numbered=True, hyphenated=True)
LOOKS = {
    "plain": (Look(), 0.95),
    "stamp, header, hyphens": (FULL, 0.94),
    "ragged lines as one string": (Look(justified=False, by_line=True, indent=0, spacing=8, stamp=STAMP), 0.94),
    "parted by space": (Look(indent=0, spacing=6, header=HEADER, numbered=True), 0.90),
    "nothing parts paragraphs": (Look(indent=0), 0.85),
    "spaced by the printer": (Look(letter_space=1.5, stamp=STAMP), 0.94),
    "lying page": (Look(rotate=True, stamp=STAMP), 0.94),
    "small": (Look(size=8.5, leading=10, stamp=STAMP, numbered=True), 0.90),
    "wide lines": (Look(size=14, leading=24, indent=35, hyphenated=True, numbered=True), 0.94),
}


def assert_sound(source: SourceText) -> None:
    """Blocks in order, parted by one line end; boxes inside their blocks."""
    at = 0
    for block in source.blocks:
        assert block.start == at and block.end > at
        at = block.end + 1
        assert block.place.page >= 1
        for box in block.boxes:
            assert block.start <= box.start < box.end <= block.end
    assert at == len(source.text) + 1


def no_stamp(source: SourceText) -> bool:
    """Nothing of the stamp in the text; all of it set aside."""
    kept = any(word in source.text for word in ("Documentolog", "СЭД", "ЭЦП", "Копия электронного"))
    stamped = [item for item in source.dropped if item.reason is DropReason.STAMP]
    return not kept and all(item.text == STAMP for item in stamped)


def test_the_measure_itself() -> None:
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "абв") == edit_distance("абв", "") == 3
    assert edit_distance("статья 371", "статья 37¹") == 1
    assert character_error(["один  два", "три"], ["один", "два три"]) == 0
    assert character_error(["abcd"], ["abxd"]) == 0.25
    assert kept_whole(["а б", "в"], ["а  б", "вг"]) == 0.5


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("language", ["russian", "kazakh"])
def test_drafts_come_back(name: str, language: str, request: pytest.FixtureRequest) -> None:
    look, whole = LOOKS[name]
    texts: list[str] = request.getfixturevalue(language)
    source = read_pdf(print_pdf(pieces_of(texts), look))
    assert_sound(source)
    assert source.format == "pdf"
    read = block_texts(source)
    assert character_error(texts, read) <= 0.005
    assert kept_whole(texts, read) >= whole
    assert no_stamp(source)
    pages = max(block.place.page for block in source.blocks)
    count = {reason: sum(item.reason is reason for item in source.dropped) for reason in DropReason}
    assert count[DropReason.STAMP] == (pages if look.stamp else 0)
    assert count[DropReason.HEADER_FOOTER] == pages * (bool(look.header) + look.numbered)
    assert not any(block.style.column for block in source.blocks)


COLUMNS = {
    "justified, hyphens": (Look(size=11, leading=14, left=50, right=40, stamp=STAMP, header=HEADER, numbered=True,
                                hyphenated=True), 24.0),
    "narrow gutter": (Look(size=11, leading=14, left=50, right=40, numbered=True), 12.0),
    "ragged": (Look(size=11, leading=14, left=50, right=40, justified=False, by_line=True, stamp=STAMP), 20.0),
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_two_columns_come_out_as_two_runs(name: str, russian: list[str], kazakh: list[str]) -> None:
    look, gutter = COLUMNS[name]
    printer = PdfPrinter(look)
    printer.columns(pieces_of(kazakh), pieces_of(russian), gutter)
    source = read_pdf(printer.bytes())
    assert_sound(source)
    columns = [block.style.column for block in source.blocks]
    assert columns == sorted(columns) and set(columns) == {1, 2}
    for column, texts in ((1, kazakh), (2, russian)):
        read = block_texts(source, column)
        assert character_error(texts, read) <= 0.005
        assert kept_whole(texts, read) >= 0.94
    assert no_stamp(source)


def test_columns_between_text_of_the_full_width(russian: list[str], kazakh: list[str]) -> None:
    printer = PdfPrinter(Look(size=11, leading=14))
    above = Piece("Проект закона Республики Казахстан о внесении изменений", "h")
    below = russian[28:34]
    printer.print([above])
    printer.y -= 20
    printer.columns(pieces_of(kazakh[10:30]), pieces_of(russian[10:26]))
    printer.y -= 20
    printer.print(pieces_of(below))
    source = read_pdf(printer.bytes())
    columns = [block.style.column for block in source.blocks]
    assert columns == [0] + [1] * 20 + [2] * 16 + [0] * len(below)
    assert [text_of(source, block) for block in source.blocks if not block.style.column] == [above.text, *below]


def test_a_signature_and_aligned_words_are_no_columns(russian: list[str]) -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of(russian[14:18]))
    for left, right in (("Министр культуры", ""), ("и информации", "Е. Байсалов"), ("Срок:", "5 дней"),
                        ("Плата:", "нет"), ("Орган:", "акимат"), ("Форма:", "бумажная")):  # fmt: skip
        printer.y -= 15
        printer.canvas.setFont(printer.plain, 12)
        printer.canvas.drawString(70, printer.y, left)
        printer.canvas.drawString(400, printer.y, right)
    source = read_pdf(printer.bytes())
    assert not any(block.style.column for block in source.blocks)
    assert "и информации Е. Байсалов" in source.text and "Срок: 5 дней" in source.text


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["draft-ru", "draft-kk"])
def test_what_libreoffice_prints(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(REPOSITORY / "examples" / f"{name}.docx")],
                   check=True, capture_output=True, timeout=180)  # fmt: skip
    texts: list[str] = request.getfixturevalue("russian" if name.endswith("ru") else "kazakh")
    source = read_pdf((tmp_path / f"{name}.pdf").read_bytes())
    assert_sound(source)
    read = block_texts(source)
    assert character_error(texts, read) <= 0.005
    assert kept_whole(texts, read) >= 0.95
    assert any(block.kind is BlockKind.CELL for block in source.blocks)
