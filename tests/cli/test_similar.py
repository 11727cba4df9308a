"""similar: groups of a folder as lines and as data; a file that cannot be read does not stop the rest."""

from __future__ import annotations

import json
from pathlib import Path

from evaluation.similar.generator import families
from saraptama.cli.codes import Exit
from tests.cli.conftest import Run


def test_a_folder(run: Run, tmp_path: Path) -> None:
    drafts = list(families(2, 6, seed=3, rewritten=0.2))
    below = tmp_path / "below"
    below.mkdir()
    for draft in drafts:
        (below / f"{draft.name}.txt").write_text(draft.text, encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / ".hidden").write_bytes(b"x")
    ran = run("similar", tmp_path, "--json")
    assert ran.code == Exit.PARTLY, ran.err
    value = json.loads(ran.out)
    got = {frozenset(each["file"] for each in group["files"]) for group in value["groups"]}
    wanted = {frozenset(f"below/{draft.name}.txt" for draft in drafts if draft.family == number) for number in range(2)}
    assert got == wanted and set(value["failed"]) == {"broken.docx"} and value["alone"] == []
    assert all(0.3 < each["likeness"] <= 1 for group in value["groups"] for each in group["files"])
    lines = run("--language", "kk", "similar", below).out
    assert "1-топ" in lines and "below" not in lines


def test_no_folder_and_an_empty_one(run: Run, tmp_path: Path) -> None:
    assert run("similar", tmp_path / "none").code == Exit.INPUT
    ran = run("similar", tmp_path)
    assert (ran.code, ran.out.strip()) == (Exit.OK, "В папке нет файлов.")
