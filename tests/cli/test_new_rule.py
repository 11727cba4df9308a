"""rules new: written once, tested at once, nothing left behind by a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from saraptama.cli.codes import Exit
from tests.cli.conftest import Run

RULE = "broad_discretion.ru.our_hour"
FLAG = "Отдел рассматривает заявление [[в удобный час]]."
PASS = "Отдел рассматривает заявление в течение трех рабочих дней."


def new(run: Run, folder: Path) -> None:
    run("rules", "new", RULE, "--pack", folder, "--flag", FLAG, "--pass", PASS)


def test_a_new_folder_becomes_an_overlay(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Наше Ведомство 7"
    ran = run("rules", "new", RULE, "--pack", folder, "--flag", FLAG, "--pass", PASS, "--instead", "в течение ___ дней")
    assert ran.code == Exit.OK
    assert RULE in ran.out
    manifest = yaml.safe_load((folder / "overlay.yaml").read_text("utf-8"))
    assert (manifest["over"], manifest["id"], manifest["name"]["ru"]) == ("kz", "7", "Наше Ведомство 7")
    listed = run("rules", "list", "--pack", folder, "--factor", "broad_discretion")
    assert RULE in listed.out
    explained = run("rules", "explain", RULE, "--pack", folder, "--language", "kk")
    assert "в удобный час" in explained.out


def test_the_next_rule_is_appended_and_comments_stay(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    new(run, folder)
    path = folder / "factors" / "broad_discretion" / "rules.ru.yaml"
    path.write_text("# наше\n" + path.read_text("utf-8").rstrip("\n"), encoding="utf-8")
    second = "broad_discretion.ru.our_mood"
    ran = run("rules", "new", second, "--pack", folder, "--flag", "Отдел решает [[под настроение]].", "--pass", PASS)
    assert ran.code == Exit.OK
    text = path.read_text("utf-8")
    assert text.startswith("# наше\n")
    assert [entry["id"] for entry in yaml.safe_load(text)] == [RULE, second]


def test_a_rule_that_does_not_hold_is_kept_and_said(run: Run, tmp_path: Path) -> None:
    passed = "Отдел отвечает в удобный час."
    ran = run("rules", "new", RULE, "--pack", tmp_path / "ours", "--flag", FLAG, "--pass", passed)
    assert ran.code == Exit.PACK
    assert passed in ran.out
    assert (tmp_path / "ours" / "factors" / "broad_discretion" / "rules.ru.yaml").exists()


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_what_cannot_be_made_writes_nothing(run: Run, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "ours"
    arguments = ["--pack", folder, "--pass", PASS, "--language", language]
    assert run("rules", "new", RULE, "--flag", "Отдел решает.", *arguments).code == Exit.PACK
    assert run("rules", "new", "nothing.ru.x", "--flag", FLAG, *arguments).code == Exit.PACK
    assert run("rules", "new", "плохо", "--flag", FLAG, *arguments).code == Exit.PACK
    assert not folder.exists()


def test_a_folder_of_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("письмо", encoding="utf-8")
    ran = run("rules", "new", RULE, "--pack", tmp_path, "--flag", FLAG, "--pass", PASS)
    assert ran.code == Exit.PACK
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_way(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    new(run, folder)
    (folder / "factors" / "vague_wording").write_text("", encoding="utf-8")
    ran = run("rules", "new", "vague_wording.ru.x", "--pack", folder, "--flag", FLAG, "--pass", PASS)
    assert ran.code == Exit.PACK
    assert "Traceback" not in ran.err + ran.out


def test_examples_are_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("rules", "new", RULE, "--pack", tmp_path / "ours").code == Exit.USAGE
    assert not (tmp_path / "ours").exists()
