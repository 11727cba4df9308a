"""saraptama corpus check | stats | split | convert | agreement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora import read_provisions
from corpora.writing import provision_lines
from saraptama.cli.codes import Exit
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY

OWN = REPOSITORY / "corpora" / "own"
RU = OWN / "provisions-ru.jsonl"


def test_our_own_corpora_are_sound(run: Run) -> None:
    ran = run("corpus", "check", OWN, "--apart", OWN / "written")
    assert (ran.code, ran.err) == (Exit.OK, "")
    assert "Норм: 48" in ran.out and "Ошибок: 0" in ran.out


@pytest.mark.parametrize(("language", "said"), [("ru", "строка 1: слов «вправе»"), ("kk", "1-жол: «вправе» сөздері")])
def test_check_tells_in_both_languages(run: Run, tmp_path: Path, language: str, said: str) -> None:
    line = json.loads(RU.read_text("utf-8").splitlines()[0])
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**line, "labels": [["broad_discretion", 2, "вправе"]]}, ensure_ascii=False), "utf-8")
    ran = run("corpus", "check", path, "--language", language)
    assert ran.code == Exit.INPUT and str(path) in ran.err and said in ran.err
    other = run("corpus", "check", path, "--apart", RU, "--language", language)
    assert other.code == Exit.INPUT and "own_trade" in other.err


def test_stats_as_tables_and_as_json(run: Run) -> None:
    shown = run("corpus", "stats", OWN, "--language", "kk")
    assert shown.code == Exit.OK and "Факторлар бойынша белгілер" in shown.out and "own_trade" in shown.out
    found = json.loads(run("corpus", "stats", OWN, "--json").out)
    assert sum(row["texts"] for row in found["texts"]) == 48 + 2 * 16 + 8
    assert set(found) == {"texts", "factors", "strata", "acts", "annotators", "lengths"}


def test_split_writes_lines_as_they_stand(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        ran = run("corpus", "split", OWN, "--out", tmp_path / name, "--folds", "3", "--seed", "5")
        assert ran.code == Exit.OK, ran.err
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.json*"))
    assert [(tmp_path / "one" / name).read_bytes() for name in files] == [
        (tmp_path / "two" / name).read_bytes() for name in files
    ]
    for source in OWN.glob("*.jsonl"):
        dealt = [line for path in (tmp_path / "one").rglob(source.name) for line in path.read_bytes().splitlines()]
        assert sorted(dealt) == sorted(source.read_bytes().splitlines())
    manifest = json.loads((tmp_path / "one" / "split.json").read_text("utf-8"))
    assert manifest["seed"] == 5 and len(manifest["parts"]) == 3
    folds = [tmp_path / "one" / f"fold-{at}" for at in (1, 2, 3)]
    assert run("corpus", "check", folds[0], "--apart", folds[1], "--apart", folds[2]).code == Exit.OK


def test_split_by_named_shares_and_what_is_wrong(run: Run, tmp_path: Path) -> None:
    ran = run("corpus", "split", RU, "--out", tmp_path, "--part", "train=3", "--part", "dev=1")
    assert ran.code == Exit.OK and (tmp_path / "dev" / RU.name).is_file()
    for wrong in ([], ["--folds", "2", "--part", "a=1"]):
        assert run("corpus", "split", RU, "--out", tmp_path, *wrong).code == Exit.USAGE
    for part in ("train", "a=x", "../a=1", "=1", "a=0", "a=nan"):
        ran = run("corpus", "split", RU, "--out", tmp_path, "--part", part, "--part", "dev=1")
        assert ran.code == Exit.INPUT and part in ran.err
    same = tmp_path / RU.name
    same.write_bytes(RU.read_bytes().replace(b"own:ru", b"my:ru"))
    assert run("corpus", "split", RU, same, "--out", tmp_path, "--folds", "2").code == Exit.INPUT


def test_a_new_split_leaves_nothing_of_the_earlier_one(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("corpus", "split", RU, "--out", out, "--folds", "4").code == Exit.OK
    own = out / "fold-4" / "notes.txt"
    own.write_text("mine", "utf-8")
    assert run("corpus", "split", RU, "--out", out, "--part", "train=3", "--part", "dev=1").code == Exit.OK
    left = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert left == [f"dev/{RU.name}", "fold-4/notes.txt", "split.json", f"train/{RU.name}"]
    again = run("corpus", "split", out / "train" / RU.name, "--out", out, "--folds", "2")
    assert again.code == Exit.OK and (out / "train" / RU.name).is_file()  # what was split is never taken away
    (out / "split.json").write_text('{"parts": [{"name": "../.."}], "files": [{"name": "x"}]}', "utf-8")
    assert run("corpus", "split", RU, "--out", out, "--folds", "2").code == Exit.OK


def test_annotators_go_out_and_come_back(run: Run, tmp_path: Path) -> None:
    provisions = read_provisions(RU)
    for name in ("aigul", "boris"):
        (tmp_path / f"{name}.jsonl").write_text(
            provision_lines(provisions).replace('"weight": 0}', f'"weight": 0, "annotator": "{name}"}}'), "utf-8"
        )
    files = [tmp_path / "aigul.jsonl", tmp_path / "boris.jsonl"]
    assert run("corpus", "convert", *files, "--to", "webanno", "--out", tmp_path / "tsv").code == Exit.OK
    marked = sorted((tmp_path / "tsv").iterdir())
    assert [path.name for path in marked] == ["aigul.aigul.tsv", "aigul.boris.tsv"]
    assert run("corpus", "convert", *marked, "--to", "jsonl", "--out", tmp_path / "all.jsonl").code == Exit.OK
    assert (tmp_path / "all.jsonl").read_text("utf-8") == "".join(path.read_text("utf-8") for path in files)
    ran = run("corpus", "agreement", tmp_path / "all.jsonl", "--json")
    found = json.loads(ran.out)
    assert found["annotators"] == ["aigul", "boris"] and found["shared"] == 24
    assert {row["alpha"] for row in found["factors"]} == {1.0}
    assert "κ" in run("corpus", "agreement", tmp_path / "all.jsonl").out
    assert run("corpus", "agreement", RU).code == Exit.INPUT


def test_what_cannot_be_converted(run: Run, tmp_path: Path) -> None:
    pairs = OWN / "pairs-ru.jsonl"
    assert run("corpus", "convert", pairs, "--to", "webanno", "--out", tmp_path).code == Exit.INPUT
    assert run("corpus", "convert", RU, "--to", "brat", "--out", tmp_path).code == Exit.USAGE
    assert (
        run("corpus", "convert", tmp_path / "absent.tsv", "--to", "jsonl", "--out", tmp_path / "x").code == Exit.INPUT
    )
