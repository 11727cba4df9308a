"""The norm as the draft words it, with a safeguard of the wording in force kept (DESIGN 2: proposed wording)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.changes.words import compare, touches
from nlp.detection.finding import Edit
from nlp.norms.frame import Field
from nlp.rewriting.edits import differences, keep_first_letter, tidy
from nlp.structure.act import Span


def kept_wording(before: str, after: str, stood: Sequence[Span], came: Sequence[Span]) -> str:
    """``after`` with those of its changes undone that took ``stood`` out of ``before`` or put ``came`` in.

    Other changes stay. Where undoing changes nothing, the wording in force.
    """
    if not after:
        return before
    result = after
    for old, new in reversed(compare(before, after).replaced):
        if not (touches(old, stood) or (new[0] < new[1] and touches(new, came))):
            continue
        words = before[old[0] : old[1]]
        blank = " " if new[0] == new[1] and result[new[0] - 1 : new[0]].strip() else ""
        result = result[: new[0]] + blank + words + result[new[1] :]
    result = keep_first_letter(after, tidy(result))
    return result if result != tidy(after) else before


def kept_edits(after: str, wording: str) -> tuple[Edit, ...]:
    """The edits that turn the draft's wording into the kept one."""
    return differences(after, wording, Field.TEXT)
