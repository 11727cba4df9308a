"""Worked samples, end to end: an amending order with the act in force through the command line, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from docx import Document

from nlp.result import schema
from saraptama.cli.main import main

SAMPLES = Path(__file__).parent / "samples"
LANGUAGES = ("ru", "kk")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


def sample(language: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((SAMPLES / f"{language}.yaml").read_text("utf-8"))
    return loaded


def word_file(path: Path, lines: list[str]) -> str:
    """A Word file, made once: its bytes hold the time."""
    if path.exists():
        return str(path)
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return str(path)


def examined(folder: Path, language: str, with_base: bool = True) -> tuple[dict[str, Any], Path]:
    """The JSON of the sample's draft and the folder with all results."""
    data = sample(language)
    draft = word_file(folder / f"draft-{language}.docx", data["draft"])
    base = word_file(folder / f"base-{language}.docx", data["base"])
    out = folder / f"out-{language}-{with_base}"
    arguments = ["examine", draft, "--out", str(out), "--language", language]
    assert main([*arguments, "--base", base] if with_base else arguments) == 0
    document: dict[str, Any] = json.loads((out / f"draft-{language}.examination.json").read_text("utf-8"))
    jsonschema.validate(document, schema())
    return document, out


def is_about(finding: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    change = finding["change"]
    return bool(change) and (finding["factor"], change["unit"]) == (wanted["factor"], wanted["unit"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_draft_brings_is_found(folder: Path, language: str) -> None:
    document, _ = examined(folder, language)
    (text,) = document["texts"]
    draft = "\n".join(sample(language)["draft"])
    for wanted in sample(language)["found"]:
        mine = [finding for finding in text["findings"] if is_about(finding, wanted)]
        assert mine, wanted
        said = [f["explanation"] + " ".join(mark["quote"] for mark in f["marks"]) for f in mine]
        assert any(wanted["words"] in words for words in said), (wanted, said)
        if "kept" in wanted:
            kept = [f for f in mine if any(e["detector"].startswith("safeguard.") for e in f["evidence"])]
            assert kept
            lone = [f for f in kept if len(f["evidence"]) == 1]
            assert all(wanted["kept"] in finding["recommendation"]["wording"] for finding in lone)
    for finding in text["findings"]:
        for mark in finding["marks"]:
            assert mark["quote"] in draft and mark["quote"].strip()
            assert mark["places"] and all(place["original"] for place in mark["places"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_there_before_is_not_charged(folder: Path, language: str) -> None:
    document, _ = examined(folder, language)
    (text,) = document["texts"]
    for wanted in sample(language)["not_found"]:
        assert not [finding for finding in text["findings"] if is_about(finding, wanted)], wanted
    context = {(entry["factor"], entry["unit"]) for entry in text["unchanged"]}
    assert {(entry["factor"], entry["unit"]) for entry in sample(language)["context"]} <= context


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_of_operations(folder: Path, language: str) -> None:
    data = sample(language)
    for with_base, wanted in ((True, data["states"]), (False, data["without_base"])):
        document, _ = examined(folder, language, with_base)
        (text,) = document["texts"]
        assert [operation["state"] for operation in text["operations"]] == wanted
        for operation in text["operations"]:
            assert (operation["reason"] is None) == (operation["state"] == "rebuilt")
            assert operation["unit"]["ru"] and operation["unit"]["kk"] and "77" in operation["act"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_twice(folder: Path, language: str) -> None:
    document, _ = examined(folder, language)
    (text,) = document["texts"]
    ids = [finding["id"] for finding in text["findings"]]
    assert len(ids) == len(set(ids))
    places = [
        (f["factor"], tuple((m["start"], m["end"]) for m in f["marks"]), f["explanation"]) for f in text["findings"]
    ]
    assert len(places) == len(set(places))
    assert all(finding["change"] is not None for finding in text["findings"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_input_same_bytes(folder: Path, language: str) -> None:
    _, out = examined(folder, language)
    name = f"draft-{language}.examination.json"
    first = (out / name).read_bytes()
    _, again = examined(folder, language)
    assert (again / name).read_bytes() == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_show_the_norm_before_and_after(folder: Path, language: str) -> None:
    data = sample(language)
    _, out = examined(folder, language)
    document = Document(str(out / f"draft-{language}.preliminary.{language}.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    shown = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    labels = {
        "ru": ("Действующая редакция:", "С учётом проекта:", "Исключается:", "Поправки к действующим актам"),
        "kk": (
            "Қолданыстағы редакция:",
            "Жобаны ескергенде:",
            "Алып тасталады:",
            "Қолданыстағы актілерге түзетулер",
        ),
    }
    assert all(label in shown for label in labels[language])
    assert all(wanted["unit"] in shown for wanted in data["found"])
    sarif = json.loads((out / f"draft-{language}.sarif").read_text("utf-8"))
    changes = [result["properties"].get("change") for result in sarif["runs"][0]["results"]]
    assert all(change and change["unit"] for change in changes)
    _, bare = examined(folder, language, with_base=False)
    asked = Document(str(bare / f"draft-{language}.preliminary.{language}.docx"))
    needed = {"ru": "Нужна действующая редакция: ", "kk": "Қолданыстағы редакция қажет: "}[language]
    assert any(needed in paragraph.text for paragraph in asked.paragraphs)


def test_a_dossier_in_both_languages_takes_the_base_of_each(folder: Path) -> None:
    files = {
        (kind, language): word_file(folder / f"{kind}-{language}.docx", sample(language)[kind])
        for kind in ("draft", "base")
        for language in LANGUAGES
    }
    out = folder / "both"
    arguments = ["examine", "--ru", files["draft", "ru"], "--kk", files["draft", "kk"], "--out", str(out)]
    assert main([*arguments, "--base", files["base", "kk"], "--base", files["base", "ru"]]) == 0
    document = json.loads((out / "draft-ru.examination.json").read_text("utf-8"))
    states = [[operation["state"] for operation in text["operations"]] for text in document["texts"]]
    assert states == [sample("ru")["states"], sample("kk")["states"]]
    assert [base["used"] for base in document["bases"]] == [True, True]


def test_an_act_that_the_draft_does_not_amend_is_said_to_be_unused(folder: Path) -> None:
    draft = word_file(folder / "draft-ru.docx", sample("ru")["draft"])
    lines = [line.replace("№ 77", "№ 78").replace("лов", "сбор ягод") for line in sample("ru")["base"]]
    other = word_file(folder / "other-ru.docx", lines)
    novel = word_file(folder / "novel.docx", ["Жил-был рыбак.", "Он ловил рыбу в озере."])
    out = folder / "unused"
    assert main(["examine", draft, "--base", other, "--base", novel, "--out", str(out)]) == 0
    document = json.loads((out / "draft-ru.examination.json").read_text("utf-8"))
    assert [notice["code"] for notice in document["notices"]] == ["examine.base_not_used", "examine.base_not_an_act"]
    (text,) = document["texts"]
    assert [operation["state"] for operation in text["operations"]] == sample("ru")["without_base"]


def test_a_table_or_note_belongs_to_one_draft(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = word_file(folder / "draft-ru.docx", sample("ru")["draft"])
    second = word_file(folder / "base-ru.docx", sample("ru")["base"])
    assert main(["--language", "ru", "examine", draft, second, "--note", second]) != 0
    assert "--note" in capsys.readouterr().err


def test_a_base_that_cannot_be_read_is_an_error_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = word_file(folder / "draft-ru.docx", sample("ru")["draft"])
    assert main(["--language", "ru", "examine", draft, "--base", str(folder / "nowhere.docx")]) != 0
    assert "nowhere.docx" in capsys.readouterr().err
