"""Sayings with one key and different values: every saying is looked up once, none is compared with all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nlp.detection.detectors.collisions.sayings import Key, Saying

SHOWN = 4  # places of one collision


def rivals(said: Iterable[Saying]) -> Iterator[tuple[Saying, ...]]:
    """Groups of sayings that cannot all hold, each in the order given, at most ``SHOWN`` in a group.

    Sayings of two named actors are no rivals; one that names nobody is a rival of both.
    """
    for group in _by_key(said).values():
        by_actor: dict[frozenset[str], dict[object, Saying]] = {}
        for saying in group:
            by_actor.setdefault(saying.actor, {}).setdefault(saying.value, saying)
        nobody = by_actor.pop(frozenset(), {})
        told = False
        for named in by_actor.values():
            values = _joined(nobody, named)
            if _differ(values):
                told = True
                yield tuple(values)
        if not told and _differ(list(nobody.values())[:SHOWN]):
            yield tuple(list(nobody.values())[:SHOWN])


def _by_key(said: Iterable[Saying]) -> dict[Key, list[Saying]]:
    groups: dict[Key, list[Saying]] = {}
    for saying in said:
        groups.setdefault(saying.key, []).append(saying)
    return groups


def _joined(nobody: dict[object, Saying], named: dict[object, Saying]) -> list[Saying]:
    """The first ``SHOWN`` of each, one a value."""
    both = [*list(named.items())[:SHOWN], *list(nobody.items())[:SHOWN]]
    values: dict[object, Saying] = {}
    for value, saying in both:
        values.setdefault(value, saying)
    kept = sorted(values.values(), key=lambda each: (each.provision.text_at, each.span.start))
    return kept[:SHOWN]


def _differ(values: list[Saying]) -> bool:
    """More than one value, in more than one provision; items of one list are alternatives."""
    return len(values) > 1 and len({_list_of(each) for each in values}) > 1


def _list_of(saying: Saying) -> object:
    provision = saying.provision
    if saying.kind != "term" and provision.lead:
        return provision.lead_at if provision.lead_at >= 0 else provision.lead
    return provision.id
