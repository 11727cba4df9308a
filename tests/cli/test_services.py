"""services import, and what examine says with the register and without it."""

from __future__ import annotations

import json
from pathlib import Path

from saraptama.cli.codes import Exit
from tests.cli.conftest import Run

ACT = """Правила содержания пасек

1. Пасека стоит у леса.
2. Улей красят весной.
3. Пчеловод подает в отдел заявление, отдел за неделю выдает справку о безвредности ульев.
"""
TABLE = "Код;Наименование услуги\n00101001;Выдача справки о безвредности ульев\n;Без кода\n"


def files(folder: Path) -> tuple[Path, Path, Path]:
    act, table, register = folder / "пасека.txt", folder / "реестр.csv", folder / "services.json"
    act.write_text(ACT, encoding="utf-8")
    table.write_text(TABLE, encoding="cp1251")
    return act, table, register


def test_a_table_is_imported_and_the_examination_leans_on_it(run: Run, tmp_path: Path) -> None:
    act, table, register = files(tmp_path)
    imported = run("services", "import", table, "--out", register)
    assert imported.code == Exit.OK
    assert "«Наименование услуги» – наименование на русском языке" in imported.out
    assert "Строка 3" in imported.err
    sha256 = json.loads(register.read_text("utf-8"))["sha256"]
    assert sha256 in imported.out

    without = json.loads(run("examine", act, "--force", "--format", "json").out)
    beside = json.loads(run("examine", act, "--force", "--format", "json", "--services", register).out)
    assert "hidden_service" in {finding["factor"] for finding in without["texts"][0]["findings"]}
    assert "hidden_service" not in {finding["factor"] for finding in beside["texts"][0]["findings"]}
    assert beside["versions"]["registers"] == [{"name": "services", "sha256": sha256}]


def test_a_register_that_was_changed_is_refused(run: Run, tmp_path: Path) -> None:
    act, table, register = files(tmp_path)
    run("services", "import", table, "--out", register)
    register.write_text(register.read_text("utf-8").replace("ульев", "лодок"), encoding="utf-8")
    ran = run("examine", act, "--services", register)
    assert ran.code == Exit.INPUT and "saraptama services import" in ran.err
    assert run("services", "import", tmp_path / "нет.csv").code == Exit.INPUT
