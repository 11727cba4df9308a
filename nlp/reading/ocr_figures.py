"""Three or five? The one confusion of figures that recognition makes by the dozen, settled by looking.

Reads: the pixels of one figure. Writes: the figure, where its shape leaves no doubt. In its upper half a five has the
stroke on the left, a three in the middle or on the right, whatever the font; Tesseract takes threes with a flat head
for fives, and a wrong label or date in an act is worse than a misspelt word.
"""

from __future__ import annotations

import numpy as np

from nlp.reading.ocr_hocr import Box
from nlp.reading.ocr_picture import Pixels

CONFUSED = frozenset("35")
_LEAST_HEIGHT, _LEAST_WIDTH = 14, 6  # pixels
_BAND = (0.22, 0.33)  # of the height: below the head, above the middle
_FIVE, _THREE = 0.3, 0.4  # of the width: where the stroke begins in its rows, at most and at least
_SHAPE = (0.4, 0.95)  # width to height
_LEAST_CONTRAST = 40


def three_or_five(pixels: Pixels, box: Box) -> str:
    """``"3"``, ``"5"``, or ``""`` where the picture does not tell."""
    x0, y0, x1, y1 = box
    figure = pixels[y0:y1, x0:x1]
    if figure.shape[0] < _LEAST_HEIGHT or figure.shape[1] < _LEAST_WIDTH:
        return ""
    paper, ink = int(figure.max()), int(figure.min())
    if paper - ink < _LEAST_CONTRAST:
        return ""
    dark = figure < (paper + ink) / 2
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    dark = dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = dark.shape
    if not _SHAPE[0] <= width / height <= _SHAPE[1]:  # not one figure
        return ""
    if height < _LEAST_HEIGHT or width < _LEAST_WIDTH:
        return ""
    band = dark[round(height * _BAND[0]) : round(height * _BAND[1]) + 1]
    first = np.where(band.any(axis=1), band.argmax(axis=1), width)
    start = float(first.max()) / width
    if start <= _FIVE:
        return "5"
    return "3" if _THREE <= start < 1 else ""
