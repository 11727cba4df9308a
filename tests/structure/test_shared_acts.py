"""Real acts: structured without an exception, articles as many as the text has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nlp.reading.plain import read_plain
from nlp.structure import provisions, structure
from nlp.structure.act import Role, UnitKind

pytestmark = pytest.mark.shared

_ARTICLE_LINE = re.compile(r"(?m)^\s*(?:Статья\s+(\d+(?:-\d+)?)|(\d+(?:-\d+)?)\s?-?\s?бап\b(?!\w))")
# Numbers that stand at the start of a line only in editors' notes on articles that were excluded.
EXCLUDED = {
    "law_on_advertising": {"95", "96"},
    "law_on_vehicle_liability_insurance": {"23"},
    "law_on_housing_relations": {"20"},
    "law_on_notariat_kz": {"87"},
}


def small_acts(shared: Path) -> list[Path]:
    """Every act below half a megabyte; the large codes take long."""
    found = sorted((shared / "corpora" / "kz-acts").glob("*.txt"))
    return [path for path in found if path.name != "SOURCE.txt" and path.stat().st_size < 500_000]


def test_articles_of_real_acts(shared: Path) -> None:
    paths = small_acts(shared)
    assert paths
    for path in paths:
        data = path.read_bytes()
        act = structure(read_plain(data, path.name))
        numbers = {u.number for u in act.root.walk() if u.kind is UnitKind.ARTICLE}
        written = {left or right for left, right in _ARTICLE_LINE.findall(data.decode("utf-8"))}
        missing = written - numbers - EXCLUDED.get(path.stem, set())
        assert not missing, (path.name, missing)
        assert act.is_act, path.name
        found = provisions(act)
        assert len({p.id for p in found}) == len(found)


def test_seeds(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        act = structure(read_plain(path.read_bytes(), path.name))
        assert act.is_act, path.name
        assert provisions(act), path.name


def test_drafts(shared: Path) -> None:
    expected = {"dev-ru-housing": (64, 0, "annex__row_5"), "dev-kk-transport": (61, 0, "annex__row_5")}
    for name, (points, notices, row) in expected.items():
        path = shared / "corpora" / "drafts" / name / "draft.txt"
        act = structure(read_plain(path.read_bytes(), path.name))
        document = act.find("doc_1")
        assert document is not None
        assert sum(u.kind is UnitKind.POINT for u in document.walk()) == points
        assert len(act.notices) == notices and act.find(row) is not None


def test_amending_draft(shared: Path) -> None:
    path = shared / "corpora" / "drafts" / "dev-ru-amend" / "draft.txt"
    act = structure(read_plain(path.read_bytes(), path.name))
    order = act.find("order__para_1")
    assert order is not None
    numbers = [child.number for child in order.children if child.kind is UnitKind.SUBPOINT]
    assert numbers == [str(n) for n in range(1, 26)]
    assert act.find("order__para_1__subpara_11__qstr__para_15-2") is not None
    assert sum(u.role is Role.QUOTED for u in act.root.walk()) > 30
