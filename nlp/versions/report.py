"""Versions → JSON of the committed schema (``nlp/schema/versions-1.0.schema.json``) and lines for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.alignment import Change
from nlp.detection.finding import Finding
from nlp.messages import LANGUAGES, message
from nlp.structure.act import Act
from nlp.structure.citations import Citations
from nlp.versions.compare import Version, Versions
from nlp.versions.redline import Op, pieces

SCHEMA_VERSION = "1.0"
_AROUND = 60  # characters of unchanged words shown beside a change in a line
_SIGNS = {Op.SAME: ("", ""), Op.GONE: ("[-", "-]"), Op.NEW: ("{+", "+}")}


@cache
def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the report."""
    name = f"versions-{SCHEMA_VERSION}.schema.json"
    loaded: dict[str, Any] = json.loads(files("nlp.schema").joinpath(name).read_text(encoding="utf-8"))
    return loaded


def to_dict(found: Sequence[Versions]) -> dict[str, Any]:
    """The redline as data, norms in the order of the later text."""
    return {"schema_version": SCHEMA_VERSION, "texts": [_text(each) for each in found]}


def _text(found: Versions) -> dict[str, Any]:
    old, new = Citations(found.old), Citations(found.new)
    counts = Counter(entry.change for entry in found.entries)
    return {
        "language": found.language,
        "old": _source(found.old),
        "new": _source(found.new),
        "counts": {change.value: counts[change] for change in Change},
        "units": [_entry(entry, old, new) for entry in found.entries],
        "examined": found.examined,
        "new_findings": [finding_dict(finding) for finding in found.new_findings],
    }


def _source(act: Act) -> dict[str, str]:
    return {"name": act.source.name, "sha256": act.source.sha256}


def _entry(entry: Version, old: Citations, new: Citations) -> dict[str, Any]:
    return {
        "change": entry.change.value,
        "old": [_unit(address, old) for address in entry.left],
        "new": [_unit(address, new) for address in entry.right],
        "old_words": entry.old,
        "new_words": entry.new,
        "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in entry.edits],
        "similarity": round(entry.score, 4),
        "made_by": entry.made_by,
    }


def _unit(address: str, citations: Citations) -> dict[str, Any]:
    return {"address": address, "citation": {code: citations.cite(address, code) for code in LANGUAGES}}


def finding_dict(finding: Finding) -> dict[str, Any]:
    """A finding as it is shown in reports on versions: what it says and where."""
    return {
        "id": finding.id,
        "factor": finding.factor,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "detectors": sorted({evidence.detector for evidence in finding.evidence}),
        "marks": [
            {"address": mark.address, "citation": mark.citation, "start": mark.start, "end": mark.end,
             "quote": mark.quote}
            for mark in finding.marks
        ],
        "explanation": finding.explanation,
    }  # fmt: skip


def told(found: Versions, language: str) -> Iterator[str]:
    """What changed, a line for each norm that is not the same, then new findings."""
    counts = Counter(entry.change for entry in found.entries)
    yield message("versions.title", language, {"old": found.old.source.name, "new": found.new.source.name})
    yield "; ".join(f"{message(f'versions.{change}', language)} – {counts[change]}" for change in Change)
    old, new = Citations(found.old), Citations(found.new)
    for entry in found.entries:
        if entry.change is not Change.SAME:
            units = [citations.cite(address, language)
                     for citations, side in ((old, entry.left), (new, entry.right)) for address in side]  # fmt: skip
            yield f"{message(f'versions.{entry.change}', language)}: {' → '.join(dict.fromkeys(units))}"
            yield f"   {_redline(entry)}"
    if found.examined:
        yield message("versions.new_findings", language, {"count": len(found.new_findings)})
    for finding in found.new_findings:
        yield f"   {new.cite(finding.marks[0].address, language)} – {finding.factor}: «{finding.marks[0].quote}»"


def _redline(entry: Version) -> str:
    shown = []
    for op, text in pieces(entry.old, entry.edits):
        words = " ".join(text.split("\n"))
        if op is Op.SAME and len(words) > 2 * _AROUND:
            words = words[:_AROUND] + "…" + words[-_AROUND:]
        before, after = _SIGNS[op]
        shown.append(f"{before}{words}{after}")
    return "".join(shown)
