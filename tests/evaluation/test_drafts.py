"""Whole drafts: gold by unit, by hand; and places of units in the gold's notation."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora import Corpus, CorpusKind, DraftCase, GoldFinding, read_corpus
from evaluation import Counting, DraftFinding, EvaluationError, draft_scores, evaluate, gold_place
from evaluation.drafts import matches, pooled
from nlp.detection.finding import Kind
from nlp.reading.source import SourceText
from nlp.structure.act import Act, Requisites, Role, Unit, UnitKind
from tests.evaluation.build import Table

REMARK, ATTENTION = Kind.REMARK, Kind.ATTENTION


def gold(unit: str, factor: str, sub: str = "", quote: str = "иные документы по запросу") -> GoldFinding:
    return GoldFinding(unit, sub, "", factor, 2, quote, "", "")


def case(*expected: GoldFinding) -> DraftCase:
    return DraftCase("d", "ru", Path(), Path("draft.txt"), expected)


def test_precision_and_recall_by_hand() -> None:
    expected = case(gold("12", "f", "4)"), gold("13", "g"), gold("14", "f"), gold("15", "h"))
    found = [
        DraftFinding("12", "4)", "f", REMARK, 2),  # right
        DraftFinding("12", "4)", "f", ATTENTION, 1),  # the same norm and factor again
        DraftFinding("13", "2)", "g", ATTENTION, 1),  # right: gold names the whole point
        DraftFinding("14", "", "g", REMARK, 2),  # wrong factor
        DraftFinding("12", "3)", "f", REMARK, 2),  # wrong sub-point
    ]
    every, remarks = draft_scores(expected, found, None)
    assert (every.counting, every.expected, every.found, every.made, every.right) == (Counting.ALL, 4, 2, 4, 2)
    assert (every.precision, every.recall) == (0.5, 0.5)
    assert [(each.unit, each.factor) for each in every.missed] == [("14", "f"), ("15", "h")]
    assert [(each.unit, each.sub) for each in every.wrong] == [("14", ""), ("12", "3)")]
    assert (remarks.found, remarks.made, remarks.right) == (1, 3, 1)


def test_restriction() -> None:
    every, _ = draft_scores(case(gold("1", "f"), gold("2", "g")), [DraftFinding("2", "", "g", REMARK, 2)], ["f"])
    assert (every.expected, every.made, every.precision, every.recall) == (1, 0, None, 0)


def test_draft_without_gold_or_findings() -> None:
    every, _ = draft_scores(case(), [], None)
    assert (every.precision, every.recall) == (None, None)
    assert pooled([]) == (None, None)


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        (gold("12", "f", "4)"), ("12", "4)", ""), True),
        (gold("12", "f", "4)"), ("12", "5)", "иные документы по запросу"), False),
        (gold("12", "f", "4)"), ("12", "", "4) иные документы по запросу отдела"), True),
        (gold("12", "f", "4)"), ("12", "", "в разумный срок"), False),
        (gold("12", "f", "4)"), ("12", "", ""), False),
        (gold("12", "f"), ("12", "7)", ""), True),
        (gold("12", "f"), ("1", "", ""), False),
        (gold("a1", "f"), ("a1", "", "иные документы"), True),
        (gold("a1", "f"), ("a1", "", "от 0 до 10"), False),
        (gold("1/5)", "f", "9"), ("1/5)", "9", ""), True),
        (gold("1/5)", "f", "9"), ("1/6)", "9", ""), False),
        (gold("o1", "f"), ("1", "", ""), False),
    ],
)
def test_what_counts_as_the_same_finding(expected: GoldFinding, found: tuple[str, str, str], same: bool) -> None:
    unit, sub, quote = found
    assert matches(expected, DraftFinding(unit, sub, "f", REMARK, 2, quote)) is same


def test_pooled_adds_counts() -> None:
    one, _ = draft_scores(case(gold("1", "f")), [DraftFinding("1", "", "f", REMARK, 2)], None)
    two, _ = draft_scores(case(*(gold(str(at), "f") for at in range(3))), [DraftFinding("9", "", "f", REMARK, 2)], None)
    assert pooled([one, two]) == (1 / 2, 1 / 4)


def test_drafts_need_an_examiner() -> None:
    corpus = Corpus("drafts", CorpusKind.DRAFT, "ef" * 32, drafts=(case(gold("1", "f")),))
    with pytest.raises(EvaluationError, match="evaluation_no_examiner"):
        evaluate([corpus], Table())
    result = evaluate([corpus], Table(), examine=lambda each: [DraftFinding("1", "", "f", REMARK, 2)])
    assert [each.recall for each in result.drafts] == [1, 1]
    assert result.slices == ()


def unit(kind: UnitKind, number: str, address: str, *children: Unit, role: Role = Role.NORM) -> Unit:
    return Unit(kind, number, address, (0, 0), (0, 0), role=role, children=children)


K, R = UnitKind, Role
ORDER = unit(
    K.ORDER,
    "",
    "order",
    unit(
        K.POINT,
        "1",
        "o1",
        unit(
            K.SUBPOINT,
            "5",
            "o1s5",
            unit(K.POINT, "9", "o1s5q9", unit(K.SUBPOINT, "4", "o1s5q9s4", role=R.QUOTED), role=R.QUOTED),
            role=R.AMENDMENT,
        ),
    ),
    unit(K.POINT, "3", "o3", unit(K.SUBPOINT, "1", "o3s1")),
)
RULES = unit(
    K.DOCUMENT, "", "rules", unit(K.CHAPTER, "2", "ch2", unit(K.POINT, "12", "r12", unit(K.SUBPOINT, "3-1", "r12s3-1")))
)
ANNEXES = (
    unit(K.ANNEX, "", "x1", unit(K.ANNEX, "2", "x1inner")),
    unit(K.ANNEX, "7", "x2", unit(K.TABLE, "", "x2t", unit(K.ROW, "5", "x2t5"))),
)
LAW = unit(K.ARTICLE, "7", "art7", unit(K.POINT, "2", "art7p2"), unit(K.SUBPOINT, "1", "art7s1"))
ACT = Act(
    SourceText("", (), "txt"),
    unit(K.ACT, "", "act", ORDER, RULES, *ANNEXES, LAW),
    language="ru",
    requisites=Requisites(),
)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("o3", ("o3", "")),
        ("o3s1", ("o3", "1)")),
        ("o1s5", ("1/5)", "")),
        ("o1s5q9", ("1/5)", "9")),
        ("o1s5q9s4", ("1/5)", "9")),
        ("r12", ("12", "")),
        ("r12s3-1", ("12", "3-1)")),
        ("x1inner", ("a1", "")),
        ("x2t5", ("a2", "")),
        ("art7p2", ("7", "2")),
        ("art7s1", ("7", "1)")),
        ("nowhere", ("", "")),
    ],
)
def test_places_in_the_notation_of_the_gold(address: str, place: tuple[str, str]) -> None:
    assert gold_place(ACT, address) == place


@pytest.mark.shared
def test_perfect_and_empty_examination_of_the_development_drafts(shared: Path) -> None:
    corpus = read_corpus(shared / "corpora" / "drafts")

    def perfect(each: DraftCase) -> list[DraftFinding]:
        return [DraftFinding(g.unit, g.sub, g.factor, REMARK, g.strength, g.quote) for g in each.gold]

    best = evaluate([corpus], Table(), examine=perfect).drafts
    assert {(each.precision, each.recall) for each in best} == {(1, 1)}
    worst = evaluate([corpus], Table(), examine=lambda each: []).drafts
    assert {(each.precision, each.recall, len(each.missed)) for each in worst} == {
        (None, 0, 24),
        (None, 0, 16),
        (None, 0, 23),
    }
