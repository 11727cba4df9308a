"""Parts share no act, are alike, and are the same every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import CorpusKind, read_corpus
from corpora.records import Corpus
from corpora.splitting import Part, equal_shares, groups_of, split
from corpora.statistics import statistics
from nlp.errors import CorpusError
from tests.corpora.test_readers import GOLD, NEUTRAL, PAIR, PROVISION, draft, write


def corpus(path: Path, acts: int, each: int = 4) -> Path:
    """Acts in both languages, every second text labelled, every other act with a rare factor."""
    rows = []
    for act in range(acts):
        for at in range(each):
            language, ending = (("ru", ""), ("kk", "_kz"))[at % 2]
            factor = "elastic_sanction" if act % 2 else "permissive_power"
            labels: list[Any] = [[factor, 1 + at % 2, "вправе"]] if at < 2 else []
            rows.append(
                {**PROVISION, "id": f"{act}:{at}", "act": f"act{act}{ending}", "lang": language, "labels": labels}
            )
    return write(path, *rows)


def lines(parts: tuple[Part, ...]) -> list[tuple[int, int]]:
    return [(file, number) for part in parts for file in part.lines for number in part.lines[file]]


def test_parts_are_alike_and_acts_stay_whole(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a", 12)
    parts = split([path], equal_shares(3), seed=7)
    assert [part.name for part in parts] == ["fold-1", "fold-2", "fold-3"]
    assert sorted(lines(parts)) == [(0, number) for number in range(1, 49)]
    for part in parts:
        assert len(part.groups) == 4 and part.counts["texts"] == 16 == part.counts["ru"] + part.counts["kk"]
        assert part.counts["ru permissive_power 1"] == part.counts["kk elastic_sanction 2"] == 2
    assert split([path], equal_shares(3), seed=7) == parts


def test_shares_pairs_and_two_files(tmp_path: Path) -> None:
    pairs = write(tmp_path / "p", *({**PAIR, "id": f"p{at}"} for at in range(20)), {**NEUTRAL, "id": "n"})
    parts = split([corpus(tmp_path / "a", 20), pairs], {"train": 8, "dev": 1, "test": 1}, seed=1)
    sizes = {part.name: part.counts["texts"] for part in parts}
    assert sum(sizes.values()) == 101 and 76 <= sizes["train"] <= 85 and min(sizes.values()) >= 7
    assert len(lines(parts)) == len(set(lines(parts))) == 101
    assert round(parts[0].share, 6) == 0.8


def test_another_seed_deals_otherwise(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a", 12)
    dealt = {tuple(part.groups for part in split([path], equal_shares(3), seed)) for seed in range(6)}
    assert len(dealt) > 1


def test_annotators_of_one_provision_stay_together(tmp_path: Path) -> None:
    rows = [{**PROVISION, "id": "1", "annotator": name} for name in "ab"] + [{**PROVISION, "id": "2", "act": "other"}]
    assert {len(part.groups) for part in split([write(tmp_path / "a", *rows)], equal_shares(2), 1)} == {1}


@pytest.mark.parametrize(
    ("shares", "acts", "code"),
    [({"a": 1.0}, 3, "corpus_split_parts"), ({"a": 1.0, "b": 0.0}, 3, "corpus_split_parts"),
     ({"a": 1.0, "b": 1.0}, 1, "corpus_split_groups")],
)  # fmt: skip
def test_what_cannot_be_split(tmp_path: Path, shares: dict[str, float], acts: int, code: str) -> None:
    with pytest.raises(CorpusError, match=code):
        split([corpus(tmp_path / "a", acts)], shares, 1)
    with pytest.raises(CorpusError, match="corpus_split_parts"):
        equal_shares(1)
    with pytest.raises(CorpusError, match="corpus_unknown_format"):
        groups_of([write(tmp_path / "b", {"hello": 1})])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=30), st.integers(2, 5), st.integers())
def test_no_part_is_empty_and_no_line_is_lost(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[int, bool]], folds: int, seed: int
) -> None:
    rows = [{**PROVISION, "id": str(at), "act": f"a{act}", "labels": PROVISION["labels"] if said else []}
            for at, (act, said) in enumerate(texts)]  # fmt: skip
    path = write(tmp_path_factory.mktemp("split") / "a", *rows)
    if len({act for act, _ in texts}) < folds:
        with pytest.raises(CorpusError):
            split([path], equal_shares(folds), seed)
        return
    parts = split([path], equal_shares(folds), seed)
    assert sorted(lines(parts)) == [(0, at + 1) for at in range(len(rows))] and all(part.groups for part in parts)
    where = {group: part.name for part in parts for group in part.groups}
    assert len(where) == sum(len(part.groups) for part in parts)


def test_statistics_by_hand(tmp_path: Path) -> None:
    kazakh = {
        **PROVISION,
        "id": "a:2",
        "act": "law_x_kz",
        "lang": "kk",
        "labels": [],
        "stratum": "plain",
        "text": "Орган.",
    }
    twice = [{**PROVISION, "annotator": "first"}, {**PROVISION, "annotator": "second", "labels": []}]
    folder = draft(tmp_path / "d", gold__jsonl=json.dumps(GOLD))
    found = statistics([read_corpus(path) for path in (write(tmp_path / "a", *twice, kazakh),
                                                       write(tmp_path / "b", PAIR, NEUTRAL), folder)])  # fmt: skip
    texts = {(row.role, row.language): (row.texts, row.labelled, row.acts) for row in found.texts}
    assert texts == {
        ("draft", "ru"): (1, 1, 1), ("flawed", "kk"): (1, 1, 0), ("neutral", "ru"): (1, 0, 0),
        ("provision", "ru"): (1, 1, 1), ("provision", "kk"): (1, 0, 1), ("sound", "kk"): (1, 0, 0),
    }  # fmt: skip
    factors = {
        (row.factor, row.language): (row.strength2, row.strength1, row.pairs, row.drafts) for row in found.factors
    }
    assert factors == {
        ("excessive_requirement", "ru"): (0, 0, 0, 1), ("permissive_power", "ru"): (1, 0, 0, 0),
        ("permissive_power", "kk"): (0, 0, 1, 0),
    }  # fmt: skip
    assert [(row.stratum, row.language, row.texts, row.labelled, row.pool) for row in found.strata] == [
        ("marker", "ru", 1, 1, 2.5), ("plain", "kk", 1, 0, 2.5),
    ]  # fmt: skip
    assert [(row.act, row.language, row.texts) for row in found.acts] == [("law_x", "ru", 1), ("law_x", "kk", 1)]
    assert [(row.annotator, row.texts, row.labels) for row in found.annotators] == [
        ("", 1, 0), ("first", 1, 1), ("second", 1, 0),
    ]  # fmt: skip
    lengths = {(row.role, row.language): (row.least, row.middle, row.most) for row in found.lengths}
    assert lengths["provision", "kk"] == (6, 6, 6) and lengths["provision, labelled", "ru"][0] == len(PROVISION["text"])
    assert statistics([Corpus("e", CorpusKind.PROVISIONS, "")]).texts == ()
