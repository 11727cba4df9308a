"""A picture of a page: grey pixels, their density, and where each pixel lies on the page.

Reads: an open PDF page, or rows of grey pixels. Writes: ``Picture``; turning it and setting it straight keep the way
back to the page's own space, so that every recognised word has its box there.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from nlp.reading.pdf_document import OpenPage

Pixels = npt.NDArray[np.uint8]
Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + b·y + c, y' = d·x + e·y + f."""

_POINTS = 72.0  # in an inch
_LEAST_DPI = 50
_WHITE = 255
_CHANNELS = 4
_THINNED = 8  # every eighth pixel tells what paper it is
_COLOURED = 40  # between the channels of one pixel
_BLACK = 0.4  # of the paper's lightness: black ink under a stamp stays, whatever its tinge
_COLOURED_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Picture:
    """``pixels``: rows from the top down, 0 black and 255 white; ``to_page``: pixel → point of the page's own space."""

    pixels: Pixels
    dpi: float
    to_page: Affine

    @property
    def width(self) -> int:
        """Pixels in a row."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def points(self) -> float:
        """Points in a pixel."""
        return _POINTS / self.dpi

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The upright box on the page around a box of pixels."""
        corners = [_apply(self.to_page, x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def turned(self, quarters: int) -> Picture:
        """Turned by quarters against the clock."""
        width, height = self.width, self.height
        back: Affine = (
            (1, 0, 0, 0, 1, 0),
            (0, -1, width, 1, 0, 0),
            (-1, 0, width, 0, -1, height),
            (0, 1, 0, -1, 0, height),
        )[quarters % 4]
        pixels = np.ascontiguousarray(np.rot90(self.pixels, quarters % 4))
        return Picture(pixels, self.dpi, _after(self.to_page, back))

    def leaned(self, degrees: float) -> Picture:
        """Turned by a small angle against the clock around its middle; what comes in at the edges is white."""
        from PIL import Image

        middle_x, middle_y = self.width / 2, self.height / 2
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        back: Affine = (
            *(cos, -sin, middle_x - cos * middle_x + sin * middle_y),
            *(sin, cos, middle_y - sin * middle_x - cos * middle_y),
        )
        image = Image.fromarray(self.pixels)
        turned = image.transform(image.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC, fillcolor=_WHITE)
        return Picture(np.asarray(turned), self.dpi, _after(self.to_page, back))

    def scaled(self, factor: float) -> Picture:
        """With more or fewer pixels of the same page."""
        return self.resized(max(round(self.width * factor), 1), max(round(self.height * factor), 1))

    def resized(self, width: int, height: int) -> Picture:
        """With ``width`` times ``height`` pixels of the same page."""
        from PIL import Image

        resampling = Image.Resampling.BICUBIC if width > self.width else Image.Resampling.BOX
        resized = Image.fromarray(self.pixels).resize((width, height), resampling)
        across, down = self.width / width, self.height / height
        to_page = _after(self.to_page, (across, 0, 0, 0, down, 0))
        return Picture(np.asarray(resized), self.dpi / across, to_page)


def picture_of(pixels: Pixels, dpi: float) -> Picture:
    """A picture that is a page of its own: its lower left corner is the origin."""
    points = _POINTS / dpi
    return Picture(pixels, dpi, (points, 0, 0, 0, -points, pixels.shape[0] * points))


def rendered(page: OpenPage, dpi: float, most_pixels: int) -> Picture:
    """A PDF page as it is shown, in grey; above ``most_pixels`` with fewer dots to the inch."""
    coloured, density, to_page = drawn(page, dpi, most_pixels)
    return Picture(grey_of(coloured), density, to_page)


def drawn(page: OpenPage, dpi: float, most_pixels: int) -> tuple[Pixels, float, Affine]:
    """A PDF page as it is shown: its pixels (blue, green, red), their density, the way back to the page's own space.

    Above ``most_pixels`` it has fewer dots to the inch.
    """
    width = float(pdfium.FPDF_GetPageWidthF(page.page))
    height = float(pdfium.FPDF_GetPageHeightF(page.page))
    area = max(width * height / _POINTS**2, 1e-6)  # square inches
    density = max(min(dpi, math.sqrt(most_pixels / area)), 1e-3)
    across = min(max(int(width * density / _POINTS), 1), most_pixels)
    down = min(max(int(height * density / _POINTS), 1), max(most_pixels // across, 1))
    buffer = (ctypes.c_ubyte * (across * down * _CHANNELS))()
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGRx, buffer, across * _CHANNELS)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page.page, 0, 0, across, down, 0, pdfium.FPDF_ANNOT)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    coloured: Pixels = np.frombuffer(bytes(buffer), np.uint8).reshape(down, across, _CHANNELS)[:, :, :3]
    return coloured, density, _page_matrix(page, across, down)


def grey_of(coloured: Pixels) -> Pixels:
    """Three channels → grey, coloured ink made paper: stamps and signatures are blue or red, text is black.

    Where more than a quarter of the ink has a colour, colours are how the text is printed, and all of it is kept.
    """
    low: Pixels = coloured.min(axis=2)
    high: Pixels = coloured.max(axis=2)
    paper = int(np.percentile(high[::_THINNED, ::_THINNED], 80))
    ink = low < paper // 2
    vivid = high - low > _COLOURED
    if int((vivid & ink).sum()) > _COLOURED_SHARE * max(int(ink.sum()), 1):
        return low
    high[vivid & (high > _BLACK * paper)] = paper
    return high


def _page_matrix(page: OpenPage, across: int, down: int) -> Affine:
    """Pixel of the shown page → the page's own space."""

    def at(x: int, y: int) -> tuple[float, float]:
        px, py = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(page.page, 0, 0, across, down, 0, x, y, px, py)
        return px.value, py.value

    origin, right, below = at(0, 0), at(across, 0), at(0, down)
    return (
        *((right[0] - origin[0]) / across, (below[0] - origin[0]) / down, origin[0]),
        *((right[1] - origin[1]) / across, (below[1] - origin[1]) / down, origin[1]),
    )


def _apply(matrix: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + b * y + c, d * x + e * y + f


def _after(outer: Affine, inner: Affine) -> Affine:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + b * j, a * h + b * k, a * i + b * m + c, d * g + e * j, d * h + e * k, d * i + e * m + f)
