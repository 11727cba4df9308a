"""apply(): one operation on the text of the amended act (DESIGN 2; methodology 5.3).

Reads: the operation, the draft's text, the tree of the act. Writes: the amended ``Woven``, or the code of why it cannot
be done. Nothing is guessed: words found in several places of the unit, or not at all, are an answer of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.changes.phrases import Occurrence, in_case_of, occurrences
from nlp.changes.targets import MISSING, Target, find, levels_below, same_number, scope_of
from nlp.changes.woven import Strand, Woven, made, of_draft
from nlp.structure.act import Act, Span, Unit, UnitKind
from nlp.structure.labels import read_label
from nlp.structure.operations import Operation, OperationKind, Step
from nlp.structure.wording import number_key

EMPTY = "examine.operation_empty"
EXISTS = "examine.operation_unit_exists"
WORDS_MISSING = "examine.operation_words_missing"
WORDS_SEVERAL = "examine.operation_words_several"
WORDS_FORM = "examine.operation_words_form"
WHOLE_ACT = "examine.operation_whole_act"
_NONE: Span = (0, 0)
_ORDINAL = (UnitKind.CLAUSE, UnitKind.INDENT)
_CLOSING = " \t\n.;,:"


@dataclass(slots=True)
class Amending:
    """The act under amendment: its tree in force, its text as it now stands, the draft that amends it."""

    base: Act
    woven: Woven
    draft: str


class _Cannot(Exception):  # noqa: N818 - an answer, not an error
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def apply(amending: Amending, operation: Operation, number: int, language: str, tree: Act) -> str:
    """Carry out operation ``number`` of the draft; "" or the code of why it cannot be done.

    ``tree`` is the tree in which the target is looked up: the base, or the present text structured anew.
    """
    try:
        _DO[operation.kind](_Site(amending, operation, number, language, tree))
    except _Cannot as answer:
        return answer.code
    return ""


class _Site:
    """One operation at its place. Spans of the tree are turned into spans of the present text."""

    def __init__(self, amending: Amending, operation: Operation, number: int, language: str, tree: Act) -> None:
        self.woven, self.draft, self.operation, self.number = amending.woven, amending.draft, operation, number
        self.language, self.tree, self.in_force = language, tree, tree is amending.base
        self.scope = _found(scope_of(tree, operation.act))

    def target(self, path: Sequence[Step]) -> Target:
        return _found(find(self.tree, self.scope, path))

    def now(self, span: Span) -> Span:
        """Where a span of the tree stands now; raises when its beginning is no longer there."""
        if not self.in_force:
            return span
        placed = self.woven.place(span)
        if placed is None:
            raise _Cannot(MISSING)
        return placed

    def new(self) -> list[Strand]:
        if self.operation.new == _NONE:
            raise _Cannot(EMPTY)
        return [of_draft(self.draft, self.operation.new)]

    def put(self, start: int, end: int, words: Sequence[Strand]) -> None:
        self.woven.replace(start, end, words, self.number)


def _found(target: Target | str) -> Target:
    if isinstance(target, str):
        raise _Cannot(target)
    return target


# --- units ------------------------------------------------------------------------------------------------------------


def _replace(site: _Site) -> None:
    if not site.operation.target:
        raise _Cannot(WHOLE_ACT)
    target = site.target(site.operation.target)
    words = site.new()
    start, end = site.now(target.span)
    labelled = target.body[0] - target.span[0]
    keeps_label = labelled > 0 and target.unit.number and not _is_labelled(words[0].text, target.unit)
    site.put(start + labelled if keeps_label else start, end, words)


def _is_labelled(words: str, unit: Unit) -> bool:
    label = read_label(words.lstrip('«"“„ \n'))
    return label is not None and label.kind is unit.kind


def _delete(site: _Site) -> None:
    if not site.operation.target:
        raise _Cannot(WHOLE_ACT)
    start, end = site.now(site.target(site.operation.target).span)
    text = site.woven.text
    if text[end : end + 1] == "\n" and (start == 0 or text[start - 1] == "\n"):
        end += 1
    site.put(start, end, ())


def _insert(site: _Site) -> None:
    if not site.operation.target:
        raise _Cannot(MISSING)
    words = site.new()
    if site.operation.after:
        _put_after(site, _neighbour(site).span[1], words)
        return
    *path, step = site.operation.target
    parent = site.target(path)
    siblings = _siblings(parent, step, first=not path)
    if step.kind in _ORDINAL:
        _put_after(site, _end_of_ordinal(parent, siblings, step), words)
        return
    if any(same_number(unit.number, step.number) for unit in siblings):
        raise _Cannot(EXISTS)
    earlier = [unit for unit in siblings if not step.number or number_key(unit.number) <= number_key(step.number)]
    if earlier:
        _put_after(site, max(earlier, key=lambda unit: unit.span[1]).span[1], words)
    elif siblings:
        start, _ = site.now(siblings[0].span)
        site.put(start, start, [*words, made("\n")])
    else:
        _put_after(site, parent.span[1], words)


def _neighbour(site: _Site) -> Target:
    """The unit behind which the new one comes: named from the act down, or from the new unit's parent."""
    after = site.operation.after
    found = find(site.tree, site.scope, after)
    if isinstance(found, str) and len(site.operation.target) > 1:
        found = find(site.tree, site.target(site.operation.target[:-1]), after)
    return _found(found)


