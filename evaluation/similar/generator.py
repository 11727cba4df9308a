"""Families of local acts made from a seed: one text for many places, with the numbers and dates of each.

Reads: ``families.yaml``, a seed. Writes: drafts with the number of their family. Families of one kind share their
title, their subjects and their general clauses, all families of a language the final ones; what tells them apart are
the norms between. A member may have some of its norms written anew with the same vocabulary.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("ru", "kk")
_SMALLEST, _LONGEST = 8, 40  # own norms of a family
_MOST_NUMBERS = 60
_SLOTS = {"actor": "actors", "people": "people", "document": "documents", "event": "events", "verb": "verbs",
          "ground": "grounds"}  # fmt: skip
_NUMBERS = ("n", "sum", "share")


@dataclass(frozen=True, slots=True)
class Draft:
    """One member. ``family``: what a clustering should find; ``paragraphs``: the text in its paragraphs."""

    name: str
    language: str
    family: int
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text as a file has it."""
        return "\n\n".join(self.paragraphs) + "\n"


@dataclass(frozen=True, slots=True)
class _Family:
    number: int
    language: str
    kind: Mapping[str, Any]
    shared: tuple[str, ...]
    own: tuple[str, ...]  # norms with blanks for what is local


def families(count: int, drafts: int, *, seed: int = 1, rewritten: float = 0.0) -> Iterator[Draft]:
    """``drafts`` members of ``count`` families, families of very unequal size, in a random order.

    ``rewritten``: the share of the own norms of every member that is written anew, in every member others.
    """
    chance = random.Random(seed)
    made = [_family(number, chance) for number in range(count)]
    plan = [family for family, size in zip(made, sizes(count, drafts), strict=True) for _ in range(size)]
    chance.shuffle(plan)
    for number, family in enumerate(plan):
        yield _member(f"{number:05d}", family, chance, rewritten)


def sizes(count: int, drafts: int) -> list[int]:
    """Sizes of families: the first are large, the last small, none below two."""
    weights = [1 / (rank + 8) for rank in range(count)]
    spare = drafts - 2 * count
    found = [2 + int(spare * weight / sum(weights)) for weight in weights]
    found[0] += drafts - sum(found)
    return found


def _family(number: int, chance: random.Random) -> _Family:
    language = LANGUAGES[number % 2]
    words = _words()[language]
    kind = chance.choice(words["kinds"])
    shared = [*chance.sample(words["shared"], chance.randint(3, len(words["shared"]))), *kind["shared"]]
    length = int(_SMALLEST * (_LONGEST / _SMALLEST) ** chance.random())
    return _Family(number, language, kind, tuple(shared), tuple(_norm(words, kind, chance) for _ in range(length)))


def _norm(words: Mapping[str, Any], kind: Mapping[str, Any], chance: random.Random) -> str:
    """A sentence with its words; numbers stay blank."""
    sentence: str = chance.choice(words["sentences"])
    for slot, name in {**_SLOTS, "own": ""}.items():
        choices = kind["own"] if slot == "own" else words[name]
        for choice in chance.sample(choices, sentence.count("{" + slot + "}")):
            sentence = sentence.replace("{" + slot + "}", choice, 1)
    return sentence[0].upper() + sentence[1:]


def _member(name: str, family: _Family, chance: random.Random, rewritten: float) -> Draft:
    words = _words()[family.language]
    place = _place(words, chance)
    own = list(family.own)
    for at in chance.sample(range(len(own)), round(rewritten * len(own))):
        own[at] = _norm(words, family.kind, chance)
    if chance.random() < 0.3:  # what only this place has
        own.insert(chance.randrange(len(own) + 1), _norm(words, family.kind, chance))
    if chance.random() < 0.3 and len(own) > _SMALLEST // 2:
        del own[chance.randrange(len(own))]
    finals = [text for text in words["finals"] if chance.random() < 0.9]
    title = str(family.kind["title"])
    head = chance.choice(words["heads"])
    body = [title if chance.random() < 0.7 else title.upper(), head]
    body += [f"{n}. {text}" for n, text in enumerate((*family.shared, *own, *finals), 1)]
    blanks = {**place, "enacts": words["enacts"], "title": title}
    return Draft(name, family.language, family.number, tuple(_filled(words, text, blanks, chance) for text in body))


def _place(words: Mapping[str, Any], chance: random.Random) -> dict[str, str]:
    genitive, nominative, city = chance.choice(words["places"])
    names = {"gen": genitive, "nom": nominative, "city": city}
    way = chance.randrange(len(words["bodies"]))
    first, later = words["bodies"][way]
    return {
        **names,
        "Body": first.format_map(names),
        "body": later.format_map(names),
        "of_body": words["of_bodies"][way].format_map(names),
    }


def _filled(words: Mapping[str, Any], text: str, blanks: Mapping[str, str], chance: random.Random) -> str:
    date = words["date"].format(
        day=chance.randint(1, 28), month=chance.choice(words["months"]), year=chance.randint(2019, 2026)
    )
    numbers = {name: str(chance.randint(1, _MOST_NUMBERS)) for name in _NUMBERS}
    numbers["sum"] = f"{chance.randint(1, 90)} {chance.choice(('000', '500'))}"
    return text.format_map({**blanks, **numbers, "date": date})


@cache
def _words() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("families.yaml").read_text("utf-8"))
    return loaded


def labels(drafts: Sequence[Draft]) -> list[int]:
    """The families of drafts, in order."""
    return [draft.family for draft in drafts]
