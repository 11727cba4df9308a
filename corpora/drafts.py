"""Reader of draft cases: a folder with ``draft.txt``, ``gold.jsonl``, ``meta.json`` and, where the act was adopted,
``adopted.txt`` and ``adoption.jsonl``."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from corpora.lines import Record, json_object, records
from corpora.records import AdoptionOutcome, AdoptionState, DraftCase, GoldFinding, NewFinding
from nlp.errors import CorpusError

DRAFT, GOLD, META, ADOPTED, ADOPTION = "draft.txt", "gold.jsonl", "meta.json", "adopted.txt", "adoption.jsonl"


def is_draft(folder: Path) -> bool:
    """Whether the folder looks like a draft case."""
    return (folder / GOLD).is_file()


def read_draft(folder: Path) -> DraftCase:
    """The case in a folder; raises ``CorpusError`` for an absent file or a malformed line."""
    folder = Path(folder)
    for name in (DRAFT, GOLD, META):
        if not (folder / name).is_file():
            raise CorpusError("corpus_draft_file_missing", file=str(folder), name=name)
    meta = json_object(folder / META)
    outcomes, new_findings = _adoption(folder / ADOPTION)
    return DraftCase(
        id=meta.filled_text("id"),
        language=meta.language(),
        folder=folder,
        draft=folder / DRAFT,
        gold=tuple(_gold(record) for record in records(folder / GOLD)),
        adopted=folder / ADOPTED if (folder / ADOPTED).is_file() else None,
        adoption=outcomes,
        new_findings=new_findings,
        meta=MappingProxyType(meta.values),
    )


def _gold(record: Record) -> GoldFinding:
    return GoldFinding(
        unit=record.filled_text("unit"),
        sub=record.text("sub"),
        part=record.text("part"),
        factor=record.factor("factor"),
        strength=record.strength("strength"),
        quote=record.filled_text("quote"),
        risk=record.text("risk"),
        recommendation=record.text("recommendation"),
    )


def _adoption(path: Path) -> tuple[tuple[AdoptionOutcome, ...], tuple[NewFinding, ...]]:
    if not path.is_file():
        return (), ()
    outcomes: list[AdoptionOutcome] = []
    new_findings: list[NewFinding] = []
    for record in records(path):
        if "new_finding" in record.values:
            new_findings.append(_new_finding(record))
        else:
            outcomes.append(_outcome(record))
    return tuple(outcomes), tuple(new_findings)


def _outcome(record: Record) -> AdoptionOutcome:
    return AdoptionOutcome(
        unit=record.filled_text("unit"),
        factor=record.factor("factor"),
        state=AdoptionState(record.choice("state", tuple(AdoptionState))),
        adopted_unit=record.text("adopted_unit"),
        evidence=record.text("evidence"),
    )


def _new_finding(record: Record) -> NewFinding:
    inner = record.value("new_finding")
    if not isinstance(inner, dict):
        raise record.wrong("corpus_field_not_object", "new_finding")
    nested = Record(record.file, record.line, inner)
    return NewFinding(nested.filled_text("unit"), nested.factor("factor"), nested.filled_text("quote"))
