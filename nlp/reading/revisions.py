"""The accepted view of a DOCX: its text as if every tracked change were accepted, and the offsets in it.

Reads: elements of the main part. Writes: the pieces of text of a paragraph, what was deleted, counts of changes.
ISO/IEC 29500-1, 17.13.5 (revisions).

Offsets in *accepted text* are what ``Block.original_span`` gives and what a writer that marks words in the file needs.
The accepted text of a paragraph is, in order, all its text outside ``w:del`` and ``w:moveFrom``: ``w:t`` and ``m:t`` as
they are, ``w:tab`` and ``w:ptab`` as a tab, ``w:br`` and ``w:cr`` as a line feed, ``w:noBreakHyphen`` as "-",
``w:softHyphen`` as U+00AD, ``w:sym`` as one character. Hidden text and text inside the instruction of a field count
too, though they are not read as text of the act. Of ``mc:AlternateContent`` one branch counts; text boxes are
paragraphs of their own. A paragraph whose mark is deleted goes on in the next one: both have one accepted text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.reading.ooxml import NAMES, PARAGRAPH_TAGS, Element, child, chosen, name_of, tags, value
from nlp.reading.symbols import symbol

_INLINE = frozenset(
    {"w:hyperlink", "w:smartTag", "w:customXml", "w:fldSimple", "w:ins", "w:moveTo", "w:dir", "w:bdo", "w:sdtContent"}
    | {"w:rubyBase", "mc:Choice", "mc:Fallback"}
)
_DELETED = frozenset({"w:del", "w:moveFrom"})
_INSERTED = frozenset({"w:ins", "w:moveTo"})
_FIXED = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "\u00ad"}
_SIGNALS = frozenset({"w:fldChar", "w:instrText", "w:footnoteReference", "w:endnoteReference", "w:commentReference"})
# What may stand between two paragraphs without parting them.
_MARKERS = frozenset(
    {"w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd"}
    | {f"w:{name}Range{end}" for name in ("comment", "moveFrom", "moveTo") for end in ("Start", "End")}
    | {f"w:customXml{name}Range{end}" for name in ("Ins", "Del", "MoveFrom", "MoveTo") for end in ("Start", "End")}
)


class AcceptedRun(NamedTuple):
    """A text-bearing element (``w:t``, ``w:tab`` …) and its offsets in the accepted text of its paragraph."""

    node: Element
    start: int
    end: int


class Token(NamedTuple):
    """One piece of a paragraph in order: text, or a signal without text (a field character, a note reference).

    ``field`` is the instruction of the enclosing ``w:fldSimple``, if any.
    """

    node: Element
    run: Element
    text: str
    field: str = ""


@dataclass(slots=True)
class Tokens:
    """A paragraph taken apart: the accepted pieces, and the deleted texts, each of one tracked change."""

    accepted: list[Token] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


def body_paragraphs(root: Element) -> list[Element]:
    """Every ``w:p`` of the body in document order; a paragraph's index here is ``Place.paragraph``.

    Counted are paragraphs in table cells, content controls and text boxes, in both copies of a text box that is stored
    twice, and paragraphs with deleted text: whatever is in the tree, so that counting needs no rules.
    """
    body = child(root, "w:body")
    return [] if body is None else list(body.iter(*PARAGRAPH_TAGS))


def accepted_runs(paragraph: Element) -> list[AcceptedRun]:
    """Text-bearing elements of the accepted text that begins at this paragraph, with their offsets in it.

    Goes on into the following paragraphs while paragraph marks are deleted.
    """
    runs: list[AcceptedRun] = []
    position = 0
    for part in paragraph_group(paragraph):
        for token in tokens_of(part).accepted:
            if token.text:
                runs.append(AcceptedRun(token.node, position, position + len(token.text)))
                position += len(token.text)
    return runs


def accepted_text(paragraph: Element) -> str:
    """The accepted text that begins at this paragraph."""
    return "".join(token.text for part in paragraph_group(paragraph) for token in tokens_of(part).accepted)


def tokens_of(paragraph: Element) -> Tokens:
    """Take one ``w:p`` apart."""
    tokens = Tokens()
    _walk(paragraph, tokens, "")
    return tokens


def _walk(element: Element, tokens: Tokens, field_code: str) -> None:
    for below in element:
        name = NAMES[below.tag]
        if name == "w:r":
            _walk_run(below, below, tokens, field_code)
        elif name in _DELETED:
            text = deleted_text(below)
            if text:
                tokens.deleted.append(text)
        elif name == "w:sdt":
            content = child(below, "w:sdtContent")
            if content is not None:
                _walk(content, tokens, field_code)
        elif name == "mc:AlternateContent":
            branch = chosen(below)
            if branch is not None:
                _walk(branch, tokens, field_code)
        elif name == "w:fldSimple":
            _walk(below, tokens, value(below, "instr") or field_code)
        elif name == "m:t":
            if below.text:
                tokens.accepted.append(Token(below, element, below.text, field_code))
        elif name in _INLINE or name.startswith("m:"):
            _walk(below, tokens, field_code)


def _walk_run(element: Element, run: Element, tokens: Tokens, field_code: str) -> None:
    for below in element:
        name = NAMES[below.tag]
        if name == "w:t":
            if below.text:
                tokens.accepted.append(Token(below, run, below.text, field_code))
        elif name in _FIXED:
            tokens.accepted.append(Token(below, run, _FIXED[name], field_code))
        elif name in _SIGNALS:
            tokens.accepted.append(Token(below, run, "", field_code))
        elif name == "w:sym":
            tokens.accepted.append(Token(below, run, symbol(value(below, "font"), value(below, "char")), field_code))
        elif name == "w:delText":
            if below.text:
                tokens.deleted.append(below.text)
        elif name == "mc:AlternateContent":
            branch = chosen(below)
            if branch is not None:
                _walk_run(branch, run, tokens, field_code)
        elif name == "w:ruby":
            base = child(below, "w:rubyBase")
            if base is not None:
                _walk(base, tokens, field_code)


def deleted_text(element: Element) -> str:
    """All text inside a deleted piece, whatever it is made of."""
    pieces: list[str] = []
    for below in element.iter():
        name = NAMES[below.tag]
        if name in ("w:delText", "w:t", "m:t"):
            pieces.append(below.text or "")
        elif name in _FIXED and name != "w:tab":
            pieces.append(_FIXED[name])
        elif name == "w:tab" and name_of_parent(below) == "w:r":
            pieces.append("\t")
    return "".join(pieces).replace("\u00ad", "")


def name_of_parent(element: Element) -> str:
    """Short name of the parent; "" for a root."""
    parent = element.getparent()
    return "" if parent is None else name_of(parent)


def mark_is_deleted(paragraph: Element) -> bool:
    """Whether the mark that ends the paragraph is deleted or moved away (17.13.5.15)."""
    marks = child(child(paragraph, "w:pPr"), "w:rPr")
    return marks is not None and any(NAMES[below.tag] in _DELETED for below in marks)


def paragraph_group(paragraph: Element) -> list[Element]:
    """The paragraph and those that it runs on into because paragraph marks are deleted; the last one's mark stays."""
    group = [paragraph]
    while mark_is_deleted(group[-1]):
        following = _next_in_flow(group[-1])
        if following is None:
            break
        group.append(following)
    return group


