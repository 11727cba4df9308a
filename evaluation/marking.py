"""Texts with the words in question marked, for reading. Reads: a text and spans. Writes: Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evaluation.disagreements import Disagreement, DisagreementKind
from nlp.norms.frame import Field, FieldSpan

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_TITLES = {
    DisagreementKind.FALSE_POSITIVE: "found, not labelled",
    DisagreementKind.FALSE_NEGATIVE: "labelled, not found",
}


def marked(text: str, spans: Iterable[FieldSpan], field: Field) -> str:
    """``text`` on one line with the spans of ``field`` in bold; overlapping spans become one."""
    parts, at = [], 0
    for start, end in _joined(spans, field):
        parts += [_escaped(text[at:start]), "**", _escaped(text[start:end]), "**"]
        at = end
    return " ".join("".join([*parts, _escaped(text[at:])]).split())


def reading_text(disagreements: Iterable[Disagreement], title: str) -> str:
    """All disagreements as a document to read: by factor, each with its text and the words marked."""
    lines, factor = [f"# {title}", ""], ""
    for each in disagreements:
        if each.factor != factor:
            factor = each.factor
            lines += [f"## {factor}", ""]
        lines += [*_entry(each), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry(each: Disagreement) -> list[str]:
    about = [_TITLES[each.kind], each.language, each.finding_kind, f"strength {each.strength}", each.role.value]
    lines = [f"- `{each.id}` ({', '.join(word for word in about if word)}; {each.corpus})"]
    if each.heading:
        lines.append(f"  - heading: {marked(each.heading, each.spans, Field.HEADING)}")
    if each.lead:
        lines.append(f"  - lead-in: {marked(each.lead, each.spans, Field.LEAD)}")
    lines.append(f"  - {marked(each.text, each.spans, Field.TEXT)}")
    if each.quote and not each.spans:
        lines.append(f"  - quote not located: {_escaped(each.quote)}")
    notes = [
        f"labels: {', '.join(each.labels)}" if each.labels else "",
        f"found: {', '.join(each.found)}" if each.found else "",
        f"rules: {', '.join(each.detectors)}" if each.detectors else "",
    ]
    shown = "; ".join(note for note in notes if note)
    return [*lines, f"  - {shown}"] if shown else lines


def _joined(spans: Iterable[FieldSpan], field: Field) -> list[tuple[int, int]]:
    answer: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans if span.field is field):
        if answer and start <= answer[-1][1]:
            answer[-1] = (answer[-1][0], max(end, answer[-1][1]))
        else:
            answer.append((start, end))
    return answer


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
