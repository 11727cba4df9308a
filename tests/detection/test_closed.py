"""Words that the act itself closes are not marked, and the closing place is named (own mini acts, both languages)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from nlp.detection.closings import FACTORS
from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.result import schema, to_dict

HERE = Path(__file__).parent
HEADS = {"ru": "Правила предоставления субсидий", "kk": "Субсидия беру қағидалары"}
STAMPS = {"ru": "Приложение 1\nк Правилам предоставления субсидий", "kk": "Субсидия беру қағидаларына\n1-қосымша"}
CASES = {code: yaml.safe_load((HERE / f"closed.{code}.yaml").read_text("utf-8")) for code in ("ru", "kk")}


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


def act(case: dict[str, Any], code: str) -> str:
    parts = [HEADS[code], *(f"{n}. {point}" for n, point in enumerate(case["points"], start=1))]
    if "annex" in case:
        title, *points = case["annex"]
        parts += [STAMPS[code], title, *(f"{n}. {point}" for n, point in enumerate(points, start=1))]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(code, case, id=case["name"]) for code in CASES for case in CASES[code]]
)
def test_cases(examiner: Examiner, code: str, case: dict[str, Any]) -> None:
    source = read_plain(act(case, code).encode(), "a.txt")
    dossier = Dossier(ru=source) if code == "ru" else Dossier(kk=source)
    result = to_dict(examiner.examine(dossier, Options(force=True)))
    jsonschema.Draft202012Validator(schema()).validate(result)
    (text,) = result["texts"]
    first = [f for f in text["findings"] if f["factor"] in FACTORS and f["provision"].endswith("para_1")]
    left = [each for each in text["suppressed"] if each["mark"]["address"].endswith("para_1")]
    if case.get("flagged"):
        assert first and not left
        return
    assert left, "nothing was suppressed"
    assert {each["closed_by"]["citation"] for each in left} == {case["closed"]}
    marked = {(each["factor"], each["mark"]["quote"]) for each in left}
    assert not marked & {(f["factor"], mark["quote"]) for f in first for mark in f["marks"]}
    for each in left:
        assert each["mark"]["quote"] in each["text"][code] and "{" not in each["text"][code]