def _next_in_flow(paragraph: Element) -> Element | None:
    """The paragraph right after this one in the same cell, text box or body; None when a table or the end comes."""
    current: Element | None = paragraph
    while current is not None:
        for after in current.itersiblings():
            name = NAMES[after.tag]
            if name == "w:p":
                return after
            if name not in _MARKERS:
                return _first_inside(after)
        parent = current.getparent()
        current = parent if parent is not None and NAMES[parent.tag] in ("w:sdtContent", "w:sdt") else None
    return None


def _first_inside(element: Element) -> Element | None:
    """First paragraph of a content control that begins with a paragraph."""
    content = child(element, "w:sdtContent") if name_of(element) == "w:sdt" else None
    for below in content if content is not None else ():
        name = NAMES[below.tag]
        if name == "w:p":
            return below
        if name not in _MARKERS:
            return _first_inside(below)
    return None


def count_revisions(body: Element) -> tuple[int, int]:
    """(inserted, deleted) tracked changes of text, paragraph marks, rows and cells.

    Neighbouring pieces of one author and moment are one change, as the reviewer of the file sees them; so is a
    paragraph mark that was changed together with words of its paragraph.
    """
    inserted = deleted = 0
    for change in _changes(body):
        if NAMES[change.tag] in ("w:ins", "w:moveTo", "w:cellIns"):
            inserted += 1
        else:
            deleted += 1
    return inserted, deleted


def _changes(body: Element) -> Iterator[Element]:
    for element in body.iter(*tags("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")):
        name = NAMES[element.tag]
        is_text = name in _INSERTED or name in _DELETED
        if name in ("w:cellIns", "w:cellDel") or (is_text and not _goes_on(element)):
            yield element


def _goes_on(change: Element) -> bool:
    """Whether this change is a part of another that is counted already, or marks no text at all."""
    parent = change.getparent()
    above = "" if parent is None else name_of(parent)
    if above == "w:rPr" and parent is not None:
        return _mark_goes_on(change, parent)
    if above == "w:numPr":
        return True
    if above != "w:trPr" and _in_changed_row(change):
        return True
    before = next((each for each in change.itersiblings(preceding=True) if NAMES[each.tag] not in _MARKERS), None)
    return before is not None and _same(before, change)


def _mark_goes_on(change: Element, properties: Element) -> bool:
    """A changed paragraph mark is its own change unless words of its paragraph were changed along with it."""
    if name_of_parent(properties) != "w:pPr":
        return True  # a property of characters, not a mark
    if _in_changed_row(change):
        return True
    paragraph = properties.getparent().getparent()  # type: ignore[union-attr]
    return paragraph is not None and any(_same(each, change) for each in paragraph)


def _in_changed_row(change: Element) -> bool:
    row = next((above for above in change.iterancestors() if NAMES[above.tag] == "w:tr"), None)
    properties = child(row, "w:trPr")
    return properties is not None and any(_same(each, change) for each in properties)


def _same(left: Element, right: Element) -> bool:
    return (
        NAMES[left.tag] == NAMES[right.tag]
        and value(left, "author") == value(right, "author")
        and value(left, "date") == value(right, "date")
    )
