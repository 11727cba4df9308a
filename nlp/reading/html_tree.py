"""Bytes of a web page → a tree of elements. Nothing is ever fetched: the parser has no network and loads no files.

Reads: bytes. Writes: the root element. HTML Living Standard, 13.2.3 (the encoding of a page).
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.encoding import decode

Element = etree._Element

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 8192
_WIDE = 0.2  # of the bytes are zero: UTF-16
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*(?:[\"']\s*)?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>|&[#\w]{1,10};", re.DOTALL | re.IGNORECASE)
# Kazakh pages say windows-1251 and mean its Kazakh variant; the two differ in no letter of Russian.
_CODECS = {
    "windows-1251": "kz1048",
    "cp1251": "kz1048",
    "kz-1048": "kz1048",
    "strk1048-2002": "kz1048",
    "rk1048": "kz1048",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    "cp866": "cp866",
    "iso-8859-5": "iso8859-5",
}
_NOT_IN_A_TREE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode_page(data: bytes, charset: str = "") -> str:
    """Characters of a page. ``charset`` is what came with the page from outside (a part of an MHTML archive).

    A mark of the byte order is believed first, then bytes that are UTF-8, then the page, then the letters themselves.
    Raises ``ReadingError`` ``reading.not_text``.
    """
    sample = data[:_SAMPLE]
    if not data.startswith(_MARKS) and sample.count(b"\0") < _WIDE * len(sample):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        declared = charset.encode("ascii", "ignore") or _declared(data)
        codec = _CODECS.get(declared.decode().lower())
        if codec and codec != "utf-8":
            return data.decode(codec, "replace")
        # Tags are Latin and would drown the letters that tell the encoding.
        _, codec = decode(_TAGS.sub(b" ", data))
        return data.decode(codec, "replace")
    return decode(data)[0]


def _declared(data: bytes) -> bytes:
    match = _DECLARED.search(data[:_SAMPLE])
    return match.group(1) if match else b""


def parse_page(text: str, limits: Limits) -> Element:
    """The tree of a page; faults of its markup are mended as browsers do.

    Raises ``ReadingError``: ``reading.empty``, ``reading.too_deep`` above ``limits.xml_depth`` levels.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(_NOT_IN_A_TREE.sub(" ", text).encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ReadingError("reading.empty")
    _refuse_depth(root, limits)
    return root


def text_of(element: Element) -> str:
    """All text inside an element, as it stands."""
    return "".join(str(piece) for piece in element.itertext())


def _refuse_depth(root: Element, limits: Limits) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.xml_depth:
            raise ReadingError("reading.too_deep", part="HTML", limit=limits.xml_depth)
