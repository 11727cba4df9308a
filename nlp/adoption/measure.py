"""Measures: how near the adopted wording is to the recommended and to the old one.

Reads: a finding's place, its link, both texts. Writes: ``Measures`` – all that a decision leans on, and no decision.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlp.adoption.wanted import Deed, Wanted
from nlp.adoption.words import Signs, like, renumbered, share, signs
from nlp.changes.words import same_words

_BLANK = re.compile(r"\S*___\S*")  # what the machine could not know
_ITEM_ALONE = 0.6  # likeness of the flagged words to the item that hold little else
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[«\"A-ZА-ЯӘҒҚҢӨҰҮҺІЁ])")


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares are 0…1, -1 where nothing could be counted.

    ``same``: the norm reads as before; ``kept``: of the flagged words; ``come``: of what the recommendation brings;
    ``gone``: of what it takes out; ``parts``: the same as ``come`` for each of its sentences; ``to_wanted``,
    ``to_old``: likeness of the adopted wording to the recommended and to the old one; ``touched``: of the flagged
    words some are gone; ``counted``: … a number is (a narrower range, another share); ``open``:
    the recommendation left a blank to be filled; ``closes_list``: … and the norm was hardly more than the open words,
    an item of a list that is closed without it.
    """

    same: bool
    kept: float
    come: float
    gone: float
    parts: tuple[float, ...]
    to_wanted: float
    to_old: float
    touched: bool
    counted: bool
    open: bool = False
    closes_list: bool = False


def measures(
    wanted: Wanted, flagged: str, old: str, new: str, near: str, language: str, numbers: Mapping[str, str],
    item: bool = False,
) -> Measures:  # fmt: skip
    """``old``, ``new``: the norm in the draft and in the adopted act; ``near``: the wider unit that holds it there;
    ``item``: the norm is an item of a list."""
    old, flagged = renumbered(old, language, numbers), renumbered(flagged, language, numbers)
    blank = "___" in wanted.wording
    full = _BLANK.sub(" ", renumbered(proposed(wanted, old), language, numbers))
    was, now, asks, around = (signs(text, language) for text in (old, new, full, near or new))
    bring, drop = (asks - was, was - asks) if full else (frozenset[str](), frozenset[str]())
    if wanted.deed is Deed.SUPPLEMENT:
        drop = frozenset()
    told = signs(flagged, language)
    return Measures(
        same=same_words(old, new),
        kept=share(told, now),
        come=share(bring, around, was),
        gone=share(drop, drop - now) if drop else -1.0,
        parts=_parts(full, was, around, language),
        to_wanted=like(asks, now) if full else -1.0,
        to_old=like(was, now),
        touched=bool(told - now),
        counted=any(sign[0] in "nf" for sign in told - now),
        open=blank,
        closes_list=item and blank and like(told, was) >= _ITEM_ALONE,
    )


def proposed(wanted: Wanted, old: str) -> str:
    """The norm as recommended; "" where it is to go or nothing was recommended."""
    if wanted.deed is Deed.WORDS:
        for before, after in wanted.swaps:
            old = re.sub(re.escape(before), after.replace("\\", ""), old, flags=re.IGNORECASE)
        return old
    if wanted.deed is Deed.SUPPLEMENT:
        return f"{old} {wanted.wording}"
    return wanted.wording


def _parts(full: str, was: Signs, now: Signs, language: str) -> tuple[float, ...]:
    found = []
    for sentence in _SENTENCE.split(full):
        bring = signs(sentence, language) - was
        if bring:
            found.append(round(share(bring, now, was), 4))
    return tuple(found)
