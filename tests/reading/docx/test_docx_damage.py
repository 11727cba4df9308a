"""Faulty and hostile Word files: always a ReadingError with a code, never anything else."""

from __future__ import annotations

import dataclasses
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.messages import catalogue, message
from nlp.reading.docx import read_docx
from nlp.reading.docx_package import Package
from nlp.reading.revisions import accepted_runs, body_paragraphs
from tests.reading.docx.build_fixtures import FIXTURES, in_tables, tracked
from tests.reading.docx.word_xml import archive, cell, docx, para, row, table

SMALL = Limits(file_bytes=10**6, text_characters=100_000, archive_unpacked_bytes=10**7)


def code_of(data: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(ReadingError) as caught:
        read_docx(data, "bad.docx", limits)
    for language in ("ru", "kk"):
        assert "___" not in message(caught.value.code, language, caught.value.params)
        assert caught.value.code in catalogue(language)
    return caught.value.code


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def changed(name: str, content: bytes | None) -> bytes:
    parts: dict[str, str | bytes] = {**parts_of(docx(para("Норма")))}
    if content is None:
        del parts[name]
    else:
        parts[name] = content
    return archive(parts)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "reading.truncated"),
        (b"PK\x03\x04 not an archive", "reading.truncated"),
        (docx(para("Норма"))[:-40], "reading.truncated"),
        (changed("word/document.xml", None), "reading.docx_damaged"),
        (changed("word/document.xml", b""), "reading.docx_damaged"),
        (changed("word/document.xml", b"<w:document"), "reading.docx_damaged"),
        (changed("word/document.xml", b"<document/>"), "reading.docx_damaged"),
        (changed("_rels/.rels", b"<broken"), "reading.docx_damaged"),
        (changed("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "reading.doctype"),
        (changed("word/document.xml", '<!DOCTYPE a SYSTEM "x.dtd"><a/>'.encode("utf-16")), "reading.doctype"),
        (changed("word/document.xml", b" " * 5000 + b"<!DOCTYPE a><a/>"), "reading.doctype"),
        (docx(""), "reading.empty"),
        (docx(para("")), "reading.empty"),
    ],
)
def test_damaged_files(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_damaged_styles_and_numbering_are_named() -> None:
    for name in ("styles", "numbering"):
        parts: dict[str, str | bytes] = {**parts_of((FIXTURES / "restarts.docx").read_bytes())}
        parts[f"word/{name}.xml"] = b"<w:broken"
        with pytest.raises(ReadingError) as caught:
            read_docx(archive(parts), "", SMALL)
        assert caught.value.params["part"] == f"word/{name}.xml"


def test_entities_are_never_resolved() -> None:
    body = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><w>&x;</w>'
    assert code_of(changed("word/document.xml", body.encode())) == "reading.doctype"
    assert code_of(changed("word/document.xml", body.encode("utf-16"))) == "reading.doctype"


def test_parts_outside_the_file_are_not_looked_for() -> None:
    parts: dict[str, str | bytes] = {**parts_of(docx(para("Норма")))}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{office}/styles" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{office}/numbering" Target="../../../../etc/passwd"/></Relationships>'
    )
    assert read_docx(archive(parts), "", SMALL).text == "Норма"


def test_main_part_of_another_name() -> None:
    parts: dict[str, str | bytes] = {**parts_of(docx(para("Норма")))}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = bytes(parts["_rels/.rels"]).replace(b"word/document.xml", b"/word/document2.xml")  # type: ignore[arg-type]
    assert read_docx(archive(parts), "", SMALL).text == "Норма"


