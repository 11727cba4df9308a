"""The content of a conclusion: plain JSON values, made of decisions that stand and of nothing else.

Reads: requisites, who sat in the case, findings that stand, the shown texts. Writes: a dictionary in which every
statement names its finding and decision; its canonical bytes and their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from expertise.case.act_order import in_order
from expertise.case.counting import recommendations
from expertise.case.decided import LANGUAGES, Decided, entry
from expertise.case.requisites import empty, fields
from expertise.shown_text import ShownText

FORM = "saraptama-conclusion"
VERSION = 1
HIDDEN_SERVICE = "hidden_service"
_COLLISION = "collision"
_COMPARED = "parity."  # how detectors of divergences of the two texts are called
_SEVERITIES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Sat:
    """An expert of the case: ``declared_on`` is the day of the statement that there is no conflict of interest."""

    seat: str
    name: str
    declared_on: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a conclusion is made of. ``files``: (kind, name, sha256); ``forms``: form of the act by language.

    What the examination looked at, so that nothing is called absent that nobody looked for: ``services_register`` is
    the SHA-256 of the register of public services beside it, "" where there was none.
    """

    number: str
    round: int
    title: str
    requisites: Mapping[str, str]
    experts: Sequence[Sat]
    developer: str
    files: Sequence[tuple[str, str, str]]
    forms: Mapping[str, str]
    restricted: str
    texts: Sequence[ShownText]
    standing: Sequence[Decided]
    factors: Mapping[str, Mapping[str, str]]
    versions: Mapping[str, Any] = field(default_factory=dict)
    audit_head: str = ""
    looked_for_services: bool = False
    services_register: str = ""
    texts_compared: bool = False
    kind: str = "draft"


def content(material: Material) -> dict[str, Any]:
    """The conclusion as plain JSON values: findings in the order of the act, one defect of both texts once."""
    texts = {text.language: text for text in material.texts}
    joined = merged([entry(each, texts) for each in material.standing], counterparts(material.standing))
    found = numbered(in_order(joined, material.texts), material.factors)
    given = _requisites(material)
    return {
        "form": FORM,
        "version": VERSION,
        "case": {"number": material.number, "round": material.round, "kind": material.kind},
        "act": {
            "title": {**dict.fromkeys(LANGUAGES, material.title), **_titles(material)},
            "forms": dict(material.forms),
            "languages": [text.language for text in material.texts],
            "restricted": material.restricted,
        },
        "texts": [{"language": text.language, "name": text.name, "sha256": text.sha256} for text in material.texts],
        "files": [{"kind": kind, "name": name, "sha256": sha256} for kind, name, sha256 in material.files],
        "requisites": given,
        "empty": list(missing(material)),
        "experts": [{"seat": sat.seat, "name": sat.name, "declared_on": sat.declared_on} for sat in material.experts],
        "findings": found,
        "summary": summary(found, {each.finding for each in material.standing if is_divergence(each)}),
        "checks": {
            "services": {"looked_for": material.looked_for_services, "register": material.services_register},
            "texts_compared": material.texts_compared,
        },
        "versions": dict(material.versions),
        "audit_head": material.audit_head,
    }


@cache
def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) that every content of this version satisfies."""
    name = f"conclusion-{VERSION}.schema.json"
    loaded: dict[str, Any] = json.loads(files("expertise.schema").joinpath(name).read_text(encoding="utf-8"))
    return loaded


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes whose SHA-256 is printed: keys sorted, no blanks, UTF-8 (in the manner of RFC 8785; no floats)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(content)).hexdigest()


def counterparts(standing: Sequence[Decided]) -> dict[str, str]:
    """Finding → the finding of the other text that the examination found to be the same defect."""
    found = {each.finding: str(each.content.get("counterpart") or "") for each in standing}
    return {finding: other for finding, other in found.items() if other in found}


def merged(entries: Sequence[dict[str, Any]], linked: Mapping[str, str] = {}) -> list[dict[str, Any]]:
    """One defect is one finding: what the examination linked, and the same factor at the same unit of the two texts, is
    told once, with both places.

    The k-th of one text goes with the k-th of the other; the graver severity stays. A link holds as long as both
    findings have the same factor: an expert may have named another.
    """
    result: list[dict[str, Any]] = []
    waiting: dict[tuple[str, str], list[dict[str, Any]]] = {}
    by_finding: dict[tuple[str, str], dict[str, Any]] = {}
    for each in entries:
        finding = each["decisions"][0]["finding"] if each["decisions"] else ""
        partner = by_finding.get((linked[finding], each["factor"])) if finding in linked else None
        if partner is not None and not _same_text(partner, each):
            _join(partner, each)
            continue
        by_finding[finding, each["factor"]] = each
        if finding in linked:
            result.append(each)
            continue
        key = (each["factor"], each["unit"])
        other = next((one for one in waiting.get(key, ()) if each["unit"] and not _same_text(one, each)), None)
        if other is None:
            result.append(each)
            waiting.setdefault(key, []).append(each)
            continue
        waiting[key].remove(other)
        _join(other, each)
    return result


def numbered(entries: Sequence[dict[str, Any]], factors: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The findings with their numbers and the names of their factors."""
    return [
        {"number": number, **each, "factor_name": dict(factors.get(each["factor"], {}))}
        for number, each in enumerate(entries, start=1)
    ]