def _siblings(parent: Target, step: Step, first: bool) -> list[Unit]:
    """Units of the new one's kind in its parent, at the nearest level that has any."""
    for level in levels_below(parent, first):
        same = [unit for unit in level if unit.kind is step.kind]
        if same:
            several = [unit for units in levels_below(parent, first) for unit in units if unit.kind is step.kind]
            through = step.kind in (UnitKind.ARTICLE, UnitKind.POINT) and not _is_numbered_unit(parent.unit)
            return sorted(several, key=lambda unit: unit.span) if through else same
    return []


def _is_numbered_unit(unit: Unit) -> bool:
    return unit.kind in (UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT)


def _end_of_ordinal(parent: Target, siblings: Sequence[Unit], step: Step) -> int:
    """«Дополнить частью второй», «абзацем третьим»: behind the first, the second; without a number, at the end."""
    if not step.number.isdigit() or step.number == "1":
        return parent.span[1]
    before = str(int(step.number) - 1)
    previous = [unit for unit in siblings if unit.number == before]
    if previous:
        return _end_with_list(parent, previous[0])
    if before == "1" and parent.unit.own != _NONE:
        return parent.unit.own[1] if step.kind is UnitKind.INDENT else parent.span[1]
    raise _Cannot(MISSING)


def _end_with_list(parent: Target, unit: Unit) -> int:
    """The end of a clause or indent with the list that belongs to it."""
    if unit.kind is not UnitKind.CLAUSE:
        return unit.span[1]
    later = [c.span[0] for c in parent.holder.children if c.kind is UnitKind.CLAUSE and c.span[0] > unit.span[0]]
    limit = min(later, default=parent.span[1] + 1)
    return max(child.span[1] for child in parent.holder.children if unit.span[0] <= child.span[0] < limit)


def _put_after(site: _Site, end: int, words: Sequence[Strand]) -> None:
    """A new paragraph behind the character that the tree has before ``end``."""
    place = site.woven.behind(site.now((end - 1, end))[1])
    site.put(place, place, [made("\n"), *words])


# --- words ------------------------------------------------------------------------------------------------------------


