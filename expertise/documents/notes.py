"""What a note at flagged words says: the same words in comments of Word and in notes of PDF.

Reads: a listed finding. Writes: paragraphs of (text, whether it is set in bold).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from expertise.documents.changed import change_line
from expertise.documents.listing import Issued, Listed
from expertise.documents.wording import shorten
from expertise.documents.words import Words, capital, factor_name
from nlp.detection.finding import Finding, Kind

Names = Mapping[str, Mapping[str, str]]

_QUOTE = 80  # characters of the words that a further note refers to


def _kind(entry: Listed, said: Words) -> str:
    key = "comment.remark" if entry.finding.kind is Kind.REMARK else "comment.attention"
    return said.say(key, number=entry.number)


def again(entry: Listed, explained_at: str, said: Words) -> Iterator[tuple[str, bool]]:
    """The note at a further mark of a finding; ``explained_at`` are the words of its first mark."""
    yield said.say("comment.again", kind=_kind(entry, said), quote=shorten(explained_at, _QUOTE)), False


def explained_lines(
    entry: Listed, said: Words, names: Names, restricted: str = "", issued: Issued | None = None
) -> Iterator[tuple[str, bool]]:
    """The note at the first mark: factor and severity, explanation, risk, proposal, what the check is and is not.

    Of a conclusion it says which one it is instead. A restriction mark of the draft («Для служебного пользования»)
    heads it: notes can be copied out of the draft.
    """
    if restricted:
        yield restricted, True
    finding = entry.finding
    severity = said.say(f"preliminary.severity.{finding.severity.value}")
    factor = capital(factor_name(finding.factor, said.language, names))
    yield said.say("comment.heading", kind=_kind(entry, said), factor=factor, severity=severity), True
    yield finding.explanation, False
    if finding.change is not None:
        yield change_line(finding.change, said), False
    if finding.risk:
        yield said.say("comment.risk", risk=finding.risk), False
    yield from ((line, False) for line in _proposed(finding, said))
    if issued is None:
        yield said.say("comment.statement"), False
    else:
        yield issued.statement.replace("{position}", str(entry.number)), False


def _proposed(finding: Finding, said: Words) -> Iterator[str]:
    recommendation = finding.recommendation
    if recommendation is None:
        return
    if recommendation.instruction:
        yield recommendation.instruction
    if recommendation.wording:
        yield said.say("comment.proposal", wording=recommendation.wording)
