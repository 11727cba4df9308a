"""Names and values of WordprocessingML, in both its dialects: Transitional (Word, LibreOffice) and Strict.

Reads: elements of lxml. Writes: short names (``w:p``) and plain values. ISO/IEC 29500-1 and -4.
"""

from __future__ import annotations

from lxml.etree import _Element

Element = _Element

_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
_TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TRUE = frozenset({"1", "true", "on"})


def tags(*locals_: str) -> tuple[str, ...]:
    """Clark names of ``w:`` elements in both dialects, for ``iter``."""
    return tuple(space + local for local in locals_ for space in (_TRANSITIONAL, _STRICT))


PARAGRAPH_TAGS = tags("p")
TEXT_BOX_TAGS = tags("txbxContent")


class _Names(dict[object, str]):
    """Clark name → short name; "" for a name of a namespace that carries no text of the document."""

    def __missing__(self, tag: object) -> str:
        short = ""
        if isinstance(tag, str) and tag.startswith("{"):
            space, _, local = tag[1:].partition("}")
            prefix = _SPACES.get(space)
            short = prefix + local if prefix else ""
        self[tag] = short
        return short


NAMES = _Names()


def name_of(element: Element) -> str:
    """Short name of an element: ``w:p``, ``m:t``, ``mc:Choice``; "" for names of other namespaces."""
    return NAMES[element.tag]


def child(element: Element | None, name: str) -> Element | None:
    """First direct child with this short name; None for a missing element too, so that calls can be chained."""
    if element is None:
        return None
    for below in element:
        if NAMES[below.tag] == name:
            return below
    return None


def value(element: Element | None, attribute: str = "val") -> str | None:
    """Value of a ``w:`` attribute; None when the element or the attribute is missing."""
    if element is None:
        return None
    found = element.get(_TRANSITIONAL + attribute)
    return found if found is not None else element.get(_STRICT + attribute)


def number(element: Element | None, attribute: str = "val", *, low: int = 0, high: int = 2_147_483_647) -> int | None:
    """Whole number in an attribute, held between ``low`` and ``high``; None when it is missing or no number."""
    raw = value(element, attribute)
    if raw is None:
        return None
    try:
        return min(max(int(raw[:12]), low), high)
    except ValueError:
        return None


def switched(element: Element | None) -> bool | None:
    """An on/off property (ISO 29500-1, 17.17.4): None when absent, True when it has no value."""
    if element is None:
        return None
    raw = value(element)
    return raw is None or raw.lower() in _TRUE


def chosen(alternate: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` that is read: the first choice with text, else the fallback.

    Word and LibreOffice store a text box twice (DrawingML choice, VML fallback); reading both would double the text.
    """
    choices = [below for below in alternate if NAMES[below.tag] == "mc:Choice"]
    fallback = child(alternate, "mc:Fallback")
    for branch in choices:
        if any(NAMES[below.tag] in _TEXT_BEARING for below in branch.iter()):
            return branch
    if fallback is not None:
        return fallback
    return choices[0] if choices else None


_TEXT_BEARING = frozenset({"w:t", "w:delText", "w:sym", "m:t"})
