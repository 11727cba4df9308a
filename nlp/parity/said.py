"""What two units say of permission and duty, of exceptions, of «only» and of bodies, compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.parity.divergence import DivergenceKind
from nlp.parity.side import Words

Both = tuple[Words, Words]
"""The words of a unit, and those of the norm that holds it."""

_APART = (("option", "duty"), ("option", "ban"))


@dataclass(frozen=True, slots=True)
class Difference:
    """Places in the words of both units; None where a text says nothing of the kind."""

    kind: DivergenceKind
    ru: tuple[int, int] | None
    kk: tuple[int, int] | None
    reason: tuple[tuple[str, str], ...] = ()


def modality(ours: Both, theirs: Both) -> Iterator[Difference]:
    """One text permits where the other obliges or forbids."""
    for one, two in (way for pair in _APART for way in (pair, pair[::-1])):
        mine, other = ours[0].modal_claims(one), theirs[0].modal_claims(two)
        if mine and other and _only_of(ours, theirs, one) and _only_of(theirs, ours, two):
            yield Difference(DivergenceKind.MODALITY, mine[0], other[0], (("ru", one), ("kk", two)))
            return
    yield from _choice(ours, theirs)


def _choice(ours: Both, theirs: Both) -> Iterator[Difference]:
    """One text leaves a choice outright, the other says in the present tense what is done and has no modal word."""
    choices = [words.leaves_choice() for words, _ in (ours, theirs)]
    if [len(each) for each in choices] not in ([1, 0], [0, 1]):
        return
    permits = 0 if choices[0] else 1
    other, around = (theirs, ours)[permits]
    verb = other.last_verb()
    if verb is None or other.modality or around.modality.get("option"):
        return
    spans = [choices[0][0], verb] if permits == 0 else [verb, choices[1][0]]
    says = ("option", "duty") if permits == 0 else ("duty", "option")
    yield Difference(DivergenceKind.MODALITY, spans[0], spans[1], (("ru", says[0]), ("kk", says[1])))


def _only_of(mine: Both, other: Both, label: str) -> bool:
    """More such words in the unit than the other has, words of doubt included, and more without doubt in the norm."""
    unit, norm = mine
    if len(unit.modal_claims(label)) <= len(other[0].modality.get(label, ())):
        return False
    return len(norm.modal_claims(label)) > len(other[1].modal_claims(label))


def claims(kind: DivergenceKind, name: str, ours: Both, theirs: Both) -> Iterator[Difference]:
    """One text says «except» or «only», and nothing in the other can stand for it."""
    if _is_alone(name, ours, theirs):
        yield Difference(kind, ours[0].claims(name)[0], None)
    elif _is_alone(name, theirs, ours):
        yield Difference(kind, None, theirs[0].claims(name)[0])


def _is_alone(name: str, one: Both, two: Both) -> bool:
    """In the unit; and more often in the norm around it."""
    if not one[0].claims(name) or two[0].spoken(name):
        return False
    return len(one[1].claims(name)) > len(two[1].claims(name))


def bodies(ours: Both, theirs: Both) -> Iterator[Difference]:
    """Each text names a body that the other does not; or names it once more, and the other another one instead."""
    counts = [(a.bodies_counted(), b.bodies_counted()) for a, b in zip(ours, theirs, strict=True)]
    (unit, unit2), (norm, norm2) = counts
    mine = [name for name in ours[0].bodies if not unit2[name] and norm[name] > norm2[name]]
    other = [name for name in theirs[0].bodies if not unit[name] and norm2[name] > norm[name]]
    if not (mine and other) and unit.total() == unit2.total():
        more, less = unit - unit2, unit2 - unit
        one_for_one = len(more) == len(less) == 1 and (norm - norm2, norm2 - norm) == (more, less)
        mine, other = ([*more], [*less]) if one_for_one else ([], [])
    if mine and other:
        places = ours[0].bodies[mine[0]][0], theirs[0].bodies[other[0]][0]
        yield Difference(DivergenceKind.BODY, *places, (("ru", mine[0]), ("kk", other[0])))
