"""Adoption → JSON of the committed schema (``nlp/schema/adoption-1.0.schema.json``) and paragraphs for people.

Reads: ``Adoption`` of each language. Writes: plain values. Only norms that are spoken of leave the texts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.adoption.outcome import Adoption, Outcome, Quote, State
from nlp.examination import CLASSIFIER, Versions
from nlp.messages import LANGUAGES, message
from nlp.structure.act import Act
from nlp.structure.citations import Citations
from nlp.versions.report import finding_dict

SCHEMA_VERSION = "1.0"
_SHOWN = 400  # characters of a wording in a paragraph
Names = Callable[[str, str], str]  # (factor, language) → its name


@cache
def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the report."""
    name = f"adoption-{SCHEMA_VERSION}.schema.json"
    loaded: dict[str, Any] = json.loads(files("nlp.schema").joinpath(name).read_text(encoding="utf-8"))
    return loaded


def to_dict(found: Sequence[Adoption], versions: Versions) -> dict[str, Any]:
    """The report as plain JSON values, recommendations in the order in which they were given."""
    return {
        "schema_version": SCHEMA_VERSION,
        "saraptama": versions.saraptama,
        "pack": {"id": versions.pack_id, "version": versions.pack_version, "sha256": versions.pack_sha256},
        "classifier": dict(versions.libraries).get(CLASSIFIER),
        "texts": [_text(each) for each in found],
    }


def _text(found: Adoption) -> dict[str, Any]:
    draft, adopted = Citations(found.draft), Citations(found.adopted)
    counts = Counter(outcome.state for outcome in found.outcomes)
    return {
        "language": found.language,
        "draft": _source(found.draft),
        "adopted": _source(found.adopted),
        "foreign_findings": found.foreign,
        "counts": {state.value: counts[state] for state in State},
        "recommendations": [_outcome(outcome, draft, adopted) for outcome in found.outcomes],
        "new_findings": [finding_dict(finding) for finding in found.new_findings],
    }


def _outcome(outcome: Outcome, draft: Citations, adopted: Citations) -> dict[str, Any]:
    asked, link, measured = outcome.asked, outcome.link, outcome.measures
    return {
        "id": asked.id,
        "factor": asked.factor,
        "unit": {"given": asked.unit, **_unit(outcome.draft_unit, draft)},
        "quote": asked.quote,
        "recommendation": asked.recommendation,
        "state": outcome.state.value,
        "state_name": {code: message(f"adoption.{outcome.state}", code) for code in LANGUAGES},
        "reason": {
            "code": outcome.reason.value,
            "text": {code: message(f"adoption.reason_{outcome.reason}", code) for code in LANGUAGES},
        },
        "confidence": outcome.confidence,
        "link": {
            "made_by": link.made_by.value,
            "change": link.change.value,
            "score": round(link.score, 4),
            "rivals": [_unit(address, adopted) for address in link.rivals],
        },
        "evidence": {
            "old": outcome.old,
            "recommended": outcome.recommended,
            "adopted": [_quote(quote, adopted) for quote in outcome.new],
            "still_fires": [finding_dict(finding) for finding in outcome.fires],
            "closest": _unit(outcome.closest, adopted) if outcome.closest else None,
            "near_recommended": _share(measured.to_wanted if measured else -1.0),
            "near_old": _share(measured.to_old if measured else -1.0),
            "flagged_kept": _share(measured.kept if measured else -1.0),
            "brought": _share(measured.come if measured else -1.0),
            "taken_out": _share(measured.gone if measured else -1.0),
        },
    }


def _share(value: float) -> float | None:
    """A share; None where nothing could be counted."""
    return None if value < 0 else round(value, 4)


def _unit(address: str, citations: Citations) -> dict[str, Any]:
    known = address in citations.paths
    return {
        "address": address,
        "citation": {code: citations.cite(address, code) if known else "" for code in LANGUAGES},
    }


def _quote(quote: Quote, citations: Citations) -> dict[str, Any]:
    return {**_unit(quote.address, citations), "start": quote.start, "end": quote.end, "quote": quote.text}


def _source(act: Act) -> dict[str, str]:
    return {"name": act.source.name, "sha256": act.source.sha256}


def told(found: Adoption, language: str, factor_name: Names) -> Iterator[str]:
    """A page for people: counts, a paragraph for each recommendation, new findings."""
    counts = Counter(outcome.state for outcome in found.outcomes)
    yield message("adoption.title", language, {"draft": found.draft.source.name, "adopted": found.adopted.source.name})
    yield message("adoption.proposal", language)
    yield "; ".join(f"{message(f'adoption.{state}', language)} – {counts[state]}" for state in State)
    draft, adopted = Citations(found.draft), Citations(found.adopted)
    for number, outcome in enumerate(found.outcomes, start=1):
        yield ""
        yield from _told(number, outcome, language, factor_name, draft, adopted)
    yield ""
    yield message("adoption.new_findings", language, {"count": len(found.new_findings)})
    for finding in found.new_findings:
        mark = finding.marks[0]
        unit, name = adopted.cite(mark.address, language), factor_name(finding.factor, language)
        yield f"  {unit} – {name}: «{_short(mark.quote)}»"


def _told(
    number: int, outcome: Outcome, language: str, factor_name: Names, draft: Citations, adopted: Citations
) -> Iterator[str]:
    asked = outcome.asked
    unit = draft.cite(outcome.draft_unit, language) if outcome.draft_unit else asked.unit
    state = message(f"adoption.{outcome.state}", language)
    yield f"{number}. {unit} – {factor_name(asked.factor, language)}: {state.upper()}"
    yield "   " + message(
        "adoption.why", language,
        {"reason": message(f"adoption.reason_{outcome.reason}", language), "confidence": f"{outcome.confidence:.2f}"},
    )  # fmt: skip
    yield "   " + message("adoption.was", language, {"words": _short(outcome.old or asked.quote)})
    if asked.recommendation:
        yield "   " + message("adoption.advice", language, {"words": _short(asked.recommendation)})
    for quote in outcome.new:
        params = {"unit": adopted.cite(quote.address, language), "words": _short(quote.text)}
        yield "   " + message("adoption.now", language, params)
    for address in outcome.link.rivals:
        yield "   " + message("adoption.rival", language, {"unit": adopted.cite(address, language)})
    if outcome.closest:
        yield "   " + message("adoption.closest", language, {"unit": adopted.cite(outcome.closest, language)})
    for finding in outcome.fires:
        yield "   " + message("adoption.fires", language, {"quote": _short(finding.marks[0].quote)})


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
