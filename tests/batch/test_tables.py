"""The Parquet tables: documented, typed, the same bytes for the same results."""

from __future__ import annotations

import re
import sys

import pyarrow.parquet as parquet
import pytest

from expertise.batch import tables
from expertise.batch.settings import BatchError
from nlp.messages import LANGUAGES
from tests.batch.conftest import Scene
from tests.docs.pages import DOCS, Page, code_words


def test_tables_of_a_run(scene: Scene) -> None:
    scene.write(b="ok vague:бір vague:екі", a="ok other:слова", c="fail")
    scene.run()
    ids = [record.id for record in scene.out.records()]
    tables.write_tables(scene.out, ids)
    written = {name: (scene.out.path / f"{name}.parquet").read_bytes() for name in ("documents", "findings")}
    documents = parquet.read_table(scene.out.path / "documents.parquet")
    findings = parquet.read_table(scene.out.path / "findings.parquet")
    assert documents.schema.metadata == {b"saraptama.table": b"documents-1.0"}
    assert documents["document"].to_pylist() == ["a.txt", "b.txt", "c.txt"]
    assert documents["findings"].to_pylist() == [1, 2, 0]
    assert documents["failure"].to_pylist() == [None, None, "reading.empty"]
    assert documents["notices"].to_pylist()[0] == ["reading.note"]
    assert [row["quote"] for row in findings.to_pylist()] == ["слова", "бір", "екі"]
    assert (scene.out.path / documents["examination"][0].as_py()).is_file()
    tables.write_tables(scene.out, reversed(ids))
    assert written == {name: (scene.out.path / f"{name}.parquet").read_bytes() for name in written}
    tables.write_tables(scene.out, ["b.txt", "no such"])
    assert parquet.read_table(scene.out.path / "documents.parquet")["document"].to_pylist() == ["b.txt"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_documented_with_its_type(language: str) -> None:
    page = Page(DOCS / f"batch.{language}.md")
    shown = [table for table in page.tables if len(table[0]) == 3]
    for table, columns in zip(shown, (tables.DOCUMENTS, tables.FINDINGS), strict=True):
        said: dict[str, str] = {}
        for row in table[1:]:
            names, kinds = code_words(row[0]), re.split(r", | или | немесе ", row[1])
            if kinds[-1] in ("пусто", "бос"):
                kinds.pop()
            kinds = kinds * len(names) if len(kinds) == 1 else kinds
            said.update(zip(names, kinds, strict=True))
        assert said == {name: kind.rstrip("?") for name, kind in columns.items()}


def test_without_pyarrow_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(BatchError, match="no_pyarrow"):
        tables.require_pyarrow()
