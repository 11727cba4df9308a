"""The way in: files from disk and bytes; hostile files end in a message in both languages and nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from nlp import messages
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.reader import close, read_bytes, read_file
from nlp.reading.source import BlockKind
from tests.reading.hostile import BILLION_LAUGHS, compound_file, docx, paragraph

NESTED = "<w:tbl><w:tr><w:tc>" * 150 + paragraph("Норма") + "</w:tc></w:tr></w:tbl>" * 150


def test_a_file_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "Жоба.docx"
    path.write_bytes(docx(paragraph("1. Орган шешім қабылдайды.")))
    source = read_file(path)
    assert source.text == "1. Орган шешім қабылдайды."
    assert source.name == "Жоба.docx"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_bytes(path.read_bytes(), "Жоба.docx") == source
    assert sorted(item.name for item in tmp_path.iterdir()) == ["Жоба.docx"]


def test_a_wrong_extension_is_noticed_and_read(tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    path.write_text("1. Норма.", encoding="utf-8")
    source = read_file(path)
    assert source.text == "1. Норма."
    assert [notice.code for notice in source.notices] == ["reading.wrong_extension"]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.docx", "reading.not_found"), (tmp_path, "reading.not_a_file")):
        with pytest.raises(ReadingError) as caught:
            read_file(path)
        assert caught.value.code == code
        assert caught.value.params == {"name": path.name}


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"123456")
    with pytest.raises(ReadingError) as caught:
        read_file(path, Limits(file_bytes=5))
    assert caught.value.code == "reading.too_large"


def test_the_children_can_be_ended_and_start_again() -> None:
    assert read_bytes(b"one").text == "one"
    close()
    assert read_bytes(b"two").text == "two"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", "reading.empty"),
        (b"  \n ", "a.txt", "reading.empty"),
        (docx("<w:p/>"), "a.docx", "reading.empty"),
        (compound_file("EncryptionInfo", "EncryptedPackage"), "a.docx", "reading.encrypted"),
        (compound_file("Workbook"), "a.docx", "reading.format_not_supported"),
        (docx()[:-30], "a.docx", "reading.truncated"),
        (docx(word__media__x_xml=b"\0" * (400 * 2**20 // 100)), "a.docx", "reading.archive_bomb"),
        (docx(paragraph("&i;"), BILLION_LAUGHS), "a.docx", "reading.doctype"),
        (docx(NESTED), "a.docx", "reading.too_deep"),
        (b"<html><body><script>x</script></body></html>", "a.docx", "reading.empty"),
        (b"<html><body>" + b"<div>" * 300 + b"x", "a.docx", "reading.too_deep"),
        (b"\x89PNG\r\n\x1a\n", "a.docx", "reading.image_damaged"),
        (b"GIF89a\1\0\1\0", "a.docx", "reading.image"),
        (b"\0\1\2\3" * 100, "a.txt", "reading.not_text"),
    ],
)
def test_hostile_files_end_in_a_message_in_both_languages(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, name)
    error = caught.value
    assert error.code == code
    for language in messages.LANGUAGES:
        shown = messages.text(error.code, language, **error.params)
        assert not re.search(r"[{}]|___|reading\.", shown), shown


def test_fifty_megabytes_of_text_are_refused_by_the_number_of_characters() -> None:
    data = "Норма права действует. ".encode() * (50 * 2**20 // 42)
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "big.txt")
    assert caught.value.code == "reading.too_long"


def test_a_huge_table() -> None:
    rows = "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |\n" * 400
    source = read_bytes(rows.encode(), "table.md", Limits(table_cells=4000))
    assert sum(block.kind is BlockKind.CELL for block in source.blocks) == 4000
    with pytest.raises(ReadingError) as caught:
        read_bytes((rows + "| 1 |\n").encode(), "table.md", Limits(table_cells=4000))
    assert caught.value.code == "reading.table_too_large"


def test_right_to_left_and_invisible_characters_hide_nothing() -> None:
    hidden = "Орган в\u200bправе \u202eотказать\u202c по сво\xadему ус\u2060мотрению\ufeff."
    assert read_bytes(hidden.encode()).text == "Орган вправе отказать по своему усмотрению."
    assert read_bytes(docx(paragraph(hidden)), "a.docx").text == "Орган вправе отказать по своему усмотрению."
