"""The section of the preliminary check on amendments of acts in force: what was rebuilt and what needs their wording.

Reads: TextReport. Writes: blocks of the document model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from expertise.documents.model import Block, Paragraph, Run, Style, text
from expertise.documents.words import Words
from nlp.changes.change import State
from nlp.changes.naming import outcome_text
from nlp.examination import TextReport

MOST = 20  # reasons that are listed; the rest are counted
_LISTED = (State.NEEDS_WORDING, State.NOT_APPLIED)


def operations_section(report: TextReport, said: Words, heading: Style) -> Iterator[Block]:
    """Nothing for a text that amends no act."""
    if not report.operations:
        return
    counts = Counter(outcome.state for outcome in report.operations)
    yield text(said.say("preliminary.operations"), heading, keep=True)
    yield text(
        said.say(
            "preliminary.operations_counts",
            total=len(report.operations),
            rebuilt=counts[State.REBUILT],
            quoted=counts[State.JUDGED_AS_QUOTED],
            needs=counts[State.NEEDS_WORDING],
            not_applied=counts[State.NOT_APPLIED],
        )
    )
    if counts[State.REBUILT]:
        yield text(said.say("preliminary.operations_charged", unchanged=len(report.unchanged)))
    if counts[State.JUDGED_AS_QUOTED]:
        yield text(said.say("preliminary.operations_quoted"))
    reasons = [outcome_text(outcome, said.language) for outcome in report.operations if outcome.state in _LISTED]
    told = list(dict.fromkeys(reasons))
    for reason in told[:MOST]:
        yield Paragraph((Run(reason),), Style.BULLET)
    if len(told) > MOST:
        yield text(said.say("preliminary.operations_more", count=len(told) - MOST), Style.NOTE)
