"""``provisions``: Act → the units that are judged, each with its heading and the lead-in of its list.

Every piece of own words of a norm is the ``text`` of exactly one provision. The lead-in of a list is a provision too,
and the ``lead`` of the items below it. In Kazakh the predicate stands at the end of the last item and governs the whole
list (methodology 6.1): the items before it have these closing words as ``tail``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nlp.structure.act import Act, Provision, Role, Span, Unit, UnitKind
from nlp.structure.formulas import LANGUAGES, formulas
from nlp.structure.wording import fold

NOT_JUDGED = (Role.TITLE, Role.REQUISITE, Role.STAMP, Role.SIGNATURE, Role.HEADING, Role.ENACTING,
              Role.CURRENT, Role.REASON, Role.EXCLUDED)  # fmt: skip
_ITEMS = (UnitKind.SUBPOINT, UnitKind.INDENT)
_TITLED = (
    UnitKind.PART, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK, UnitKind.CHAPTER, UnitKind.PARAGRAPH,
    UnitKind.ARTICLE,
)  # fmt: skip
_NONE: Span = (0, 0)


def provisions(act: Act) -> tuple[Provision, ...]:
    """Provisions of the act in document order; ids are addresses and therefore unique.

    Titles, requisites, stamps, signatures, headings and enacting words give none; points on approval, control, entry
    into force and the like are given with their role, so that detection can pass over them.
    """
    return tuple(_Walk(act).below(act.root, (), _NONE))


def provisions_of(act: Act, unit: Unit, passed: Sequence[Role]) -> tuple[Provision, ...]:
    """Provisions below one unit, of all roles but those ``passed``: wording in force in a comparative table."""
    return tuple(_Walk(act, passed).below(unit, (), _NONE))


class _Walk:
    def __init__(self, act: Act, passed: Sequence[Role] = NOT_JUDGED) -> None:
        self.act = act
        self.passed = passed

    def below(self, unit: Unit, path: tuple[str, ...], heading: Span, governed: Span = _NONE) -> Iterator[Provision]:
        path = (*path, unit.address)
        heading = self._heading(unit, heading)
        lead: Span = unit.own if unit.own != _NONE else _NONE
        head_row = self._head_row(unit)
        tails = self._tails(unit)
        for child in unit.children:
            if child.role is Role.HEADING and child.kind is UnitKind.TEXT and unit.kind is not UnitKind.ACT:
                heading = child.own
            tail = tails.get(child.address, governed if self._is_governed(unit, child) else _NONE)
            child_lead = head_row if child.kind is UnitKind.ROW else self._lead_of(child, lead)
            if child.own != _NONE and child.role not in self.passed:
                yield self._provision(child, path, child_lead, heading, tail)
            yield from self.below(child, path, heading, tail)
            if child.kind is UnitKind.CLAUSE:
                lead = child.own

    def _lead_of(self, child: Unit, lead: Span) -> Span:
        """Subpoints and indents of a list have its lead-in; an indent that no colon or dash announces has none."""
        announced = self.act.text(lead).rstrip().endswith((":", "–", "—"))
        return lead if child.kind is UnitKind.SUBPOINT or (child.kind is UnitKind.INDENT and announced) else _NONE

    def _provision(self, unit: Unit, path: tuple[str, ...], lead: Span, heading: Span, tail: Span) -> Provision:
        text = self.act.text
        title = self._own_heading(unit) or heading
        return Provision(
            id=unit.address,
            language=unit.language,
            text=text(unit.own),
            lead=text(lead),
            heading=text(title),
            role=unit.role,
            address=unit.address,
            text_at=unit.own[0],
            lead_at=lead[0] if lead != _NONE else -1,
            heading_at=title[0] if title != _NONE else -1,
            act_form=self._form(path),
            act_title=self._act_title(path),
            path=(*path, unit.address),
            tail=text(tail),
            tail_at=tail[0] if tail != _NONE else -1,
            opens_list=_opens_list(unit, self.act),
        )

    def _form(self, path: Sequence[str]) -> str:
        requisites = self.act.requisites
        return requisites.approved_form if _is_attached(path) and requisites.approved_form else requisites.form

    def _act_title(self, path: Sequence[str]) -> str:
        requisites = self.act.requisites
        return requisites.approved_title if _is_attached(path) and requisites.approved_title else requisites.title

    def _heading(self, unit: Unit, inherited: Span) -> Span:
        own = self._own_heading(unit)
        if own:
            return own
        if unit.kind in (UnitKind.DOCUMENT, UnitKind.ANNEX):
            return next((child.own for child in unit.children if child.role is Role.TITLE), _NONE)
        return inherited

    @staticmethod
    def _own_heading(unit: Unit) -> Span | None:
        return unit.heading if unit.kind in _TITLED and unit.heading != _NONE else None

    @staticmethod
    def _head_row(unit: Unit) -> Span:
        if unit.kind is not UnitKind.TABLE:
            return _NONE
        return next((row.span for row in unit.children if row.role is Role.HEADING), _NONE)

    def _is_governed(self, item: Unit, child: Unit) -> bool:
        """What has the closing words of the list around an item: its first paragraph, and the items of its own list."""
        if child.kind is UnitKind.CLAUSE:
            return item.own == _NONE and child is item.children[0]
        return child.kind in _ITEMS and not self._says_itself(child)

    # --- closing words of a list --------------------------------------------------------------------------------------

    def _tails(self, unit: Unit) -> dict[str, Span]:
        """Address of an item → the closing words after it that govern it."""
        found: dict[str, Span] = {}
        items: list[Unit] = []
        for child in (*(child for child in unit.children if child.role is not Role.EXCLUDED), None):
            if child is not None and child.kind is UnitKind.SUBPOINT:
                items.append(child)
                continue
            flush = child is not None and child.kind is UnitKind.INDENT and items and self._is_flush(items[-1], child)
            if flush and child is not None:
                found |= {item.address: child.own for item in items}
            elif len(items) > 1:
                found |= self._tail_of(items)
            items = []
        indents = [child for child in unit.children if child.kind is UnitKind.INDENT and child.role is not Role.QUOTED]
        if len(indents) > 1 and not any(child.kind is UnitKind.SUBPOINT for child in unit.children):
            found |= self._tail_of(indents)
        return found

    def _is_flush(self, last: Unit, child: Unit) -> bool:
        """Words on a line of their own that close the list: «… 2) …; / құқылы.»"""
        words = self.act.text(child.own)
        return words[:1].islower() and child.span[0] >= last.span[1]

    def _tail_of(self, items: list[Unit]) -> dict[str, Span]:
        last = _last_words(items[-1])
        if last.language != "kk" or last.own == _NONE:
            return {}
        words = self.act.text(last.own)
        cut = closing_predicate(words)
        governed = [item for item in items[:-1] if not self._says_itself(item)]
        if cut is None or cut == 0 or 2 * len(governed) <= len(items) - 1:
            return {}
        cut = _with_main_verb(words, cut, [self.act.text(item.own) for item in governed])
        span = (last.own[0] + cut, last.own[1])
        found = {item.address: span for item in governed}
        return found if last is items[-1] else {**found, items[-1].address: span}

    def _says_itself(self, item: Unit) -> bool:
        """Whether an item ends with a predicate of its own; accusatives («шараларды», «беруді») are none."""
        words = self.act.text(_last_words(item).own)
        cut = closing_predicate(words)
        return cut is not None and not _is_accusative(words[cut:])


def _is_attached(path: Sequence[str]) -> bool:
    return any(step.startswith(("doc_", "annex")) for step in path)


def _last_words(item: Unit) -> Unit:
    """The unit the words of an item end in: the last item of its own list."""
    while item.children and item.children[-1].kind in _ITEMS:
        item = item.children[-1]
    return item


def _is_accusative(words: str) -> bool:
    """«-ды», «-сін» close objects more often than verbs: norms are hardly ever in the past tense."""
    last = fold(words).strip(' \t\n.;,:!?»"').rpartition(" ")[2]
    return last.endswith(tuple(formulas().data["kk"]["accusative_endings"])) and not last.endswith(_verb_endings())


@lru_cache(maxsize=1)
def _verb_endings() -> tuple[str, ...]:
    return tuple(formulas().data["kk"]["verb_endings"])


def _opens_list(unit: Unit, act: Act) -> bool:
    if act.text(unit.own).rstrip().endswith(":"):
        return unit.kind is UnitKind.CLAUSE or any(child.role is not Role.QUOTED for child in unit.children)
    return any(child.kind is UnitKind.SUBPOINT and child.role is not Role.QUOTED for child in unit.children)


def closing_predicate(text: str) -> int | None:
    """Where the finite predicate at the end of a Kazakh sentence begins; None when it does not end with one.

    Predicates of several words («болып табылады», «құқығы бар») are data; other finite verbs show by their endings.
    """
    bare = fold(text).rstrip(' \t\n.;,:!?»"')
    found = _predicates().search(bare)
    if found:
        return found.start("p")
    last = re.search(r"\w+$", bare)
    if last and last.group().endswith(_finite_endings()) and len(last.group()) > 3:
        return last.start()
    return None


def _with_main_verb(words: str, cut: int, before: list[str]) -> int:
    """«қамтылуға тиіс», «берілуі мүмкін»: an auxiliary takes the verb before it along, unless that verb belongs to the
    last item alone, as its like does in the items before («келуге; сақтауға тиіс»)."""
    auxiliary = fold(words[cut:]).strip(" .;,")
    if auxiliary not in formulas().data["kk"]["auxiliaries"]:
        return cut
    verb = re.search(r"(\w+)\s+$", words[:cut])
    if verb is None or verb.start() == 0:
        return cut
    ending = fold(verb.group(1))[-3:]
    alike = sum(fold(text).rstrip(" .;,").endswith(ending) for text in before)
    return cut if 2 * alike >= len(before) else verb.start()


@lru_cache(maxsize=1)
def _predicates() -> re.Pattern[str]:
    phrases = [phrase for code in LANGUAGES for phrase in formulas().data[code]["list_predicates"]]
    words = "|".join(re.escape(words) for words in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<p>{words})$")


@lru_cache(maxsize=1)
def _finite_endings() -> tuple[str, ...]:
    return tuple(formulas().data["kk"]["finite_endings"])
