"""Word files of real acts, as Word saved them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from nlp.reading.source import DropReason

FILES = ("kg-labour-code", "kg-land-code", "kg-offences-code")


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_codes_are_read_whole(shared: Path, name: str) -> None:
    data = (shared / "documents" / f"{name}.docx").read_bytes()
    source = read_docx(data, name, Limits())
    assert len(source.text) > 150_000
    assert source.notices == ()
    assert {each.reason for each in source.dropped} <= {DropReason.HEADER_FOOTER, DropReason.EDITOR_NOTE}
    notes = [each.text for each in source.dropped if each.reason is DropReason.EDITOR_NOTE]
    assert all(text.startswith("(Утратила силу") for text in notes)
    places = [block.place.paragraph for block in source.blocks]
    assert places == sorted(places)
    assert all(block.segments or block.number for block in source.blocks)


@pytest.mark.shared
def test_numbers_with_indexes_do_not_flatten(shared: Path) -> None:
    data = (shared / "documents" / "kg-offences-code.docx").read_bytes()
    text = read_docx(data, "", Limits()).text
    assert "Статья 31¹." in text and "Статья 311." not in text.replace("Статья 311. ", "", 1)
    assert "\n3¹) " in text
