"""Resolution inside the act: a citation and where it stands → units of the act, or what is missing.

Relative words («настоящей статьи», «осы баптың») and units named without a wider one are completed by the unit that
cites them. Nothing is claimed where the words do not tell whose unit it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.references.annexes import Annexes, Lack
from nlp.references.citation import THIS, Citation, CitationKind, Target
from nlp.references.tree import Tree
from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.addresses import OWNERS
from nlp.structure.forms import form_of_title
from nlp.structure.operations import Step
from nlp.structure.wording import number_key

_LINKS = (UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT)
_BEGINS = re.compile(r"(?:^|(?<=[а-яё][.;]))(\d{1,4}(?:-\d{1,3})*)(?=[.)]\s)", re.MULTILINE)
_LONG = 3  # figures: no list of points is as long, so such a number begins an article whose noun is gone
_FEW = 50  # places of one number that are looked at
_NOT_OWN = frozenset({Role.QUOTED, Role.AMENDMENT, Role.CURRENT, Role.REASON})
_ACT_FORMS = frozenset({"constitution", "code", "law", "decree", "resolution", "order", "decision", "disposition"})
_WITH_ARTICLES = frozenset({"constitution", "code", "law", "decree", "charter"})
_ARTICLE = re.compile(r"^\W*(?:статья\s+\d|\d{1,4}(?:-\d{1,3})*\s*-\s*бап(?!\w))", re.IGNORECASE | re.MULTILINE)
_ALIKE = {"rules": {"rules", "model_rules"}, "regulation": {"regulation", "model_regulation"}}


class State(StrEnum):
    """What became of one target."""

    FOUND = "found"
    MISSING = "missing"
    EXCLUDED = "excluded"
    ABSENT = "absent"  # an annex of a text none of whose annexes is at hand
    UNKNOWN = "unknown"


_LACKS = {Lack.ONE: State.MISSING, Lack.ALL: State.ABSENT, Lack.UNTOLD: State.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Resolved:
    """One target in full. ``unit`` is the unit found (with its «excluded» mark: the unit that bears it); for a missing
    one ``holder`` is the unit in which ``step`` was not found."""

    target: Target
    path: tuple[Step, ...]
    state: State
    unit: Unit | None = None
    holder: Unit | None = None
    step: Step | None = None


class Resolver:
    """Resolves citations of one act; ``tree`` is its index."""

    def __init__(self, act: Act, tree: Tree) -> None:
        self.act = act
        self.tree = tree
        self._forms: dict[str, str] = {}
        self._own_clauses: dict[str, list[Unit]] = {}
        self._annexes = Annexes(act, tree)
        self._strays: dict[str, list[int]] | None = None
        for unit in act.root.children:
            if unit.kind in (UnitKind.DOCUMENT, UnitKind.ANNEX):
                title = next((child for child in unit.children if child.role is Role.TITLE), None)
                form = form_of_title(act.text(title.own), "document") if title else None
                self._forms[unit.address] = form.id if form else ""
        self._has_order = any(child.kind is UnitKind.ORDER for child in act.root.children)

    def kind(self, citation: Citation, address: str) -> CitationKind:
        """The kind in this act: «статьи 5 Закона» in an order is another act's."""
        if citation.kind not in (CitationKind.INTERNAL, CitationKind.SELF) or not citation.owner:
            return citation.kind
        return citation.kind if self._owned(citation.owner, self.tree.paths[address]) else CitationKind.EXTERNAL

    def resolve(self, citation: Citation, address: str) -> tuple[Resolved, ...]:
        """Every target of a citation that stands in the unit at ``address``; none for other acts and the act itself.

        Raises ``KeyError`` for an address that is not in the act.
        """
        path = self.tree.paths[address]
        if citation.kind is not CitationKind.INTERNAL:
            return ()
        foreign = any(unit.role in _NOT_OWN for unit in path)
        scope = self._owned(citation.owner, path) if citation.owner else self.tree.owner(path)
        return tuple(self._target(target, path, None if foreign else scope, citation) for target in citation.targets)

    # --- whose unit it is --------------------------------------------------------------------------------------------

    def _owned(self, form: str, path: Sequence[Unit]) -> Unit | None:
        """The text that «настоящий Закон», «настоящие Правила» is for a unit; None when the act has no such text."""
        requisites = self.act.requisites
        if form in _ACT_FORMS:
            if requisites.form in ("", form) or (requisites.form in _ACT_FORMS and path[-1].kind is UnitKind.ACT):
                return self.act.root
            return None
        for unit in reversed(path):
            if unit.kind in (UnitKind.DOCUMENT, UnitKind.ANNEX) and self._is(form, self._forms.get(unit.address, "")):
                return unit
        fitting = [unit for unit in self.act.root.children if self._is(form, self._forms.get(unit.address, ""))]
        if len(fitting) == 1:
            return fitting[0]
        documents = [unit for unit in path if unit.kind is UnitKind.DOCUMENT]
        if not fitting and documents and not self._forms.get(documents[-1].address, ""):
            return documents[-1]
        return self.act.root if self._is(form, requisites.form) or self._is(form, requisites.approved_form) else None

    @staticmethod
    def _is(form: str, other: str) -> bool:
        return bool(other) and (form == other or other in _ALIKE.get(form, ()))

    # --- one target --------------------------------------------------------------------------------------------------

    def _target(self, target: Target, path: Sequence[Unit], scope: Unit | None, citation: Citation) -> Resolved:
        steps = target.path
        begun = self._begin(steps[0], path, scope, bool(citation.owner))
        if begun is None:
            return Resolved(target, steps, State.UNKNOWN)
        here, rest = begun, steps[1:] if steps[0].number == THIS else steps
        if scope is None:
            return Resolved(target, (*_steps(path, here), *rest), State.UNKNOWN)
        full = (*_steps(self.tree.paths[here.address], here), *rest)
        for step in rest:
            found = self._step(here, step)
            if found is None:
                state = (
                    self._lacking(here, step, citation.owner) if self._is_explicit(steps, citation) else State.UNKNOWN
                )
                return Resolved(target, full, state, holder=here, step=step)
            if found.role is Role.EXCLUDED:
                state = State.EXCLUDED if self._is_explicit(steps, citation) else State.UNKNOWN
                return Resolved(target, full, state, found, here, step)
            here = found
        return Resolved(target, full, State.FOUND, here)

    def _begin(self, first: Step, path: Sequence[Unit], scope: Unit | None, owned: bool) -> Unit | None:
        """The unit in which the first step is looked for; for «настоящей статьи» the article itself."""
        if first.number == THIS:
            return self._ancestor(first, path)
        if owned:
            return scope
        if first.kind in (UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT):
            return self._around(first, path)
        owner = scope
        if first.kind is UnitKind.ANNEX and owner is not None and owner.kind is UnitKind.ANNEX:
            return self.act.root
        return owner

    def _ancestor(self, first: Step, path: Sequence[Unit]) -> Unit | None:
        kinds = {first.kind}
        found = next((unit for unit in reversed(path) if unit.kind in kinds), None)
        if found is None and first.kind is UnitKind.POINT:  # codes whose points are called часть
            found = next((unit for unit in reversed(path) if _is_numbered_clause(unit)), None)
        return found

    def _around(self, first: Step, path: Sequence[Unit]) -> Unit | None:
        """«пункта 2» inside an article is that article's; the nearest unit that has such a part, else the widest."""
        inside = [unit for unit in path if unit.kind in (UnitKind.ARTICLE, *OWNERS)]
        around = inside[-1]
        if first.kind is UnitKind.POINT:
            return around
        nearer = [unit for unit in reversed(path) if unit.kind is UnitKind.POINT or unit.kind is UnitKind.SUBPOINT]
        for unit in nearer:
            if unit is not path[-1] and self._step(unit, first) is not None:
                return unit
        if self._step(around, first) is not None and around.kind is UnitKind.ARTICLE:
            return around
        return nearer[-1] if nearer else around if around.kind is UnitKind.ARTICLE else None

    def _step(self, unit: Unit, step: Step) -> Unit | None:
        if not isinstance(step.kind, UnitKind):
            return unit
        found = self._same(unit, step.kind, step.number) or self._otherwise(unit, step) or self._range(unit, step)
        kept = [each for each in found if each.role is not Role.EXCLUDED]
        return next(iter(kept or found), None)

    def _same(self, unit: Unit, kind: UnitKind, number: str) -> list[Unit]:
        """Units of this kind and number; parts of a unit are its own, not those of its points."""
        found = self.tree.find(unit, kind, number)
        own = [each for each in found if self.tree.paths[each.address][-2] is unit]
        return own if kind is UnitKind.CLAUSE else found

    def _range(self, unit: Unit, step: Step) -> list[Unit]:
        """«статьи 5-9»: no inserted number but a range written with a hyphen."""
        first, dash, last = step.number.partition("-")
        if not (dash and first.isdecimal() and last.isdecimal() and int(first) < int(last)):
            return []
        assert isinstance(step.kind, UnitKind)
        ends = [self._same(unit, step.kind, number) for number in (first, last)]
        return ends[1] if all(ends) else []

    def _otherwise(self, unit: Unit, step: Step) -> list[Unit]:
        """Other ways in which a tree holds what is cited."""
        find, number = self.tree.find, step.number
        if step.kind is UnitKind.POINT:
            clauses = [each for each in find(unit, UnitKind.CLAUSE, number) if _is_numbered_clause(each)]
            if clauses or self.tree.all_of(unit, UnitKind.POINT):
                return clauses
            alone = number == "1" and unit.kind is UnitKind.ARTICLE  # «пункт 1» of an article without points
            return find(unit, UnitKind.SUBPOINT, number) or ([unit] if alone else [])
        if step.kind is UnitKind.CLAUSE:
            if self._clauses(unit):
                return []
            return [unit] if number == "1" else find(unit, UnitKind.POINT, number)
        if step.kind is UnitKind.INDENT:
            return [unit]  # lines are counted in too many ways to say that one is not there
        if step.kind is UnitKind.ANNEX:
            return self._annexes.find(unit, number)
        if unit.kind is UnitKind.CLAUSE:  # the list that a clause opens may hang beside it
            parent = self.tree.paths[unit.address][-2]
            return find(parent, UnitKind(step.kind), number)
        return []

    def _clauses(self, unit: Unit) -> list[Unit]:
        if unit.address not in self._own_clauses:
            self._own_clauses[unit.address] = [each for each in unit.children if each.kind is UnitKind.CLAUSE]
        return self._own_clauses[unit.address]

    def _stray(self, number: str) -> Sequence[int]:
        """Places where a paragraph begins with a number and no unit of this number: «173. …» for «Статья 173. …»."""
        if self._strays is None:
            begun = {(unit.span[0], unit.number) for unit in self.act.root.walk()}
            self._strays = {}
            for found in _BEGINS.finditer(self.act.source.text):
                if (found.start(), found.group(1)) not in begun or len(found.group(1)) >= _LONG:
                    self._strays.setdefault(found.group(1), []).append(found.start())
        return self._strays.get(number, ())[:_FEW]

    # --- what can be said to be missing ------------------------------------------------------------------------------

    @staticmethod
    def _is_explicit(steps: Sequence[Step], citation: Citation) -> bool:
        """Whether the words say whose unit it is; «статьей 15» alone may be another act's named before."""
        return bool(citation.owner) or steps[0].number == THIS

    def _lacking(self, unit: Unit, step: Step, owner: str) -> State:
        """What can be said of a part that was not found."""
        if step.kind is UnitKind.ANNEX:
            return _LACKS[self._annexes.lack(unit, step.number)]
        return State.MISSING if self._enumerates(unit, step, owner) else State.UNKNOWN

    def _enumerates(self, unit: Unit, step: Step, owner: str) -> bool:
        """Whether the absence of a part can be told: the unit shows its parts of this kind, or has none at all."""
        kind = step.kind
        if f"{step.number})" in self.act.text(unit.own):
            return False  # a list inside a sentence: its items are no units of the tree
        if any(unit.span[0] <= place < unit.span[1] for place in self._stray(step.number)):
            return False  # its number stands there, in a damaged label
        if kind is UnitKind.ARTICLE:
            articles = self.tree.all_of(unit, UnitKind.ARTICLE)
            if not articles:
                return self._has_points_only(unit, owner)
            if len(self.tree.all_of(self.act.root, UnitKind.PART)) == 1:
                return False  # «Общая часть» alone: the other part of the code is not at hand
            return len(articles) > 1 and number_key(articles[0].number) <= number_key(step.number)
        if kind in (UnitKind.POINT, UnitKind.SUBPOINT) and self.tree.all_of(unit, UnitKind.ROW):
            return False  # points that stand in a table are no units of the tree
        if kind is UnitKind.POINT:
            numbered = self.tree.all_of(unit, UnitKind.POINT) or [c for c in unit.children if _is_numbered_clause(c)]
            return bool(numbered) or (unit.kind is UnitKind.ARTICLE and step.number not in ("", "1"))
        if kind is UnitKind.SUBPOINT:
            return unit.kind is not UnitKind.ARTICLE or bool(unit.children)
        if kind is UnitKind.CLAUSE:
            clauses = self._clauses(unit)
            lists = any(child.kind is not UnitKind.CLAUSE for child in unit.children)
            inner = any(clause.children for clause in clauses)
            return not (lists or inner) and step.number not in ("", "1")
        if kind in (UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.PARAGRAPH):
            units = self.tree.all_of(unit, UnitKind(kind))
            return len(units) > 1 and number_key(units[0].number) <= number_key(step.number)
        return False

    def _has_points_only(self, unit: Unit, owner: str) -> bool:
        """Whether a text is of those that have points and no articles: rules, an order. A law in part may have both."""
        if owner in ("", *_WITH_ARTICLES) or _ARTICLE.search(self.act.text(unit.span)):
            return False
        return sum(bool(each.number) for each in self.tree.all_of(unit, UnitKind.POINT)) > 1


def _is_numbered_clause(unit: Unit) -> bool:
    """«1. …» in codes that call it часть."""
    return unit.kind is UnitKind.CLAUSE and unit.own[0] > unit.span[0]


def _steps(path: Sequence[Unit], last: Unit) -> tuple[Step, ...]:
    """The shortest path that names a unit: from its article, or the heading itself."""
    if last.kind in OWNERS and last.kind is not UnitKind.ANNEX:
        return ()
    if last.kind not in _LINKS:
        return (Step(last.kind, last.number),)
    end = next((place for place, unit in enumerate(path) if unit is last), len(path) - 1)
    named = [unit for unit in path[: end + 1] if unit.kind in _LINKS]
    kept = [unit for unit in named if unit is last or unit.kind is not UnitKind.INDENT]
    return tuple(Step(unit.kind, unit.number) for unit in kept)
