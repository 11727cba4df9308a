"""Names of Akoma Ntoso for the units of acts of Kazakhstan, and eIds by its naming convention.

The elements: часть кодекса ``part``, раздел ``section``, подраздел ``subsection``, глава ``chapter``, параграф главы
``subchapter``, статья ``article``, пункт ``paragraph``, подпункт ``subparagraph``, часть статьи or of a пункт
``alinea`` (it is counted, its number is not printed), абзац ``indent``. What the vocabulary has no word for is an
``hcontainer`` that says its name.
"""

from __future__ import annotations

import re

from nlp.structure.act import Unit, UnitKind
from nlp.structure.operations import Step

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:saraptama:akn:1"  # attributes and annotations of our own

ELEMENTS = {
    UnitKind.PART: "part",
    UnitKind.SECTION: "section",
    UnitKind.SUBSECTION: "subsection",
    UnitKind.CHAPTER: "chapter",
    UnitKind.PARAGRAPH: "subchapter",
    UnitKind.ARTICLE: "article",
    UnitKind.POINT: "paragraph",
    UnitKind.SUBPOINT: "subparagraph",
    UnitKind.CLAUSE: "alinea",
    UnitKind.INDENT: "indent",
}
CONTAINER = "hcontainer"
# Akoma Ntoso Naming Convention 1.0, 5: short names of elements in eIds; the others stand as they are.
_SHORT = {
    "section": "sec",
    "subsection": "subsec",
    "chapter": "chp",
    "subchapter": "subchp",
    "article": "art",
    "paragraph": "para",
    "subparagraph": "subpara",
    "alinea": "al",
    "attachment": "att",
    "quotedStructure": "qstr",
    "quotedText": "qtext",
}
_UNFIT = re.compile(r"[^\w¹²³⁰⁴-⁹-]+")  # of a number in an eId, which also stands in references


class Ids:
    """eIds of one file; all differ."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def numbered(self, prefix: str, element: str, number: str) -> str:
        """The eId of a unit: with its own number, else with its place among those of its name."""
        fit = _UNFIT.sub("", number)
        return self._free(_joined(prefix, f"{short(element)}_{fit}")) if fit else self.counted(prefix, element)

    def counted(self, prefix: str, element: str) -> str:
        """The eId of an element of which there are several (``art_1__p_2``)."""
        start = _joined(prefix, short(element))
        while True:
            self._counts[start] = self._counts.get(start, 0) + 1
            wanted = f"{start}_{self._counts[start]}"
            if wanted not in self._taken:
                return self._free(wanted)

    def only(self, prefix: str, element: str) -> str:
        """The eId of an element that is there once (``art_1__heading``)."""
        return self._free(_joined(prefix, short(element)))

    def _free(self, wanted: str) -> str:
        given, times = wanted, 1
        while given in self._taken:
            times += 1
            given = f"{wanted}_{times}"
        self._taken.add(given)
        return given


def short(element: str) -> str:
    """The short name of an element in eIds."""
    return _SHORT.get(element, element)


def element_of(unit: Unit) -> str:
    """The element of a unit in a hierarchy."""
    return ELEMENTS.get(unit.kind, CONTAINER)


def container_name(unit: Unit) -> str:
    """What an ``hcontainer`` of this unit says it is: a note of an act, a task, a table …"""
    if unit.kind is not UnitKind.TEXT:
        return unit.kind.value
    last = unit.address.rsplit("__", 1)[-1].split("_")[0]
    return "note" if last == "note" else unit.role.value


def path_id(steps: tuple[Step, ...]) -> str:
    """The eId that a path into another act would have there; "" where a step has no element."""
    made = []
    for step in steps:
        element = ELEMENTS.get(step.kind) if isinstance(step.kind, UnitKind) else None
        number = _UNFIT.sub("", step.number)
        if element is None or not number:
            return ""
        made.append(f"{short(element)}_{number}")
    return "__".join(made)


def _joined(prefix: str, step: str) -> str:
    return f"{prefix}__{step}" if prefix else step
