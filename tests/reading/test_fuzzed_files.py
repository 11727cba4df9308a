"""Good files spoiled at random, bytes and trees: words or a code, never another exception, and the text holds together.

Every run tries the same files, a long run those of its seed (``tests/seeds.py``).
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from nlp import messages
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.child import read_here
from nlp.reading.source import SourceText
from tests.conftest import REPOSITORY
from tests.hostile import prints
from tests.hostile.others import page, sheet
from tests.hostile.zips import unpacked
from tests.reading.hostile import archive
from tests.reading.invariants import check_source

SMALL = Limits(file_bytes=5 * 10**6, text_characters=300_000, archive_unpacked_bytes=2 * 10**7, table_cells=20_000)
FUZZED = settings(max_examples=250, suppress_health_check=list(HealthCheck))
FIXTURES = REPOSITORY / "tests" / "reading" / "docx" / "fixtures"
DRAFT = (
    "ПРИКАЗ\n\nОб утверждении Правил\n\nСтатья 1. Сбор\n\n1. Орган вправе:\n1) отказать (см. статью 7¹);\n2) иное.\n\n"
    "| № | Срок |\n|---|---|\n| 1 | пять дней |\n\nСноска. Внесено изменение.\n\n"
    "Құжат а\u0301 \u200b i – «А».\n\tа\tб\n\tв\tг\n"
)
HTML = (
    "<h1>Правила</h1><p>1. Орган <b>вправе</b> статья 7<sup>1</sup></p><ol start=3><li>а<li>б<ol><li>в</ol></ol>"
    "<table><tr><td rowspan=2>а<td colspan=2>б<tr><td>в</table><del>было</del>&nbsp;&laquo;А&raquo;"
)


def answered(data: bytes, name: str) -> SourceText | None:
    """Read, or refused by a code that has its words; anything else fails the test."""
    try:
        source = read_here(data, name, SMALL)
    except ReadingError as error:
        for language in messages.LANGUAGES:
            assert "___" not in messages.message(error.code, language, error.params)
        return None
    check_source(source)
    return source


def word_files() -> dict[str, bytes]:
    """Word files of all features, their parts stored as they are so that changed bytes are changed words."""
    files = [REPOSITORY / "examples" / "draft-kk.docx", *sorted(Path(FIXTURES).glob("*.docx"))]
    return {path.name: unpacked(path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def samples() -> dict[str, bytes]:
    """Good files of every kind that is parsed in the child."""
    pages = prints.document(b"".join(prints.shown(prints.NORM, y=700 - 20 * n) for n in range(6)))
    return {
        **word_files(),
        "a.pdf": prints.write(pages),
        "three.pdf": prints.many(3, prints.shown(prints.NORM) + b"50 100 500 80 re S"),
        "a.txt": DRAFT.encode(),
        "windows.txt": DRAFT.encode("kz1048", "replace"),
        "wide.txt": DRAFT.encode("utf-16"),
        "a.html": page(HTML),
        "a.xlsx": sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Срок</t></is></c><c r="B1"><v>5</v></c></row>'),
    }


_PIECES = [
    b"",
    b"\0",
    b"\xff\xfe",
    b" ",
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"<w:p/>",
    b"</w:p>",
    b"-1",
    b"99999999999999999999",
    b"1e309",
    b"nan",
    b"<!DOCTYPE a>",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-1.4",
    b"endobj",
    b"stream\n",
    b"1 0 R",
    b"xref",
    b"(",
    b"]",
    "«".encode(),
    "\u202e".encode(),
    b"\r\r\n",
    b"\t\t",
    b"|",
    b"]]>",
    b"<![CDATA[",
    b"--",
    "\u0301".encode(),
    b"\xd0",
]


def spoiled(data: bytes, draw: st.DrawFn, other: bytes) -> bytes:
    """Some bytes changed, cut out, doubled, put in, or taken from another file."""
    broken = bytearray(data)
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, max(len(broken) - 1, 0)))
        kind = draw(st.sampled_from(["byte", "piece", "cut", "double", "other", "swap"]))
        length = draw(st.integers(1, 300))
        if kind == "byte" and broken:
            broken[at] = draw(st.integers(0, 255))
        elif kind == "piece":
            broken[at : at + draw(st.integers(0, 8))] = draw(st.sampled_from(_PIECES))
        elif kind == "cut":
            del broken[at : at + length]
        elif kind == "double":
            broken[at:at] = broken[at : at + length]
        elif kind == "other":
            start = draw(st.integers(0, len(other) - 1))
            broken[at:at] = other[start : start + length]
        else:
            broken[at : at + length] = bytes(reversed(broken[at : at + length]))
    return bytes(broken)


spoil = st.composite(lambda draw, data, other: spoiled(data, draw, other))


@FUZZED
@given(data=st.data())
def test_spoiled_bytes(samples: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(samples)))
    other = samples[data.draw(st.sampled_from(sorted(samples)))]
    answered(data.draw(spoil(samples[name], other)), name)


@FUZZED
@given(data=st.data())
def test_spoiled_texts_and_pages(samples: dict[str, bytes], data: st.DataObject) -> None:
    """Small files, more of them: every change tells."""
    name = data.draw(st.sampled_from(["a.txt", "windows.txt", "wide.txt", "a.html", "a.pdf", "three.pdf", "a.xlsx"]))
    answered(data.draw(spoil(samples[name], samples["a.html"])), name)


# Trees: the XML stays well-formed, its sense does not.

_ATTRIBUTES = [
    "",
    "0",
    "-1",
    "99999999999",
    "x",
    "true",
    "restart",
    "continue",
    "begin",
    "end",
    "separate",
    "9" * 400,
    "Нет",
]
_TEXTS = [
    "",
    " ",
    "Статья 1. ",
    "1) ",
    "«",
    "»",
    "\n\n",
    "\t",
    "\u202e",
    "а" * 5000,
    "TOC \\o",
    "\u0301",
    "37¹",
    "٣",
    "\ufffc",
]


def _change(root: etree._Element, draw: st.DrawFn) -> None:
    """One change of the tree."""
    elements = list(root.iter(etree.Element))
    one, other = (elements[draw(st.integers(0, len(elements) - 1))] for _ in range(2))
    kind = draw(st.sampled_from(["drop", "double", "move", "wrap", "attribute", "text", "name", "swap", "clear"]))
    parent = one.getparent()
    if kind == "attribute" and one.attrib:
        key = draw(st.sampled_from(sorted(map(str, one.attrib))))
        one.set(key, draw(st.sampled_from(_ATTRIBUTES)))
    elif kind == "text":
        one.text = draw(st.sampled_from(_TEXTS))
    elif kind == "name":
        one.tag = other.tag
    elif kind == "clear":
        one.clear()
    elif parent is None:
        return
    elif kind == "drop":
        parent.remove(one)
    elif kind == "double":
        parent.insert(parent.index(one), etree.fromstring(etree.tostring(one, with_tail=False)))
    elif kind in ("move", "swap") and other is not one and one not in other.iterancestors():
        other.insert(draw(st.integers(0, len(other))), one)
    elif kind == "wrap":
        shell = etree.Element(other.tag)
        parent.replace(one, shell)
        shell.append(one)


def changed_part(data: bytes, draw: st.DrawFn) -> bytes:
    """A Word file or spreadsheet with one of its parts changed in its tree."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        parts: dict[str, bytes | str] = {name: source.read(name) for name in source.namelist()}
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    main = [name for name in names if name.endswith(("document.xml", "sheet1.xml"))]
    name = draw(st.sampled_from(main * len(names) + names))  # as often the main part as any other
    root = etree.fromstring(parts[name])
    for _ in range(draw(st.integers(1, 25))):
        _change(root, draw)
    parts[name] = etree.tostring(root)
    return archive(parts)


