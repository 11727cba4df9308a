"""decide(): measures → the proposed state. The bounds were fitted on the project's own drafts (``docs/quality.md``).

Reads: what is asked, the link, measures, whether the factor still fires. Writes: state, reason, confidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.adoption.links import Link, LinkPass
from nlp.adoption.measure import Measures
from nlp.adoption.outcome import Reason, State
from nlp.adoption.wanted import Deed, Wanted

_MOST = 0.6  # of what the recommendation brings: its essence is there
_SOME = 0.1  # … something of it is there
_ALL_GONE = 0.9
_HALF = 0.5
_NEAR = 0.75  # likeness to the recommended wording
_MUCH = 0.5  # … of what it brings, where all that it takes out is gone
_SENTENCE_LOST = 0.2  # a recommended sentence of which so little is there was left out
_STAYS = 0.8  # of the flagged words
_STAYS_IN_PART = 0.3
_LOST = 0.1  # … of which no more is there

_SURE = {
    LinkPass.FINDING: 1.0, LinkPass.ALIGNED: 0.95, LinkPass.RENUMBERED: 0.9, LinkPass.PARTS: 0.8,
    LinkPass.ANCHOR: 0.6, LinkPass.NONE: 0.8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """``confidence`` 0…1: how sure the link is, times how far the measures are from the nearest bound."""

    state: State
    reason: Reason
    confidence: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What the detectors and the alignment tell. ``fires``: the same factor is found on the adopted units (or on the
    closest one); ``fired``: it was found on the norm of the draft; ``closest``: a new unit is somewhat like a norm that
    is gone, so that it may have become that one; ``removal``: its factor is one whose defect goes with the norm;
    ``between``: … and is one of two norms."""

    fires: bool
    fired: bool
    closest: bool = False
    removal: bool = False
    between: bool = False


def decide(wanted: Wanted, link: Link, found: Measures, seen: Seen) -> Decided:
    """The state with its reason."""
    state, reason, margin = _decide(wanted, link, found, seen)
    return Decided(state, reason, round(_SURE[link.made_by] * (0.5 + 0.5 * min(margin, 1.0)), 2))


def _decide(wanted: Wanted, link: Link, found: Measures, seen: Seen) -> tuple[State, Reason, float]:
    fires, fired = seen.fires, seen.fired
    if link.rivals:
        return State.UNDECIDED, Reason.TIE, 0.0
    if not link.units:
        return _gone(wanted, found, seen)
    if found.same:
        if seen.between and fired and not fires and link.made_by is not LinkPass.ANCHOR:
            return State.ADOPTED, Reason.CURED_ELSEWHERE, 0.2
        return State.NOT_ADOPTED, Reason.UNCHANGED, 1.0
    if wanted.deed is Deed.DELETE:
        return _to_go(link, found, fires)
    if wanted.deed is Deed.NOTHING:
        return _unasked(wanted, found, fires, fired)
    if _is_there(found):
        return _there(found, fires, link)
    if found.open and fired and not fires and found.touched:
        return State.ADOPTED, Reason.FLAGGED_GONE, 0.1  # the blank was to be filled with something closed, and it is
    if found.come >= _SOME:
        return State.PARTLY, Reason.PART_THERE, min(found.come - _SOME, _MOST - found.come) * 3
    if found.counted or (found.touched and found.gone >= _HALF):
        return State.PARTLY, Reason.FLAGGED_CHANGED, 0.2
    if fired and not fires and found.touched:
        return State.PARTLY, Reason.FLAGGED_GONE, 0.1
    reason = Reason.CHANGED_ELSEWHERE if found.kept >= _STAYS else Reason.FLAGGED_STAYS
    return State.NOT_ADOPTED, reason, found.kept


def _gone(wanted: Wanted, found: Measures, seen: Seen) -> tuple[State, Reason, float]:
    """A norm that was to go, or whose defect goes with it, is gone as was wanted; of any other nothing can be said."""
    if wanted.deed is Deed.DELETE:
        if 0 <= found.come < _HALF:
            return State.PARTLY, Reason.UNIT_GONE_AS_ASKED, _HALF - found.come
        return State.ADOPTED, Reason.UNIT_GONE_AS_ASKED, 1.0
    margin = 0.0 if seen.closest else 1.0
    # Where a whole other wording was asked, the norm was to stay: the defect is gone, the recommendation was not taken.
    cured = seen.removal and (wanted.deed is Deed.NOTHING or found.open)
    if not (wanted.may_go or cured or found.closes_list):
        return State.MOOT, Reason.UNIT_GONE, margin
    if seen.fires:  # what it may have become has the same defect
        return State.UNDECIDED, Reason.OPEN, 0.0
    return State.ADOPTED, Reason.UNIT_GONE_AS_ASKED if wanted.may_go else Reason.DEFECT_GONE, margin


def _to_go(link: Link, found: Measures, fires: bool) -> tuple[State, Reason, float]:
    """A unit that was to go and has stayed: it may have other words now."""
    if not found.touched or link.made_by is LinkPass.ANCHOR:
        return State.NOT_ADOPTED, Reason.FLAGGED_STAYS, 0.7
    if found.kept <= _LOST and not fires:
        return State.ADOPTED, Reason.FLAGGED_GONE, 0.3
    return State.PARTLY, Reason.FLAGGED_CHANGED, 0.3


def _is_there(found: Measures) -> bool:
    """The essence of the recommendation stands in the adopted norm."""
    if found.come < 0:
        return found.gone >= _HALF
    nearly = found.come >= _MUCH or found.to_wanted >= _NEAR
    return found.come >= _MOST or (found.gone >= _ALL_GONE and nearly)


def _there(found: Measures, fires: bool, link: Link) -> tuple[State, Reason, float]:
    reason = Reason.ELSEWHERE if link.made_by is LinkPass.ANCHOR else Reason.WORDING_THERE
    if len(found.parts) > 1 and min(found.parts) <= _SENTENCE_LOST:
        return State.PARTLY, Reason.PART_THERE, 0.4
    if fires and found.kept >= _STAYS_IN_PART:
        return State.PARTLY, Reason.STILL_FIRES, 0.3
    return State.ADOPTED, reason, 0.2 + max(found.come, found.gone, 0.0) - _MOST if found.come >= 0 else 0.8


def _unasked(wanted: Wanted, found: Measures, fires: bool, fired: bool) -> tuple[State, Reason, float]:
    """Without a recommended wording only the flagged words and the detectors tell."""
    if fires and found.kept >= _HALF:
        return State.NOT_ADOPTED, Reason.STILL_FIRES, 0.5
    if fires:
        return State.PARTLY, Reason.STILL_FIRES, 0.2
    if found.kept >= 1.0:
        return (State.UNDECIDED, Reason.OPEN, 0.0) if fired else (State.NOT_ADOPTED, Reason.FLAGGED_STAYS, 0.4)
    if found.kept < _HALF:
        return State.ADOPTED, Reason.FLAGGED_GONE, 0.3 + 0.4 * fired
    if wanted.in_words and found.touched:
        return (State.ADOPTED, Reason.FLAGGED_GONE, 0.1) if fired else (State.PARTLY, Reason.FLAGGED_CHANGED, 0.1)
    return State.UNDECIDED, Reason.OPEN, 0.0
