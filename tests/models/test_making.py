"""From a small corpus of our own to weights that the product reads, as ``saraptama train`` does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.examples import Role, read_examples
from models.fusing import decided, with_thresholds
from models.make import Plan, looked_at, make, of_network
from models.out_of_fold import NOTE, OUT_OF_FOLD, key_of
from models.recipe import recipe
from nlp.classifier.classifier import WEIGHTS, Classifier
from nlp.classifier.weighing import Weighing
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from tests.conftest import REPOSITORY

OWN = REPOSITORY / "corpora" / "own"
CORPORA = (OWN / "provisions-ru.jsonl", OWN / "provisions-kk.jsonl", OWN / "pairs-ru.jsonl", OWN / "pairs-kk.jsonl")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    make(Plan(CORPORA, folder, "t", unseen=frozenset(path.name for path in CORPORA)), lambda line: None)
    return folder


def test_what_is_made_ranks_what_it_was_made_of(made: Path) -> None:
    classifier = Classifier(made)
    examples = [example for example in read_examples(CORPORA) if example.role is Role.PROVISION]
    examiner = Examiner(load_pack(kz_pack()), classifier=classifier)
    scored = []
    for example in examples:
        judged = examiner.examine_provision(example.provision)
        scored.append((classifier.score(judged.analysis, judged.frames).as_provision, bool(example.marks)))
    flawed = [score for score, right in scored if right]
    sound = [score for score, right in scored if not right]
    ordered = np.mean([[one > two for two in sound] for one in flawed])
    assert ordered >= 0.95


def test_the_same_corpora_make_the_same_weights(made: Path, tmp_path: Path) -> None:
    make(Plan(CORPORA, tmp_path, "t", unseen=frozenset(path.name for path in CORPORA)), lambda line: None)
    assert Classifier(tmp_path).description == Classifier(made).description
    assert (tmp_path / WEIGHTS).stat().st_size > 0
    note = json.loads((tmp_path / "made.json").read_text("utf-8"))
    assert note["examples"] == len(read_examples(CORPORA))


def test_heard_corpora_teach_the_weighing_and_not_the_model(made: Path, tmp_path: Path) -> None:
    learned = tuple(path for path in CORPORA if "pairs" not in path.name)
    unseen = frozenset(path.name for path in CORPORA)
    more = tuple(path for path in CORPORA if "pairs" in path.name)
    make(Plan(learned, tmp_path / "without", "t", unseen=unseen), lambda line: None)
    make(Plan(learned, tmp_path / "with", "t", unseen=unseen, heard=more), lambda line: None)
    without, heard = Classifier(tmp_path / "without").description, Classifier(tmp_path / "with").description
    assert heard.sha256 == without.sha256 != Classifier(made).description.sha256
    assert heard.weighing.weights != without.weighing.weights
    assert json.loads((tmp_path / "with" / "made.json").read_text("utf-8"))["heard"] == [path.name for path in more]


def test_heard_corpora_that_are_not_named_as_unseen_change_nothing(tmp_path: Path) -> None:
    learned, more = CORPORA[:2], CORPORA[2:]
    unseen = frozenset(path.name for path in learned)
    make(Plan(learned, tmp_path / "without", "t", unseen=unseen), lambda line: None)
    make(Plan(learned, tmp_path / "with", "t", unseen=unseen, heard=more), lambda line: None)
    assert Classifier(tmp_path / "with").description == Classifier(tmp_path / "without").description


def test_thresholds_are_those_of_all_partings_together() -> None:
    """Two partings of which each is best at another place: what is good in both is taken."""
    examples = [example for example in read_examples(CORPORA[:2]) if example.role is Role.PROVISION]
    factors = tuple(sorted({mark.factor for example in examples for mark in example.marks}))
    right = np.array([[factor in example.factors for factor in factors] for example in examples])
    ruled = np.zeros_like(right)
    how = {**recipe()["fusing"], "neutral_clean": 0.0}
    none = {"ru": 0.5, "kk": 0.5}
    start = Weighing({}, {}, {}, none, none, none, len(factors))

    def chosen(partings: list[np.ndarray]) -> float:
        return with_thresholds(start, examples, partings, ruled, factors, how, lambda line: None).say["ru"]

    high, low = np.where(right, 0.55, 0.47), np.where(right, 0.30, 0.08)
    assert chosen([high]) > 0.47
    assert 0.08 < chosen([low]) <= 0.30
    assert 0.08 < chosen([low, low, low, high]) <= 0.30


def test_logits_of_a_network_come_to_the_examples_they_are_of(tmp_path: Path) -> None:
    examples = read_examples(CORPORA[:1])
    factors = ("broad_discretion", "vague_wording")
    logits = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], np.float32)
    keys = np.array([key_of(examples[5]), key_of(examples[2])])
    np.savez_compressed(tmp_path / OUT_OF_FOLD, keys=keys, logits=logits)
    (tmp_path / NOTE).write_text(json.dumps({"factors": list(factors)}), encoding="utf-8")
    found, known = of_network(tmp_path, examples, factors)
    assert [at for at, is_known in enumerate(known) if is_known] == [2, 5]
    assert found[5].tolist() == [1, 2, 3] and found[2].tolist() == [4, 5, 6]
    with pytest.raises(ValueError, match="other factors"):
        of_network(tmp_path, examples, factors[:1])
    assert len({key_of(example) for example in read_examples(CORPORA)}) == len(read_examples(CORPORA))


def test_rules_are_kept_from_one_bound_and_the_model_alone_speaks_from_another() -> None:
    chance = np.array([[0.5, 0.4, 0.35], [0.1, 0.05, 0.0], [0.3, 0.3, 0.3]])
    ruled = np.array([[False, False, False], [True, True, False], [False, False, False]])
    found = decided(chance, ruled, say=0.33, keep=0.1, most=2)
    assert found.tolist() == [[True, True, False], [True, False, False], [False, False, False]]


def test_what_rules_say_is_looked_at_once_an_example() -> None:
    examples = read_examples(CORPORA[:1])[:4]
    seen, spoken = looked_at(examples)
    assert len(seen) == len(spoken) == 4
    assert all(0 <= confidence <= 1 for one in spoken for _, confidence in one.factors.values())
