"""Where a quote stands in its provision: exactly, or up to blanks, quotation marks, dashes and letter case."""

from __future__ import annotations

from corpora.records import AnnotatedProvision, Label
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision

_MARKS = dict.fromkeys("«»„“”‟″\"'’‘‹›", '"') | dict.fromkeys("–—‑‒−", "-")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\ufeff")


def quote_spans(label: Label, provision: AnnotatedProvision) -> tuple[FieldSpan, ...]:
    """The first place of the label's quote in text, lead or heading; empty when it stands in none of them.

    An exact match in any field goes before a match up to blanks, quotation marks, dashes and case.
    """
    return find_quote(label.quote, provision)


def find_quote(quote: str, provision: AnnotatedProvision | Provision) -> tuple[FieldSpan, ...]:
    """``quote_spans`` for a bare quote."""
    fields = ((Field.TEXT, provision.text), (Field.LEAD, provision.lead), (Field.HEADING, provision.heading))
    for field, content in fields:
        at = content.find(quote) if quote else -1
        if at >= 0:
            return (FieldSpan(field, at, at + len(quote)),)
    wanted = _plain(quote)[0].strip()
    for field, content in fields:
        place = _loose(wanted, content)
        if place is not None:
            return (FieldSpan(field, *place),)
    return ()


def _loose(wanted: str, content: str) -> tuple[int, int] | None:
    plain, origin = _plain(content)
    at = plain.find(wanted) if wanted else -1
    if at < 0:
        return None
    return origin[at], origin[at + len(wanted) - 1] + 1


def _plain(text: str) -> tuple[str, list[int]]:
    """``text`` for comparing, and for each of its characters the offset it came from."""
    letters: list[str] = []
    origin: list[int] = []
    for offset, letter in enumerate(text):
        if letter in _INVISIBLE:
            continue
        plain = " " if letter.isspace() else _MARKS.get(letter, letter).lower()
        if plain == " " and letters and letters[-1] == " ":
            continue
        letters.extend(plain)
        origin.extend([offset] * len(plain))
    return "".join(letters), origin
