"""The order of learning: nothing twice, nothing lost, sides of a pair together."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.examples import Role, read_examples
from models.rows import mates_of, rows_of
from nlp.classifier.pieces import Encoded
from tests.conftest import REPOSITORY

PAIRS = REPOSITORY / "corpora" / "own" / "pairs-ru.jsonl"


def encoded(pieces: int) -> Encoded:
    return Encoded(tuple(range(pieces)), (0,) * pieces, (None,) * pieces)


def test_each_side_knows_the_other() -> None:
    examples = read_examples([PAIRS])
    mates = mates_of(examples)
    sides = [at for at, example in enumerate(examples) if example.role is not Role.NEUTRAL]
    assert sorted(mates) == sides
    for at, other in mates.items():
        assert mates[other] == at and examples[at].group == examples[other].group
        assert {examples[at].role, examples[other].role} == {Role.FLAWED, Role.SOUND}


def test_a_side_without_the_other_and_one_id_in_two_files() -> None:
    flawed, sound = read_examples([PAIRS])[:2]
    elsewhere = replace(sound, source="others.jsonl")
    assert mates_of([flawed, elsewhere]) == {}
    assert mates_of([flawed, elsewhere, sound]) == {0: 2, 2: 0}


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(0, 30), st.integers(1, 200), st.integers(0, 9))
def test_every_example_once_and_mates_in_one_batch(lengths: list[int], pairs: int, pieces: int, seed: int) -> None:
    read = [encoded(length) for length in lengths]
    couples = [(2 * at, 2 * at + 1) for at in range(min(pairs, len(read) // 2))]
    mates = {one: other for couple in couples for one, other in (couple, couple[::-1])}
    batches = list(rows_of(read, pieces, random.Random(seed), mates))
    assert sorted(at for batch in batches for at in batch) == list(range(len(read)))
    assert all(mates[at] in batch for batch in batches for at in batch if at in mates)
    for batch in batches:
        longest = max((len(read[at].ids) for at in batch), default=0)
        assert len(batch) * longest <= pieces or len({frozenset((at, mates.get(at, at))) for at in batch}) == 1


def test_without_pairs_the_order_depends_on_the_seed_alone() -> None:
    read = [encoded(3 + at % 5) for at in range(40)]
    first, again, other = (list(rows_of(read, 30, random.Random(seed))) for seed in (1, 1, 2))
    assert first == again != other