def _places(site: _Site) -> list[tuple[int, Occurrence]]:
    """Places of the quoted words in the target, with the offset they are counted from; the last place first."""
    operation = site.operation
    if operation.old == _NONE:
        raise _Cannot(EMPTY)
    target = site.target(operation.target)
    start, end = site.now(target.span) if operation.target else _everything(site)
    quoted = site.draft[operation.old[0] : operation.old[1]]
    found = occurrences(quoted, site.woven.text[start:end], site.language, operation.inflected or operation.everywhere)
    if not found and not operation.inflected:
        found = occurrences(quoted, site.woven.text[start:end], site.language, True)
    if not found:
        raise _Cannot(WORDS_MISSING)
    if len(found) > 1 and not operation.everywhere and not operation.inflected:
        raise _Cannot(WORDS_SEVERAL)
    return [(start, place) for place in reversed(found)]


def _everything(site: _Site) -> Span:
    """The whole scope as it now stands: from its first character in force to its last."""
    if not site.in_force or site.scope.unit.kind is UnitKind.ACT:
        return (0, len(site.woven.text)) if site.scope.unit.kind is UnitKind.ACT else site.scope.span
    return site.now(site.scope.span)


def _replace_words(site: _Site) -> None:
    if site.operation.new == _NONE:
        raise _Cannot(EMPTY)
    changes = [(start + place.span[0], start + place.span[1], _in_place(site, place)) for start, place in _places(site)]
    for start, end, words in changes:
        site.put(start, end, words)


def _in_place(site: _Site, place: Occurrence) -> list[Strand]:
    """The new words as quoted, or in the case of those they replace."""
    operation = site.operation
    quoted = site.draft[operation.new[0] : operation.new[1]]
    if place.exact:
        return _capital(site, place, quoted)
    inflected = in_case_of(quoted, place.tokens, site.language)
    if inflected is None:
        raise _Cannot(WORDS_FORM)
    if _is_raised(site, place) and quoted[:1].islower():
        inflected = inflected[:1].upper() + inflected[1:]
    return [made(inflected, operation.new)]


def _capital(site: _Site, place: Occurrence, quoted: str) -> list[Strand]:
    """«Уполномоченный орган» at the head of a sentence is replaced by words with a capital letter."""
    span = site.operation.new
    if not (_is_raised(site, place) and quoted[:1].islower()):
        return [of_draft(site.draft, span)]
    return [made(quoted[:1].upper(), (span[0], span[0] + 1)), of_draft(site.draft, (span[0] + 1, span[1]))]


def _is_raised(site: _Site, place: Occurrence) -> bool:
    """Whether the words stand with a capital letter where the draft quotes them with a small one."""
    old = site.draft[site.operation.old[0] : site.operation.old[1]]
    return bool(place.tokens) and place.tokens[0].text[:1].isupper() and old[:1].islower()


def _insert_words(site: _Site) -> None:
    words = site.new()
    if site.operation.old == _NONE:
        start, end = site.now(site.target(site.operation.target).span)
        body = site.woven.text[start:end].rstrip(_CLOSING)
        _glue(site, start + len(body), words)
        return
    for start, place in _places(site):
        at = start + place.span[0 if site.operation.before else 1]
        if site.operation.before:
            site.put(at, at, [*words, made(" ")])
        else:
            _glue(site, at, words)


def _glue(site: _Site, at: int, words: Sequence[Strand]) -> None:
    """Words behind other words; punctuation stands without a blank before it."""
    blank = [] if words[0].text[:1] in ",.;:" else [made(" ")]
    site.put(at, at, [*blank, *words])


def _delete_words(site: _Site) -> None:
    places = [(start + place.span[0], start + place.span[1]) for start, place in _places(site)]
    for start, end in places:
        text = site.woven.text
        blank_before = text[start - 1 : start] == " "
        if blank_before and (text[end : end + 1] in " ,.;:" or end == len(text)):
            start -= 1
        site.put(start, end, ())


_DO = {
    OperationKind.REPLACE: _replace,
    OperationKind.INSERT: _insert,
    OperationKind.DELETE: _delete,
    OperationKind.REPEAL: _delete,
    OperationKind.REPLACE_WORDS: _replace_words,
    OperationKind.INSERT_WORDS: _insert_words,
    OperationKind.DELETE_WORDS: _delete_words,
}
