"""A norm that the draft changes, as a reader of the document sees it: in force and with the draft's changes.

Reads: ``ChangedWording``. Writes: paragraphs of the document model. Words that are gone are struck through, new ones
underlined, those a finding is about flagged; long stretches without any of these are shortened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from expertise.documents.model import Emphasis, Paragraph, Run, Style, text
from expertise.documents.wording import GAP, LEAD, shorten
from expertise.documents.words import Words
from nlp.detection.finding import ChangedWording

MARGIN = 160  # characters kept on each side of shown words
_Span = tuple[int, int]


def changed_wording(change: ChangedWording, said: Words) -> Iterator[Paragraph]:
    """The unit, its lead-in, the wording in force, the wording with the draft's changes."""
    named = said.say("preliminary.change_unit", unit=change.unit, act=change.act)
    yield text(named if change.act else change.unit, Style.CELL, Emphasis.QUIET)
    if change.lead:
        yield text(_end_of(change.lead), Style.CELL, Emphasis.QUIET)
    if not change.after:
        whole = ((0, len(change.before)),)
        yield _paragraph(said.say("preliminary.change_excluded"), change.before, whole, Emphasis.DELETED)
        return
    if change.before:
        yield _paragraph(said.say("preliminary.change_before"), change.before, change.gone, Emphasis.DELETED)
    label = said.say("preliminary.change_after" if change.before else "preliminary.change_new")
    new = change.new if change.before else ()
    yield _paragraph(label, change.after, new, Emphasis.INSERTED, change.marked)


def change_line(change: ChangedWording, said: Words) -> str:
    """The same in one line, for notes at flagged words."""
    if not change.after:
        return said.say("comment.change_excluded", unit=change.unit, before=change.before)
    if not change.before:
        return said.say("comment.change_new", unit=change.unit, after=change.after)
    return said.say("comment.change", unit=change.unit, before=change.before, after=change.after)


def _end_of(lead: str) -> str:
    return lead if len(lead) <= LEAD else GAP.strip() + lead[-LEAD:]


def _paragraph(
    label: str, words: str, shown: Sequence[_Span], emphasis: Emphasis, flagged: Sequence[_Span] = ()
) -> Paragraph:
    return Paragraph((Run(label + " ", Emphasis.STRONG), *_runs(words, shown, emphasis, flagged)), Style.CELL)


def _runs(words: str, shown: Sequence[_Span], emphasis: Emphasis, flagged: Sequence[_Span]) -> Iterator[Run]:
    cuts = sorted({0, len(words), *(edge for span in (*flagged, *shown) for edge in span)})
    for start, end in pairwise(cuts):
        piece = words[start:end]
        if _inside(start, flagged):
            yield Run(piece, Emphasis.FLAGGED)
        elif _inside(start, shown):
            yield Run(piece, emphasis)
        else:
            yield Run(_shortened(piece, last=end == len(words)))


def _inside(place: int, spans: Sequence[_Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _shortened(piece: str, last: bool) -> str:
    if len(piece) <= 2 * MARGIN:
        return piece
    if last:
        return shorten(piece, MARGIN)
    tail = piece[-MARGIN:].partition(" ")[2]
    return shorten(piece, MARGIN).removesuffix(GAP.rstrip()) + GAP + tail
