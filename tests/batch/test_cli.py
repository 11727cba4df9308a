"""The command line of batches, once with the real examining process."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from expertise.batch import work
from expertise.batch.progress import Teller, told
from expertise.batch.run import State
from expertise.messages import LANGUAGES, catalogue
from tests.cli.conftest import Run, run  # noqa: F401
from tests.conftest import REPOSITORY


def test_a_season_from_a_list(run: Run, tmp_path: Path) -> None:  # noqa: F811
    """The result of a draft is that of ``examine``, byte for byte; failures and bad lines are told, tables written."""
    for code in LANGUAGES:
        shutil.copy(REPOSITORY / f"examples/draft-{code}.docx", tmp_path)
    (tmp_path / "letter.txt").write_text("Уважаемые коллеги, поздравляем с праздником!", "utf-8")
    lines = ["path;id;region;language", "draft-ru.docx;1;Алматы;ru", "draft-kk.docx;2;;kk", "letter.txt;3;;", ";4;;"]
    (tmp_path / "list.csv").write_text("\n".join(lines), "utf-8-sig")
    out = tmp_path / "out"
    ran = run("batch", tmp_path / "list.csv", "--out", out, "--workers", 1)
    assert ran.code == 6, ran.err
    assert "Строка 5 списка пропущена" in ran.err and "3: Текст прочитан" in ran.err
    assert "Проверено сейчас: 2, было готово: 0, не удалось: 1" in ran.out
    assert (out / "documents.parquet").is_file() and (out / "findings.parquet").is_file()
    examined = run("examine", tmp_path / "draft-ru.docx", "--format", "json")
    (made,) = (path for path in out.glob("documents/*/1-*.json") if ".record" not in path.name)
    assert made.read_text("utf-8") == examined.out
    again = run("batch", tmp_path / "list.csv", "--out", out, "--workers", 1, "--json", "--quiet", "--no-tables")
    said = json.loads(again.out)
    assert said.pop("seconds") >= 0 and said.pop("processor_seconds") > 0
    assert said == {
        "drafts": 3, "examined": 0, "stood": 3, "failed": 1, "failures": {"examine.not_an_act": 1}, "bad_lines": [5],
        "out": str(out), "peak_bytes": 0,
    }  # fmt: skip
    assert "из 3" not in again.err
    compared = run("batch", "diff", out, out)
    assert compared.code == 0 and "Версии в обеих папках одинаковы" in compared.out
    assert json.loads(run("batch", "diff", out, out, "--json").out)["totals"]["findings"]["vanished"] == 0
    assert work.process_ids() == []


def test_refusals(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    (tmp_path / "a.txt").touch()
    out = tmp_path / "out"
    assert run("batch", tmp_path, "--out", out, "--engine", "dask").code == 2
    assert run("batch", tmp_path, "--out", out, "--scheduler", "tcp://127.0.0.1:1").code == 2
    assert run("batch", tmp_path / "no", "--out", out).code == 3
    assert run("batch", "diff", tmp_path, tmp_path).code == 3
    monkeypatch.setenv("SARAPTAMA_BATCH_TRIES", "none")
    assert "SARAPTAMA_BATCH_TRIES" in run("batch", tmp_path, "--out", out).err
    monkeypatch.delenv("SARAPTAMA_BATCH_TRIES")
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused = run(
        "batch", tmp_path, "--out", out, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--language", "kk"
    )
    assert refused.code == 3 and "saraptama[batch]" in refused.err and "орнатыңыз" in refused.err


def test_progress_on_a_terminal_and_in_a_pipe() -> None:
    now = 0.0
    state = State(11_200, stood=200)
    pipe, terminal = io.StringIO(), io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    tellers = [Teller(stream, "ru", lambda: now) for stream in (pipe, terminal)]
    for second in range(61):
        now = float(second)
        state.examined = second * 2
        for teller in tellers:
            teller(state)
    assert pipe.getvalue().splitlines() == [
        "260 из 11200 (было готово 200, не удалось 0), 120,0 в минуту, осталось 1:31:10",
        "320 из 11200 (было готово 200, не удалось 0), 120,0 в минуту, осталось 1:30:40",
    ]
    assert terminal.getvalue().count("\r") == 60 and "\n" not in terminal.getvalue()
    tellers[1].end(state)
    assert terminal.getvalue().endswith("\n")
    assert told(State(5), 10.0, "kk") == "5 ішінен 0 (дайын болғаны 0, сәтсізі 0)"


def test_every_code_of_a_batch_has_both_texts() -> None:
    sources = [*(REPOSITORY / "expertise/batch").glob("*.py"), *(REPOSITORY / "saraptama/cli").glob("batch*.py")]
    words = "".join(path.read_text("utf-8") for path in sources)
    codes = set(re.findall(r'"((?:cli\.)?batch[._][a-z_]+[a-z])"', words)) - {"batch.json", "batch.state"}
    assert len(codes) >= 40
    for language in LANGUAGES:
        known = catalogue(language)
        assert {code for code in codes if code not in known} == set()
        assert {f"batch.state_{state}" for state in ("same", "changed", "failed", "only_before", "only_after")} <= {
            *known
        }
