"""Our own corpus keeps its promises: balance, quotes, pairs of near length, nothing that counts in rates."""

from __future__ import annotations

from collections import Counter

import pytest

from corpora import quote_spans, read_pairs, read_provisions
from tests.conftest import REPOSITORY

OWN = REPOSITORY / "corpora" / "own"
FACTORS = {
    "broad_discretion",
    "permissive_power",
    "blanket_reference",
    "excessive_requirement",
    "vague_wording",
    "elastic_sanction",
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_provisions_are_balanced(language: str) -> None:
    provisions = read_provisions(OWN / f"provisions-{language}.jsonl")
    labelled = [each for each in provisions if each.labels]
    assert (len(provisions), len(labelled)) == (24, 12)
    main = Counter(each.labels[0].factor for each in labelled)
    assert main == dict.fromkeys(FACTORS, 2)
    assert {each.language for each in provisions} == {language}
    assert not any(each.is_natural for each in provisions)
    assert all(quote_spans(label, each) for each in provisions for label in each.labels)


def test_both_languages_belong_to_the_same_acts() -> None:
    acts = [{each.base_act for each in read_provisions(OWN / f"provisions-{code}.jsonl")} for code in ("ru", "kk")]
    assert len(acts[0] & acts[1]) >= 8


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_length_does_not_tell_the_sides_of_a_pair_apart(language: str) -> None:
    pairs, neutrals = read_pairs(OWN / f"pairs-{language}.jsonl")
    assert (len(pairs), len(neutrals)) == (8, 4)
    assert {factor for pair in pairs for factor in pair.labels} == FACTORS
    lengths = [(len(pair.flawed), len(pair.sound)) for pair in pairs]
    assert all(abs(flawed - sound) <= 0.15 * max(flawed, sound) for flawed, sound in lengths)
    assert all(pair.quote_of(at) in pair.flawed for pair in pairs for at in range(len(pair.labels)))
