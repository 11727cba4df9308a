"""Reader of minimal pairs and neutral norms (JSON Lines).

Lines: ``{id, lang, domain, heading, lead, flawed, labels, spans, sound, why}`` or
``{id, lang, domain, heading, lead, neutral}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from corpora.lines import Record, records, wrong_fields
from corpora.provisions import check_new_id
from corpora.records import NeutralNorm, Pair
from nlp.errors import CorpusError


def read_pairs(path: Path) -> tuple[tuple[Pair, ...], tuple[NeutralNorm, ...]]:
    """Pairs and neutral norms of a file, each in order; raises ``CorpusError`` like ``read_provisions``."""
    return pairs_of(records(Path(path)))


def pairs_of(lines: Iterable[Record]) -> tuple[tuple[Pair, ...], tuple[NeutralNorm, ...]]:
    """Pairs and neutral norms of lines that are already parsed; ids must differ."""
    pairs: list[Pair] = []
    neutrals: list[NeutralNorm] = []
    seen: set[str] = set()
    for record in lines:
        check_new_id(record, record.filled_text("id"), seen)
        found = pair_of(record)
        if isinstance(found, Pair):
            pairs.append(found)
        else:
            neutrals.append(found)
    return tuple(pairs), tuple(neutrals)


def pair_of(record: Record) -> Pair | NeutralNorm:
    """The pair or neutral norm of one line; raises ``CorpusError`` naming file, line and field."""
    if "neutral" in record.values:
        return _neutral(record)
    labels = record.factors("labels")
    if not labels:
        raise record.wrong("corpus_field_empty", "labels")
    return Pair(
        id=record.filled_text("id"),
        language=record.language(),
        domain=record.text("domain"),
        heading=record.text("heading"),
        lead=record.text("lead"),
        flawed=record.filled_text("flawed"),
        labels=labels,
        spans=record.texts("spans"),
        sound=record.filled_text("sound"),
        why=record.text("why"),
    )


def _neutral(record: Record) -> NeutralNorm:
    return NeutralNorm(
        id=record.filled_text("id"),
        language=record.language(),
        domain=record.text("domain"),
        heading=record.text("heading"),
        lead=record.text("lead"),
        text=record.filled_text("neutral"),
    )


def wrong_pair(record: Record) -> list[CorpusError]:
    """Everything wrong with the fields of a line that is no pair and no neutral norm."""
    rest = _NEUTRAL if "neutral" in record.values else _PAIR
    return wrong_fields(record, {**_COMMON, **rest})


_COMMON: Mapping[str, Callable[[Record], object]] = {
    "id": partial(Record.filled_text, field="id"),
    "lang": Record.language,
    **{name: partial(Record.text, field=name) for name in ("domain", "heading", "lead")},
}
_NEUTRAL: Mapping[str, Callable[[Record], object]] = {"neutral": partial(Record.filled_text, field="neutral")}
_PAIR: Mapping[str, Callable[[Record], object]] = {
    **{name: partial(Record.filled_text, field=name) for name in ("flawed", "sound")},
    "labels": partial(Record.factors, field="labels"),
    "spans": partial(Record.texts, field="spans"),
    "why": partial(Record.text, field="why"),
}
