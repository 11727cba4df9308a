"""A web page, or a page saved with its pictures (MHTML) → SourceText.

Reads: bytes of a page as legal databases and browsers save it. Writes: ``SourceText``. ``Segment.source`` counts
characters of the page as it is printed: its paragraphs one after another, parted by line ends.
"""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.assembly import Assembly, Paragraph
from nlp.reading.html_flow import Flow, Printed
from nlp.reading.html_tree import decode_page, parse_page
from nlp.reading.joining import starts_heading
from nlp.reading.source import BlockKind, BlockStyle, Notice, SourceText

_LONGEST_HEADING = 400


def read_html(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """Read a page. Nothing is fetched that it refers to.

    Set aside with their reasons: menus and the like (``data/html.yaml``), tables of contents made of links, notes at
    the foot, deleted text (``del``), hidden text with the notice ``reading.hidden_text`` {characters}, editors' notes.
    Tracked changes (``ins``, ``del``) are told by ``reading.tracked_changes`` {inserted, deleted}.

    Raises ``ReadingError``: ``reading.not_text``, ``reading.empty``, ``reading.too_long``, ``reading.too_deep``,
    ``reading.table_too_large``.
    """
    return _read(decode_page(data), name, limits or Limits())


def read_mhtml(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """Read the page that an MHTML archive holds; errors as those of ``read_html``, no page: ``reading.empty``."""
    limits = limits or Limits()
    for number, part in enumerate(message_from_bytes(data).walk()):
        if number >= limits.archive_members:
            raise ReadingError("reading.archive_bomb", found=number, limit=limits.archive_members)
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return _read(decode_page(_content(part), part.get_content_charset() or ""), name, limits)
    raise ReadingError("reading.empty")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _read(text: str, name: str, limits: Limits) -> SourceText:
    flow = Flow(parse_page(text, limits), limits)
    page = "\n".join(printed.text for printed in flow.printed)
    if len(page) > limits.text_characters:
        raise ReadingError("reading.too_long", characters=len(page), limit=limits.text_characters)
    assembly = Assembly(page, limits)
    at = 0
    for printed in flow.printed:
        assembly.add(_paragraph(printed, at))
        at += len(printed.text) + 1
    for dropped in flow.dropped:
        assembly.set_aside(dropped)
    source = assembly.source("html", name, notices=tuple(_notices(flow)), inserted=flow.inserted, deleted=flow.deleted)
    if not source.blocks:
        raise ReadingError("reading.empty")
    return source


def _paragraph(printed: Printed, start: int) -> Paragraph:
    style = BlockStyle(
        bold=printed.bold or bool(printed.heading),
        centered=printed.align == "center",
        right=printed.align == "right",
        outline_level=printed.heading - 1,
        column=printed.column,
    )
    span = (start, start + len(printed.text))
    return Paragraph([span], [], printed.place, _kind(printed), style, printed.label)


def _kind(printed: Printed) -> BlockKind:
    if printed.place.table >= 0:
        return BlockKind.CELL
    text = printed.text.strip()
    if printed.heading or (
        len(text) <= _LONGEST_HEADING and not text.endswith((";", ":", ".")) and (printed.bold or starts_heading(text))
    ):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _notices(flow: Flow) -> list[Notice]:
    notices: list[Notice] = []
    if flow.inserted or flow.deleted:
        changes = (("inserted", str(flow.inserted)), ("deleted", str(flow.deleted)))
        notices.append(Notice("reading.tracked_changes", changes))
    if flow.hidden:
        notices.append(Notice("reading.hidden_text", (("characters", str(flow.hidden)),)))
    return notices
