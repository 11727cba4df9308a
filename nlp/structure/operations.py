"""Amendments as operations (DESIGN 2): what an amending unit does to which unit of which act.

Reads: nothing. Writes: the types that ``amendments`` builds and that ``nlp.changes`` applies to wording in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.act import Span, UnitKind


class OperationKind(StrEnum):
    """What is done (methodology 5.3)."""

    REPLACE = "replace"  # «изложить в следующей редакции» / «мынадай редакцияда жазылсын»
    INSERT = "insert"  # «дополнить пунктом 3-1 следующего содержания» / «мынадай мазмұндағы … толықтырылсын»
    DELETE = "delete"  # «подпункт 3) исключить» / «алып тасталсын»
    REPLACE_WORDS = "replace_words"  # «слова «…» заменить словами «…»»
    INSERT_WORDS = "insert_words"  # «после слов «…» дополнить словами «…»»
    DELETE_WORDS = "delete_words"  # «слова «…» исключить»
    REPEAL = "repeal"  # «признать утратившим силу» / «күші жойылды деп танылсын»


class Piece(StrEnum):
    """What amendments speak of and the tree of units has no kind for."""

    HEADING = "heading"  # заголовок / тақырып
    PREAMBLE = "preamble"  # преамбула / кіріспе
    SENTENCE = "sentence"  # предложение / сөйлем
    NOTE = "note"  # примечание / ескертпе
    COLUMN = "column"  # графа / баған


LAST = "last"  # number of the last unit of its kind: «последний абзац» / «соңғы абзац»


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path into another act: kind and number as data ("3-1", "1¹"; clauses and indents by ordinal).

    ``number`` is "" when the draft gives none, ``LAST`` for the last unit of its kind. ``title`` is set where the unit
    is named by its heading («в разделе «Общие положения»»); a unit of a kind of its own («в задаче «…»») is ``TEXT``.
    """

    kind: UnitKind | Piece
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class AmendedAct:
    """The act that is amended, as the draft names it; "" where it says nothing. ``date`` is ISO where it could be read.

    ``form`` and ``document`` are ids of forms (``data/*.yaml``); ``document`` is an approved document inside the act
    («в Правилах …, утвержденных указанным приказом») and ``document_title`` its name as written. ``title`` is the name
    as written, without quotation marks.
    """

    form: str = ""
    title: str = ""
    date: str = ""
    number: str = ""
    document: str = ""
    document_title: str = ""
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on one unit. All spans are offsets in ``SourceText.text`` of the draft.

    ``address`` is the amending unit of the draft, ``instruction`` the words of the instruction, ``target`` the path
    into the amended act from the widest unit to the narrowest: for INSERT the unit that is new («пунктом 3-1» → its
    path with number 3-1). ``old`` and ``new`` are the quoted words without quotation marks ((0, 0): none): for REPLACE
    and INSERT ``new`` is the quoted wording of this target and ``units`` the addresses of the draft's QUOTED units
    grown from it; for INSERT_WORDS ``old`` are the words after which the new ones come ((0, 0): at the end; ``before``:
    in front of them). ``after`` is the unit behind which a new one comes, where the draft says so. ``everywhere`` –
    «по всему тексту», ``inflected`` – «в соответствующих падежах». New wording in an annex of the
    draft («согласно приложению 1 к настоящему приказу») has the annex in ``units`` and its words in ``new``. An empty
    ``target`` is the act, or its approved document, itself. Several targets of one instruction are several operations.
    """

    kind: OperationKind
    address: str
    instruction: Span
    act: AmendedAct
    target: tuple[Step, ...] = ()
    old: Span = (0, 0)
    new: Span = (0, 0)
    units: tuple[str, ...] = ()
    everywhere: bool = False
    inflected: bool = False
    before: bool = False
    after: tuple[Step, ...] = ()
