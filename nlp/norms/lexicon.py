"""NormLexicon: the words by which a language shows actor, modality, action and the elements of a norm.

Reads: ``norms.<language>.yaml`` of a pack, already parsed. Writes: compiled pattern sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.errors import PackError
from nlp.matching import PatternSet, parse_pattern
from nlp.matching.pattern import Lists
from nlp.norms.frame import SLOTS, ActorClass, Modality, SlotState

LIGHT = "light"
LOOKALIKE = "none"
"""Instead of a state: words that only look like the element and hide what stands in them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pattern set whose every pattern carries a label."""

    patterns: PatternSet
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NormLexicon:
    """Compiled words of one language. Labels: ActorClass, Modality, action kind, ``slot/state`` (or ``slot/none``)."""

    language: str
    actors: Labelled
    modality: Labelled
    actions: Labelled
    slots: Labelled
    not_subject_before: frozenset[str]
    not_subject_after: frozenset[str]
    reflexive: frozenset[str] = frozenset()  # Russian verbs in -ся whose subject acts
    sorts: Mapping[str, str] = field(default_factory=dict)  # lemma of a verb or noun → sort of the deed
    light: frozenset[str] = frozenset()  # verbs that say nothing of the deed: the noun beside them does
    impersonal: frozenset[str] = frozenset()  # Russian words whose actor stands in the dative


def build_lexicon(language: str, data: Mapping[str, Any], lists: Lists) -> NormLexicon:
    """Compile the lexicon; raises ``PackError`` for an unknown class, modality, slot or state and for bad patterns."""
    return NormLexicon(
        language=language,
        actors=_labelled(_checked(data, "actors", {str(kind) for kind in ActorClass}), lists),
        modality=_labelled(_checked(data, "modality", {str(kind) for kind in Modality}), lists),
        actions=_labelled(data.get("actions", {}), lists),
        slots=_labelled(_flat_slots(data.get("slots", {})), lists),
        not_subject_before=frozenset(data.get("not_subject_before", ())),
        not_subject_after=frozenset(data.get("not_subject_after", ())),
        reflexive=frozenset(data.get("reflexive", ())),
        sorts=_sorts(data.get("sorts", {})),
        light=frozenset(data.get("sorts", {}).get(LIGHT, ())),
        impersonal=frozenset(data.get("impersonal", ())),
    )


def _sorts(table: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Lemma → sort; of two sorts of one word the first listed."""
    made: dict[str, str] = {}
    for sort, lemmas in table.items():
        for lemma in lemmas if sort != LIGHT else ():
            made.setdefault(lemma, sort)
    return made


def _checked(data: Mapping[str, Any], section: str, known: set[str]) -> Mapping[str, Sequence[str]]:
    table: Mapping[str, Sequence[str]] = data.get(section, {})
    for label in table:
        if label not in known:
            raise PackError("pack.unknown_label", section=section, label=label)
    return table


def _flat_slots(slots: Mapping[str, Mapping[str, Sequence[str]]]) -> Mapping[str, Sequence[str]]:
    flat: dict[str, Sequence[str]] = {}
    states = {*(str(state) for state in SlotState), LOOKALIKE}
    for slot, by_state in slots.items():
        for state, patterns in by_state.items():
            if slot not in SLOTS or state not in states:
                raise PackError("pack.unknown_label", section="slots", label=f"{slot}/{state}")
            flat[f"{slot}/{state}"] = patterns
    return flat


def _labelled(table: Mapping[str, Sequence[str]], lists: Lists) -> Labelled:
    patterns = []
    labels = []
    for label, sources in table.items():
        for source in sources:
            patterns.append(parse_pattern(source, lists))
            labels.append(label)
    return Labelled(PatternSet(patterns), tuple(labels))
