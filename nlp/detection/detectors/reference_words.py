"""What the detector of references puts into the blanks of its texts: units cited, what stands in their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from nlp.references.citation import CitedAct
from nlp.references.references import Reference
from nlp.references.resolve import Resolved
from nlp.references.tree import Tree
from nlp.register.acts import RegisteredAct
from nlp.structure.act import Role, Unit, UnitKind
from nlp.structure.citations import Citations, Link, chain
from nlp.structure.operations import Step
from nlp.structure.wording import number_key

LANGUAGES = ("ru", "kk")
_LONGEST = 160
_SHOWN = 3

Both = Mapping[str, str]


def quoted(words: str) -> str:
    """Words on one line, a long text cut."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


class ReferenceWords:
    """Makes blanks for one act."""

    def __init__(self, citations: Citations, tree: Tree, words: Mapping[str, Both]) -> None:
        self._citations = citations
        self._tree = tree
        self._words = words
        self._there: dict[tuple[str, UnitKind], Sequence[Unit]] = {}

    def both(self, value: str | Both) -> Both:
        """A value for both languages."""
        return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value

    def of(self, reference: Reference) -> dict[str, Both]:
        """{citation}, {here}: the words of the norm and the norm."""
        start, end = reference.citation.span
        here = {code: self._citations.cite(reference.provision.address, code) for code in LANGUAGES}
        return {"citation": self.both(quoted(reference.provision.text[start:end])), "here": here}

    def of_broken(self, broken: Sequence[Resolved]) -> dict[str, Both]:
        """{holder_loc}, {unit}, {instead}, {near}, {note} of units that are not there or are excluded; what stands
        around is that of the first."""
        holder, step = broken[0].holder, broken[0].step
        assert holder is not None and step is not None
        alike = [each.step for each in broken if each.holder is holder and each.step is not None]
        units = self._siblings(holder, step)
        note = self._note(broken[0].unit) if broken[0].unit is not None else ""
        return {
            "holder_loc": {code: self._citations.cite(holder.address, code, "loc") for code in LANGUAGES},
            "holder_acc": {code: self._citations.cite(holder.address, code, "acc") for code in LANGUAGES},
            "unit": {code: self._all(alike, code, "nom") for code in LANGUAGES},
            "unit_gen": {code: self._all(alike, code, "gen") for code in LANGUAGES},
            "instead": {code: self._instead(units, step, code) for code in LANGUAGES},
            "near": {code: self._near(units, step, code) for code in LANGUAGES},
            "note": self.both(note),
        }

    def _all(self, steps: Sequence[Step], code: str, case: str) -> str:
        """«пункта 7, пункта 9 и пункта 12»."""
        *first, last = [_unit(step.kind, step.number, code, case) for step in steps]
        return f"{', '.join(first)}{self._words['and'][code]}{last}" if first else last

    def _siblings(self, holder: Unit, step: Step) -> Sequence[Unit]:
        """Units of the kind that are there, by their numbers."""
        if not isinstance(step.kind, UnitKind):
            return ()
        key = (holder.address, step.kind)
        if key not in self._there:
            self._there[key] = self._sorted(holder, step.kind)
        return self._there[key]

    def _sorted(self, holder: Unit, kind: UnitKind) -> Sequence[Unit]:
        units = [each for each in self._tree.all_of(holder, kind) if each.number and each.role is not Role.EXCLUDED]
        depth = min((len(self._tree.paths[each.address]) for each in units), default=0)
        own = [each for each in units if len(self._tree.paths[each.address]) == depth or kind is UnitKind.ARTICLE]
        return sorted(own, key=lambda each: number_key(each.number))

    def _around(self, units: Sequence[Unit], step: Step) -> tuple[Unit | None, Unit | None]:
        key = number_key(step.number)
        left = bisect_left(units, key, key=lambda each: number_key(each.number))
        right = bisect_right(units, key, key=lambda each: number_key(each.number))
        return (units[left - 1] if left else None), (units[right] if right < len(units) else None)

    def _instead(self, units: Sequence[Unit], step: Step, code: str) -> str:
        before, after = self._around(units, step)
        name = "none"
        if before is not None:
            name = "between" if after is not None else "last"
        elif after is not None:
            name = "first"
        return self._fill(name, code, before, after)

    def _near(self, units: Sequence[Unit], step: Step, code: str) -> str:
        """The unit that was meant, where the number cited looks like a slip of it; else nothing."""
        meant = [each for each in units if _is_slip(each.number, step.number)]
        if len(meant) != 1:
            return ""
        return self._optional("near", "units", _unit(meant[0].kind, meant[0].number, code), code)

    def of_absent(self, others: Sequence[str]) -> dict[str, Both]:
        """{others}: further words that cite annexes of a text without any."""
        shown = "; ".join(f"«{each}»" for each in others[:_SHOWN])
        more = "…" if len(others) > _SHOWN else ""
        return {"others": {code: self._optional("others", "shown", shown and shown + more, code) for code in LANGUAGES}}

    def _fill(self, name: str, code: str, before: Unit | None, after: Unit | None) -> str:
        words = self._words[name][code]
        for blank, unit in (("before", before), ("after", after)):
            if unit is not None:
                words = words.replace(f"{{{blank}}}", _unit(unit.kind, unit.number, code))
        return words

    def _note(self, unit: Unit) -> str:
        """«исключен Законом РК от … № …» without when that came into force."""
        act = self._citations.act
        words = act.text(unit.own) or act.text(unit.span)
        return quoted(words.partition(" (")[0]).rstrip(" ;.,")

    # --- acts of the register ----------------------------------------------------------------------------------------

    def of_repealed(self, act: RegisteredAct) -> dict[str, Both]:
        """{act}, {requisites}, {date}, {replaced} of a repealed act."""
        return {
            "act": {code: quoted(act.name(code)) for code in LANGUAGES},
            "requisites": self.both(_requisites(act)),
            "date": {code: self._optional("since", "date", _day(act.repealed), code) for code in LANGUAGES},
            "replaced": {code: self._optional("replaced", "act", quoted(act.replaced_by), code) for code in LANGUAGES},
        }

    def of_unknown(self, cited: CitedAct, alike: Sequence[RegisteredAct]) -> dict[str, Both]:
        """{number}, {instead}: acts of the same form and day."""
        shown = {
            code: "; ".join(f"№ {act.number} «{quoted(act.name(code))}»" for act in alike[:_SHOWN])
            for code in LANGUAGES
        }
        return {"number": self.both(f"№ {cited.number}"), "instead": shown}

    def _optional(self, name: str, blank: str, value: str, code: str) -> str:
        return self._words[name][code].replace(f"{{{blank}}}", value) if value else ""


def _is_slip(there: str, cited: str) -> bool:
    """Whether one number is the other with one figure mistaken («138» for «118»), with the hyphen lost («151» for
    «15-1») or beside an inserted one («15» for «15-1»). Short numbers have too many neighbours to tell."""
    if there == cited:
        return False
    if "-" in there + cited:
        return there.replace("-", "") == cited.replace("-", "") or there.partition("-")[0] == cited.partition("-")[0]
    longest = min(len(there), len(cited))
    return longest > 1 and len(there) == len(cited) and sum(a != b for a, b in zip(there, cited, strict=True)) == 1


def _unit(kind: object, number: str, code: str, case: str = "nom") -> str:
    """«пункт 15», «15-тармақ»."""
    assert isinstance(kind, UnitKind)
    return chain([Link(kind.value, number)], code, case, "amending")


def _requisites(act: RegisteredAct) -> str:
    return ", ".join(filter(None, (_day(act.date), f"№ {act.number}" if act.number else "")))


def _day(iso: str) -> str:
    return ".".join(reversed(iso.split("-"))) if iso else ""
