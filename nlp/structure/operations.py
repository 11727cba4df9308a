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


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path into another act: kind and number as data ("3-1", "1¹"; clauses and indents by ordinal).

    ``title`` is set where the unit is named by its heading («в разделе «Общие положения»»).
    """

    kind: UnitKind
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class AmendedAct:
    """The act that is amended, as the draft names it; "" where it says nothing. ``date`` is ISO where it could be read.

    ``document`` is the form of an approved document inside it («в Правилах …, утвержденных указанным приказом»).
    """

    form: str = ""
    title: str = ""
    date: str = ""
    number: str = ""
    document: str = ""
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on one unit. All spans are offsets in ``SourceText.text`` of the draft.

    ``address`` is the amending unit of the draft, ``instruction`` the words of the instruction, ``target`` the path into
    the amended act from the widest unit to the narrowest: for INSERT the unit that is new («пунктом 3-1» → its path with
    number 3-1). ``old`` and ``new`` are the quoted words without quotation marks ((0, 0): none): for REPLACE and INSERT
    ``new`` is the whole quoted wording and ``units`` the addresses of the draft's QUOTED units grown from it; for
    INSERT_WORDS ``old`` are the words after which the new ones come. ``everywhere`` – «по всему тексту».
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
