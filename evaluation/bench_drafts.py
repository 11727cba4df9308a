"""Drafts of any length for measuring, made of the sample drafts in ``examples/``."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import cast

import docx
from docx.oxml import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph

from nlp.limits import Limits
from nlp.reading.docx import read_docx

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PAGE_CHARACTERS = 2_500


def long_draft(sample: Path, pages: int) -> bytes:
    """A DOCX of about ``pages`` pages: the sample's text again and again, its points numbered on and on.

    Long paragraphs of every copy carry a number of their own, so that no two are the same.
    """
    source = read_docx(sample.read_bytes(), sample.name, Limits())
    lines = [line for line in source.text.split("\n") if line.strip()]
    head, body = lines[:12], lines[12:]
    document = docx.Document()
    end = document.element.body.sectPr

    def add(words: str) -> None:  # document.add_paragraph looks for the end every time: quadratic
        paragraph = OxmlElement("w:p")
        end.addprevious(paragraph)
        Paragraph(cast(CT_P, paragraph), document).add_run(words)

    for line in head:
        add(line)
    written, copy, point = 0, 0, 0
    while written < pages * PAGE_CHARACTERS:
        copy += 1
        for line in body:
            numbered = re.match(r"\d+\. ", line)
            point += bool(numbered)
            words = re.sub(r"^\d+\. ", f"{point}. ", line) if numbered else line
            add(f"{words} № {copy}-{written}." if len(words) > 200 else words)
            written += len(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
