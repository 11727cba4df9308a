"""Scores of norm frames: the frame in focus, the figures, and that errors of the untouched half are never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.frames import GOLD, JUDGED, Answer, answers, errors, frame_of, main, read_gold, score
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.norms import NormLexicon
from nlp.norms.frame import SLOTS

Row = dict[str, object]


@cache
def _lexicon() -> NormLexicon:
    return load_pack(kz_pack()).languages["ru"].lexicon


def _row(number: int, text: str, focus: str, lead: str = "", **marks: object) -> Row:
    absent = {"state": "absent", "quote": ""}
    return {
        "id": f"f-ru-{number:03}", "language": "ru", "heading": "", "lead": lead, "text": text, "focus": focus,
        "actor": {"class": "none", "quote": "", "field": ""}, "modality": "indicative",
        "action": {"kind": "other", "quote": ""}, "addressee": {"class": "none", "quote": ""},
        **dict.fromkeys(SLOTS, absent), **marks,
    }  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: Row) -> Path:
        path = tmp_path / "frames-ru.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        return path

    return write


def test_the_gold_of_both_languages_is_whole() -> None:
    for language in ("ru", "kk"):
        norms = read_gold(GOLD / f"frames-{language}.jsonl")
        assert len({norm.provision.id for norm in norms}) == 130
        assert sum(norm.for_tuning for norm in norms) == 65
        assert all(norm.focus in norm.provision.text or norm.focus in norm.provision.lead for norm in norms)


def test_the_frame_judged_holds_the_focus(gold: Callable[..., Path]) -> None:
    text = "Заявитель вправе подать жалобу, комиссия обязана рассмотреть ее."
    first, second = read_gold(gold(_row(1, text, "вправе подать"), _row(2, text, "обязана рассмотреть")))
    made = [frame_of(norm, _lexicon()) for norm in (first, second)]
    assert [str(frame.modality) for frame in made if frame is not None] == ["option", "duty"]


def test_an_item_of_a_lead_that_holds_the_focus_is_judged_by_its_own_frame(gold: Callable[..., Path]) -> None:
    (norm,) = read_gold(gold(_row(1, "порчи билета;", "отказывает", lead="Орган отказывает в случаях:")))
    frame = frame_of(norm, _lexicon())
    assert frame is not None
    assert (str(frame.actor.kind), frame.actor.inherited) == ("public", True)


def test_figures(gold: Callable[..., Path]) -> None:
    (norm,) = read_gold(gold(_row(1, "Орган молчит.", "молчит")))
    pairs = [("closed", "closed")] * 5 + [("closed", "open")] + [("absent", "absent")] * 3 + [("absent", "closed")]
    made = score("grounds", [Answer(norm, gold_value, ours, None) for gold_value, ours in pairs])
    assert made.norms == 10
    assert made.micro == pytest.approx(0.8)
    assert made.by_value["closed"][1:3] == (pytest.approx(5 / 6), pytest.approx(5 / 6))
    assert made.macro == pytest.approx(5 / 6)  # «absent» occurs four times only
    assert made.presence == pytest.approx(12 / 13)
    assert made.overlaps is None


def test_errors_of_the_untouched_half_are_not_shown(gold: Callable[..., Path]) -> None:
    wrong = {"modality": "ban"}
    norms = read_gold(gold(_row(1, "Орган молчит.", "молчит", **wrong), _row(2, "Орган ждет.", "ждет", **wrong)))
    shown = errors("modality", answers(norms, _lexicon())["modality"])
    assert "f-ru-001" in shown
    assert "f-ru-002" not in shown


def test_command(gold: Callable[..., Path]) -> None:
    folder = gold(_row(1, "Орган молчит.", "молчит")).parent
    result = CliRunner().invoke(main, ["--language", "ru", "--gold", str(folder), "--states", "--errors", "actor"])
    assert result.exit_code == 0
    assert all(f"| {slot} |" in result.output for slot in JUDGED)
