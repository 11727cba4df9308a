"""Pairs written to check generalisation: the format holds, quotes are found, nothing is there twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora import read_pairs
from tests.conftest import REPOSITORY

FILES = sorted((REPOSITORY / "corpora" / "own" / "written").glob("pairs-*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pairs_are_whole(path: Path) -> None:
    pairs, neutrals = read_pairs(path)
    assert len(pairs) >= 75
    assert len(neutrals) >= 20
    for pair in pairs:
        assert pair.flawed != pair.sound
        assert all(pair.quote_of(at) in pair.flawed + pair.lead for at in range(len(pair.labels)))
    assert {each.language for each in pairs} == {path.stem.split("-")[1]}


def test_no_norm_is_there_twice() -> None:
    norms = [text for path in FILES for pair in read_pairs(path)[0] for text in (pair.flawed, pair.sound)]
    assert len(FILES) >= 4
    assert len(set(norms)) == len(norms)
