"""The development corpora are read whole, and every quote in them is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora import quote_spans, read_corpus

pytestmark = pytest.mark.shared


@pytest.mark.parametrize(("name", "count"), [("provisions-train", 3823), ("provisions-dev", 1177)])
def test_provisions(shared: Path, name: str, count: int) -> None:
    provisions = read_corpus(shared / "corpora" / f"{name}.jsonl").provisions
    assert len(provisions) == count
    for provision in provisions:
        for label in provision.labels:
            (span,) = quote_spans(label, provision)
            assert getattr(provision, span.field.value)[span.start : span.end] == label.quote


def test_train_and_dev_share_no_act(shared: Path) -> None:
    names = ("provisions-train", "provisions-dev")
    train, dev = (
        {each.base_act for each in read_corpus(shared / "corpora" / f"{name}.jsonl").provisions} for name in names
    )
    assert not train & dev


@pytest.mark.parametrize(
    ("name", "pairs", "neutrals"),
    [("ru-train", 357, 191), ("kk-train", 321, 174), ("ru-dev", 60, 33), ("kk-dev", 59, 41)],
)
def test_pairs(shared: Path, name: str, pairs: int, neutrals: int) -> None:
    corpus = read_corpus(shared / "corpora" / f"pairs-{name}.jsonl")
    assert (len(corpus.pairs), len(corpus.neutrals)) == (pairs, neutrals)
    assert all(pair.quote_of(at) in pair.flawed for pair in corpus.pairs for at in range(len(pair.labels)))


def test_drafts(shared: Path) -> None:
    cases = read_corpus(shared / "corpora" / "drafts").drafts
    assert {case.id: (len(case.gold), len(case.adoption), len(case.new_findings)) for case in cases} == {
        "dev-kk-transport": (24, 24, 1),
        "dev-ru-amend": (16, 16, 1),
        "dev-ru-housing": (23, 23, 1),
    }
    for case in cases:
        text = case.draft.read_text(encoding="utf-8")
        assert all(gold.quote in text for gold in case.gold)
