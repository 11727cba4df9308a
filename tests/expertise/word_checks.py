"""What tests look at in a commented file: the anchored words, and the file as it was without our comments."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

from lxml import etree

from expertise.documents.ooxml import W, archive
from nlp.reading.ooxml import name_of, value
from nlp.reading.revisions import body_paragraphs, tokens_of

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "{more}</Types>"
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{more}</Relationships>'
)
_RELATION = (
    '<Relationship Id="{id}" Target="{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
)


def word_file(body: str, comments: str = "", namespace: str = W) -> bytes:
    """A Word file around the content of ``w:body``, with a comments part when ``comments`` is given."""
    spaces = (
        f'xmlns:w="{namespace}" xmlns:r="urn:r" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    spaces += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": _TYPES.format(
            more='<Override PartName="/word/comments.xml" ContentType="x/y"/>' if comments else ""
        ),
        "_rels/.rels": _RELATIONS.format(
            more=_RELATION.format(id="rId1", target="word/document.xml", kind="officeDocument")
        ),
        "word/document.xml": f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELATIONS.format(
            more=_RELATION.format(id="rId1", target="comments.xml", kind="comments") if comments else ""
        ),
        "word/media/image1.bin": "\x00\x01 not XML",
    }
    if comments:
        parts["word/comments.xml"] = f"{head}<w:comments {spaces}>{comments}</w:comments>"
    return archive((name, words.encode()) for name, words in parts.items())


def part(data: bytes, name: str) -> etree._Element:
    """Root of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return etree.fromstring(opened.read(name))


def parts(data: bytes) -> dict[str, bytes]:
    """All parts, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def anchored(data: bytes) -> dict[int, str]:
    """Comment id → the accepted words between its anchors, paragraphs joined by a line feed."""
    root = part(data, "word/document.xml")
    found: dict[int, list[str]] = {}
    closed: set[int] = set()
    for paragraph in body_paragraphs(root):
        texts = {token.node: token.text for token in tokens_of(paragraph).accepted}
        for element in paragraph.iter():
            name = name_of(element)
            if name == "w:commentRangeStart":
                found[int(value(element, "id") or -1)] = []
            elif name == "w:commentRangeEnd":
                closed.add(int(value(element, "id") or -1))
            elif element in texts:
                for comment, words in found.items():
                    if comment not in closed:
                        words.append(texts[element])
        for comment, words in found.items():
            if comment not in closed:
                words.append("\n")
    assert closed == set(found)
    return {comment: "".join(words) for comment, words in found.items()}


def without_our_comments(root: etree._Element, first: int) -> bytes:
    """The document without anchors of comments numbered from ``first``, runs of equal properties joined again."""
    copy = deepcopy(root)
    for element in list(copy.iter()):
        if name_of(element) in ("w:commentRangeStart", "w:commentRangeEnd") and _number(element) >= first:
            _cut(element)
        elif name_of(element) == "w:commentReference" and _number(element) >= first:
            _cut(element.getparent())
    return joined(copy)


def joined(root: etree._Element) -> bytes:
    """Canonical form in which neighbouring runs (and their texts) of equal properties are one."""
    copy = deepcopy(root)
    for run in [element for element in copy.iter() if name_of(element) == "w:r"]:
        before = run.getprevious()
        if before is not None and name_of(before) == "w:r" and _look(before) == _look(run) and not before.tail:
            for child in [below for below in run if name_of(below) != "w:rPr"]:
                before.append(child)
            before.tail = run.tail
            run.getparent().remove(run)
    for words in [element for element in copy.iter() if name_of(element) == "w:t"]:
        words.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        before = words.getprevious()
        if before is not None and name_of(before) == "w:t":
            before.text = (before.text or "") + (words.text or "")
            words.getparent().remove(words)
    return etree.tostring(copy, method="c14n")


def _look(run: etree._Element) -> tuple[object, ...]:
    properties = next((below for below in run if name_of(below) == "w:rPr"), None)
    shown = b"" if properties is None else etree.tostring(properties, method="c14n", with_tail=False)
    return (sorted(run.attrib.items()), shown)


def _number(element: etree._Element) -> int:
    return int(value(element, "id") or -1)


def _cut(element: etree._Element) -> None:
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
