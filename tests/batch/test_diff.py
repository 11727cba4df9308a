"""Two folders of results compared: by the very finding, by units, by words; a tie is not guessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from expertise.batch.diff import Totals, changed_versions, drafts
from expertise.batch.folder import OutFolder
from expertise.batch.links import Seen, link
from nlp.alignment.alignment import Node
from nlp.structure.act import UnitKind
from tests.batch.conftest import Scene
from tests.conftest import REPOSITORY

NORMS = {
    "one": "Заявление рассматривается уполномоченным органом в течение пяти рабочих дней",
    "two": "Решение о выдаче разрешения принимается комиссией большинством голосов её членов",
    "three": "Заявитель вправе обжаловать отказ в суд в порядке, установленном законом",
    "new": "Журнал учёта ведётся в электронном виде ответственным работником отдела",
}


def units(*names: str) -> dict[str, Sequence[Node]]:
    """An act of articles 1, 2, … with these norms."""
    below = tuple(range(1, len(names) + 1))
    act = Node("act", UnitKind.ACT, "", "", -1, below)
    return {
        "ru": (
            act,
            *(Node(f"art_{n}", UnitKind.ARTICLE, str(n), NORMS[name], 0) for n, name in zip(below, names, strict=True)),
        )
    }


def seen(ident: str, factor: str, address: str, quote: str, severity: str = "low") -> Seen:
    mark = {"address": address, "quote": quote, "citation": address, "start": 0, "end": 1}
    return Seen("ru", {"id": ident, "factor": factor, "kind": "remark", "severity": severity, "marks": [mark]})


OLD, NEW = units("one", "two", "three"), units("new", "one", "two", "three")


def outcome(before: list[Seen], after: list[Seen]) -> tuple[list[str], list[str], list[str], int]:
    linked = link(before, after, OLD, NEW)
    told = [len(linked.kept) * 2 + len(linked.appeared) + len(linked.vanished)]
    told += [len(one) + len(two) for one, two in linked.unsure]
    assert sum(told) == len(before) + len(after)  # every finding is told once
    names = [[str(each.content["id"]) for each in side] for side in (linked.appeared, linked.vanished)]
    return [pair.made_by for pair in linked.kept], names[0], names[1], len(linked.unsure)


def test_the_passes() -> None:
    before = [
        seen("1", "vague", "art_1", "a"), seen("2", "vague", "art_2__clause_1", "b"), seen("3", "broad", "art_3", "c"),
        seen("4", "elastic", "art_3", "d"), seen("5", "gone", "art_1", "e"), seen("8", "open", "art_1", "t u v"),
    ]  # fmt: skip
    after = [
        seen("1", "vague", "art_2", "a"), seen("6", "vague", "art_3", "B"), seen("7", "broad", "art_4", "other"),
        seen("9", "elastic", "art_1", "z"), seen("10", "open", "art_4", "t u v"),
    ]  # fmt: skip
    assert outcome(before, after) == (["same", "words", "unit", "elsewhere"], ["9"], ["4", "5"], 0)


def test_a_tie_is_asked_and_other_factors_are_other_findings() -> None:
    before = [seen("1", "vague", "art_1", "a"), seen("2", "vague", "art_1", "b")]
    after = [seen("3", "vague", "art_2", "c"), seen("4", "vague", "art_2", "d"), seen("5", "broad", "art_2", "a")]
    assert outcome(before, after) == ([], ["5"], [], 1)
    assert outcome([], after)[1] == ["3", "4", "5"]
    assert outcome(before, [])[2] == ["1", "2"]


def test_without_units_findings_are_still_compared() -> None:
    before, after = [seen("1", "vague", "art_1", "a")], [seen("2", "vague", "art_9", "a")]
    linked = link(before, after, {}, {})
    assert [pair.made_by for pair in linked.kept] == ["elsewhere"]


def test_two_folders(scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scene.write(a="ok vague:x broad:y", b="ok vague:x", c="fail", d="ok vague:z")
    scene.run()
    first = scene.out
    scene.out = OutFolder(tmp_path / "second")
    scene.write(b="ok vague:x elastic:q", e="ok vague:w")
    (scene.drafts / "d.txt").unlink()
    monkeypatch.setenv("FAKE_CHILD_VERSION", "2")
    scene.run()
    found = {draft["draft"]: draft for draft in drafts(first, scene.out)}
    assert {name: draft["state"] for name, draft in found.items()} == {
        "a.txt": "same", "b.txt": "changed", "c.txt": "failed", "d.txt": "only_before", "e.txt": "only_after",
    }  # fmt: skip
    assert [each["factor"] for each in found["b.txt"]["appeared"]] == ["elastic"]
    assert found["b.txt"]["other_texts"] and not found["a.txt"]["other_texts"]
    totals = Totals()
    for draft in found.values():
        totals.add(draft)
    assert totals.to_dict()["findings"] == {"kept": 3, "appeared": 2, "vanished": 1, "unsure": 0}
    versions = changed_versions(first, scene.out)
    assert [each["name"] for each in versions] == ["pack kz"]
    schema: dict[str, Any] = json.loads((REPOSITORY / "expertise/schema/batch-diff-1.0.schema.json").read_text("utf-8"))
    told = {"schema_version": "1.0", "versions": versions, "totals": totals.to_dict(), "drafts": list(found.values())}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(told)))
