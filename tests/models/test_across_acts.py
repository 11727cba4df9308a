"""Folds over acts and pairs: nothing is judged by what has learned from it; the figures are those of the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from models import across_acts
from models.across_acts import FOLDS, Side, figures, main, thought_by_folds
from models.examples import Example, Role, folds_of, read_examples
from models.fusing import Array
from tests.models.test_making import CORPORA


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return read_examples(CORPORA)


def test_no_fold_learns_from_what_it_judges(examples: list[Example], tmp_path: Path) -> None:
    factors = tuple(sorted({mark.factor for example in examples for mark in example.marks}))
    met: list[int] = []

    def network(fold: int, outside: Sequence[int], inside: Sequence[int]) -> Array:
        def groups(rows: Sequence[int]) -> set[tuple[bool, str]]:
            return {(examples[at].role is Role.PROVISION, examples[at].group) for at in rows}

        assert not groups(outside) & groups(inside)
        met.extend(inside)
        return np.full((len(inside), len(factors) + 1), float(fold))

    thought, spoken = thought_by_folds(examples, range(len(examples)), factors, network, tmp_path)
    assert sorted(met) == list(range(len(examples))) and len(spoken) == len(examples)
    assert thought[:, -1].tolist() == [float(fold) for fold in folds_of(examples, FOLDS)]  # each row in its place

    def never(*_: object) -> Array:
        raise AssertionError("what was kept is not learned again")

    again, _ = thought_by_folds(examples, range(len(examples)), factors, never, tmp_path)
    assert (again == thought).all()


def test_labels_elsewhere_of_a_judged_act_are_not_learned_from(examples: list[Example], tmp_path: Path) -> None:
    """The same acts, labelled by somebody else, learned from and not measured."""
    own = [at for at, example in enumerate(examples) if example.role is Role.PROVISION]
    doubled = [*(examples[at] for at in own), *(examples[at] for at in own)]
    factors = tuple(sorted({mark.factor for example in doubled for mark in example.marks}))

    def network(fold: int, outside: Sequence[int], inside: Sequence[int]) -> Array:
        assert not {doubled[at].group for at in outside} & {doubled[at].group for at in inside}
        return np.zeros((len(inside), len(factors) + 1))

    thought_by_folds(doubled, range(len(own)), factors, network, tmp_path)


def test_figures(examples: list[Example]) -> None:
    provisions = [at for at, example in enumerate(examples) if example.role is Role.PROVISION]
    rows = [at for at, example in enumerate(examples) if example.role is not Role.PROVISION]
    factors = tuple(sorted({mark.factor for example in examples for mark in example.marks}))
    right = np.array([[factor in example.factors for factor in factors] for example in examples])
    all_right = Side("x", right, right.any(1).astype(float))
    told = figures(examples, all_right, [*provisions, *rows], right)
    assert {told["any F1"], told["micro F1"], told["average precision"], told["pairs, both right"]} == {1.0}
    everything = Side("x", np.ones_like(right), np.ones(len(right)))
    told = figures(examples, everything, [*provisions, *rows], right)
    share = right[provisions].any(1).mean()
    assert told["any F1"] == pytest.approx(2 * share / (1 + share))
    assert told["average precision"] == pytest.approx(share)
    assert told["pairs, both right"] == 0.0  # sound wordings are marked, too
    assert "any F1" not in figures(examples, everything, rows, right)


def test_the_table_from_the_command_line(tmp_path: Path) -> None:
    names = [part for path in CORPORA for part in ("--measured", str(path))]
    told = CliRunner().invoke(main, [*names, "--out", str(tmp_path)])
    assert told.exit_code == 0, told.output
    lines = (tmp_path / "across.md").read_text("utf-8").splitlines()
    assert len(lines) == 2 + 2 * 3 and all(line.count("|") == 4 + len(across_acts._COLUMNS) for line in lines)
    assert lines[2].startswith("| all | ru | rules |")


def test_folds_of_other_corpora_are_not_taken_for_these(tmp_path: Path) -> None:
    """With one corpus less another folder is used; the same corpora once more use what is there."""
    for paths in (CORPORA[:2], CORPORA, CORPORA):
        names = [part for path in paths for part in ("--measured", str(path))]
        assert CliRunner().invoke(main, [*names, "--out", str(tmp_path)]).exit_code == 0
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert len(folders) == 2 and all(len(list(folder.glob("fold-*.npz"))) == FOLDS for folder in folders)
