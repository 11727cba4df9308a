"""Index: fingerprints one after another → families. In memory; the service keeps the same in its tables.

``add`` puts a draft into the family it is most like, or begins one; ``settle`` joins families that turn out to be one
and gives members of very small ones another chance, once much has been added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from nlp.similarity.fingerprint import Fingerprint
from nlp.similarity.parameters import parameters
from nlp.similarity.profile import Profile, Spread, likeness, most_like

_SMALL = 3  # members up to which a family is looked at again one by one
_ROUNDS = 3


class Index:
    """Families of the drafts added so far; numbers of families are those of their first drafts."""

    def __init__(self) -> None:
        self._prints: list[Fingerprint] = []
        self._family: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._profiles: dict[int, Profile] = {}
        self._buckets: dict[int, set[int]] = defaultdict(set)
        self._spreads: dict[str, Spread] = defaultdict(Spread)

    def __len__(self) -> int:
        return len(self._prints)

    def add(self, made: Fingerprint) -> int:
        """The family of a draft that is put in."""
        number = len(self._prints)
        self._prints.append(made)
        self._family.append(number)
        best = self.nearest(made)
        self._join(number, number if best is None else best[0])
        return self._family[number]

    def nearest(self, made: Fingerprint, besides: int = -1) -> tuple[int, float] | None:
        """The family a draft would join with how like it is; None where none is like enough."""
        met = Counter(family for key in made.bands for family in self._buckets.get(key, ()) if family != besides)
        first = sorted(met.items(), key=lambda item: (-item[1], item[0]))[: parameters().candidates]
        candidates = ((family, self._profiles[family]) for family, _ in first)
        return most_like(made, candidates, self._spreads[made.language])

    def families(self) -> list[int]:
        """The family of every draft in the order they came."""
        return list(self._family)

    def settle(self) -> None:
        """Join families that are one; what stands nearly alone is compared again."""
        for _ in range(_ROUNDS):
            if not self._joined_families() + self._moved():
                return

    def _join(self, number: int, family: int) -> None:
        made = self._prints[number]
        spread = self._spreads[made.language]
        if family not in self._profiles:
            self._profiles[family] = Profile()
            self._members[family] = []
            spread.more()
        self._family[number] = family
        self._members[family].append(number)
        for hash_ in self._profiles[family].take(made):
            spread.note(hash_)
        for key in made.bands:
            self._buckets[key].add(family)

    def _leave(self, family: int) -> list[int]:
        """A family is no more; its members."""
        members = self._members.pop(family)
        spread = self._spreads[self._prints[members[0]].language]
        spread.more(-1)
        for hash_ in self._profiles.pop(family).hashes():
            spread.note(hash_, -1)
        for key in {key for number in members for key in self._prints[number].bands}:
            self._buckets[key].discard(family)
        return members

    def _moved(self) -> int:
        """Members of small families that another family takes."""
        moved = 0
        for family in sorted(self._members, key=lambda each: (len(self._members[each]), each)):
            members = self._members.get(family, [])
            if not members or len(members) > _SMALL:
                continue
            others = [self.nearest(self._prints[number], besides=family) for number in members]
            if all(other is not None for other in others):
                self._leave(family)
                for number in members:
                    best = self.nearest(self._prints[number])
                    self._join(number, best[0] if best is not None else number)
                moved += 1
        return moved

    def _joined_families(self) -> int:
        """Families whose cores are one; the smaller goes into the larger."""
        joined = 0
        for family in sorted(self._members, key=lambda each: (len(self._members[each]), -each)):
            if family not in self._members:
                continue
            other = self._twin(family)
            if other is not None:
                for number in self._leave(family):
                    self._join(number, other)
                joined += 1
        return joined

    def _twin(self, family: int) -> int | None:
        members = self._members[family]
        met: Counter[int] = Counter()
        for number in members[: parameters().members]:
            met.update({other for key in self._prints[number].bands for other in self._buckets[key]})
        core = self._core_print(family)
        spread = self._spreads[core.language]
        for other, _ in met.most_common(parameters().candidates + 1):
            if other == family or len(self._members[other]) < len(members):
                continue
            profile, bounds = self._profiles[other], parameters()
            if likeness(core, profile.founder, spread) < bounds.founder:
                continue
            if likeness(core, profile, spread) >= bounds.merge:
                return other
        return None

    def _core_print(self, family: int) -> Fingerprint:
        profile = self._profiles[family]
        units = tuple(profile.unit(hash_) for hash_ in profile.core())
        return Fingerprint(self._prints[self._members[family][0]].language, units, ())


def clusters(made: Iterable[Fingerprint]) -> list[int]:
    """Families of all drafts at once: the number of the family of each, in order."""
    index = Index()
    for each in made:
        index.add(each)
    index.settle()
    return index.families()


def numbered(families: Sequence[int]) -> list[int]:
    """Families as 1, 2, 3 … in the order in which they first come."""
    order = {family: n for n, family in enumerate(dict.fromkeys(families), 1)}
    return [order[family] for family in families]
