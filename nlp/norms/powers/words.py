"""PowerWords: by which words a language shows powers, their kinds and their elements.

Reads: ``detectors/powers/<language>.yaml`` and ``settings.yaml`` of a pack, already parsed. Writes: compiled patterns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.matching import PatternSet, parse_pattern
from nlp.matching.pattern import Lists
from nlp.norms.powers.model import Element, State


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of power.

    ``actions`` are the words of a core norm; ``family`` the lemmas by which other provisions speak of the same
    procedure, ``signs`` those of them that show the kind of a norm that is known to give a power; ``na`` elements that
    make no sense for it, ``na_unless_near`` those that make none where its article says nothing of them,
    ``na_unless_asked`` where it speaks of no application either, ``own_only`` elements are settled by the core alone,
    ``everywhere`` are looked for in the whole act, ``supposed`` are taken for open where nothing is found; kinds of one
    ``sort`` are steps of one procedure, ``names`` the words by which other norms name the decision.
    """

    id: str
    actions: PatternSet
    family: frozenset[str]
    signs: frozenset[str]
    na: frozenset[Element]
    na_unless_near: frozenset[Element]
    na_unless_asked: frozenset[Element]
    everywhere: frozenset[Element]
    supposed: frozenset[Element]
    own_only: frozenset[Element]
    sort: str
    names: PatternSet


@dataclass(frozen=True, slots=True)
class ElementWords:
    """Words of one element.

    ``patterns`` with ``labels``: own (present in the core), present, open, reference, vague (open, but not in an item
    of a list), hint (open where nothing better is said). ``of`` are the lemmas of which one must stand in the sentence
    (those of the power's family always do); ``claimed_by`` words that take a pattern for themselves where they stand
    nearer than those. ``general`` tells sentences that hold for all powers.
    Words after ``asides`` («со дня …»; before them in Kazakh: «… туралы») claim nothing; ``claimed_after``: only what
    follows claims. ``of_body``: words of a clause in which a private person acts say nothing. ``reaches``: how far
    words with a label count.
    """

    patterns: PatternSet
    labels: tuple[str, ...]
    of: frozenset[str]
    claimed_by: frozenset[str]
    general: PatternSet
    reach: int
    order: tuple[str, ...]
    of_body: bool
    general_of_body: bool
    asides: frozenset[str]
    claimed_after: bool
    reaches: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PowerWords:
    """Compiled words of one language.

    ``stop`` lemmas tell no object from another; ``persons`` are those whom a power may touch; ``own_initiative``
    tells that nobody applies, ``decisions`` lemmas of a decision; ``orders`` leave a procedure to a named act;
    ``not_cores`` and ``not_headings`` are of norms that give no power over a person;
    ``nouns``: verb → the name of its action. ``general_headings`` are of articles that hold for every power of the act,
    ``control`` lemmas of norms on bodies of control; ``not_bodies`` look like bodies of power and are none, save where
    ``purchases`` are spoken of; ``modals`` follow a Kazakh verb («берілуі мүмкін»);
    ``complaints`` tell a complaint from other applications, ``periodic`` words make a deed due by the calendar
    (``not_periodic``: how often it may be done at most),
    ``unsettling`` words leave open what their norm was to settle.
    """

    language: str
    kinds: tuple[Kind, ...]
    elements: Mapping[Element, ElementWords]
    stop: frozenset[str]
    applications: PatternSet
    own_initiative: PatternSet
    decisions: frozenset[str]
    orders: PatternSet
    not_cores: PatternSet
    not_headings: PatternSet
    persons: PatternSet
    general_headings: PatternSet
    control: frozenset[str]
    not_bodies: PatternSet
    purchases: frozenset[str]
    modals: frozenset[str]
    complaints: frozenset[str]
    periodic: PatternSet
    not_periodic: PatternSet
    unsettling: PatternSet
    commissions: PatternSet
    composition: PatternSet
    nouns: Mapping[str, str]

    def kind(self, name: str) -> Kind:
        """The kind with this id; raises ``KeyError``."""
        return next(kind for kind in self.kinds if kind.id == name)


def build_words(language: str, data: Mapping[str, Any], settings: Mapping[str, Any], lists: Lists) -> PowerWords:
    """Compile; raises ``PackError`` for bad patterns and ``ValueError`` for an unknown element."""
    return PowerWords(
        language=language,
        kinds=tuple(_kind(name, entry, settings["kinds"][name], lists) for name, entry in data["kinds"].items()),
        elements={
            Element(name): _element(entry, settings["elements"][name], lists)
            for name, entry in data["elements"].items()
        },
        stop=frozenset(data["stop"]),
        applications=_set(data["applications"], lists),
        own_initiative=_set(data["own_initiative"], lists),
        decisions=frozenset(data["decisions"]),
        orders=_set(data["orders"], lists),
        not_cores=_set(data["not_cores"], lists),
        not_headings=_set(data["not_headings"], lists),
        persons=_set(data["persons"], lists),
        general_headings=_set(data["general_headings"], lists),
        control=frozenset(data["control"]),
        not_bodies=_set(data["not_bodies"], lists),
        purchases=frozenset(data["purchases"]),
        modals=frozenset(data.get("modals", ())),
        complaints=frozenset(data["complaints"]),
        periodic=_set(data["periodic"], lists),
        not_periodic=_set(data["not_periodic"], lists),
        unsettling=_set(data["unsettling"], lists),
        commissions=_set(data["commissions"], lists),
        composition=_set(data["composition"], lists),
        nouns=dict(data["nouns"]),
    )


def _set(sources: Sequence[str], lists: Lists) -> PatternSet:
    return PatternSet([parse_pattern(source, lists) for source in sources])


def _kind(name: str, entry: Mapping[str, Any], settings: Mapping[str, Any], lists: Lists) -> Kind:
    return Kind(
        name,
        _set(entry["actions"], lists),
        frozenset(entry["family"]) | frozenset(entry["signs"]),
        frozenset(entry["signs"]),
        frozenset(Element(element) for element in settings.get("na", ())),
        frozenset(Element(element) for element in settings.get("na_unless_near", ())),
        frozenset(Element(element) for element in settings.get("na_unless_asked", ())),
        frozenset(Element(element) for element in settings.get("everywhere", ())),
        frozenset(Element(element) for element in settings.get("supposed", ())),
        frozenset(Element(element) for element in settings.get("own_only", ())),
        settings.get("sort", name),
        _set(entry.get("names", ()), lists),
    )


def _element(entry: Mapping[str, Any], settings: Mapping[str, Any], lists: Lists) -> ElementWords:
    patterns = []
    labels: list[str] = []
    for label in ("own", "present", "reference", "open", "vague", "hint"):
        for source in entry.get(label, ()):
            patterns.append(parse_pattern(source, lists))
            labels.append(label)
    return ElementWords(
        PatternSet(patterns),
        tuple(labels),
        frozenset(entry.get("of", ())),
        frozenset(entry.get("claimed_by", ())),
        _set(entry.get("general", ()), lists),
        settings["reach"],
        tuple(settings["order"]),
        settings.get("of_body", False),
        settings.get("general_of_body", False),
        frozenset(entry.get("asides", ())),
        entry.get("claimed_after", False),
        settings.get("reaches", {}),
    )


STATES: Mapping[str, State] = {
    "own": State.PRESENT,
    "present": State.PRESENT,
    "reference": State.PRESENT,
    "open": State.OPEN,
    "vague": State.OPEN,
    "hint": State.OPEN,
}
"""What a label of a pattern says of its element."""
