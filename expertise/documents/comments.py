"""The draft itself with Word comments at the flagged words.

Reads: the bytes of the draft, the reports on it. Writes: the same file with comments added; text, formatting and
tracked changes stay as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from expertise.documents.anchors import Anchor, place_anchors
from expertise.documents.docx_rewrite import WordFile
from expertise.documents.listing import Issued, Listed, listed
from expertise.documents.notes import Names, again, explained_lines
from expertise.documents.ooxml import Element, Maker
from expertise.documents.words import Words, words
from nlp.detection.finding import Mark
from nlp.errors import ReadingError
from nlp.examination import TextReport
from nlp.limits import Limits
from nlp.reading.ooxml import name_of, value
from nlp.reading.revisions import body_paragraphs
from nlp.reading.source import Block, Notice, SourceText
from nlp.result import blocks_of

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENT_TAGS = frozenset({"w:comment", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"})


@dataclass(frozen=True, slots=True)
class _Comment:
    """One comment to write: where it begins and ends (paragraph, offset) and its paragraphs of (text, bold)."""

    start: tuple[int, int]
    end: tuple[int, int]
    lines: tuple[tuple[str, bool], ...]


def comments_notice(source: SourceText) -> Notice | None:
    """Why the draft cannot carry notes at its words, None when it can: Word files, PDF and images have them."""
    if source.format in ("docx", "pdf", "image") or source.converted:
        return None
    return Notice("documents.no_comments", (("file", source.name),))


def commented_draft(
    data: bytes,
    reports: Iterable[TextReport],
    language: str,
    factor_names: Names,
    date: str | None = None,
    limits: Limits | None = None,
    issued: Issued | None = None,
) -> bytes:
    """The draft (DOCX, or the one made of DOC, RTF or ODT) with a comment by «Saraptama» at every mark of its findings.

    The first mark of a finding carries the explanation, risk and proposed wording, its further marks refer to it; the
    numbers are those of the preliminary check. Reports on other files are passed over (by ``sha256``). ``date``
    (ISO 8601) is written into the comments when given, so that equal input gives equal bytes. Same file in, same
    file out when there is nothing to say. ``issued``: the notes are those of a conclusion.

    Raises ``ReadingError``: ``documents.no_comments`` for a text that is not of a Word file,
    ``documents.other_file`` when no report is on this file, and the codes of the DOCX reader.
    """
    mine = _on_this_file(data, tuple(reports))
    said = words(language)
    file = WordFile(data, limits or Limits())
    root = file.main_part()
    paragraphs = body_paragraphs(root)
    comments = [
        comment for report in mine for comment in _comments(report, said, factor_names, len(paragraphs), issued)
    ]
    if not comments:
        return data
    maker = Maker(etree.QName(root).namespace or "")
    path = file.related("comments")
    part = file.part(path) if path else None
    first = _free_id(root, part)
    place_anchors(paragraphs, _anchors(comments, first), maker)
    file.replace(file.main, root)
    target = part if part is not None else maker.make("comments")
    target.extend(_element(number, comment, said, maker, date) for number, comment in enumerate(comments, start=first))
    if path is None:
        path = _beside(file.main, "comments.xml")
        file.relate("comments", path, _CONTENT_TYPE)
    file.replace(path, target)
    return file.save()


def _on_this_file(data: bytes, reports: Sequence[TextReport]) -> list[TextReport]:
    sha256 = hashlib.sha256(data).hexdigest()
    mine = [report for report in reports if _places_of(report.act.source) in ("", sha256)]
    if reports and not mine:
        raise ReadingError("documents.other_file", file=", ".join(report.act.source.name for report in reports))
    for report in mine:
        if report.act.source.format != "docx" and not report.act.source.converted:
            raise ReadingError("documents.no_comments", file=report.act.source.name)
    return mine


def _places_of(source: SourceText) -> str:
    """The sha256 of the file in which the places of a text are: the Word file made of a DOC, RTF or ODT, or itself."""
    return source.converted or source.sha256


def _beside(main: str, name: str) -> str:
    folder, slash, _ = main.rpartition("/")
    return folder + slash + name


def _free_id(root: Element, part: Element | None) -> int:
    """The first id above all that comments of this file use anywhere."""
    trees = [root] if part is None else [root, part]
    used = [
        int(found)
        for tree in trees
        for element in tree.iter()
        if name_of(element) in _COMMENT_TAGS and (found := value(element, "id") or "").isdecimal()
    ]
    return max(used, default=-1) + 1


def _anchors(comments: Sequence[_Comment], first: int) -> Iterator[Anchor]:
    for number, comment in enumerate(comments, start=first):
        yield Anchor(number, *comment.start, opens=True)
        yield Anchor(number, *comment.end, opens=False)


def _comments(
    report: TextReport, said: Words, names: Names, paragraphs: int, issued: Issued | None
) -> Iterator[_Comment]:
    source = report.act.source
    restricted = report.act.requisites.restricted.strip()
    made = [
        comment
        for entry in listed(report, issued)
        for comment in _of_finding(entry, source, said, names, restricted, issued)
    ]
    for comment in sorted(made, key=lambda comment: (comment.start, comment.end)):
        if comment.end[0] < paragraphs:
            yield comment


def _of_finding(
    entry: Listed, source: SourceText, said: Words, names: Names, restricted: str, issued: Issued | None
) -> Iterator[_Comment]:
    explained = ""
    for mark in entry.finding.marks:
        span = _original(mark, source)
        if span is None:
            continue
        first = explained_lines(entry, said, names, restricted, issued)
        lines = again(entry, explained, said) if explained else first
        explained = explained or mark.quote
        yield _Comment(*span, tuple(lines))


def _original(mark: Mark, source: SourceText) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The mark in the file: from (paragraph, offset) to (paragraph, offset).

    Words that the reader made (an automatic number) are not in the file: the anchor stands at the block's first own
    character. Word keeps a comment inside one cell, so a mark over several cells is shown in its first.
    """
    blocks = blocks_of(mark, source)
    if not blocks:
        return None
    same = [block for block in blocks if _container(block) == _container(blocks[0])]
    first, last = same[0], same[-1]
    start = first.original_span(mark.start, mark.end) or _first_character(first)
    end = last.original_span(mark.start, mark.end) or _first_character(last)
    return (first.place.paragraph, start[0]), (last.place.paragraph, end[1])


def _container(block: Block) -> tuple[int, int, int]:
    return (block.place.table, block.place.row, block.place.column)


def _first_character(block: Block) -> tuple[int, int]:
    source = block.segments[0].source if block.segments else 0
    return source, source + 1


def _element(number: int, comment: _Comment, said: Words, maker: Maker, date: str | None) -> Element:
    attributes = {"id": number, "author": said.say("comment.author"), "initials": said.say("comment.initials")}
    if date is not None:
        attributes["date"] = date
    element = maker.make("comment", **attributes)
    for index, (line, strong) in enumerate(comment.lines):
        language = maker.make("lang", val=said.say("locale"))
        properties = maker.make("rPr", maker.make("b") if strong else None, maker.make("sz", val=20), language)
        mark = maker.make("r", maker.make("annotationRef")) if index == 0 else None
        element.append(maker.make("p", mark, maker.run(line, properties)))
    return element