change_part = st.composite(lambda draw, data: changed_part(data, draw))


@FUZZED
@given(data=st.data())
def test_changed_trees(samples: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in samples if name.endswith(("docx", "xlsx")))))
    answered(data.draw(change_part(samples[name])), name)


# Texts made of what texts are made of

_LINES = st.lists(
    st.sampled_from(
        [
            "Статья 1. Сбор",
            "1. Орган вправе:",
            "1) да;",
            "- нет",
            "# Глава",
            "**Правила**",
            "| а | б |",
            "|---|---|",
            "а\tб",
            "",
            "Сноска. Изменено.",
            "Примечание ИЗПИ!",
            "СОДЕРЖАНИЕ",
            "Сбор .... 5",
            "12",
            "\f",
            "с б о р",
            "П Р И К А З",
            "орга-",
            "низация",
            "қаулы i",
            "аa",
            "a.b",
            "https://x.kz/а",
            "&amp;",
            "<sup>1</sup>",
            "\\*",
            "[а](б)",
            "\u200b",
            "\u202eа",
            "а  б",
            "1¹",
            "«",
            "»",
        ]
    ),
    max_size=40,
)
_ENCODINGS = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048", "cp1251", "koi8-r", "cp866"]
)


@FUZZED
@given(_LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"]), _ENCODINGS)
def test_lines_in_any_encoding(lines: list[str], end: str, encoding: str) -> None:
    answered(end.join(lines).encode(encoding, "ignore"), "a.txt")


@FUZZED
@given(st.binary(max_size=3000), st.sampled_from(["a.docx", "a.pdf", "a.txt", "a.html", ""]))
def test_any_bytes(data: bytes, name: str) -> None:
    answered(data, name)
