"""A clause in its frame → operations without their new wording yet; what cannot be told gives none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product

from nlp.structure.act import Span, UnitKind
from nlp.structure.amendments.acts import within
from nlp.structure.amendments.clauses import Clause
from nlp.structure.amendments.paths import MOST_PATHS, Path, inside, width
from nlp.structure.operations import AmendedAct, OperationKind, Piece, Step

NOWHERE: tuple[Path, ...] = ((),)
_WITHOUT_TEXT = (Piece.HEADING, Piece.PREAMBLE)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where instructions apply: the act, the units named so far, a verb that leads a list of targets."""

    act: AmendedAct = field(default_factory=AmendedAct)
    paths: tuple[Path, ...] = NOWHERE
    verb: str = ""
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation whose new wording (``wants_wording``) is still to be found beside the instruction."""

    kind: OperationKind
    act: AmendedAct
    target: Path = ()
    old: Span = (0, 0)
    new: Span = (0, 0)
    everywhere: bool = False
    inflected: bool = False
    before: bool = False
    after: Path = ()
    wants_wording: bool = False


def frame_of(clause: Clause, frame: Frame, text: str) -> Frame:
    """The frame that a clause without a verb opens inside ``frame``."""
    act = _act(clause, frame)
    base = frame.paths if _same_act(act, frame.act) else NOWHERE
    named = [*clause.places, *clause.objects]
    if clause.unknown and not clause.acts and not clause.enters:
        named = [(*path, *_unknown_step(clause, text)) for path in (named or NOWHERE)]
    paths = tuple(inside(path, own) for path, own in product(base, named or NOWHERE))[:MOST_PATHS]
    verb = "" if clause.enters else frame.verb
    return Frame(act, paths, verb, clause.everywhere or (frame.everywhere and base is frame.paths))


def _unknown_step(clause: Clause, text: str) -> Path:
    """A unit of a kind that no table knows is named by the words of the draft."""
    words = text[clause.unknown[0].start : clause.unknown[-1].end]
    return (Step(UnitKind.TEXT, "", " ".join(words.split()).strip(' «»"“”„.,:;')),)


def drafts_of(clause: Clause, frame: Frame) -> list[Draft]:
    """The operations of a clause; empty when it is not understood."""
    verb = clause.verb or frame.verb
    if clause.unknown or verb in ("", "unreadable"):
        return []
    maker = _Maker(clause, frame)
    found: list[Draft] = getattr(maker, verb)()
    return [replace(draft, inflected=clause.inflected, before=clause.before) for draft in found[:MOST_PATHS]]


class _Maker:
    """One method per verb."""

    def __init__(self, clause: Clause, frame: Frame) -> None:
        self.clause = clause
        self.act = _act(clause, frame)
        self.context = frame.paths if _same_act(self.act, frame.act) else NOWHERE
        self.everywhere = clause.everywhere or frame.everywhere

    # --- where ------------------------------------------------------------------------------------------------------

    def _paths(self, own: list[Path]) -> list[Path]:
        """Paths named by the clause, inside its places and its frame."""
        local = [inside(place, path) for place, path in product(self.clause.places or NOWHERE, own)]
        return [inside(context, path) for context, path in product(self.context, local)]

    def _places(self) -> list[Path]:
        """Where words are changed or units added."""
        clause = self.clause
        if clause.objects:
            return self._paths(clause.objects)
        if clause.places:
            return [inside(context, place) for context, place in product(self.context, clause.places)]
        return list(self.context)

    def _words(self, kind: OperationKind, old: Span, new: Span) -> list[Draft]:
        found = [Draft(kind, self.act, path, old, new) for path in self._places()]
        if not self.everywhere:
            return found
        parts = [d for d in found if d.target and d.target[-1].kind in _WITHOUT_TEXT]
        whole = [replace(d, everywhere=True) for d in found if d not in parts]
        if parts and not whole:  # «в заголовке и по всему тексту»
            whole = [Draft(kind, self.act, path[:-1], old, new, everywhere=True) for path in {d.target for d in parts}]
        return [*parts, *whole]

    # --- verbs ------------------------------------------------------------------------------------------------------

    def replace(self) -> list[Draft]:
        clause = self.clause
        if clause.old:
            if len(clause.old) > 1:
                return []
            drafts = self._words(OperationKind.REPLACE_WORDS, clause.old[0], clause.inline)
            return [replace(draft, wants_wording=clause.inline == (0, 0)) for draft in drafts]
        if not (clause.wording or clause.annex):
            return []
        targets = self._paths(clause.objects) if clause.objects else self._whole()
        return [self._with_wording(OperationKind.REPLACE, path) for path in targets]

    def _whole(self) -> list[Path]:
        """«Правила … изложить в новой редакции»; or the unit of the frame when the verb stands alone."""
        if self.clause.act_object:
            return [()]
        if self.clause.enters and self.clause.places:  # «в пункт 5 внести изменение, изложив его …»
            return self._places()
        if self.clause.places or self.clause.act_place:
            return []
        return [path for path in self.context if path]

    def _with_wording(self, kind: OperationKind, path: Path, after: Path = ()) -> Draft:
        inline = self.clause.inline
        return Draft(kind, self.act, path, new=inline, after=after, wants_wording=inline == (0, 0))

    def insert(self) -> list[Draft]:
        clause = self.clause
        if clause.added and not clause.new:
            return self._insert_units()
        if not (clause.new or clause.waits_for_words) or clause.added:
            return []
        anchors = clause.anchors or clause.old or [(0, 0)]
        new: list[Span] = clause.new or [(0, 0)]
        if len(new) > 1 and len(anchors) != len(new):
            return []
        pairs = zip(anchors, new, strict=True) if len(new) > 1 else ((anchor, new[0]) for anchor in anchors)
        drafts = [d for old, words in pairs for d in self._words(OperationKind.INSERT_WORDS, old, words)]
        if clause.after and not clause.anchors:
            return []
        return [replace(draft, wants_wording=clause.waits_for_words) for draft in drafts]

    def _insert_units(self) -> list[Draft]:
        clause = self.clause
        if not (clause.wording or clause.annex):
            return []
        own = bool(clause.objects or clause.places)
        behind = [self._fitted(path, clause.after[0], own) for path in self._places()] if clause.after else []
        found = []
        for number, place in enumerate(self._places()):
            after = behind[number] if behind else ()
            found += [self._with_wording(OperationKind.INSERT, self._fitted(place, new, own), after)
                      for new in clause.added]  # fmt: skip
        return found

    @staticmethod
    def _fitted(place: Path, new: Path, own: bool) -> Path:
        """A new point goes beside the point that a frame names, a new subpoint into it. A unit that the instruction
        itself names holds the new one whatever its kind, unless it is of the same kind."""
        if not own:
            return inside(place, new)
        if place and place[-1].kind is new[0].kind:
            return inside(place, new)
        if len(new) > 1:
            kept = tuple(step for step in place if width(step.kind) < width(new[0].kind))
            return (*kept, *new)
        return (*place, *new)

    def delete(self) -> list[Draft]:
        clause = self.clause
        if clause.anchors or (clause.old and clause.objects):
            return []  # «после слов «…» слова «…» исключить», «в пункте 5 слова «…» и абзац второй исключить»
        if clause.old:
            return [d for old in clause.old for d in self._words(OperationKind.DELETE_WORDS, old, (0, 0))]
        return self._units(OperationKind.DELETE)

    def repeal(self) -> list[Draft]:
        return self._units(OperationKind.REPEAL)

    def _units(self, kind: OperationKind) -> list[Draft]:
        clause = self.clause
        if kind is OperationKind.REPEAL and len(clause.named) > 1 and clause.named_apart:
            return [Draft(kind, act, path) for act, paths in clause.named for path in (paths or NOWHERE)]
        if clause.objects:
            return [Draft(kind, self.act, path) for path in self._paths(clause.objects)]
        listed = bool(clause.acts) and not clause.verb  # an item of a list whose verb stands elsewhere
        if kind is OperationKind.REPEAL and (clause.act_object or listed):
            return [Draft(kind, self.act)]
        return []

    def substitute(self) -> list[Draft]:
        clause = self.clause
        old, new = clause.old, clause.new
        if not old or not (new or clause.waits_for_words) or clause.anchors:
            return []
        if clause.waits_for_words:
            drafts = [d for words in old for d in self._words(OperationKind.REPLACE_WORDS, words, (0, 0))]
            return [replace(draft, wants_wording=True) for draft in drafts]
        if len(new) not in (1, len(old)):
            return []
        pairs = zip(old, new, strict=True) if len(new) == len(old) else ((words, new[0]) for words in old)
        return [d for words, by in pairs for d in self._words(OperationKind.REPLACE_WORDS, words, by)]


def _act(clause: Clause, frame: Frame) -> AmendedAct:
    act = frame.act
    for named in clause.acts:
        act = within(act, named)
    return act


def _same_act(left: AmendedAct, right: AmendedAct) -> bool:
    return (left.form, left.number, left.date, left.title, left.document) == (
        right.form, right.number, right.date, right.title, right.document,
    )  # fmt: skip
