"""Files of dossiers for tests: the texts of the example draft in one file, in the ways in which ministries send them."""

from __future__ import annotations

from functools import cache

from nlp.reading.child import read_here
from nlp.reading.source import SourceText
from nlp.limits import Limits
from tests.conftest import REPOSITORY
from tests.reading.docx.word_xml import cell, docx, para, row, table


@cache
def example(language: str) -> SourceText:
    """The example draft in one language."""
    name = f"draft-{language}.docx"
    return read_here((REPOSITORY / "examples" / name).read_bytes(), name, Limits())


def lines(language: str, count: int = 0) -> list[str]:
    """Paragraphs of the example draft (the first ``count``)."""
    found = example(language).text.split("\n")
    return found[:count] if count else found


def one_after_the_other(*languages: str) -> bytes:
    """A Word file with the texts one after the other."""
    return docx("".join(para(line) for language in languages for line in lines(language)))


def side_by_side(left: str = "ru", right: str = "kk") -> bytes:
    """A Word file with a table of two columns: a paragraph of each text in a row, the longer text alone at the end."""
    pairs = [(at, at) for at in range(max(len(lines(left)), len(lines(right))))]
    rows = [row(cell(para(_line(left, a))), cell(para(_line(right, b)))) for a, b in pairs]
    return docx(table(*rows) + para(""))


def in_two_cells() -> bytes:
    """A Word file with one row: all of the Russian text in one cell, all of the Kazakh one in the other."""
    return docx(table(row(cell(*map(para, lines("ru"))), cell(*map(para, lines("kk"))))) + para(""))


def in_turns() -> bytes:
    """A Word file in which each paragraph is followed by its counterpart."""
    pairs = zip(lines("ru"), lines("kk"), strict=False)
    return docx("".join(para(line) for pair in pairs for line in pair))


def _line(language: str, at: int) -> str:
    found = lines(language)
    return found[at] if at < len(found) else ""


def read(data: bytes, name: str = "draft.docx") -> SourceText:
    """The text of a file."""
    return read_here(data, name, Limits())
