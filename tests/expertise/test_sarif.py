"""SARIF 2.1.0: mandatory parts, levels, regions, fingerprints."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
import samples
from draft_lines import act_of, source_text
from jsonschema import Draft202012Validator

from expertise.documents.sarif import FINGERPRINT, to_sarif
from nlp.detection.finding import Kind, Severity
from nlp.examination import Examination, TextReport
from nlp.reading.source import Notice

NAMES = samples.FACTOR_NAMES

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_REGION = {
    "type": "object",
    "properties": {
        "charOffset": {"type": "integer", "minimum": 0},
        "charLength": {"type": "integer", "minimum": 0},
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
        "endLine": {"type": "integer", "minimum": 1},
        "endColumn": {"type": "integer", "minimum": 1},
        "snippet": {"type": "object"},
        "properties": {"type": "object"},
    },
    "additionalProperties": False,
    "anyOf": [{"required": ["charOffset", "charLength"]}, {"required": ["startLine"]}],
}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation", "logicalLocations"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri", "index"]},
                "region": _REGION,
            },
            "additionalProperties": False,
        },
        "logicalLocations": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name", "fullyQualifiedName"]},
        },
    },
    "additionalProperties": False,
}
# What the standard demands of the parts that are written (sarif-v2.1.0, sections 3.13–3.58), reduced.
MANDATORY = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "name", "shortDescription", "help"],
                                            "properties": {"shortDescription": _TEXT, "help": _TEXT},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "artifacts": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["location"],
                            "properties": {
                                "roles": {"type": "array", "items": {"enum": ["analysisTarget"]}},
                                "mimeType": {"type": "string", "pattern": "^[^/]+/.+$"},
                            },
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["executionSuccessful"]},
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "ruleIndex", "level", "locations", "partialFingerprints"],
                            "properties": {
                                "message": _TEXT,
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "rank": {"type": "number", "minimum": 0, "maximum": 100},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "locations": {"type": "array", "items": _LOCATION},
                                "relatedLocations": {"type": "array", "uniqueItems": True, "items": _LOCATION},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
VALIDATOR = Draft202012Validator(MANDATORY)


def _run(examination: Examination, language: str = "ru") -> dict[str, Any]:
    document = json.loads(json.dumps(to_sarif(examination, language, NAMES), ensure_ascii=False, allow_nan=False))
    VALIDATOR.validate(document)
    run: dict[str, Any] = document["runs"][0]
    return run


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("name", ["examination", "empty", "noisy", "crowded"])
def test_mandatory_parts(language: str, name: str) -> None:
    run = _run(getattr(samples, name)(language), language)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["shortDescription"]["text"] for rule in rules] == [NAMES[rule["id"]][language] for rule in rules]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_reduced_schema_refuses_what_the_standard_refuses() -> None:
    for change in ({"version": "2.0"}, {"runs": None}, {"extra": 1}):
        assert not VALIDATOR.is_valid({**to_sarif(samples.examination("ru"), "ru", NAMES), **change})


def test_levels_follow_kind_and_severity() -> None:
    report = samples.report("ru")
    expected = {
        (Kind.REMARK, Severity.HIGH): "error",
        (Kind.REMARK, Severity.MEDIUM): "warning",
        (Kind.REMARK, Severity.LOW): "warning",
        (Kind.ATTENTION, Severity.HIGH): "note",
        (Kind.ATTENTION, Severity.LOW): "note",
    }
    for (kind, severity), level in expected.items():
        finding = replace(report.findings[0], kind=kind, severity=severity)
        run = _run(Examination(samples.VERSIONS, (replace(report, findings=(finding,)),)))
        assert run["results"][0]["level"] == level


def test_regions_point_at_the_flagged_words_of_the_clean_text() -> None:
    run = _run(samples.examination("ru", "kk"))
    texts = [report.act.source.text for report in samples.examination("ru", "kk").reports]
    for result in run["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            region = place["region"]
            text = texts[place["artifactLocation"]["index"]]
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == region["snippet"]["text"]


def test_text_files_are_shown_by_line_and_column_of_the_file() -> None:
    lines = tuple(replace(line, automatic=False) for line in samples.RU_LINES)
    source = source_text(lines, "проект.txt", file_format="txt")
    act = act_of(lines, source, "ru", samples.RU_REQUISITES)
    report = TextReport("ru", act, samples._russian(act), 9, 11)
    run = _run(Examination(samples.VERSIONS, (report,)))
    file = [line.typed for line in lines]
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        words = file[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert words == region["snippet"]["text"]
        assert "charOffset" not in region


def test_logical_locations_are_citation_and_address() -> None:
    result = _run(samples.examination("kk"), "kk")["results"][0]
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "Қағидалардың 6-тармағы", "fullyQualifiedName": "para_6"}
    ]
    assert result["relatedLocations"][0]["id"] == 1


def test_fingerprints_are_the_ids_of_the_findings() -> None:
    results = _run(samples.examination("ru"))["results"]
    assert [result["partialFingerprints"][FINGERPRINT] for result in results] == [
        finding.id for finding in samples.report("ru").findings
    ]


def test_the_uri_is_a_safe_relative_reference() -> None:
    report = samples.report("ru")
    name = "c:/проект приказа #1?.docx"
    changed = replace(report, act=replace(report.act, source=replace(report.act.source, name=name)))
    uri = _run(Examination(samples.VERSIONS, (changed,)))["artifacts"][0]["location"]["uri"]
    assert unquote(uri) == name
    assert not set(uri) & set(":/ #?")


def test_only_verified_grounds_are_given() -> None:
    result = _run(samples.examination("ru"))["results"][0]
    assert result["properties"]["basis"] == [samples.VERIFIED["ru"].text]


def test_notices_are_notifications() -> None:
    report = replace(samples.report("ru"), notices=(Notice("of_text"),))
    run = _run(Examination(samples.VERSIONS, (report,), (Notice("of_all"),)))
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert [item["descriptor"]["id"] for item in told] == ["of_all", "of_text"]
    assert "locations" not in told[0]
    assert told[1]["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 0
