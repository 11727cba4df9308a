"""Comparative tables → changes: what a row brings is charged to the draft, what it repeats is not (DESIGN 2).

Reads: the rows of an act that is a comparative table. Writes: ``Change``s, one per smallest provision that differs.
Provisions of the two columns are aligned by their numbers where their words agree, then by words, then by numbers
alone; wording that is the same on both sides gives nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.changes.change import Change, Piece
from nlp.changes.words import compare, same_words
from nlp.structure.act import Act, Provision, Span, UnitKind
from nlp.structure.addresses import STEPS
from nlp.structure.comparative_rows import Fate, TableRow, comparative_rows
from nlp.structure.wording import fold

_SAME_NUMBER = 0.4  # share of common words from which equal numbers mean the same unit at once
_SAME_WORDS = 0.6  # share of common words that makes units with other numbers the same one
_MOST_PAIRS = 40_000  # pairs of provisions of one row compared by words; above it only numbers are asked

Pair = tuple[Provision | None, Provision | None]


def table_changes(act: Act) -> tuple[Change, ...]:
    """The changes of all comparative tables of an act, in document order; () when it has none."""
    return tuple(change for row in comparative_rows(act) for change in row_changes(act, row))


def compared_units(act: Act) -> frozenset[str]:
    """Units of the proposed wording: judged as changes, and not as norms of the draft by themselves."""
    return frozenset(provision.address for row in comparative_rows(act) for provision in row.proposed)


def row_changes(act: Act, row: TableRow) -> Iterator[Change]:
    """The changes of one row."""
    if row.fate is Fate.UNCHANGED:
        return
    if row.fate is Fate.REMOVED:
        named = [provision for provision in row.current if _is_named(row, provision)]
        yield from (_gone(row, provision) for provision in named or row.current)
        return
    struck = {key_of(address): address for address in row.removed}
    for before, after in align(row.current, row.proposed):
        if after is not None:
            change = _changed(before, after)
            if change is not None:
                yield change
        elif before is not None and (address := struck.get(key_of(before.address))):
            unit = act.find(address)
            yield _gone(row, before, address, unit.span if unit else row.span)
        elif before is not None and _is_shown(row, before):
            yield _gone(row, before)


def align(current: Sequence[Provision], proposed: Sequence[Provision]) -> list[Pair]:
    """Pairs (in force, proposed) in the order of the proposed ones; what is left over has None beside it."""
    left = dict(enumerate(current))
    found: dict[int, Provision] = {}
    words_before = [_bag(p.text) for p in current]
    words_after = [_bag(p.text) for p in proposed]
    by_key: dict[str, list[int]] = {}
    for place, provision in enumerate(current):
        by_key.setdefault(key_of(provision.address), []).append(place)

    def numbered(least: float) -> None:
        for place, provision in enumerate(proposed):
            for other in by_key.get(key_of(provision.address), ()) if place not in found else ():
                if other in left and _likeness(words_before[other], words_after[place]) >= least:
                    found[place] = left.pop(other)
                    break

    numbered(_SAME_NUMBER)
    if len(current) * len(proposed) <= _MOST_PAIRS:
        for place in range(len(proposed)):
            if place in found or not left:
                continue
            likeness, other = max((_likeness(words_before[o], words_after[place]), -o) for o in left)
            if likeness >= _SAME_WORDS:
                found[place] = left.pop(-other)
    numbered(0.0)
    pairs: list[Pair] = [(found.get(place), provision) for place, provision in enumerate(proposed)]
    return [*pairs, *((provision, None) for provision in left.values())]


def key_of(address: str) -> str:
    """The unit of the amended act in an address of either column: «art_5__para_2__subpara_3»."""
    return address.rpartition("qstr__")[2]


def _changed(before: Provision | None, after: Provision) -> Change | None:
    if before is not None and same_words(before.text, after.text):
        return None
    old = before.text if before is not None else ""
    lead = after.lead or (before.lead if before is not None else "")
    heading = after.heading or (before.heading if before is not None else "")
    changed: tuple[Span, ...] = compare(old, after.text).new if old else ((0, len(after.text)),)
    return Change(
        address=after.address,
        span=(after.text_at, after.text_at + len(after.text)),
        language=after.language,
        before=old,
        after=after.text,
        pieces=(Piece(0, len(after.text), after.text_at),),
        heading=heading,
        lead=lead,
        changed=changed,
    )


def _gone(row: TableRow, before: Provision, address: str = "", span: Span | None = None) -> Change:
    return Change(
        address=address or row.proposed_address,
        span=span or row.span,
        language=before.language,
        before=before.text,
        after="",
        heading=before.heading,
        lead=before.lead,
    )


def _is_shown(row: TableRow, before: Provision) -> bool:
    """Whether a unit that only the wording in force has is struck out, and not merely left out of the other column.

    It is when nothing is elided and both columns show the same unit, or when the row names the unit it lies in.
    """
    if row.elided or not row.proposed:
        return False
    if row.path:
        return _is_named(row, before)
    key = key_of(before.address)
    first, other = (key_of(p[0].address).partition("__")[0] for p in (row.current, row.proposed))
    return first == other and key.startswith(first)


def _is_named(row: TableRow, before: Provision) -> bool:
    """Whether a provision lies in the unit that the row names."""
    steps = [(step.kind, step.number) for step in row.path if isinstance(step.kind, UnitKind)]
    named = "__".join(f"{STEPS[kind]}_{number}" for kind, number in steps)
    key = key_of(before.address)
    return bool(named) and (key == named or key.startswith(named + "__"))


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(text)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Share of common words, 0 to 1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
