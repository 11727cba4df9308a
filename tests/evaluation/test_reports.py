"""Reports, comparison and log on disk."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from corpora import Corpus, Label
from evaluation import (
    DraftFinding,
    EvaluationError,
    EvaluationResult,
    JudgedFinding,
    compare_results,
    compare_runs,
    comparison_text,
    evaluate,
    log_row,
    log_run,
    report,
    write_comparison,
)
from evaluation.disagreements import DisagreementKind
from evaluation.markdown import table
from evaluation.marking import marked
from evaluation.plain import number, percent, plain
from evaluation.tables import CAVEAT
from nlp.detection.finding import Kind
from nlp.norms.frame import Field, FieldSpan
from tests.evaluation.build import Table, attention, corpus, finding, neutral, pair, pair_corpus, provision
from tests.evaluation.test_drafts import case, gold

TEXTS = corpus(
    provision("1", [Label("f", 2, "вправе")], text="Орган вправе | отказать."),
    provision("2", text="Надлежащий *срок*."),
    provision("3", [Label("g", 1, "нет такой цитаты")], language="kk", act="act_kz"),
)
FOUND: dict[str, list[JudgedFinding]] = {
    "2": [finding("g", span=(0, 10), rules=["g1"]), attention("g", span=(8, 12))],
    "p:sound": [attention("f", span=(0, 2))],
}
PAIRS = pair_corpus([pair("p", ["f"])], [neutral("n")])


def result(found: dict[str, list[JudgedFinding]] | None = None, factors: list[str] | None = None) -> EvaluationResult:
    return evaluate([TEXTS, PAIRS], Table(FOUND if found is None else found), factors, resamples=20, pack_version="0.1")


def test_disagreements_are_all_there_with_their_words() -> None:
    rows = [(each.kind.value, each.factor, each.id) for each in result().disagreements]
    assert rows == [
        ("false_negative", "f", "1"),
        ("false_negative", "f", "p:flawed"),
        ("false_positive", "f", "p:sound"),
        ("false_negative", "g", "3"),
        ("false_positive", "g", "2"),
    ]
    wrong = next(each for each in result().disagreements if each.id == "2")
    assert (wrong.finding_kind, wrong.strength, wrong.detectors) == ("remark", 2, ("g1",))
    missed = next(each for each in result().disagreements if each.id == "1")
    assert (missed.quote, missed.spans, missed.labels) == ("вправе", (FieldSpan(Field.TEXT, 6, 12),), ("f",))


def test_report_writes_its_files_the_same_every_time(tmp_path: Path) -> None:
    first, second = report(result(), tmp_path / "a" / "b"), report(result(), tmp_path / "c")
    assert [path.name for path in first] == [
        "report.json", "report.md", "errors.jsonl", "errors.md", "reliability.svg",
    ]  # fmt: skip
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == sorted(path.name for path in second)


def test_report_json_holds_every_figure_and_no_path(tmp_path: Path) -> None:
    report(result(), tmp_path)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    data = json.loads(text)
    assert (data["schema_version"], data["caveat"], data["disagreements"]) == ("1", CAVEAT, 5)
    assert [each["sha256"] for each in data["corpora"]] == ["ab" * 32, "cd" * 32]
    assert (data["resamples"], data["pack_version"], data["factors"], data["restricted"]) == (
        20,
        "0.1",
        ["f", "g"],
        False,
    )
    headline = data["slices"][0]
    assert (headline["language"], headline["view"], headline["micro"]["tp"], headline["micro"]["fn"]) == (
        "all",
        "headline",
        0,
        2,
    )
    assert str(tmp_path) not in text and "NaN" not in text


def test_report_for_reading(tmp_path: Path) -> None:
    report(result(), tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for part in (
        "# Evaluation",
        "not judgements of human experts",
        "## Provisions",
        "## Noise",
        "## Pairs",
        "## Rules",
    ):
        assert part in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows) and "None" not in text
    errors = (tmp_path / "errors.md").read_text(encoding="utf-8")
    assert "Орган **вправе** \\| отказать." in errors
    assert "**Надлежащий \\***срок\\*." in errors  # spans [0, 10) and [8, 12) are one
    assert "quote not located: нет такой цитаты" in errors


def test_draft_part_of_the_report(tmp_path: Path) -> None:
    drafts = Corpus("drafts", kind=PAIRS.kind, sha256="ef" * 32, drafts=(case(gold("12", "f"), gold("13", "f")),))
    made = [DraftFinding("12", "", "f", Kind.REMARK, 2), DraftFinding("14", "", "f", Kind.REMARK, 2, "лишнее")]
    report(evaluate([drafts], Table(), examine=lambda each: made, resamples=0), tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| all |  | remarks and attention | 2 | 1 | 1 | 50.0 | 50.0 |" in text
    assert "| d | wrong | 14 | f | 2 | лишнее |" in text and "| d | missed | 13 | f |" in text


def test_empty_result_is_reported_too(tmp_path: Path) -> None:
    report(evaluate([], Table()), tmp_path)
    assert (tmp_path / "errors.jsonl").read_bytes() == b""
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["slices"] == []


BETTER: dict[str, list[JudgedFinding]] = {
    "1": [finding("f")],  # label now found
    "p:sound": [attention("f")],  # still wrong
    "p:flawed": [finding("h")],  # new wrong finding; the label is still missed
}


def test_comparison_by_hand(tmp_path: Path) -> None:
    report(result(), tmp_path / "a")
    report(result(BETTER), tmp_path / "b")
    of = compare_runs(tmp_path / "a", tmp_path / "b" / "report.json")
    assert [(each.kind.value, each.factor, each.id) for each in of.gained] == [
        ("false_negative", "f", "1"),
        ("false_positive", "g", "2"),
    ]
    assert [(each.kind.value, each.factor, each.id) for each in of.lost] == [("false_positive", "h", "p:flawed")]
    assert (of.first, of.second, of.corpora) == ("a", "b", ("corpus", "pairs"))
    change = next(each for each in of.figures if each.name == "micro R (all, remarks_and_attention)")
    assert (change.first, change.second) == (0, 0.5)
    text = comparison_text(of)
    assert "| f | 1 | 0 | 0 | 0 |" in text and "| h | 0 | 0 | 0 | 1 |" in text and "Орган **вправе**" in text


def test_comparison_in_memory_is_the_same_and_reverses() -> None:
    forth, back = compare_results(result(), result(BETTER)), compare_results(result(BETTER), result())
    assert forth.gained == back.lost and forth.lost == back.gained
    assert compare_results(result(), result()).gained == ()


def test_comparison_is_over_common_factors(tmp_path: Path) -> None:
    report(result(), tmp_path / "a")
    report(result(BETTER, ["f"]), tmp_path / "b")
    of = compare_runs(tmp_path / "a", tmp_path / "b")
    assert of.factors == ("f",)
    assert [(each.factor, each.id) for each in of.gained] == [("f", "1")]
    assert of.lost == () and of.figures == ()


def test_comparison_over_common_corpora() -> None:
    alone = evaluate([TEXTS], Table(BETTER), resamples=0)
    of = compare_results(result(), alone)
    assert of.corpora == ("corpus",)
    assert {each.id for each in (*of.gained, *of.lost)} == {"1", "2"}


def test_runs_without_anything_in_common() -> None:
    other = evaluate([dataclasses.replace(TEXTS, sha256="00" * 32)], Table(), resamples=0)
    for second in (other, result(factors=["f"])):
        with pytest.raises(EvaluationError, match="evaluation_not_comparable"):
            compare_results(result(factors=["g"]), second)


def test_comparison_on_disk(tmp_path: Path) -> None:
    write_comparison(compare_results(result(), result(BETTER)), tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "compare.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["change"], line["id"]) for line in lines] == [("gained", "1"), ("gained", "2"), ("lost", "p:flawed")]
    assert (tmp_path / "compare.md").read_text(encoding="utf-8").startswith("# first → second")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.json", "{"),
        ("report.json", "[]"),
        ("report.json", '{"schema_version": "1"}'),
        ("report.json", '{"schema_version": "1", "corpora": 5, "factors": [], "restricted": false, "slices": []}'),
        ("errors.jsonl", "{}\n"),
        ("errors.jsonl", "nonsense\n"),
    ],
)
def test_damaged_report(tmp_path: Path, name: str, content: str) -> None:
    report(result(), tmp_path)
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match="evaluation_report_unreadable"):
        compare_runs(tmp_path, tmp_path)


def test_absent_report_and_other_version(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="evaluation_report_unreadable"):
        compare_runs(tmp_path, tmp_path)
    report(result(), tmp_path)
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    (tmp_path / "report.json").write_text(json.dumps({**data, "schema_version": "0"}), encoding="utf-8")
    with pytest.raises(EvaluationError, match="evaluation_report_schema"):
        compare_runs(tmp_path, tmp_path)


def test_log_grows_by_one_row_a_run(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "quality.md"
    first = log_run(path, result(), "first | note\nof two lines", date="2026-02-03")
    second = log_run(path, result(BETTER, ["f"]), "second", date="2026-02-04")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Quality log" and CAVEAT in lines[2]
    assert lines[-2:] == [first, second] and sum(line.startswith("| ---") for line in lines) == 1
    assert first.startswith("| 2026-02-03 | corpus (abababab), pairs (cdcdcdcd) | 0.1 | all |")
    assert first.endswith("| first \\| note of two lines |")


def test_log_keeps_what_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "quality.md"
    path.write_text("# Качество\n\nтекст", encoding="utf-8")
    row = log_run(path, result(), "n", date="2026-02-03")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Качество\n\nтекст\n\n| date |") and text.endswith(row + "\n")


def test_log_row_figures_by_hand() -> None:
    cells = [cell.strip() for cell in log_row(result(BETTER), "n", date="d").split("|")]
    head = dict(zip(table(_log_head(), ()).splitlines()[0].split("|"), cells, strict=True))
    of = {key.strip(): value for key, value in head.items()}
    # ru: label of 1 found, nothing wrong; kk: label of 3 missed
    assert of["micro R"] == "100.0 / 0.0 / 50.0"
    assert of["micro F1"] == "100.0 / 0.0 / 66.7"
    assert of["R at strength 2"] == "100.0 / – / 100.0"
    assert of["pairs both right"] == "0.0 / – / 0.0"
    assert of["texts"] == "6" and of["drafts P / R"] == "–"


def _log_head() -> tuple[str, ...]:
    from evaluation.log import _HEAD

    return _HEAD


def test_marking_joins_overlaps_and_keeps_fields_apart() -> None:
    spans = [FieldSpan(Field.TEXT, 0, 2), FieldSpan(Field.TEXT, 1, 3), FieldSpan(Field.LEAD, 4, 6)]
    assert marked("абвгде", spans, Field.TEXT) == "**абв**где"
    assert marked("абвгде", spans, Field.LEAD) == "абвг**де**"
    assert marked("а\nб", (), Field.TEXT) == "а б"


def test_plain_values() -> None:
    assert plain({"a": (0.123456, 2.0, True, None, Kind.REMARK)}) == {"a": [0.1235, 2, True, None, "remark"]}
    assert (percent(None), percent(0.12345), number(None), number(3.0), number(0.256)) == (
        "–",
        "12.3",
        "–",
        "3",
        "0.26",
    )


def test_missed_labels_have_their_kind() -> None:
    kinds = {each.id: each.kind for each in result().disagreements}
    assert kinds["1"] is DisagreementKind.FALSE_NEGATIVE and kinds["2"] is DisagreementKind.FALSE_POSITIVE


def test_words_marked_in_lead_and_heading(tmp_path: Path) -> None:
    text = dataclasses.replace(
        provision("1", [Label("f", 2, "вправе")]), heading="Права <органа>", lead="Орган вправе:", text="отказать;"
    )
    report(evaluate([corpus(text)], Table(), resamples=0), tmp_path)
    lines = (tmp_path / "errors.md").read_text(encoding="utf-8").splitlines()
    assert "  - heading: Права \\<органа\\>" in lines
    assert "  - lead-in: Орган **вправе**:" in lines and "  - отказать;" in lines


def test_drafts_in_log_and_comparison() -> None:
    drafts = Corpus("drafts", kind=PAIRS.kind, sha256="ef" * 32, drafts=(case(gold("12", "f"), gold("13", "f")),))

    def made(*units: str) -> EvaluationResult:
        found = [DraftFinding(unit, "", "f", Kind.REMARK, 2) for unit in units]
        return evaluate([drafts], Table(), ["f"], examine=lambda each: found, resamples=0)

    assert "| 33.3 / 50.0 |" in log_row(made("12", "14", "15"), "n", date="d")
    figures = {each.name: (each.first, each.second) for each in compare_results(made("14"), made("12", "13")).figures}
    assert figures["drafts P (remarks)"] == (0, 1) and figures["drafts R (remarks_and_attention)"] == (0, 1)
