"""Act: the tree of units of a draft, and Provision: the smallest unit that is judged.

Unit names follow DESIGN 2 (раздел, глава, статья, пункт … / бөлім, тарау, бап, тармақ …).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.reading.source import Notice, SourceText

if TYPE_CHECKING:
    from nlp.structure.operations import Operation

Span = tuple[int, int]


class UnitKind(StrEnum):
    """Kinds of units, from the widest to the narrowest."""

    ACT = "act"
    ORDER = "order"  # the order part: приказываю / бұйырамын and its points
    DOCUMENT = "document"  # the approved document (Rules, Regulation) under its approval stamp
    ANNEX = "annex"
    PART = "part"  # часть кодекса / бөлік
    SECTION = "section"  # раздел / бөлім
    SUBSECTION = "subsection"  # подраздел / кіші бөлім
    TASK = "task"  # задача концепции, программы / міндет: amendments count clauses inside it
    CHAPTER = "chapter"  # глава / тарау
    PARAGRAPH = "paragraph"  # параграф
    ARTICLE = "article"  # статья / бап
    POINT = "point"  # пункт / тармақ
    SUBPOINT = "subpoint"  # подпункт / тармақша
    CLAUSE = "clause"  # часть пункта (статьи) / бөлік
    INDENT = "indent"  # абзац
    TABLE = "table"
    ROW = "row"
    TEXT = "text"  # anything that has no place in the tree of an act


class Role(StrEnum):
    """What a unit does; only ``norm`` and ``definition`` units are judged, the latter for vague wording only."""

    NORM = "norm"
    DEFINITION = "definition"
    AIM = "aim"
    PRINCIPLE = "principle"
    ENTRY_INTO_FORCE = "entry_into_force"
    CONTROL = "control"
    REPEAL = "repeal"
    EXCLUDED = "excluded"  # «7) исключен …» / «7) алып тасталды – …»: the number of a unit that is no longer there
    APPROVAL = "approval"  # «Утвердить прилагаемые …»
    REGISTRATION = "registration"  # «обеспечить государственную регистрацию …»
    AMENDMENT = "amendment"  # the instruction «изложить в следующей редакции», not the quoted text
    QUOTED = "quoted"  # new wording inside an amendment: judged as the norm it will be
    CURRENT = "current"  # wording in force in a comparative table: context, never judged
    REASON = "reason"  # why the wording is changed, in a comparative table
    TITLE = "title"
    PREAMBLE = "preamble"
    ENACTING = "enacting"
    REQUISITE = "requisite"
    STAMP = "stamp"  # «Утверждены приказом …», «Приложение 1 к …»
    SIGNATURE = "signature"
    HEADING = "heading"
    FORM = "form"  # a blank form or table in an annex


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. All spans are offsets in ``SourceText.text``.

    ``number`` is data, not identity: "7", "3-1", "1¹", "" when unnumbered (clauses and indents carry their ordinal as
    a figure). ``address`` is unique in the act (``art_7__para_2__subpara_3-1``). ``span`` holds the unit with
    its children; ``own`` only its own words, without the number label and without the children; ``heading`` is the
    title («Статья 7. Title»), (0, 0) when there is none.
    """

    kind: UnitKind
    number: str
    address: str
    span: Span
    own: Span
    heading: Span = (0, 0)
    role: Role = Role.NORM
    language: str = ""
    children: tuple[Unit, ...] = ()

    def walk(self) -> Iterator[Unit]:
        """This unit and all below, in document order."""
        waiting = [self]
        while waiting:
            unit = waiting.pop()
            yield unit
            waiting.extend(reversed(unit.children))


@dataclass(frozen=True, slots=True)
class Requisites:
    """What the head of the act says of itself; empty strings where it says nothing."""

    form: str = ""  # law, code, decree, resolution, order, decision, rules … (ids; names per language in data)
    title: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""  # ISO where it could be read, else as written
    approved_form: str = ""  # form of the approved document: rules, regulation, instruction …
    approved_title: str = ""
    restricted: str = ""  # «Для служебного пользования» / «Қызмет бабында пайдалану үшін», as written


@dataclass(frozen=True, slots=True)
class Act:
    """The tree of one text of a draft. Structuring never fails: doubts are in ``notices``.

    ``operations`` are the amendments the draft makes, in document order.
    """

    source: SourceText
    root: Unit
    language: str  # "ru" | "kk" | "mixed"
    requisites: Requisites
    notices: tuple[Notice, ...] = ()
    is_act: bool = True
    operations: tuple[Operation, ...] = ()

    def text(self, span: Span) -> str:
        """The words of a span."""
        return self.source.text[span[0] : span[1]]

    def find(self, address: str) -> Unit | None:
        """The unit with this address, or None."""
        return next((unit for unit in self.root.walk() if unit.address == address), None)


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest unit judged, read with its heading and the lead-in of its list.

    ``text_at``, ``lead_at``, ``heading_at`` are offsets of these strings in ``SourceText.text`` (-1 when the provision
    did not come from an act, as in ``saraptama judge``): a field is always one contiguous piece of the clean text.
    ``tail`` are closing words that stand after the item and govern it (Kazakh: the predicate at the end of the last
    item of a list). ``opens_list``: the text is the lead-in of a list whose items are provisions of their own.
    """

    id: str
    language: str
    text: str
    lead: str = ""
    heading: str = ""
    role: Role = Role.NORM
    address: str = ""
    text_at: int = -1
    lead_at: int = -1
    heading_at: int = -1
    act_form: str = ""
    path: tuple[str, ...] = ()  # addresses from the root to the unit
    tail: str = ""
    tail_at: int = -1
    opens_list: bool = False
    act_title: str = ""  # of the approved document in which it stands, else of the act; "" when pasted alone
