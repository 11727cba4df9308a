"""Tokens of one instruction → clauses (one verb each) and frames: who is amended, where, with which words."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.structure.act import Span
from nlp.structure.amendments.acts import read_act, within
from nlp.structure.amendments.paths import Path, widened
from nlp.structure.amendments.tokens import Token
from nlp.structure.operations import AmendedAct


@dataclass(slots=True)
class Clause:
    """What one verb says; a frame has no verb, or a verb whose targets follow in a list (``leads``).

    Spans are offsets in the text read. ``unknown`` are words that no table explains: the clause is then not understood.
    """

    verb: str = ""
    start: int = 0
    end: int = 0
    acts: list[AmendedAct] = field(default_factory=list)
    named: list[tuple[AmendedAct, tuple[Path, ...]]] = field(default_factory=list)  # acts with their units, in order
    objects: list[Path] = field(default_factory=list)
    places: list[Path] = field(default_factory=list)
    added: list[Path] = field(default_factory=list)
    after: list[Path] = field(default_factory=list)
    old: list[Span] = field(default_factory=list)
    new: list[Span] = field(default_factory=list)
    anchors: list[Span] = field(default_factory=list)
    inline: Span = (0, 0)
    annexes: tuple[str, ...] = ()
    act_object: bool = False
    act_place: bool = False
    before: bool = False
    wording: bool = False
    annex: bool = False
    everywhere: bool = False
    inflected: bool = False
    enters: bool = False  # speaks of changes: «внести следующие изменения»
    announces: bool = False  # has the very verb: «внести» / «енгізілсін»
    waits_for_words: bool = False
    closed: bool = False  # ends with a colon
    unknown: list[Token] = field(default_factory=list)

    @property
    def is_frame(self) -> bool:
        """Whether the clause only says where the following instructions apply."""
        return not self.verb

    @property
    def leads(self) -> bool:
        """«исключить:», «признать утратившими силу следующие приказы:» – the targets follow."""
        unnamed = all(not (act.number or act.date or act.title or act.document) for act in self.acts)
        bare = not (self.objects or self.old or self.new or self.added) and (unnamed or not self.act_object)
        return bare and self.closed and self.verb in ("delete", "repeal")

    @property
    def named_apart(self) -> bool:
        """Several acts, each known by itself: «приказ … № 5 и пункт 4 приказа … № 6»."""
        return all(act.number or act.date or act.title for act, _ in self.named)

    def add_act(self, text: str, token: Token, language: str) -> None:
        """Note the act a token names."""
        named = read_act(text[token.start : token.end], language, token.start)
        self.acts.append(within(self.acts[-1], named) if self.acts else named)
        taken = sum(len(paths) for _, paths in self.named)
        self.named.append((self.acts[-1], tuple(self.objects[taken:])))

    def carry(self, former: Clause) -> None:
        """A clause without a place of its own goes on in the place of the one before in the same sentence."""
        wider = (former.objects or former.places)[:1]
        if wider and not self.acts:  # «в абзаце втором пункта 5 …, в абзаце третьем …»
            self.objects = [path if self.places else widened(path, wider[0]) for path in self.objects]
            self.places = [widened(path, wider[0]) for path in self.places]
        if self.objects or self.places or self.act_object or self.act_place:
            return
        if self.verb in ("replace", "repeal") and not self.old:
            return
        self.places = former.places or ([] if former.verb == "delete" and not former.old else former.objects)
        self.everywhere = self.everywhere or former.everywhere
        self.acts = self.acts or list(former.acts)
