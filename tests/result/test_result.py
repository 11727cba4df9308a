"""The JSON of an examination: schema, order, rounding, what it holds and what it must not hold."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from nlp.detection.finding import Mark
from nlp.examination import Examination
from nlp.reading.source import Notice
from nlp.result import blocks_of, schema, to_dict, to_json

VALIDATOR = Draft202012Validator(schema())


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "examination",
    [
        samples.examination("ru"),
        samples.examination("kk"),
        samples.examination("ru", "kk"),
        samples.empty("kk"),
        samples.noisy("ru"),
        samples.crowded("ru", 40),
        Examination(samples.VERSIONS, (replace(samples.report("kk"), language="mixed"),)),
    ],
    ids=["ru", "kk", "dossier", "empty", "noisy", "crowded", "mixed"],
)
def test_results_satisfy_the_schema(examination: Examination) -> None:
    VALIDATOR.validate(json.loads(to_json(examination)))


def test_every_object_of_the_schema_is_closed() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert "additionalProperties" in node
                assert node["additionalProperties"] is not True
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(schema())


def _finding(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["texts"][0]["findings"][0]
    return found


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no version": lambda d: d.pop("schema_version"),
    "other version": lambda d: d.update(schema_version="2.0"),
    "extra key at the top": lambda d: d.update(extra=1),
    "no texts": lambda d: d.update(texts=[]),
    "three texts": lambda d: d.update(texts=d["texts"] * 3),
    "unknown language": lambda d: d["texts"][0].update(language="en"),
    "wrong hash": lambda d: d["texts"][0].update(sha256="ABC"),
    "unknown reason of setting aside": lambda d: d["texts"][0].update(set_aside={"lost": 1}),
    "requisite missing": lambda d: d["texts"][0]["requisites"].pop("title"),
    "unknown kind": lambda d: _finding(d).update(kind="error"),
    "unknown severity": lambda d: _finding(d).update(severity="critical"),
    "strength out of range": lambda d: _finding(d).update(strength=3),
    "probability out of range": lambda d: _finding(d).update(probability=0),
    "confidence out of range": lambda d: _finding(d).update(confidence=1.5),
    "confidence as text": lambda d: _finding(d).update(confidence="0.5"),
    "no marks": lambda d: _finding(d).update(marks=[]),
    "negative offset": lambda d: _finding(d)["marks"][0].update(start=-1),
    "extra key in a mark": lambda d: _finding(d)["marks"][0].update(text="x"),
    "unknown action": lambda d: _finding(d)["recommendation"].update(action="rewrite"),
    "unknown field": lambda d: _finding(d)["evidence"][0]["spans"][0].update(field="title"),
    "basis without a mark": lambda d: _finding(d)["basis"][0].update(mark=""),
    "notice in one language": lambda d: d.update(notices=[{"code": "x", "params": {}, "text": {"ru": "x"}}]),
}


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_wrong_documents_fail(name: str) -> None:
    document = copy.deepcopy(to_dict(samples.examination("ru")))
    VALIDATOR.validate(document)
    BREAKS[name](document)
    assert not VALIDATOR.is_valid(document)


def test_json_is_stable_readable_and_ends_with_a_newline() -> None:
    text = to_json(samples.examination("ru", "kk"))
    assert text == to_json(samples.examination("ru", "kk"))
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "в разумный срок" in text
    assert "\\u04" not in text


def test_floats_are_rounded_to_four_digits() -> None:
    found = _finding(to_dict(samples.examination("ru")))
    assert found["confidence"] == 0.8765
    assert found["evidence"][0]["confidence"] == 0.3333


def test_counts_agree_with_findings() -> None:
    document = to_dict(samples.examination("ru", "kk"))
    for text in document["texts"]:
        findings = text["findings"]
        assert text["counts"]["findings"] == len(findings)
        assert text["counts"]["remarks"] == sum(f["kind"] == "remark" for f in findings)
        assert sum(text["counts"]["by_severity"].values()) == len(findings)
        assert sum(text["counts"]["by_factor"].values()) == len(findings)
    total = document["counts"]
    assert total["findings"] == sum(text["counts"]["findings"] for text in document["texts"])
    assert total["remarks"] + total["attention"] == total["findings"]


def test_marks_say_where_the_words_stand_in_the_original() -> None:
    act = samples.act("ru")
    for found in to_dict(samples.examination("ru"))["texts"][0]["findings"]:
        for mark in found["marks"]:
            assert act.source.text[mark["start"] : mark["end"]] == mark["quote"]
            (place,) = mark["places"]
            typed = samples.RU_LINES[place["paragraph"]].typed
            assert typed[place["original"]["start"] : place["original"]["end"]] == mark["quote"]


def test_words_made_by_the_reader_have_no_original_span() -> None:
    act = samples.act("ru")
    unit = act.find("para_6")
    assert unit is not None
    mark = Mark("para_6", "пункт 6", unit.span[0], unit.span[0] + 2, "6.")
    report = samples.report("ru")
    changed = replace(report.findings[0], marks=(mark,))
    document = to_dict(Examination(samples.VERSIONS, (replace(report, findings=(changed,)),)))
    assert _finding(document)["marks"][0]["places"][0]["original"] is None
    VALIDATOR.validate(document)


def test_a_mark_over_two_paragraphs_has_two_places() -> None:
    source = samples.act("ru").source
    start = source.text.index("вправе:")
    end = source.text.index("запросить") + len("запросить")
    mark = Mark("para_7", "пункт 7", start, end, source.text[start:end])
    assert [block.place.paragraph for block in blocks_of(mark, source)] == [4, 5]


def test_unverified_bases_stay_in_the_json_with_their_mark() -> None:
    bases = _finding(to_dict(samples.examination("ru")))["basis"]
    assert [(basis["mark"], bool(basis["verified"])) for basis in bases] == [("R:19", True), ("B", False)]


def test_the_draft_itself_is_not_repeated() -> None:
    text = to_json(samples.examination("ru"))
    assert "Заявитель подаёт в уполномоченный орган" not in text
    assert "провести осмотр места размещения" not in text


def test_notices_have_words_in_both_languages_even_for_unknown_codes() -> None:
    notice = Notice("never_seen", (("line", "7"),))
    document = to_dict(Examination(samples.VERSIONS, (samples.report("kk"),), (notice,)))
    assert document["notices"] == [
        {
            "code": "never_seen",
            "params": {"line": "7"},
            "text": {"ru": "never_seen (line=7)", "kk": "never_seen (line=7)"},
        }
    ]


def test_a_notice_given_twice_is_told_once() -> None:
    notice = Notice("never_seen")
    report = samples.report("ru")
    act = replace(report.act, notices=(notice,))
    document = to_dict(Examination(samples.VERSIONS, (replace(report, act=act, notices=(notice,)),)))
    assert len(document["texts"][0]["notices"]) == 1


@settings(max_examples=60)
@given(st.text(), st.text(), st.floats(0, 1), st.dictionaries(st.text(max_size=5), st.text(), max_size=3))
def test_any_words_make_valid_json(explanation: str, quote: str, confidence: float, params: dict[str, str]) -> None:
    report = samples.report("kk")
    first = report.findings[0]
    mark = replace(first.marks[0], quote=quote)
    changed = replace(first, explanation=explanation, marks=(mark,), confidence=confidence)
    notice = Notice("some_code", tuple(params.items()))
    text = to_json(Examination(samples.VERSIONS, (replace(report, findings=(changed,)),), (notice,)))
    VALIDATOR.validate(json.loads(text))
