"""Own drafts with adopted versions keep their format, and what is proposed of them keeps the bars."""

from __future__ import annotations

from collections import Counter

import pytest

from evaluation.adoption import AdoptionScore, cases, f1, score
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.reading.reader import read_file
from tests.conftest import REPOSITORY

OWN = REPOSITORY / "corpora" / "own" / "adoption"


def test_gold_stands_in_the_texts() -> None:
    languages: Counter[str] = Counter()
    for case in cases([OWN]):
        languages[case.language] += 1
        assert case.adopted is not None
        draft, adopted = (" ".join(read_file(path).text.split()) for path in (case.draft, case.adopted))
        assert len(case.gold) == len(case.adoption) >= 14
        assert [(gold.unit, gold.factor) for gold in case.gold] == [(row.unit, row.factor) for row in case.adoption]
        assert all(gold.quote in draft for gold in case.gold)
        assert all(row.evidence in adopted for row in case.adoption)
        assert all(new.quote in adopted for new in case.new_findings)
        assert len({row.state for row in case.adoption}) == 4
    assert min(languages["ru"], languages["kk"]) >= 2


@pytest.fixture(scope="module")
def rows() -> list[AdoptionScore]:
    examiner = Examiner(load_pack(kz_pack()))
    return [score(case, examiner) for case in cases([OWN])]


def test_states_and_aligned_units_keep_their_bars(rows: list[AdoptionScore]) -> None:
    right, total = sum(row.right for row in rows), sum(row.total for row in rows)
    assert right / total >= 0.85, [line for row in rows for line in row.wrong]
    parts = [sum(getattr(row, part) for row in rows) for part in ("expected", "made", "met")]
    assert f1(*parts) >= 0.97
