"""How far a scanned page leans, from its own lines.

Reads: grey pixels. Writes: degrees. Lines of text make dark and light bands; the angle under which the bands are
sharpest is that of the lines (projection profiles).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nlp.reading.ocr_picture import Picture, Pixels

_WIDEST = 5.0  # degrees
_COARSE, _FINE = 0.25, 0.05
_WORKING_DPI = 75
_MOST_POINTS = 60_000
_LEAST_POINTS = 300
_WORTHWHILE = 0.15  # degrees: less is left alone
_PEAK = 3.0  # times the sharpness under the usual angle: no lines without a peak
_SHARPER = 1.03  # times the sharpness of the page as it is


def straightened(picture: Picture) -> Picture:
    """The picture with level lines; the same one where it does not lean, or where nothing tells."""
    angle = skew(picture)
    return picture if abs(angle) < _WORTHWHILE else picture.leaned(angle)


def skew(picture: Picture) -> float:
    """Degrees by which the picture must be turned against the clock to be level; 0 where nothing tells."""
    step = max(round(picture.dpi / _WORKING_DPI), 1)
    rows, columns = np.nonzero(_ink(picture.pixels, step))
    if rows.size < _LEAST_POINTS:
        return 0.0
    thin = max(rows.size // _MOST_POINTS, 1)
    x, y = columns[::thin].astype(np.float64), rows[::thin].astype(np.float64)
    height = picture.height // step
    coarse = np.arange(-_WIDEST, _WIDEST + _COARSE / 2, _COARSE)
    best = _sharpest(x, y, height, coarse)
    if _sharpness(x, y, height, best) < _PEAK * float(np.median([_sharpness(x, y, height, a) for a in coarse])):
        return 0.0
    best = _sharpest(x, y, height, np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE))
    if abs(best) >= _WIDEST or _sharpness(x, y, height, best) < _SHARPER * _sharpness(x, y, height, 0.0):
        return 0.0
    return float(round(best, 2))


def _ink(pixels: Pixels, step: int) -> npt.NDArray[np.bool_]:
    """Dark spots of the picture made smaller: darker than halfway between its paper and its ink."""
    height, width = pixels.shape[0] // step, pixels.shape[1] // step
    if not height or not width:
        return np.zeros((1, 1), bool)
    small = pixels[: height * step, : width * step].reshape(height, step, width, step).mean(axis=(1, 3))
    paper, ink = np.percentile(small, (70, 0.2))
    if paper - ink < 24:
        return np.zeros((1, 1), bool)
    found: npt.NDArray[np.bool_] = small < (paper + ink) / 2
    return found


def _sharpest(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], height: int, angles: npt.NDArray[np.float64]
) -> float:
    return float(max(angles, key=lambda angle: (_sharpness(x, y, height, angle), -abs(angle))))


def _sharpness(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], height: int, angle: float) -> float:
    level = y - x * np.tan(np.radians(angle)) if angle else y
    level = level - level.min()
    counts = np.bincount(level.astype(np.intp), minlength=height)
    return float(np.square(np.diff(counts.astype(np.float64))).sum())