def is_divergence(decided: Decided) -> bool:
    """Whether it is found that the two texts say different things: by the machine, or marked in both by hand."""
    if any(str(each["detector"]).startswith(_COMPARED) for each in decided.content.get("evidence", ())):
        return True
    factor = decided.decision.said.factor or decided.content["factor"]
    marked_in = {code for code, _, _ in decided.places}
    return decided.own_places and factor == _COLLISION and marked_in >= set(LANGUAGES)


def summary(found: Sequence[Mapping[str, Any]], diverging: Collection[str] = ()) -> dict[str, Any]:
    """What the last sections say: counted as reports count (a recommendation is one proposed wording).

    ``diverging``: ids of findings that are divergences of the two texts.
    """
    by_factor: dict[str, list[int]] = {}
    for each in found:
        by_factor.setdefault(each["factor"], []).append(each["number"])
    severities = Counter(each["severity"] for each in found)
    return {
        "findings": len(found),
        "factors": [{"factor": factor, "findings": numbers} for factor, numbers in by_factor.items()],
        "severities": {severity: severities[severity] for severity in _SEVERITIES},
        "recommendations": len(recommendations(found)),
        "hidden_services": by_factor.get(HIDDEN_SERVICE, []),
        "divergences": [
            each["number"] for each in found if any(made["finding"] in diverging for made in each["decisions"])
        ],
    }


def missing(material: Material) -> tuple[str, ...]:
    """Requisites that print as «___»: what the case itself does not know either."""
    known = {"materials"} | ({"act_form"} if any(material.forms.values()) else set())
    known |= {"no_conflict"} if all(sat.declared_on for sat in material.experts) else set()
    return tuple(key for key in empty(_requisites(material)) if key not in known)


def _requisites(material: Material) -> dict[str, str]:
    """All fields; the expert and the developer are known from the case where nobody wrote them down."""
    given = {each.key: str(material.requisites.get(each.key, "")).strip() for each in fields()}
    first = next((sat.name for sat in material.experts if sat.seat == "first"), "")
    given["expert"] = given["expert"] or first
    given["developer"] = given["developer"] or material.developer
    return given


def _titles(material: Material) -> dict[str, str]:
    return {text.language: text.title for text in material.texts if text.title and text.language in LANGUAGES}


def _same_text(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    languages = [{place["language"] for place in each["places"]} for each in (one, two)]
    return bool(languages[0] & languages[1]) or not all(languages)


def _best(one: Mapping[str, Any], two: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What two findings say of one defect, by language: an expert's words before the machine's, and these of the text
    in that language before a translation of what it says of the other."""
    told = [
        (each["by"] == "expert", code in {place["language"] for place in found["places"]}, code, each)
        for found in (two, one)
        for code, each in found[name].items()
    ]
    return {code: each for _, _, code, each in sorted(told, key=lambda said: said[:2])}  # the last of a language stays


def _join(one: dict[str, Any], two: Mapping[str, Any]) -> None:
    for name in ("reasoning", "risk", "recommendation"):
        one[name] = _best(one, two, name)
    for name in ("places", "norms", "also_at", "decisions"):
        one[name] = [*one[name], *(each for each in two[name] if each not in one[name])]
    for name in ("basis", "change"):
        one[name] = {**two[name], **one[name]}
    have = {proposal["language"] for proposal in one["proposals"]}
    one["proposals"] = [*one["proposals"], *(each for each in two["proposals"] if each["language"] not in have)]
    one["severity"] = max(one["severity"], two["severity"], key=_SEVERITIES.index)
