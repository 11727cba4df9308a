"""What is evaluated: findings per provision, from a callable or from the output of ``saraptama judge``.

Reads: ``judged.jsonl``. Writes: ``JudgedFinding`` objects, which the metrics consume.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from corpora.lines import Record, records
from corpora.provisions import check_new_id
from evaluation.errors import EvaluationError
from nlp.detection.finding import Kind, Severity
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision


class Counting(StrEnum):
    """Which findings count."""

    ALL = "remarks_and_attention"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """One finding on one provision; ``detectors`` are the ids of the rules whose evidence it joins."""

    factor: str
    kind: Kind
    strength: int
    confidence: float
    severity: Severity
    spans: tuple[FieldSpan, ...] = ()
    detectors: tuple[str, ...] = ()

    def counts(self, counting: Counting) -> bool:
        """Whether this finding is among those that count."""
        return counting is Counting.ALL or self.kind is Kind.REMARK


class Judge(Protocol):
    """Anything that gives the findings on one provision; the engine is adapted to this."""

    def __call__(self, provision: Provision) -> Sequence[JudgedFinding]:
        """Findings on ``provision``; spans are offsets in its text, lead and heading."""
        ...


@runtime_checkable
class Scorer(Protocol):
    """A judge that also says how likely each factor is where it stays silent, so that ranking is measured fairly."""

    def scores(self, provision: Provision) -> Mapping[str, float] | None:
        """Probability by factor; None where this judge has no scores for the provision."""
        ...


def scores_of(judge: Judge, provision: Provision) -> Mapping[str, float] | None:
    """The scores of a judge that gives them."""
    return judge.scores(provision) if isinstance(judge, Scorer) else None


@dataclass(frozen=True, slots=True)
class Predictions:
    """Findings, and scores where the file has them, by provision id. Is a ``Judge`` and a ``Scorer``."""

    by_id: Mapping[str, tuple[JudgedFinding, ...]]
    scored: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def scores(self, provision: Provision) -> Mapping[str, float] | None:
        """The scores read for this id."""
        return self.scored.get(provision.id)

    def __call__(self, provision: Provision) -> tuple[JudgedFinding, ...]:
        """The findings read for this id; raises ``EvaluationError`` when the file has no line for it."""
        found = self.by_id.get(provision.id)
        if found is None:
            raise EvaluationError("evaluation_prediction_missing", id=provision.id)
        return found


def read_predictions(path: Path) -> Predictions:
    """Predictions from the output of ``saraptama judge`` (JSON Lines).

    Line: ``{id, findings: [{factor, kind, strength, confidence, severity, spans: [{field, start, end}], evidence}]}``;
    an item of ``evidence`` is an object with ``detector`` or the detector's id alone. A line may have ``scores``, an
    object of factor and probability, for factors that are not found too. Raises ``CorpusError`` naming
    file, line and field for a malformed line.
    """
    found: dict[str, tuple[JudgedFinding, ...]] = {}
    scored: dict[str, Mapping[str, float]] = {}
    seen: set[str] = set()
    for record in records(Path(path)):
        name = record.filled_text("id")
        check_new_id(record, name, seen)
        items = record.items("findings")
        found[name] = tuple(_finding(_inner(record, item, f"findings[{at}]")) for at, item in enumerate(items))
        if "scores" in record.values:
            scored[name] = _scores(_inner(record, record.value("scores"), "scores"))
    return Predictions(found, scored)


def _scores(record: Record) -> dict[str, float]:
    return {record.checked_factor(factor, "scores"): record.weight(factor) for factor in record.values}


def _inner(record: Record, item: object, field: str) -> Record:
    if not isinstance(item, dict):
        raise record.wrong("corpus_field_not_object", field)
    return Record(record.file, record.line, item)


def _finding(record: Record) -> JudgedFinding:
    return JudgedFinding(
        factor=record.factor("factor"),
        kind=Kind(record.choice("kind", tuple(Kind))),
        strength=record.strength("strength"),
        confidence=record.weight("confidence"),
        severity=Severity(record.choice("severity", tuple(Severity))),
        spans=tuple(_span(_inner(record, item, f"spans[{at}]")) for at, item in enumerate(record.items("spans"))),
        detectors=_detectors(record),
    )


def _span(record: Record) -> FieldSpan:
    place = Field(record.choice("field", tuple(Field)))
    start, end = _offset(record, "start"), _offset(record, "end")
    if not 0 <= start < end:
        raise record.wrong("evaluation_span_range", "start")
    return FieldSpan(place, start, end)


def _offset(record: Record, field: str) -> int:
    value = record.value(field)
    if isinstance(value, bool) or not isinstance(value, int):
        raise record.wrong("corpus_field_not_number", field)
    return value


def _detectors(record: Record) -> tuple[str, ...]:
    found: list[str] = []
    for at, item in enumerate(record.items("evidence")):
        if isinstance(item, dict):
            found.append(_inner(record, item, f"evidence[{at}]").filled_text("detector"))
        else:
            found.append(record.checked_quote(item, f"evidence[{at}]"))
    return tuple(dict.fromkeys(found))
