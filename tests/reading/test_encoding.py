"""Bytes → characters."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.reading.encoding import decode

RUSSIAN = "1. Уполномоченный орган рассматривает заявление в течение пяти рабочих дней (далее – срок) № 12."
KAZAKH = "1. Уәкілетті орган өтінішті бес жұмыс күні ішінде қарайды және шешім қабылдайды – № 12 бұйрық."


@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH])
@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("kz1048", b"", "kz1048"),
    ],
)
def test_encodings_of_both_languages(text: str, encoding: str, mark: bytes, found: str) -> None:
    assert decode(mark + text.encode(encoding)) == (text, found)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_single_byte_encodings_of_russian(encoding: str) -> None:
    text = RUSSIAN.replace("–", "-").replace("№", "N")
    assert decode(text.encode(encoding))[0] == text


def test_plain_latin_and_figures_are_text() -> None:
    assert decode(b"1. ISO 9001\r\n") == ("1. ISO 9001\r\n", "utf-8")


def test_a_file_cut_inside_its_last_character() -> None:
    assert decode(RUSSIAN.encode() + "я".encode()[:1]) == (RUSSIAN, "utf-8")


@pytest.mark.parametrize("data", [bytes(range(256)), b"\xff\xfe\x00\xd8", b"\0\1\2\3" * 50])
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        decode(data)
    assert caught.value.code == "reading.not_text"


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == (text, "utf-8")