@pytest.mark.parametrize("depth", [150, 400])
def test_depth(depth: int) -> None:
    data = docx("<w:sdt><w:sdtContent>" * (depth // 2) + para("Норма") + "</w:sdtContent></w:sdt>" * (depth // 2))
    if depth < SMALL.xml_depth:
        assert read_docx(data, "", SMALL).text == "Норма"
    else:
        assert code_of(data) == "reading.too_deep"


def test_one_over_each_limit() -> None:
    data = docx(table(row(cell(para("аб")), cell(para("вг")))))
    members = len(parts_of(data))
    unpacked = sum(map(len, parts_of(data).values()))
    exact = Limits(text_characters=5, table_cells=2, archive_members=members, archive_unpacked_bytes=unpacked)
    assert read_docx(data, "", exact).text == "аб\nвг"
    for name, code in (
        ("text_characters", "reading.too_long"),
        ("table_cells", "reading.table_too_large"),
        ("archive_members", "reading.archive_bomb"),
        ("archive_unpacked_bytes", "reading.archive_bomb"),
    ):
        tight = dataclasses.replace(exact, **{name: getattr(exact, name) - 1})
        assert code_of(data, tight) == code
    bomb = docx(para(" " * 2_000_000))
    assert code_of(bomb, dataclasses.replace(SMALL, archive_ratio=100)) == "reading.archive_bomb"


def whatever(data: bytes) -> None:
    """Reads, or fails with a code; a text that is read is consistent."""
    try:
        source = read_docx(data, "", SMALL)
    except ReadingError:
        return
    end = -1
    for block in source.blocks:
        assert block.start == end + 1 and block.end >= block.start
        end = block.end
        for segment in block.segments:
            assert block.start <= segment.start and segment.start + segment.length <= block.end
        assert source.text.startswith(block.number, block.start)
    assert end == (len(source.text) if source.blocks else -1)
    paragraphs = body_paragraphs(Package(data, SMALL).document())
    for block in source.blocks:
        runs = accepted_runs(paragraphs[block.place.paragraph])
        assert all(s.source + s.length <= runs[-1].end for s in block.segments)


@given(st.data())
@settings(max_examples=60)
def test_changed_bytes_of_the_archive(data: st.DataObject) -> None:
    content = bytearray(tracked())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    whatever(bytes(content))


_REPLACEMENTS = [b"", b"<w:p/>", b"0", b"-1", b"999999999999", b"\xff", b"&#1;"]


@given(st.data())
@settings(max_examples=60)
def test_changed_xml(data: st.DataObject) -> None:
    parts: dict[str, str | bytes] = {**parts_of(data.draw(st.sampled_from([tracked(), in_tables()])))}
    name = data.draw(st.sampled_from(sorted(name for name in parts if name.startswith("word/"))))
    content = bytearray(parts[name])  # type: ignore[arg-type]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        end = min(start + data.draw(st.integers(0, 30)), len(content))
        content[start:end] = data.draw(
            st.sampled_from([b"", b"<w:p/>", b"0", b"-1", b"999999999999", b"\xff", b"&#1;"])
        )
    parts[name] = bytes(content)
    whatever(archive(parts))


_LEAVES = st.sampled_from(
    [
        "<w:r><w:t>статья 7</w:t></w:r>",
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>',
        '<w:r><w:rPr><w:position w:val="x"/><w:rStyle w:val="Nowhere"/></w:rPr><w:t> 2\n</w:t></w:r>',
        "<w:r><w:tab/><w:br/><w:delText>было</w:delText><w:sym w:char='zz'/></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText> TOC \\o </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:pPr><w:numPr><w:ilvl w:val="12"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>',
        '<w:pPr><w:pStyle w:val="Point"/><w:rPr><w:vanish/></w:rPr></w:pPr>',
        "<w:tcPr><w:vMerge/><w:gridSpan w:val='9999999'/></w:tcPr>",
        "<w:trPr><w:del/></w:trPr>",
        "<w:tbl/>",
        "<w:footnoteReference/>",
        "<other/>",
    ]
)
_NAMES = st.sampled_from(
    [
        *("p", "r", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "moveFrom", "moveTo", "hyperlink"),
        *("fldSimple", "txbxContent", "pict", "smartTag", "rPr", "pPr", "ruby", "rubyBase"),
    ]
)
_TREES = st.recursive(
    _LEAVES,
    lambda inside: st.builds(
        lambda name, children: f"<w:{name}>{''.join(children)}</w:{name}>", _NAMES, st.lists(inside, max_size=5)
    ),
    max_leaves=40,
)


@given(st.lists(_TREES, min_size=1, max_size=8))
@settings(max_examples=60)
def test_random_trees(trees: list[str]) -> None:
    parts = parts_of((FIXTURES / "style_inherited.docx").read_bytes())
    document = parts["word/document.xml"].decode()
    head, tail = document.split("<w:body>")[0], "</w:body></w:document>"
    whatever(archive({**parts, "word/document.xml": f"{head}<w:body>{''.join(trees)}{tail}"}))
