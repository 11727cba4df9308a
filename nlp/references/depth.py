"""Depth of a reference: how far the words lead a reader to the rule itself (issue: depth of blanket norms)."""

from __future__ import annotations

from enum import IntEnum

from nlp.references.citation import CitationKind
from nlp.references.references import Reference
from nlp.references.resolve import State


class Depth(IntEnum):
    """From nothing to the rule itself; a power that leans on less than ``UNIT`` is not bounded by the reference."""

    DEAD = 0  # a unit that is not there or is excluded
    BODY = 1  # «законодательством Республики Казахстан»
    UNNAMED_ACT = 2  # «Законом Республики Казахстан», «указанным Законом»
    ACT = 3  # an act that can be found, no unit of it
    UNIT = 4  # a unit of an act that can be found, or one of this act that could not be looked up
    RESOLVED = 5  # units of this act, all of them there


def depth(reference: Reference) -> Depth:
    """How deep a reference leads. Of several targets the worst counts; unnamed middles of a range do not."""
    citation = reference.citation
    if citation.kind is CitationKind.BLANKET:
        return Depth.BODY
    if citation.kind is CitationKind.SELF:
        return Depth.ACT
    if citation.kind is CitationKind.EXTERNAL:
        if citation.act is None or not citation.act.is_named:
            return Depth.UNNAMED_ACT
        return Depth.UNIT if citation.targets else Depth.ACT
    states = {each.state for each in reference.resolved if not each.target.inner}
    if states & {State.MISSING, State.EXCLUDED}:
        return Depth.DEAD
    return Depth.RESOLVED if states == {State.FOUND} else Depth.UNIT
