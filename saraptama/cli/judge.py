"""saraptama judge: provisions in, findings out, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

import click

from nlp.detection.findings import JudgedProvision
from nlp.detection.fusion import JudgedFactor
from nlp.errors import ReadingError
from nlp.judgeable import require_judgeable
from nlp.limits import Limits
from nlp.norms.frame import FieldSpan
from nlp.pipeline import Examiner
from nlp.structure.act import Provision, Role
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.weights import find_classifier

_FIELDS = ("heading", "lead", "text")


def judge_stream(words: Words, source: TextIO, target: TextIO, pack: str, model: str = "") -> int:
    """Judge every line of ``source``; raises ``ReadingError`` (line number, problem) at the first malformed one. One
    that is too long is answered, too: by why it was not judged."""
    examiner, limits = Examiner(find_pack(pack), classifier=find_classifier(model)), Limits()
    for number, line in enumerate(_lines(source), start=1):
        if not line.strip():
            continue
        provision = to_provision(line, number)
        try:
            require_judgeable(provision, limits)
            entry = to_entry(examiner.judge(provision))
        except ReadingError as error:
            reason = words(error.code, **error.params)
            entry = {"id": provision.id, "findings": [], "not_judged": {"code": error.code, "message": reason}}
            click.echo(words("judge.not_judged", line=number, reason=reason), err=True)
        target.write(json.dumps(entry, ensure_ascii=False) + "\n")
        target.flush()
    return Exit.OK


def _lines(source: TextIO) -> Iterator[str]:
    try:
        yield from source
    except UnicodeDecodeError as error:
        raise ReadingError("judge.not_text", position=error.start) from error


def to_provision(line: str, number: int) -> Provision:
    """One input line ``{id, lang, heading, lead, text}`` → a provision; unknown fields are ignored."""
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise ReadingError("judge.not_json", line=number, problem=str(error)) from error
    if not isinstance(entry, dict):
        raise ReadingError("judge.not_object", line=number)
    for field in ("id", "lang", "text"):
        if not isinstance(entry.get(field), str):
            raise ReadingError("judge.field", line=number, field=field)
    for field in ("heading", "lead"):
        if not isinstance(entry.get(field) or "", str):
            raise ReadingError("judge.field", line=number, field=field)
    if entry["lang"] not in {"ru", "kk"}:
        raise ReadingError("judge.language", line=number, value=entry["lang"])
    return Provision(
        id=entry["id"],
        language=entry["lang"],
        text=entry["text"],
        lead=entry.get("lead") or "",
        heading=entry.get("heading") or "",
        role=Role.NORM,
    )


def to_entry(judged: JudgedProvision) -> Mapping[str, Any]:
    """The output line of one provision (format in ``docs/cli.md``)."""
    entry: dict[str, Any] = {
        "id": judged.provision.id,
        "findings": [_finding(factor) for factor in judged.factors],
    }
    return entry | ({"scores": dict(judged.chances)} if judged.chances else {})


def _finding(factor: JudgedFactor) -> Mapping[str, Any]:
    return {
        "factor": factor.factor,
        "kind": str(factor.kind),
        "strength": factor.strength,
        "confidence": factor.confidence,
        "severity": str(factor.severity),
        "spans": [_span(span) for span in factor.spans],
        "evidence": [
            {
                "detector": item.detector,
                "version": item.version,
                "strength": item.strength,
                "confidence": item.confidence,
                "spans": [_span(span) for span in item.spans],
                "reason": dict(item.reason),
            }
            for item in factor.evidence
        ],
    }


def _span(span: FieldSpan) -> Mapping[str, Any]:
    return {"field": str(span.field), "start": span.start, "end": span.end}
