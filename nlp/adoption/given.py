"""given(): findings out of a file – an examination of this program, or an expert's own list – → ``Asked``.

Reads: bytes of JSON or JSON Lines. Writes: findings in the order of the file. A list needs ``factor`` and one of
``unit`` and ``quote``; ``recommendation`` and ``sub`` are optional, anything else is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp.adoption.asked import Asked
from nlp.adoption.wanted import wanted
from nlp.detection.finding import Finding
from nlp.errors import ReadingError

_MOST = 20_000  # findings of one file
_LONGEST = 50_000  # characters of one field
_FIELDS = ("factor", "unit", "sub", "quote", "recommendation")


def given(data: bytes, name: str, language: str) -> tuple[Asked, ...]:
    """Findings on the text of one language. Raises ``ReadingError``: ``adoption.not_json``, ``adoption.no_findings``,
    ``adoption.bad_finding`` (with the place in the list), ``adoption.too_many_findings``."""
    value = _json(data, name)
    if isinstance(value, dict) and isinstance(value.get("texts"), list):
        return tuple(_examined(value["texts"], name, language))
    listed = value.get("findings") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise ReadingError("adoption.no_findings", file=name)
    if len(listed) > _MOST:
        raise ReadingError("adoption.too_many_findings", file=name, count=len(listed), limit=_MOST)
    return tuple(_listed(entry, f"#{number}", name, language) for number, entry in enumerate(listed, start=1))


def asked_of(findings: Sequence[Finding], language: str) -> tuple[Asked, ...]:
    """Findings that the machine has just made."""
    made = []
    for finding in findings:
        own = [mark for mark in finding.marks if mark.address == finding.provision]  # of the norm to be rewritten
        mark, advice = (own or finding.marks)[0], finding.recommendation
        made.append(
            Asked(
                finding.id, finding.factor, mark.address, mark.quote,
                wanted(advice.wording, language, advice.action, advice.instruction) if advice else wanted("", language),
                f"{advice.instruction} {advice.wording}".strip() if advice else "", mark.address, mark.start,
            )
        )  # fmt: skip
    return tuple(made)


def _json(data: bytes, name: str) -> Any:
    try:
        text = data.decode("utf-8-sig")
        try:
            value = json.loads(text)
            # a list of one finding, a line each
            return [value] if isinstance(value, dict) and "quote" in value and "findings" not in value else value
        except json.JSONDecodeError:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise ReadingError("adoption.not_json", file=name) from error


def _examined(texts: Sequence[Any], name: str, language: str) -> Iterator[Asked]:
    """Findings of an examination in the language asked for."""
    number = 0
    for text in texts:
        findings = text.get("findings") if isinstance(text, dict) else None
        if not isinstance(findings, list):
            raise ReadingError("adoption.no_findings", file=name)
        if text.get("language") not in {language, "mixed"}:
            continue
        for entry in findings:
            number += 1
            yield _machine(entry, number, name, language)


def _machine(entry: Any, number: int, name: str, language: str) -> Asked:
    try:
        own = [mark for mark in entry["marks"] if mark["address"] == entry.get("provision")]
        mark, advice = (own or entry["marks"])[0], entry["recommendation"] or {}
        words = [entry["id"], entry["factor"], mark["address"], mark["quote"], advice.get("wording", ""),
                 advice.get("action", ""), advice.get("instruction", "")]  # fmt: skip
        start = mark["start"]
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ReadingError("adoption.bad_finding", file=name, number=number) from error
    if not all(isinstance(word, str) for word in words) or not isinstance(start, int):
        raise ReadingError("adoption.bad_finding", file=name, number=number)
    identity, factor, address, quote, wording, action, instruction = (word[:_LONGEST] for word in words)
    asks = wanted(wording, language, action, instruction)
    return Asked(identity, factor, address, quote, asks, f"{instruction} {wording}".strip(), address, start)


def _listed(entry: Any, number: str, name: str, language: str) -> Asked:
    found = _fields(entry)
    if found is None or not found["factor"] or not (found["unit"] or found["quote"]):
        raise ReadingError("adoption.bad_finding", file=name, number=number.lstrip("#"))
    advice = found["recommendation"]
    asks = wanted(advice, language)
    return Asked(number, found["factor"], found["unit"], found["quote"], asks, advice, sub=found["sub"])


def _fields(entry: Any) -> Mapping[str, str] | None:
    """The fields of one entry as text; None where it has another shape."""
    if not isinstance(entry, dict):
        return None
    values = {name: entry.get(name, "") for name in _FIELDS}
    values = {name: str(value) if isinstance(value, int) else value for name, value in values.items()}
    if not all(isinstance(value, str) for value in values.values()):
        return None
    return {name: value.strip()[:_LONGEST] for name, value in values.items()}
