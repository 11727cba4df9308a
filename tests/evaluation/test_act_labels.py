"""Labels without words: they find their words again, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpora.reader import read_corpus
from evaluation.act_labels import ACTS, fingerprint, main, rows
from evaluation.errors import EvaluationError
from tests.conftest import REPOSITORY

OWN = REPOSITORY / "corpora" / "own" / "acts" / "labels-kk.jsonl"
ACT = "Закон\n\nО мостах\n\nСтатья 1. Ремонт\n\n1. Отдел решает:\n\n1) в разумный срок;\n\n2) за день.\n"
WORDS = "в разумный срок;"


def made(folder: Path, words: str = WORDS, unit: str | None = None) -> tuple[Path, Path]:
    acts = folder / ACTS
    acts.mkdir(parents=True)
    (acts / "bridges.txt").write_text(ACT, encoding="utf-8")
    label = ["broad_discretion", 2, "text", 0, len("в разумный срок")]
    row = {"act": "bridges", "unit": unit or "art_1__para_1__subpara_1", "words": fingerprint(words)}
    labels = folder / "labels.jsonl"
    labels.write_text(json.dumps({**row, "labels": [label], "stratum": "marker", "weight": 2}), encoding="utf-8")
    return labels, folder


def test_words_are_found_again(tmp_path: Path) -> None:
    labels, shared = made(tmp_path)
    out = tmp_path / "corpus.jsonl"
    ran = CliRunner().invoke(main, [str(labels), "--shared", str(shared), "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    (provision,) = read_corpus(out).provisions
    assert (provision.text, provision.lead, provision.language) == (WORDS, "Отдел решает:", "ru")
    assert [(label.factor, label.strength, label.quote) for label in provision.labels] == [
        ("broad_discretion", 2, "в разумный срок")
    ]


@pytest.mark.parametrize(("words", "unit"), [("в иной срок;", None), (WORDS, "art_9")])
def test_other_words_are_refused(tmp_path: Path, words: str, unit: str | None) -> None:
    labels, shared = made(tmp_path, words, unit)
    with pytest.raises(EvaluationError):
        list(rows(labels, shared))


def test_our_labels_hold_no_words(shared: Path) -> None:
    found = list(rows(OWN, shared))
    assert len(found) == 357
    assert sum(bool(row["labels"]) for row in found) >= 38
    assert "құқылы" not in OWN.read_text("utf-8")
    assert not any("а" <= letter <= "я" for letter in OWN.read_text("utf-8").lower())
