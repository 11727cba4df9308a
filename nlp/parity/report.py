"""Divergences → JSON of the committed schema (``nlp/schema/parity-1.0.schema.json``) and sentences for people.

Reads: divergences and both acts. Writes: plain values; only quotes of the words that differ leave the texts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.messages import LANGUAGES, message
from nlp.parity.divergence import Divergence, DivergenceKind, Spot
from nlp.structure.act import Act
from nlp.structure.citations import Citations

SCHEMA_VERSION = "1.0"
_SHOWN = 200  # characters of a quotation in a sentence
_SCORE_DIGITS = 4


@cache
def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the report."""
    name = f"parity-{SCHEMA_VERSION}.schema.json"
    loaded: dict[str, Any] = json.loads(files("nlp.schema").joinpath(name).read_text(encoding="utf-8"))
    return loaded


def to_dict(found: Sequence[Divergence], ru: Act, kk: Act) -> dict[str, Any]:
    """The report as plain JSON values, divergences in the order of the Russian text."""
    cited = {"ru": Citations(ru), "kk": Citations(kk)}
    counts = Counter(each.kind for each in found)
    return {
        "schema_version": SCHEMA_VERSION,
        "texts": {code: _text(act) for code, act in (("ru", ru), ("kk", kk))},
        "counts": {kind.value: counts[kind] for kind in DivergenceKind},
        "divergences": [
            {
                "kind": each.kind.value,
                "name": {code: kind_name(each.kind, code) for code in LANGUAGES},
                "ru": _spot(each.ru, cited["ru"]),
                "kk": _spot(each.kk, cited["kk"]),
                "similarity": round(each.score, _SCORE_DIGITS),
                "reason": dict(each.reason),
            }
            for each in found
        ],
    }


def kind_name(kind: DivergenceKind, language: str) -> str:
    """The name of a kind for people."""
    return message(f"parity.{kind.value}", language, {})


def told(found: Sequence[Divergence], ru: Act, kk: Act, language: str) -> Iterator[str]:
    """One paragraph for each divergence: its kind, then the unit and the words of each text."""
    cited = {"ru": Citations(ru), "kk": Citations(kk)}
    for number, each in enumerate(found, start=1):
        yield f"{number}. {kind_name(each.kind, language)}"
        for code, spot in (("ru", each.ru), ("kk", each.kk)):
            unit = cited[code].cite(spot.address, language)
            words = " ".join(spot.quote.split())
            quote = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
            yield message(
                "parity.lacks" if spot.lacks else "parity.says", language, {"unit": unit, "quote": quote, "code": code}
            )


def _text(act: Act) -> dict[str, str]:
    return {"name": act.source.name, "sha256": act.source.sha256}


def _spot(spot: Spot, citations: Citations) -> dict[str, Any]:
    return {
        "address": spot.address,
        "citation": {code: citations.cite(spot.address, code) for code in LANGUAGES},
        "start": spot.start,
        "end": spot.end,
        "quote": spot.quote,
        "lacks": spot.lacks,
    }
