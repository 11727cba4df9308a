"""A small pack of known rules, so that tests of the engine do not depend on ours."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack

TEXTS = {"ru": "обоснование нормы {actor}", "kk": "норманың негіздемесі {actor}"}
TESTS = {"flag": ["x"], "pass": ["y"]}

MakePack = Callable[..., Pack]


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    """``make_pack(broad_discretion=[{"any": [...]}], …)`` → our pack with these Russian rules only."""

    def make(suppressions: list[dict[str, Any]] | None = None, **factors: list[dict[str, Any]]) -> Pack:
        folder = Path(shutil.copytree(kz_pack(), tmp_path / "pack", dirs_exist_ok=True))
        for path in folder.glob("factors/*/rules.*.yaml"):
            path.unlink()
        for factor, rules in factors.items():
            entries = [
                {"id": f"{factor}.ru.r{n}", "name": TEXTS, "explanation": TEXTS, "risk": TEXTS, "tests": TESTS} | rule
                for n, rule in enumerate(rules)
            ]
            target = folder / "factors" / factor / "rules.ru.yaml"
            target.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
        if suppressions is not None:
            target = folder / "suppressions.ru.yaml"
            target.write_text(yaml.safe_dump(suppressions, allow_unicode=True), encoding="utf-8")
        return load_pack(folder)

    return make
