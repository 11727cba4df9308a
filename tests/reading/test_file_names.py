"""Names of files that are no text are shown, not choked on."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.file_names import printable_name
from nlp.reading.reader import read_document


@given(st.binary(min_size=1, max_size=40))
def test_whatever_a_file_system_holds_can_be_printed(raw: bytes) -> None:
    name = printable_name(os.fsdecode(raw))
    name.encode("utf-8")
    assert printable_name(name) == name
    if "\ufffd" not in raw.decode("utf-8", "replace"):
        assert name == raw.decode("utf-8")


def test_bytes_are_shown_as_percents_and_lone_halves_by_number() -> None:
    assert printable_name(os.fsdecode(b"\xff\xfe.docx")) == "%FF%FE.docx"
    assert printable_name("a\ud800b") == "a%uD800b"
    assert printable_name("жоба 100%.docx") == "жоба 100%.docx"


def test_a_text_read_from_such_a_file_has_a_name_to_print() -> None:
    assert read_document("Бұйрық".encode(), os.fsdecode(b"\xff.txt")).source.name == "%FF.txt"
