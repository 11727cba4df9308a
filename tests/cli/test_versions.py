"""versions and adoption: pages, data, sentences in both languages, codes of failure."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from nlp.adoption.report import schema as adoption_schema
from nlp.versions.report import schema as versions_schema
from saraptama.cli.codes import Exit
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY

CASE = REPOSITORY / "corpora" / "own" / "adoption" / "own-ru-kiosks"
KAZAKH = REPOSITORY / "corpora" / "own" / "adoption" / "own-kk-trees"
DRAFT, ADOPTED, GOLD = CASE / "draft.txt", CASE / "adopted.txt", CASE / "gold.jsonl"


def test_versions_as_data_as_lines_and_as_a_page(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "redline.html"
    ran = run("versions", DRAFT, ADOPTED, "--html", page, "--json")
    assert ran.code == Exit.OK
    value = json.loads(ran.out)
    jsonschema.Draft202012Validator(versions_schema()).validate(value)
    text = value["texts"][0]
    assert [finding["factor"] for finding in text["new_findings"]] == ["broad_discretion"]
    for unit in text["units"]:
        words = unit["old_words"]
        for edit in reversed(unit["edits"]):
            words = words[: edit["start"]] + edit["text"] + words[edit["end"] :]
        assert words == unit["new_words"]
    written = page.read_text(encoding="utf-8")
    assert "новое замечание" in written
    assert "<script" not in written
    plain = run("--language", "kk", "versions", DRAFT, ADOPTED, "--plain")
    assert "көшірілген" in plain.out
    assert "жаңа ескертулер" not in plain.out


def test_adoption_of_an_experts_list_and_of_an_examination(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "adoption.json"
    assert run("adoption", DRAFT, ADOPTED, "--findings", GOLD, "--json", "--out", out).code == Exit.OK
    value = json.loads(out.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(adoption_schema()).validate(value)
    text = value["texts"][0]
    assert value["classifier"]
    assert text["foreign_findings"]
    assert sum(text["counts"].values()) == len(GOLD.read_text(encoding="utf-8").splitlines())
    made = tmp_path / "examination.json"
    made.write_text(run("examine", DRAFT, "--format", "json").out, encoding="utf-8")
    again = json.loads(run("adoption", DRAFT, ADOPTED, "--findings", made, "--json").out)["texts"][0]
    now = json.loads(run("adoption", DRAFT, ADOPTED, "--json").out)["texts"][0]
    assert [row["state"] for row in again["recommendations"]] == [row["state"] for row in now["recommendations"]]
    assert [row["id"] for row in again["recommendations"]] == [row["id"] for row in now["recommendations"]]


def test_adoption_in_sentences_of_the_other_language(run: Run) -> None:
    ran = run("--language", "kk", "adoption", KAZAKH / "draft.txt", KAZAKH / "adopted.txt",
              "--findings", KAZAKH / "gold.jsonl")  # fmt: skip
    assert ran.code == Exit.OK
    assert "ІШІНАРА ЕСКЕРІЛДІ" in ran.out
    assert "Шешімді адам қабылдайды" in ran.out


@pytest.mark.parametrize("command", ["versions", "adoption"])
def test_what_cannot_be_compared_is_told(run: Run, tmp_path: Path, command: str) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for other, word in ((empty, "нет текста"), (KAZAKH / "adopted.txt", "языках"), (tmp_path / "no.txt", "no.txt")):
        ran = run(command, DRAFT, other)
        assert ran.code == Exit.INPUT, other
        assert word in ran.err.lower()
        assert "Traceback" not in ran.err


def test_a_malformed_list_is_told(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"unit": "3"}]', encoding="utf-8")
    ran = run("adoption", DRAFT, ADOPTED, "--findings", bad)
    assert (ran.code, "№ 1" in ran.err) == (Exit.INPUT, True)
