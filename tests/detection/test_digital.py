"""Paper, visits, notaries, originals, stamps and documents the state has: mini acts beside the words."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from nlp.detection.detectors.digital import NAME, build
from nlp.detection.finding import Kind
from nlp.detection.observation import Detector, Observation
from nlp.detection.observed import fill
from nlp.detection.pack import Pack, load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from tests.detection.mini_acts import mini_act, view_of_text

FOLDER = kz_pack() / "detectors" / NAME
DATA = {code: yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8")) for code in ("ru", "kk")}
TEXTS = yaml.safe_load((FOLDER / "texts.yaml").read_text("utf-8"))


def cases(key: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{n}")
        for code in DATA
        for n, case in enumerate(DATA[code]["tests"][key], 1)
    ]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


@pytest.fixture(scope="module")
def detect(pack: Pack) -> Detector:
    return build(pack)


def said(detect: Detector, pack: Pack, text: str, code: str) -> tuple[Observation, ...]:
    return detect(view_of_text(mini_act(text, code), pack)).observations


@pytest.mark.parametrize(("code", "case"), cases("finds"))
def test_what_the_electronic_form_makes_needless(code: str, case: dict[str, Any], detect: Detector, pack: Pack) -> None:
    found = said(detect, pack, case["text"], code)
    assert sorted(each.text for each in found) == sorted(case["says"])
    for each in found:
        assert each.kind is Kind.ATTENTION and each.strength == 1
        assert each.factor == DATA[code]["elements"][each.text]["factor"]
        for part in TEXTS["observations"][each.text].values():
            for language, words in part.items():
                assert "{" not in fill(words, each.blanks, language)


@pytest.mark.parametrize(("code", "text"), cases("passes"))
def test_what_is_left_alone(code: str, text: str, detect: Detector, pack: Pack) -> None:
    assert said(detect, pack, text, code) == ()


def test_both_languages_know_the_same_documents_and_have_enough_examples() -> None:
    ru, kk = DATA["ru"], DATA["kk"]
    assert list(ru["documents"]) == list(kk["documents"]) and list(ru["elements"]) == list(kk["elements"])
    for name, entry in ru["documents"].items():
        assert entry["verified"] == kk["documents"][name]["verified"]
        assert f"holder_{name}" in TEXTS["words"]
    for data in DATA.values():
        assert min(len(cases) for cases in data["tests"].values()) >= 15


def test_items_of_one_list_are_one_finding_that_says_what_is_not_verified(detect: Detector, pack: Pack) -> None:
    text = next(case["text"] for case in DATA["ru"]["tests"]["finds"] if "\n2)" in case["text"])
    (found,) = said(detect, pack, text, "ru")
    assert len(found.places) == 2
    assert [value for key, value in found.reason if key == "document"] == ["tax", "legal_entity"]
    assert "не проверено" in found.blanks["holders"]["ru"] and "тексерілмеген" in found.blanks["holders"]["kk"]


def test_a_rule_that_said_so_is_joined(pack: Pack) -> None:
    act = mini_act("4. За справкой мастер обязан явиться лично.", "ru")
    (report,) = Examiner(pack).examine(Dossier(ru=read_plain(act.encode(), "акт.txt")), Options(force=True)).reports
    found = [finding for finding in report.findings if finding.factor == "administrative_barrier"]
    assert len(found) == 1
    assert {re.sub(r"\..*", "", each.detector) for each in found[0].evidence} == {"administrative_barrier", NAME}


@pytest.mark.parametrize(("code", "title"), [("ru", "Правила о нотариате"), ("kk", "Нотариат туралы қағидалар")])
def test_acts_of_another_sphere_are_passed_over(code: str, title: str, detect: Detector, pack: Pack) -> None:
    text = DATA[code]["tests"]["finds"][7]["text"]
    assert detect(view_of_text(f"{title}\n\n{text}\n", pack)).observations == ()
