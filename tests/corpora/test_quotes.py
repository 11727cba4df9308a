"""Quotes are found where they stand, in the field where they stand."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import AnnotatedProvision, Label, find_quote, quote_spans
from nlp.norms.frame import Field, FieldSpan

BASE = AnnotatedProvision("a", "ru", "act", "", "", "", "", (), "plain", 1.0)


def place(quote: str, text: str = "", lead: str = "", heading: str = "") -> tuple[FieldSpan, ...]:
    return quote_spans(Label("f", 1, quote), dataclasses.replace(BASE, text=text, lead=lead, heading=heading))


@pytest.mark.parametrize(
    ("quote", "fields", "expected"),
    [
        ("вправе", {"text": "Орган вправе."}, (Field.TEXT, 6, 12)),
        ("вправе", {"lead": "Орган вправе:"}, (Field.LEAD, 6, 12)),
        ("вправе", {"heading": "вправе"}, (Field.HEADING, 0, 6)),
        ("а", {"text": "б", "lead": "а", "heading": "а"}, (Field.LEAD, 0, 1)),
        # an exact match in a later field goes before a loose one in the text
        ("Орган", {"text": "орган", "heading": "Орган"}, (Field.HEADING, 0, 5)),
        # blanks, quotation marks, dashes, case
        ("в разумный срок", {"text": "и В\u00a0разумный\n  срок."}, (Field.TEXT, 2, 19)),
        ('"Правила"', {"text": "см. «Правила»"}, (Field.TEXT, 4, 13)),
        ("один - два", {"text": "от один – два"}, (Field.TEXT, 3, 13)),
        ("  вправе ", {"text": "Орган вправе."}, (Field.TEXT, 6, 12)),
        ("по усмотре\u00adнию", {"text": "по усмотрению"}, (Field.TEXT, 0, 13)),
        ("құқылы", {"text": "Орган ҚҰҚЫЛЫ."}, (Field.TEXT, 6, 12)),
        ("x", {"text": "İx"}, (Field.TEXT, 1, 2)),  # lower-casing İ gives two characters
        ("X", {"text": "İx"}, (Field.TEXT, 1, 2)),
    ],
)
def test_quote_is_located(quote: str, fields: dict[str, str], expected: tuple[Field, int, int]) -> None:
    assert place(quote, **fields) == (FieldSpan(*expected),)


@pytest.mark.parametrize("quote", ["нет", "", "   ", "вправе  отказывать"])
def test_quote_that_stands_nowhere(quote: str) -> None:
    assert place(quote, text="Орган вправе отказать.", lead="«»", heading="  ") == ()


def test_first_of_several_places() -> None:
    assert place("аб", text="аб аб") == (FieldSpan(Field.TEXT, 0, 2),)


@settings(max_examples=60)
@given(text=st.text(min_size=1, max_size=40), data=st.data())
def test_any_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (span,) = find_quote(text[start:end], dataclasses.replace(BASE, text=text))
    assert text[span.start : span.end] == text[start:end] and span.start <= start


@settings(max_examples=60)
@given(text=st.text(max_size=40), quote=st.text(max_size=8))
def test_spans_lie_inside_their_field(text: str, quote: str) -> None:
    for span in find_quote(quote, dataclasses.replace(BASE, text=text, lead=text[::-1])):
        assert 0 <= span.start < span.end <= len(text)
