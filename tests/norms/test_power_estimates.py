"""Estimated states of powers: the shipped weights, files that are none, and what the detector makes of them."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import Any

import pytest

from nlp.detection.detectors.power_gaps import Gaps
from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.norms.frame import Field, FieldSpan
from nlp.norms.powers import Element, PowerSlot, State, Words, estimates
from nlp.norms.powers.estimates import STATES, read, traits
from nlp.norms.powers.model import Power
from nlp.pipeline import Examiner
from nlp.reading.reader import read_file
from nlp.structure.act import Provision
from tests.conftest import REPOSITORY


def power(text: str, kind: str, states: dict[Element, State] | None = None) -> Power:
    core = Provision("x", "ru", text)
    words = Words(core, FieldSpan(Field.TEXT, 0, len(text)))
    said = {element: PowerSlot(state, words) for element, state in (states or {}).items()}
    slots = {element: said.get(element, PowerSlot()) for element in Element}
    return Power(kind, core, None, (core,), slots)


def test_the_kind_and_what_was_found_decide() -> None:
    of = estimates().of
    measure = of(power("Орган приостанавливает деятельность склада.", "suspend"))
    assert measure[Element.REFUSAL_GROUNDS][0] is State.NA, "nobody applies for a measure"
    assert set(measure) == set(Element) and all(1 / len(STATES) <= sure <= 1 for _, sure in measure.values())


def test_weights_are_summed_and_turned_into_a_likelihood() -> None:
    table = {"all": [0, 0, 1, 0], "own=present": [3, 0, 0, 0]}
    of = read({"cues": {}, "weights": dict.fromkeys(Element, table)}).of
    state, sure = of(power("Орган решает.", "grant", {Element.APPEAL: State.PRESENT}))[Element.APPEAL]
    assert state is State.PRESENT and sure == pytest.approx(math.exp(3) / (math.exp(3) + math.e + 2))
    assert of(power("Орган решает.", "grant"))[Element.APPEAL][0] is State.ABSENT


def test_an_unknown_kind_and_no_words_at_all_still_get_a_state() -> None:
    assert set(estimates().of(power("", "of no pack"))) == set(Element)


def test_every_weight_belongs_to_a_trait_that_can_occur() -> None:
    raw: dict[str, Any] = json.loads(files("nlp.norms.powers").joinpath("estimates.json").read_text("utf-8"))
    kinds = load_pack(kz_pack()).detectors["powers"].settings["kinds"]
    for name, table in raw["weights"].items():
        made = {trait.partition("=")[0] for trait in traits(power("а", "grant"), Element(name), estimates().cues)}
        cues = {f"{where}:{cue}" for where in ("core", "heading") for cue in raw["cues"]}
        for trait in table:
            assert trait.partition("=")[0] in made | cues | {"order"}, trait
            if trait.startswith("kind="):
                assert trait.removeprefix("kind=") in kinds


@pytest.mark.parametrize("harm", ["element", "length", "number"])
def test_a_file_that_is_none_is_refused(harm: str) -> None:
    raw = json.loads(files("nlp.norms.powers").joinpath("estimates.json").read_text("utf-8"))
    table = raw["weights"]["who"]
    if harm == "element":
        del raw["weights"]["who"]
    else:
        table["all"] = [1.0] if harm == "length" else ["x", 0, 0, 0]
    with pytest.raises(ValueError, match=r"weight|could not convert"):
        read(raw)


def test_what_makes_no_sense_is_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """«Если заявка содержит более ста документов, рабочий орган продлевает срок ее проверки»: nobody applies for it."""
    examiner, draft = Examiner(load_pack(kz_pack())), read_file(REPOSITORY / "examples" / "draft-ru-revised.docx")

    def asked() -> list[str]:
        (report,) = examiner.examine(Dossier(ru=draft)).reports
        return [str(each) for each in report.questions if "продл" in str(each)]

    now = asked()
    monkeypatch.setattr(Gaps, "_senseless", lambda self, power: frozenset())
    assert len(asked()) == len(now) + 1, "without the estimate grounds of refusal are asked for where nobody can refuse"
