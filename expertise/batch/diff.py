"""Two folders of results → per draft and factor what appeared, vanished and was kept, and which versions changed.

Reads: records, canonical results and units of both. Writes: plain JSON values, one draft after another; drafts are
compared by their ids in the lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from expertise.batch.folder import OutFolder, Record
from expertise.batch.links import Linked, Seen, Units, findings_of, link
from expertise.batch.units import read_units

SCHEMA_VERSION = "1.0"
OUTCOMES = ("kept", "appeared", "vanished", "unsure")


@dataclass
class Totals:
    """Sums over all drafts. ``states``: state of a draft (``state_of``) → how many."""

    states: Counter[str] = field(default_factory=Counter)
    factors: dict[str, Counter[str]] = field(default_factory=dict)
    other_texts: int = 0
    regraded: int = 0

    def add(self, draft: Mapping[str, Any]) -> None:
        """Count one more draft."""
        self.states[draft["state"]] += 1
        self.other_texts += bool(draft["other_texts"])
        for factor, counts in draft["factors"].items():
            self.factors.setdefault(factor, Counter()).update(counts)
        self.regraded += len(draft["regraded"])

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        every: Counter[str] = Counter()
        for counts in self.factors.values():
            every.update(counts)
        return {
            "drafts": dict(sorted(self.states.items())),
            "other_texts": self.other_texts,
            "findings": {outcome: every[outcome] for outcome in OUTCOMES},
            "regraded": self.regraded,
            "factors": {factor: _counted(self.factors[factor]) for factor in sorted(self.factors)},
        }


def changed_versions(before: OutFolder, after: OutFolder) -> list[dict[str, str]]:
    """What the results of both folders depend on and is not the same. Raises ``BatchError`` (``batch.no_results``)."""
    one, two = (_flat(folder.batch()) for folder in (before, after))
    names = [*one, *(name for name in two if name not in one)]
    return [
        {"name": name, "before": one.get(name, ""), "after": two.get(name, "")}
        for name in names
        if one.get(name) != two.get(name)
    ]


def drafts(before: OutFolder, after: OutFolder) -> Iterator[dict[str, Any]]:
    """Every draft of either folder, by id."""
    one = {record.id: record for record in before.records()}
    two = {record.id: record for record in after.records()}
    for draft in sorted(one.keys() | two.keys()):
        yield _draft(draft, one.get(draft), two.get(draft), before, after)


def _draft(
    draft: str, one: Record | None, two: Record | None, before: OutFolder, after: OutFolder
) -> dict[str, Any]:  # fmt: skip
    linked = Linked()
    if one is not None and two is not None and _has(one) and _has(two):
        old, new = findings_of(before.examination(draft)), findings_of(after.examination(draft))
        linked = link(old, new, _units(before, draft), _units(after, draft))
    elif two is not None and _has(two):
        linked = Linked(appeared=findings_of(after.examination(draft)))
    elif one is not None and _has(one):
        linked = Linked(vanished=findings_of(before.examination(draft)))
    return {
        "draft": draft,
        "state": state_of(one, two, linked),
        "other_texts": bool(one and two and [f.sha256 for f in one.files] != [f.sha256 for f in two.files]),
        "factors": _factors(linked),
        "kept": len(linked.kept),
        "appeared": [_told(seen) for seen in linked.appeared],
        "vanished": [_told(seen) for seen in linked.vanished],
        "unsure": [
            {"before": [_told(seen) for seen in ours], "after": [_told(seen) for seen in theirs]}
            for ours, theirs in linked.unsure
        ],
        "regraded": [
            {**_told(pair.after), "kind_before": pair.before.content["kind"],
             "severity_before": pair.before.content["severity"]}
            for pair in linked.kept if _grade(pair.before) != _grade(pair.after)
        ],
    }  # fmt: skip


def state_of(one: Record | None, two: Record | None, linked: Linked) -> str:
    """``only_before``, ``only_after``, ``failed`` (in either), ``same`` or ``changed`` (in its findings)."""
    if one is None or two is None:
        return "only_before" if two is None else "only_after"
    if not (_has(one) and _has(two)):
        return "failed"
    same = not (linked.appeared or linked.vanished or linked.unsure)
    return "same" if same and all(_grade(pair.before) == _grade(pair.after) for pair in linked.kept) else "changed"


def _has(record: Record) -> bool:
    return record.failure is None


def _units(folder: OutFolder, draft: str) -> Units:
    try:
        return read_units(folder.units(draft))
    except (OSError, ValueError):  # findings are then linked without their units
        return {}


def _factors(linked: Linked) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}

    def count(seen: Seen, outcome: str) -> None:
        counts.setdefault(str(seen.content["factor"]), Counter())[outcome] += 1

    for pair in linked.kept:
        count(pair.after, "kept")
    for seen in linked.appeared:
        count(seen, "appeared")
    for seen in linked.vanished:
        count(seen, "vanished")
    for _, theirs in linked.unsure:
        for seen in theirs:
            count(seen, "unsure")
    return {factor: _counted(counts[factor]) for factor in sorted(counts)}


def _counted(counts: Counter[str]) -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _grade(seen: Seen) -> tuple[str, str]:
    return str(seen.content["kind"]), str(seen.content["severity"])


def _told(seen: Seen) -> dict[str, Any]:
    mark = seen.content["marks"][0]
    return {
        "finding": seen.content["id"],
        "factor": seen.content["factor"],
        "kind": seen.content["kind"],
        "severity": seen.content["severity"],
        "language": seen.language,
        "citation": mark["citation"],
        "quote": mark["quote"],
    }


def _flat(batch: Mapping[str, Any]) -> dict[str, str]:
    """Names of what results depend on → version; a pack counts with its hash."""
    versions = batch["versions"]
    pack = versions["pack"]
    found = {"program": str(versions["program"])}
    found[f"pack {pack['id']}"] = f"{pack['version']}+{str(pack['sha256'])[:16]}"
    found.update({each["name"]: each["version"] for each in versions["libraries"]})
    found.update({f"register {each['name']}": each["sha256"][:16] for each in versions["registers"]})
    found["force"] = "yes" if batch["force"] else "no"
    return found
