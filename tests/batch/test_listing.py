"""Folders and lists of drafts, the messages of a process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertise.batch import wire
from expertise.batch.listing import COLUMNS, Listing, read_listing
from expertise.batch.settings import BatchError, BatchSettings

SETTINGS = BatchSettings(batch_list_lines=8, batch_line_characters=200)


def read(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Listing:
    (folder / name).write_text(text, encoding)
    return read_listing(folder / name, folder / "out", SETTINGS)


def bad(listing: Listing) -> list[tuple[int, str]]:
    return [(each.line, each.code.removeprefix("batch.line_")) for each in listing.bad]


def test_a_folder_is_walked(tmp_path: Path) -> None:
    for name in ("b/1.docx", "a.PDF", "out/documents/x.docx", ".git/y.docx", "b/~$1.docx", "b/notes.bin", "z.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    found = read_listing(tmp_path, tmp_path / "out")
    assert [draft.id for draft in found.drafts] == ["a.PDF", "b/1.docx", "z.txt"]
    assert found.drafts[1].files[0].path == tmp_path / "b/1.docx"
    assert found.aside == 1


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")])
def test_a_table(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [
        "id,PATH,body,language", '1,a.docx,"Маслихат, город",ru', "1,b.docx,,kk", ",c.docx", "", "1,d.docx,,ru",
        "3,,x,", "4,e.docx,,en",
    ]  # fmt: skip
    text = "\r\n".join(lines).replace('"Маслихат, город"', "M").replace(",", delimiter)
    found = read(tmp_path, "list.csv", text, encoding)
    assert [(draft.id, [file.shown for file in draft.files], draft.body) for draft in found.drafts] == [
        ("1", ["a.docx", "b.docx"], "M"), ("c.docx", ["c.docx"], ""),
    ]  # fmt: skip
    assert bad(found) == [(6, "twice"), (7, "no_path"), (8, "language")]


def test_quotes_and_cells(tmp_path: Path) -> None:
    found = read(tmp_path, "list.csv", 'path,body\n"a ""1"".docx","two\nlines"\nb.docx,x,y\nc.docx,"x"y\nd.docx,x\n')
    assert [draft.id for draft in found.drafts] == ['a "1".docx', "d.docx"]
    assert bad(found) == [(4, "cells"), (5, "not_csv")]
    with pytest.raises(BatchError, match="list_columns"):
        read(tmp_path, "list.csv", "file;id\na;1\n")
    with pytest.raises(BatchError, match="list_too_long"):
        read(tmp_path, "list.csv", "path\n" + "a\n" * 8)
    with pytest.raises(BatchError, match="list_unreadable"):
        read(tmp_path, "list.csv", "path\nпроект\n", "cp1251")
    with pytest.raises(BatchError, match="nothing"):
        read(tmp_path, "list.csv", "path\n")
    with pytest.raises(BatchError, match="not_found"):
        read_listing(tmp_path / "no", tmp_path)


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {"path": "a.docx", "id": 5, "region": None, "more": [1]}, {"path": ["a"]}, [1], {"path": "x" * 300},
        {"path": "b\0"},
    ]  # fmt: skip
    text = "\n".join([*map(json.dumps, rows), "{", ""])
    found = read(tmp_path, "list.jsonl", text)
    assert [draft.id for draft in found.drafts] == ["5"]
    assert bad(found) == [(2, "value"), (3, "not_json"), (4, "too_long"), (5, "value"), (6, "not_json")]


@given(
    st.lists(st.lists(st.sampled_from([*COLUMNS, "ru", "kk", "a", '"', "", "\0", "я;б", ","]), max_size=7), max_size=7)
)
def test_no_list_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.csv", "any.jsonl"):
        try:
            found = read(folder, name, "\n".join(map(",".join, rows)))
        except BatchError:
            continue
        ids = [draft.id for draft in found.drafts]
        assert len(set(ids)) == len(ids)
        assert sum(len(draft.files) for draft in found.drafts) + len(found.bad) <= len(rows)


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=3), st.lists(st.binary(max_size=9), max_size=3))
def test_a_message_comes_back(header: dict[str, int], blobs: list[bytes]) -> None:
    header.pop("sizes", None)
    whole = b"".join(wire.encode(header, blobs))
    assert wire.decode(whole[wire.LENGTH.size :]) == (header, blobs)


@given(st.binary(max_size=40))
def test_what_is_no_message_is_refused(junk: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(junk + b"\1")
