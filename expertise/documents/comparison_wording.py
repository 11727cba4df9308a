"""Wordings of one norm side by side: in force, of the draft, recommended; the words that change are marked.

Reads: one finding of the content of a conclusion. Writes: paragraphs of cells. Nothing is shortened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from expertise.documents.joint_wording import bare
from expertise.documents.model import Emphasis, Paragraph, Run, Style, text
from expertise.documents.proposal import differences
from expertise.documents.words import Words

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """A finding read in the language of the document, where it has words in it; else in the other one."""

    found: Mapping[str, Any]
    said: Words

    @property
    def change(self) -> Mapping[str, Any] | None:
        """The norm of the amended act before and after, None where the draft amends nothing here."""
        changes = self.found["change"]
        chosen: Mapping[str, Any] | None = changes.get(self.said.language) or next(iter(changes.values()), None)
        return chosen

    @property
    def norms(self) -> Sequence[Mapping[str, Any]]:
        """The norms of the draft that hold marked words."""
        mine = [norm for norm in self.found["norms"] if norm["language"] == self.said.language]
        return mine or list(self.found["norms"])

    @property
    def proposals(self) -> Sequence[Mapping[str, Any]]:
        """Proposed wordings in the language of the document, else all there are."""
        mine = [each for each in self.found["proposals"] if each["language"] == self.said.language]
        return mine or list(self.found["proposals"])


def in_force(side: Side) -> Iterator[Paragraph]:
    """The wording in force; that there is none where the draft adds the norm; «___» where it was not at hand."""
    change = side.change
    if change is None:
        yield text(side.said.say("conclusion.blank"), Style.CELL)
        return
    yield from _whose(change, side.said)
    if not change["before"]:
        yield text(side.said.say("comparison.absent"), Style.CELL)
        return
    gone = _spans(change["gone"]) if change["after"] else [(0, len(change["before"]))]
    yield _marked(change["before"], gone, Emphasis.DELETED)


def draft_wording(side: Side) -> Iterator[Paragraph]:
    """The wording of the draft: words that the recommendation takes out are flagged, else those that were marked."""
    change = side.change
    if change is not None:
        if not change["after"]:
            yield text(side.said.say("conclusion.exclude"), Style.CELL)
            return
        new = _spans(change["new"]) if change["before"] else []
        flagged = _leaving(side, change["after"]) or _spans(change["marked"])
        yield Paragraph(tuple(_runs(change["after"], new, Emphasis.INSERTED, flagged)), Style.CELL)
        return
    norms = side.norms
    for norm in norms:
        if norm["lead"]:
            yield text(norm["lead"], Style.CELL, Emphasis.QUIET)
        marks = _leaving(side, norm["text"]) or [(mark[0], mark[1]) for mark in norm["marks"]]
        yield _marked(norm["text"], marks, Emphasis.FLAGGED)
    if not norms:
        yield text(side.said.say("conclusion.blank"), Style.CELL)


def recommended_wording(side: Side) -> Iterator[Paragraph]:
    """The recommended wording as it would stand, new words underlined; what an expert says is to be done before it."""
    said, proposals = side.said, side.proposals
    instruction = _instruction(side)
    if instruction and (not proposals or instruction["by"] == "expert"):
        yield from (text(line.strip(), Style.CELL) for line in instruction["text"].splitlines() if line.strip())
    foreign = [each for each in proposals if each["language"] != said.language]
    for each in proposals:
        if foreign or len(proposals) > 1:
            label = said.known(f"conclusion.in_language.{each['language']}", each["language"])
            yield text(label, Style.CELL, Emphasis.STRONG)
        if each["action"] == "delete" or not each["text"]:
            yield text(said.say("conclusion.exclude"), Style.CELL)
        else:
            yield _marked(_standing(each), _coming(each), Emphasis.INSERTED)
    if not instruction and not proposals:
        yield text(said.say("conclusion.no_recommendation"), Style.CELL)


def _instruction(side: Side) -> Mapping[str, Any] | None:
    given = side.found["recommendation"]
    chosen: Mapping[str, Any] | None = given.get(side.said.language) or next(iter(given.values()), None)
    return chosen


def _whose(change: Mapping[str, Any], said: Words) -> Iterator[Paragraph]:
    named = said.say("preliminary.change_unit", unit=change["unit"], act=change["act"])
    yield text(named if change["act"] else change["unit"], Style.CELL, Emphasis.QUIET)
    if change["lead"]:
        yield text(change["lead"], Style.CELL, Emphasis.QUIET)


def _leaving(side: Side, norm: str) -> list[_Span]:
    """Spans of the words of this norm that a proposal takes out; none where it is not of this norm."""
    for each in side.found["proposals"]:
        at = norm.find(each["old"]) if each["old"] else -1
        if at < 0:
            continue
        if each["action"] == "delete" or not each["text"]:
            return [(0, len(norm))]
        if each["action"] == "supplement":
            return []
        out, place = [], at
        for same, gone, _ in differences(each["old"], bare(each)):
            place += len(same)
            if gone.strip():
                out.append((place, place + len(gone)))
            place += len(gone)
        return out
    return []


def _standing(proposal: Mapping[str, Any]) -> str:
    """The norm as it would read: a supplement follows the words of the draft."""
    words = str(proposal["text"])
    return f"{proposal['old']} {words}" if proposal["action"] == "supplement" and proposal["old"] else words


def _coming(proposal: Mapping[str, Any]) -> list[_Span]:
    """Spans of the new words in a proposed wording; all of it where the words it replaces are not known."""
    words = proposal["text"]
    if not proposal["old"]:
        return [(0, len(words))]
    if proposal["action"] == "supplement":
        return [(len(proposal["old"]) + 1, len(proposal["old"]) + 1 + len(words))]
    place = len(words) - len(bare(proposal))
    found = []
    for same, _, new in differences(proposal["old"], bare(proposal)):
        place += len(same)
        if new.strip():
            found.append((place, place + len(new)))
        place += len(new)
    return found


def _marked(words: str, spans: Sequence[_Span], emphasis: Emphasis) -> Paragraph:
    return Paragraph(tuple(_runs(words, spans, emphasis, ())), Style.CELL)


def _runs(words: str, shown: Sequence[_Span], emphasis: Emphasis, flagged: Sequence[_Span]) -> Iterator[Run]:
    """Words of both kinds of spans; what is flagged is not shown as anything else."""
    bounded = [(max(start, 0), min(end, len(words))) for start, end in (*flagged, *shown)]
    for start, end in pairwise(sorted({0, len(words), *(edge for span in bounded for edge in span)})):
        piece = words[start:end]
        if any(first <= start < last for first, last in flagged):
            yield Run(piece, Emphasis.FLAGGED)
        else:
            yield Run(piece, emphasis if any(first <= start < last for first, last in shown) else Emphasis.PLAIN)


def _spans(raw: Sequence[Mapping[str, int]]) -> list[_Span]:
    return [(each["start"], each["end"]) for each in raw]
