"""The content of a certificate (seed 001: what is attached to the indicators): plain JSON values, whole numbers only.

Reads: the drafts that count, the conclusions they rest on. Writes: a dictionary; every number in it can be counted
again from its own list of drafts. Its canonical bytes and their SHA-256 are those of ``expertise.case.conclusion``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from expertise.case.adoption import Adoption
from expertise.case.counting import CountedFactor
from expertise.case.decided import LANGUAGES
from expertise.case.indicators import (
    Draft,
    Fate,
    by_factor,
    factors_found,
    grouped,
    taken,
)
from expertise.case.periods import Period

FORM = "saraptama-certificate"
VERSION = 1

Found = Mapping[str, Any]


class Kind(StrEnum):
    """Which of the two indicators is certified."""

    FACTORS = "factors"
    ADOPTION = "adoption"


@dataclass(frozen=True, slots=True)
class Signs:
    """Who is to sign: a head of the body, or a deputy (seed 001); empty – a line to fill in."""

    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """The conclusion of a draft as its list names it."""

    number: str
    dated: str
    content: Mapping[str, Any]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a certificate is drawn up of. ``selection``: body, sphere, kind of act as asked, "" – all."""

    kind: Kind
    number: str
    day: date
    period: Period
    selection: Mapping[str, str]
    by: Mapping[str, str]
    signs: Signs
    audit_head: str


