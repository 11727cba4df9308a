"""The whole run over files: our own corpus with a perfect and a silent judge, and the development files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora import find_quote, judged_provisions, read_corpus
from evaluation import Counting, EvaluationResult, JudgedFinding, evaluate_files
from evaluation.slices import View
from nlp.detection.finding import Kind, Severity
from nlp.structure.act import Provision
from tests.conftest import REPOSITORY

OWN = sorted((REPOSITORY / "corpora" / "own").glob("*.jsonl"))


class Oracle:
    """Says what the labels say."""

    def __init__(self, paths: list[Path]) -> None:
        self.answers: dict[str, list[JudgedFinding]] = {}
        for path in paths:
            corpus = read_corpus(path)
            provisions = {each.id: each for each in judged_provisions(corpus)}
            for annotated in corpus.provisions:
                for label in annotated.labels:
                    self._add(provisions[annotated.id], label.factor, label.strength, label.quote)
            for pair in corpus.pairs:
                for at, factor in enumerate(pair.labels):
                    self._add(provisions[f"{pair.id}:flawed"], factor, 2, pair.quote_of(at))

    def _add(self, provision: Provision, factor: str, strength: int, quote: str) -> None:
        found = JudgedFinding(
            factor, Kind.REMARK, strength, 1.0, Severity.HIGH, find_quote(quote, provision), ("oracle",)
        )
        self.answers.setdefault(provision.id, []).append(found)

    def __call__(self, provision: Provision) -> list[JudgedFinding]:
        return self.answers.get(provision.id, [])


def perfect(result: EvaluationResult) -> None:
    for each in result.slices:
        if each.view in (View.HEADLINE, View.NATURAL) and each.positives:
            assert each.micro.f1 == each.any_factor.f1 == 1
    for row in result.spans:
        assert row.overall.f1 == 1 and row.unlocated == 0
    for pairs in result.pairs:
        assert pairs.both.count == pairs.both.total and pairs.neutral_clean.count == pairs.neutral_clean.total
    assert result.disagreements == ()
    assert all(rule.right == rule.hits for rule in result.rules)


def test_perfect_judge_on_our_own_corpus() -> None:
    result = evaluate_files(OWN, Oracle(OWN), resamples=50)
    perfect(result)
    assert sum(each.provisions for each in result.corpora) == 48 and sum(each.pairs for each in result.corpora) == 16


def test_silent_judge_on_our_own_corpus() -> None:
    result = evaluate_files(OWN, lambda provision: (), resamples=50)
    headline = next(each for each in result.slices if each.view is View.HEADLINE and each.counting is Counting.ALL)
    assert (headline.micro.precision, headline.micro.recall, headline.micro.f1) == (None, 0, 0)
    assert all(row.both.count == 0 and row.sound_clean.share == 1 for row in result.pairs if row.both.total)


def test_progress_counts_every_text() -> None:
    calls: list[tuple[str, int, int]] = []
    evaluate_files(OWN, lambda provision: (), resamples=0, progress=lambda *call: calls.append(call))
    per_corpus = {name: total for name, _, total in calls}
    assert [done for _, done, _ in calls] == [at + 1 for total in per_corpus.values() for at in range(total)]
    assert sum(per_corpus.values()) == 48 + 2 * 16 + 8


@pytest.mark.shared
def test_perfect_judge_on_the_development_files(shared: Path) -> None:
    files = [shared / "corpora" / f"{name}-dev.jsonl" for name in ("provisions", "pairs-ru", "pairs-kk")]
    result = evaluate_files(files, Oracle(files), resamples=20)
    perfect(result)
    assert [(each.provisions, each.pairs, each.neutrals) for each in result.corpora] == [
        (1177, 0, 0),
        (0, 60, 33),
        (0, 59, 41),
    ]


@pytest.mark.shared
def test_pool_at_natural_prevalence_is_the_sum_of_weights(shared: Path) -> None:
    path = shared / "corpora" / "provisions-dev.jsonl"
    result = evaluate_files([path], lambda provision: (), resamples=0)
    # 359 × 8.72 + 281 × 5.24 + 102 × 22.72 + 72 × 15.99
    assert result.noise[0].pool == pytest.approx(8071.64)
    assert result.noise[0].provisions == 359 + 281 + 102 + 72


@pytest.mark.shared
def test_length_alone_is_counted_as_a_second_count_counts_it(shared: Path) -> None:
    files = [shared / "corpora" / f"pairs-{language}-dev.jsonl" for language in ("ru", "kk")]
    train = [shared / "corpora" / f"pairs-{language}-train.jsonl" for language in ("ru", "kk")]
    result = evaluate_files(files, lambda provision: (), length_paths=train, resamples=0)
    whole = next(each for each in result.length_baselines if each.language == "all" and not each.near_length)
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    lengths = [(len(row["flawed"]), len(row["sound"])) for row in rows if "flawed" in row]
    assert whole.chosen_on == "train"
    assert whole.shorter_is_flawed.count == sum(flawed < sound for flawed, sound in lengths)
    assert whole.both.count == sum(flawed <= whole.threshold < sound for flawed, sound in lengths)
