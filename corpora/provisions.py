"""Reader of annotated provisions (JSON Lines).

Line: ``{id, lang, act, heading, path, lead, text, labels: [[factor, strength, quote], …], stratum, weight}`` and, where
several annotators labelled, ``annotator``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpora.lines import Record, records, wrong_fields
from corpora.records import AnnotatedProvision, Label
from nlp.errors import CorpusError


def read_provisions(path: Path) -> tuple[AnnotatedProvision, ...]:
    """All provisions of a file in order; raises ``CorpusError`` naming file, line, field and what is wrong."""
    return provisions_of(records(Path(path)))


def provisions_of(lines: Iterable[Record]) -> tuple[AnnotatedProvision, ...]:
    """Provisions of lines that are already parsed; an id may stand once for each annotator, with the same text."""
    seen: dict[str, AnnotatedProvision] = {}
    pairs: set[tuple[str, str]] = set()
    return tuple(checked_provision(record, seen, pairs) for record in lines)


def checked_provision(
    record: Record, seen: dict[str, AnnotatedProvision], pairs: set[tuple[str, str]]
) -> AnnotatedProvision:
    """The provision of a line, noted in ``seen`` (first of each id) and ``pairs`` (id, annotator).

    Raises ``CorpusError`` for a malformed line, for an id that this annotator has already, and for an id that
    annotators use for different texts.
    """
    provision = provision_of(record)
    key = (provision.id, provision.annotator)
    if key in pairs:
        raise record.wrong("corpus_id_repeated", "id", value=provision.id)
    pairs.add(key)
    first = seen.setdefault(provision.id, provision)
    if not same_text(first, provision):
        raise record.wrong("corpus_annotators_text", "id", value=provision.id)
    return provision


def same_text(one: AnnotatedProvision, other: AnnotatedProvision) -> bool:
    """Whether two annotations are of one provision: everything but labels and annotator is the same."""
    return replace(one, labels=(), annotator="") == replace(other, labels=(), annotator="")


def check_new_id(record: Record, name: str, seen: set[str]) -> None:
    """Note ``name`` in ``seen``; raises ``CorpusError`` when it was there."""
    if name in seen:
        raise CorpusError("corpus_id_repeated", file=record.file, line=record.line, field="id", value=name)
    seen.add(name)


def provision_of(record: Record) -> AnnotatedProvision:
    """The provision of one line; raises ``CorpusError`` naming file, line and field."""
    return AnnotatedProvision(
        id=record.filled_text("id"),
        language=record.language(),
        act=record.filled_text("act"),
        heading=record.text("heading"),
        path=record.text("path"),
        lead=record.text("lead"),
        text=record.filled_text("text"),
        labels=_labels(record),
        stratum=record.filled_text("stratum"),
        weight=record.weight("weight"),
        annotator=_annotator(record),
    )


def wrong_provision(record: Record) -> list[CorpusError]:
    """Everything wrong with the fields of a line that is no provision, each label by itself."""
    found = wrong_fields(record, _FIELDS)
    labels = record.values.get("labels")
    if isinstance(labels, list):
        each = {str(at): partial(_label, at=at, item=item) for at, item in enumerate(labels)}
        found += wrong_fields(record, each) or wrong_fields(record, {"labels": _labels})
    return found


def _annotator(record: Record) -> str:
    return record.text("annotator") if "annotator" in record.values else ""


def _labels(record: Record) -> tuple[Label, ...]:
    labels = tuple(_label(record, at, item) for at, item in enumerate(record.items("labels")))
    if len({label.factor for label in labels}) < len(labels):
        raise record.wrong("corpus_label_repeated", "labels")
    return labels


def _label(record: Record, at: int, item: object) -> Label:
    place = f"labels[{at}]"
    if not isinstance(item, list) or len(item) != 3:
        raise record.wrong("corpus_label_shape", place)
    return Label(
        factor=record.checked_factor(item[0], f"{place}[0]"),
        strength=record.checked_strength(item[1], f"{place}[1]"),
        quote=record.checked_quote(item[2], f"{place}[2]"),
    )


_FIELDS: Mapping[str, Callable[[Record], object]] = {
    "lang": Record.language,
    **{name: partial(Record.filled_text, field=name) for name in ("id", "act", "text", "stratum")},
    **{name: partial(Record.text, field=name) for name in ("heading", "path", "lead")},
    "labels": partial(Record.items, field="labels"),
    "weight": partial(Record.weight, field="weight"),
    "annotator": _annotator,
}
