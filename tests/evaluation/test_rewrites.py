"""Proposals drawn for a reader, grades counted, texts that read the same found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.rewrites import GRADES, acceptable, alike, draw, key, main, row, sayings
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.structure.act import Provision

NORMS = [
    "Отдел рассматривает заявление в разумный срок.",
    "Инспекция при необходимости продлевает срок проверки предпринимателя.",
    "Комиссия вправе отказать заявителю в выдаче разрешения.",
    "Отдел рассматривает заявление в течение трех рабочих дней.",
]


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


def provisions(*texts: str) -> list[Provision]:
    return [Provision(f"n{at}", "ru", text) for at, text in enumerate(texts)]


def test_sayings_carry_the_proposal_of_this_norm(examiner: Examiner) -> None:
    said = list(sayings(examiner, provisions(*NORMS)))
    assert {each.provision.id for each in said} == {"n0", "n1", "n2"}
    first = said[0]
    assert first.recommendation is not None
    assert "разумный" not in first.recommendation.wording
    assert "в разумный срок" in first.words.explanation


def test_a_draw_is_the_same_every_time_and_in_order(examiner: Examiner) -> None:
    said = list(sayings(examiner, provisions(*NORMS * 4)))
    drawn = draw(said, 5, 1)
    assert [key(each) for each in drawn] == [key(each) for each in draw(said, 5, 1)]
    assert [said.index(each) for each in drawn] == sorted(said.index(each) for each in drawn)
    assert len(draw(said, 999, 1)) == len([each for each in said if each.recommendation])


def test_the_key_holds_no_words_of_the_norm(examiner: Examiner) -> None:
    said = next(sayings(examiner, provisions(*NORMS)))
    assert set(key(said)) == {"id", "factor", "rule"}
    assert all(row(said)[grade] is None for grade in GRADES)


def test_acceptable_has_all_grades() -> None:
    good = {"id": "a", **dict.fromkeys(GRADES, True)}
    assert acceptable([good, {**good, "meaning": False}, {**good, "removes": False}]) == 1


@pytest.mark.parametrize("spoilt", [None, "yes", 1])
def test_a_row_without_a_grade_is_refused(spoilt: object) -> None:
    with pytest.raises(ValueError, match="meaning"):
        acceptable([{"id": "a", **dict.fromkeys(GRADES, True), "meaning": spoilt}])


def test_alike_are_different_norms_only(examiner: Examiner) -> None:
    same = provisions(NORMS[0], NORMS[0])
    assert alike(sayings(examiner, same)) == []
    other = [Provision("x", "ru", NORMS[0]), Provision("y", "ru", NORMS[0], lead="При обращении граждан:")]
    assert [len(group) for group in alike(sayings(examiner, other))] == [2]


def test_grades_are_counted_by_factor(tmp_path: Path) -> None:
    rows = [{"id": str(at), "factor": f"f{at % 2}", **dict.fromkeys(GRADES, at > 0)} for at in range(4)]
    path = tmp_path / "graded.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = CliRunner().invoke(main, ["score", str(path)]).output
    assert "acceptable 3 of 4" in out
    assert "f0: 1 of 2" in out


def test_what_is_drawn_from_train(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "drawn.jsonl"
    ran = CliRunner().invoke(main, ["draw", "kk", "--shared", str(shared), "--out", str(out), "--count", "7"])
    assert ran.exit_code == 0, ran.output
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows) == 7
    assert all(each["proposed"] != each["norm"] for each in rows)
