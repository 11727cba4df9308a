"""Instructions, one by one: kind, target and words of each operation, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.structure.amendments.helpers import amending, shown

HERE = Path(__file__).parent


def rows(language: str) -> list[Any]:
    found = yaml.safe_load((HERE / f"instructions_{language}.yaml").read_text("utf-8"))
    return [pytest.param(language, row, id=row["text"][:60]) for row in found]


def spaced(line: str) -> str:
    """Blanks around bars do not matter."""
    return " | ".join(part.strip() for part in line.split("|"))


@pytest.mark.parametrize(("language", "row"), [*rows("ru"), *rows("kk")])
def test_instruction(language: str, row: dict[str, Any]) -> None:
    act = amending(row["text"], language)
    assert [spaced(line) for line in shown(act)] == [spaced(line) for line in row["ops"]]
    codes = [notice.code for notice in act.notices]
    assert codes.count("structure.amendment_unclear") == row.get("unclear", 0)
    for operation in act.operations:
        assert (operation.act.form, operation.act.number) == ("order", "5")
        assert (operation.act.date, operation.act.title in ("О лодках", "Қайықтар туралы")) == ("2020-03-01", True)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_enough_instructions(language: str) -> None:
    assert len(rows(language)) >= 60