def certificate(
    order: Order,
    drafts: Sequence[Draft],
    issued: Mapping[str, Issued],
    factors: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The certificate as plain JSON values. ``issued``: by the id of the conclusion; ``factors``: names by language."""
    kind = order.kind
    return {
        "form": FORM,
        "version": VERSION,
        "kind": order.kind.value,
        "number": order.number,
        "date": order.day.isoformat(),
        "period": {
            "first": order.period.first.isoformat(), "last": order.period.last.isoformat(), "name": order.period.name,
        },
        "selection": dict(order.selection),
        "by": dict(order.by),
        "signs": {"name": order.signs.name, "post": order.signs.post},
        "totals": totals(kind, drafts),
        "bodies": [{"body": name, **totals(kind, part)} for name, part in grouped(drafts, lambda draft: draft.body)],
        "spheres": [{"sphere": name, **totals(kind, part)} for name, part in grouped(drafts, lambda one: one.sphere)],
        "factors": [
            {
                "factor": each.factor, "factor_name": dict(factors.get(each.factor, {})), "found": each.found,
                "drafts": each.drafts,
            }
            for each in by_factor(drafts)
        ] if order.kind is Kind.FACTORS else [],
        "drafts": [
            _draft(position, draft, issued[draft.conclusion], order.kind, factors)
            for position, draft in enumerate(drafts, start=1)
        ],
        "audit_head": order.audit_head,
    }  # fmt: skip


def totals(kind: Kind, drafts: Sequence[Draft]) -> dict[str, Any]:
    """The figures of an indicator as plain JSON values."""
    if kind is Kind.FACTORS:
        found = factors_found(drafts)
        return {
            "drafts": found.drafts, "factors": found.factors, "recommendations": found.recommendations,
            "clean": found.clean, "most": found.most, "mean": found.mean,
        }  # fmt: skip
    share = taken(drafts)
    return {
        "drafts": share.drafts, "adopted_drafts": share.adopted_drafts, "refused_drafts": share.refused_drafts,
        "pending_drafts": share.pending_drafts, "issued_in_all": share.issued_in_all, "issued": share.issued,
        "states": {state.value: count for state, count in share.states.items()},
        "strict": share.strict, "lenient": share.lenient,
    }  # fmt: skip


def _draft(
    position: int, draft: Draft, issued: Issued, kind: Kind, factors: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    content = issued.content
    head = {
        "position": position,
        "case": draft.case,
        "title": dict(content["act"]["title"]),
        "body": draft.body,
        "sphere": draft.sphere,
        "act_form": draft.act_form,
        "restricted": content["act"]["restricted"],
        "conclusion": {
            "id": draft.conclusion, "number": issued.number, "date": issued.dated,
            "issued_on": draft.issued_on.isoformat(), "sha256": issued.content_hash,
        },
        "fate": draft.fate.value,
        "reason": draft.reason,
        "factors": len(draft.counted.factors),
        "recommendations": len(draft.counted.recommendations),
    }  # fmt: skip
    if kind is Kind.FACTORS:
        return {**head, "rows": [factor_row(draft, content, each, factors) for each in draft.counted.factors]}
    adopted = draft.fate is Fate.ADOPTED
    outcomes = [draft.outcome(numbers) for numbers in draft.counted.recommendations] if adopted else []
    return {**head, "states": {state.value: outcomes.count(state) for state in Adoption}}


def factor_row(
    draft: Draft, content: Mapping[str, Any], counted: CountedFactor, factors: Mapping[str, Mapping[str, str]]
) -> Found:
    """A factor as the list of the instruction has it: where, what risk, what was recommended, what came of it."""
    return _row(draft, content, counted.findings, counted.factor, factors)


def recommendation_row(
    draft: Draft, content: Mapping[str, Any], numbers: Sequence[int], factors: Mapping[str, Mapping[str, str]]
) -> Found:
    """A recommendation in the same columns; of several factors the first is named."""
    found = next(each for each in content["findings"] if each["number"] == numbers[0])
    return _row(draft, content, numbers, found["factor"], factors)


def _row(
    draft: Draft, content: Mapping[str, Any], numbers: Sequence[int], factor: str,
    factors: Mapping[str, Mapping[str, str]],
) -> Found:  # fmt: skip
    mine = [each for each in content["findings"] if each["number"] in numbers]
    return {
        "findings": list(numbers),
        "factor": factor,
        "factor_name": dict(mine[0]["factor_name"] or factors.get(factor, {})),
        "norm": {code: _norms(mine, code) for code in LANGUAGES},
        "risk": _said(mine, "risk"),
        "recommendation": _said(mine, "recommendation"),
        "proposals": list(_proposals(mine)),
        "result": _result(draft, mine),
    }


def _norms(mine: Sequence[Found], language: str) -> list[str]:
    cited = [
        place["citation"].get(language) or next((each for each in place["citation"].values() if each), "")
        for each in mine
        for place in each["places"]
    ]
    again = [each.get(language, "") for finding in mine for each in finding["also_at"]]
    return [words for words in dict.fromkeys([*cited, *again]) if words]


def _said(mine: Sequence[Found], name: str) -> dict[str, list[str]]:
    """What the conclusion says, each thing once, by language."""
    said: dict[str, list[str]] = {}
    for each in mine:
        for language, statement in each[name].items():
            if statement["text"] and statement["text"] not in said.setdefault(language, []):
                said[language].append(statement["text"])
    return said


def _proposals(mine: Sequence[Found]) -> Iterator[dict[str, str]]:
    seen = set()
    for each in mine:
        for proposal in each["proposals"]:
            made = (proposal["language"], proposal["action"], proposal["text"])
            if made not in seen:
                seen.add(made)
                yield dict(zip(("language", "action", "text"), made, strict=True))


def _result(draft: Draft, mine: Sequence[Found]) -> dict[str, str]:
    """What became of the recommendation: confirmed once the act is adopted; before that what the developer says."""
    asked = [each["number"] for each in mine if each["proposals"] or each["recommendation"]]
    if not asked:
        return {"of": "none", "value": ""}
    if draft.fate is Fate.ADOPTED:
        return {"of": "act", "value": draft.outcome(asked).value}
    if draft.fate is not Fate.PENDING:
        return {"of": "fate", "value": draft.fate.value}
    positions = {draft.answers.get(number, "") for number in asked}
    return {"of": "answer", "value": positions.pop() if len(positions) == 1 else "in_part"}
