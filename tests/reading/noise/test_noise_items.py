"""Every kind of noise that official texts are known for, at the level of reading (``items.yaml``)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from nlp.reading.encoding import decode
from nlp.reading.html import read_html
from nlp.reading.plain import read_plain
from nlp.reading.source import DropReason, SourceText
from tests.reading.docx.word_xml import docx, para, run

ITEMS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("items.yaml").read_text("utf-8"))


def blocks(source: SourceText) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks]


def dropped(source: SourceText) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for item in source.dropped:
        found[item.reason.value].append(item.text)
    return dict(found)


@pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
def test_an_item(item: dict[str, Any]) -> None:
    source = read_plain(item["text"].encode())
    assert blocks(source) == item["clean"]
    assert dropped(source) == item.get("dropped", {})


@pytest.mark.parametrize("item", [item for item in ITEMS if "\n" not in item["text"]], ids=lambda item: str(item["id"]))
def test_an_item_in_a_word_file_and_in_a_page(item: dict[str, Any]) -> None:
    """The cleaning of a paragraph is the same in every format."""
    text = item["text"].replace("<sup>1</sup>", "¹")
    assert blocks(read_docx(docx(para(text)), "", Limits())) == item["clean"]
    if "  " in text:  # a page shows one blank for many
        return
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert blocks(read_html(f"<html><p>{escaped}</p>".encode())) == item["clean"]


def test_ids_are_unique_and_reasons_are_known() -> None:
    ids = [item["id"] for item in ITEMS]
    assert len(ids) == len(set(ids))
    assert {reason for item in ITEMS for reason in item.get("dropped", {})} <= {reason.value for reason in DropReason}


def test_what_only_word_files_have() -> None:
    spaced = run("сыбайлас", '<w:spacing w:val="60"/>')
    raised = run("37") + run("1", '<w:vertAlign w:val="superscript"/>')
    data = docx(
        para(inner=spaced + run(" жемқорлық")) + para(inner=run("статья ") + raised),
        headers=(para("Проект"), para("Копия электронного документа")),
        notes={"comments": '<w:comment w:id="0"><w:p><w:r><w:t>Уточнить срок</w:t></w:r></w:p></w:comment>'},
    )
    source = read_docx(data, "", Limits())
    assert blocks(source) == ["сыбайлас жемқорлық", "статья 37¹"]
    assert dropped(source) == {
        "comment": ["Уточнить срок"],
        "header_footer": ["Проект", "Копия электронного документа"],
    }


def test_the_mark_of_a_draft_in_a_file_without_pages_is_no_running_head() -> None:
    source = read_plain("Проект\n\n1. Норма.\n\nПроект\n\n2. Норма.\n\nПроект".encode())
    assert blocks(source).count("Проект") == 3


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from([item["text"] for item in ITEMS]), min_size=1, max_size=5),
    st.sampled_from(["\n", "\n\n", " "]),
)
def test_every_clean_character_knows_its_own(texts: list[str], between: str) -> None:
    data = between.join(texts).encode()
    original, _ = decode(data)
    source = read_plain(data)
    for block in source.blocks:
        last = -1
        for segment in block.segments:
            assert block.start <= segment.start <= segment.start + segment.length <= block.end
            assert last < segment.source
            last = segment.source + segment.length - 1
            for at in range(segment.length):
                clean, found = source.text[segment.start + at], original[segment.source + at]
                assert clean == found or not (clean.isalnum() and found.isalnum()) or _is_mended(clean, found)
        made = block.end - block.start - sum(segment.length for segment in block.segments)
        assert made <= 12  # a few blanks and figures of the reader's own


def _is_mended(clean: str, found: str) -> bool:
    """A look-alike, a figure typed as a letter, a letter of another code page, a raised or composed one."""
    return found in "iIYchCeyoOОЗερ1ЌќѕиИе\ufb03ⅣⅫə" or found.isascii()
