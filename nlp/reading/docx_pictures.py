"""Pictures in a Word file that carry text: a scanned act pasted into the document is read where it stands.

Reads: the pictures of a paragraph. Writes: blocks of text for its place. Emblems, signatures and other small pictures
are left aside by the size at which they are shown; a large one is recognised, and left aside if it holds no text.
ISO/IEC 29500-1, 20.4 (drawings); Part 4, 19 (VML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.docx_package import Package
from nlp.reading.ocr_images import opened, picture_at
from nlp.reading.ocr_page import Recogniser
from nlp.reading.ocr_quality import Quality
from nlp.reading.ocr_words import ScannedPage
from nlp.reading.ooxml import Element, name_of
from nlp.reading.pdf_pages import Pages
from nlp.reading.pdf_tables import take_tables
from nlp.reading.source import BlockKind, BlockStyle, Notice

_DRAWING = ("{http://schemas.openxmlformats.org/drawingml/2006/main}", "{http://purl.oclc.org/ooxml/drawingml/main}")
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_BLIPS = tuple(space + "blip" for space in _DRAWING)
_ASIDE = frozenset({"w:del", "w:moveFrom", "w:txbxContent"})
_EMU = 914_400.0  # in an inch
_LEAST_WIDTH, _LEAST_HEIGHT = 3.0, 1.0  # inches: smaller ones are emblems, signatures, stamps
_LEAST_WORDS = 12  # fewer are captions of a drawing
_PT = 72.0
_STYLE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,5}(?:\.\d{1,6})?)(pt|in|cm|mm|px)?")
_UNITS = {"pt": 1 / _PT, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "px": 1 / 96, "": 1 / 96}


@dataclass(frozen=True, slots=True)
class PictureText:
    """One paragraph of text from a picture."""

    text: str
    kind: BlockKind
    style: BlockStyle


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture as it is shown: its relationship, its size in inches."""

    relation: str
    width: float
    height: float


class Pictures:
    """The pictures of one Word file; each is recognised once, however often it is shown."""

    def __init__(self, package: Package, recogniser: Recogniser, limits: Limits) -> None:
        self._package = package
        self._recogniser = recogniser
        self._limits = limits
        self._texts: dict[str, list[PictureText]] = {}
        self._read = 0
        self._unread = 0
        self._mended = 0
        self._poor: list[tuple[int, Quality]] = []

    def texts(self, paragraph: Element) -> Iterator[PictureText]:
        """What the pictures of a paragraph say, in order."""
        for shown in _pictures(paragraph):
            if shown.width < _LEAST_WIDTH or shown.height < _LEAST_HEIGHT:
                continue
            if shown.relation not in self._texts:
                self._texts[shown.relation] = self._recognised(shown)
            yield from self._texts[shown.relation]

    def _recognised(self, shown: _Shown) -> list[PictureText]:
        data = self._package.picture(shown.relation)
        if data is None:
            return []
        scanned = None if self._recogniser.full else self._scanned(data, shown)
        if scanned is None:
            self._unread += 1
            return []
        if scanned.quality.words < _LEAST_WORDS or scanned.quality.hopeless:
            return []
        self._read += 1
        self._mended += scanned.mended
        if scanned.quality.poor:
            self._poor.append((self._read, scanned.quality))
        pages = Pages(1, self._limits)
        pages.take(1, scanned.words, take_tables(scanned.grids, scanned.words))
        source = pages.finish("", "image")
        return [PictureText(source.text[b.start : b.end], b.kind, b.style) for b in source.blocks]

    def _scanned(self, data: bytes, shown: _Shown) -> ScannedPage | None:
        try:
            with opened(data, self._limits) as image:
                picture = picture_at(image, 0, self._limits, image.width / shown.width)
        except ReadingError:  # another format, damaged, too large
            return None
        return None if picture is None else self._recogniser.page(picture)

    def error(self) -> ReadingError | None:
        """What to tell of a file that holds nothing but pictures that could not be read."""
        return (self._recogniser.missing or self._recogniser.failure) if self._unread else None

    def notices(self) -> Iterator[Notice]:
        """What the user should know."""
        if self._read:
            yield Notice("reading.images_recognised", (("count", str(self._read)), ("mended", str(self._mended))))
        for number, quality in self._poor:
            yield Notice("reading.ocr_poor_image", (("number", str(number)), *quality.shares))
        if self._unread and self._recogniser.missing:
            packages = str(self._recogniser.missing.params["packages"])
            yield Notice("reading.images_ocr_missing", (("count", str(self._unread)), ("packages", packages)))
        elif self._unread:
            yield Notice("reading.images_not_read", (("count", str(self._unread)),))


def _pictures(paragraph: Element) -> Iterator[_Shown]:
    """Pictures of a paragraph that are not deleted and not in a text box; of two copies of one the newer."""
    for element in paragraph.iter(*_BLIPS, _IMAGE_DATA):
        above = _above(element, paragraph)
        names = {name_of(each) for each in above}
        if names & _ASIDE or ("mc:Fallback" in names and _has_choice(above)):
            continue
        vector = element.tag == _IMAGE_DATA
        attribute = "id" if vector else "embed"
        relation = next((found for space in _RELATIONS if (found := element.get(space + attribute))), "")
        width, height = _vml_size(above) if vector else _drawing_size(above)
        if relation:
            yield _Shown(relation, width, height)


def _above(element: Element, paragraph: Element) -> list[Element]:
    found: list[Element] = []
    for each in element.iterancestors():
        if each is paragraph:
            break
        found.append(each)
    return found


def _has_choice(above: list[Element]) -> bool:
    """Whether a drawing stands in the choice beside the fallback that holds this picture."""
    alternate = next(each for each in above if name_of(each) == "mc:AlternateContent")
    return any(next(branch.iter(*_BLIPS), None) is not None for branch in alternate if name_of(branch) == "mc:Choice")


def _drawing_size(above: list[Element]) -> tuple[float, float]:
    for each in above:
        for below in each:
            if isinstance(below.tag, str) and below.tag.rpartition("}")[2] == "extent":
                try:
                    return int(below.get("cx", "0")[:12]) / _EMU, int(below.get("cy", "0")[:12]) / _EMU
                except ValueError:
                    return 0.0, 0.0
    return 0.0, 0.0


def _vml_size(above: list[Element]) -> tuple[float, float]:
    for each in above:
        sizes = {name: float(figure) * _UNITS[unit] for name, figure, unit in _STYLE.findall(each.get("style") or "")}
        if len(sizes) == 2:
            return sizes["width"], sizes["height"]
    return 0.0, 0.0
