"""The reliability diagram as SVG, drawn by hand: confidence to the right, share of right findings up.

Reads: calibrations. Writes: text of an SVG file, the same bytes for the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from xml.sax.saxutils import escape

from evaluation.calibration import Bin, Calibration

_SIDE, _LEFT, _TOP = 360, 56, 46
_COLOURS = ("#444444", "#1f77b4", "#d95f02", "#7570b3")
_LARGEST = 9.0


def reliability_svg(calibrations: Iterable[Calibration], title: str) -> str:
    """One line a language; the area of a point follows its number of findings. The diagonal is perfect calibration."""
    drawn = [each for each in calibrations if each.bins]
    most = max((each.count for calibration in drawn for each in calibration.bins), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE + 190} {_SIDE + 104}" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        _text(_LEFT, 18, title, "start"),
        *_axes(),
        *(line for at, each in enumerate(drawn) for line in _curve(each, _COLOURS[at % len(_COLOURS)], most, at)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _axes() -> list[str]:
    parts = [f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999999"/>']
    for at in range(0, 11, 2):
        x, y = _place(at / 10, at / 10)
        parts.append(f'<path d="M{x} {_TOP}V{_TOP + _SIDE}M{_LEFT} {y}H{_LEFT + _SIDE}" stroke="#eeeeee"/>')
        parts.append(_text(x, _TOP + _SIDE + 18, f"{at / 10:.1f}", "middle"))
        parts.append(_text(_LEFT - 8, y + 4, f"{at / 10:.1f}", "end"))
    start, end = _place(0, 0), _place(1, 1)
    parts.append(f'<path d="M{start[0]} {start[1]}L{end[0]} {end[1]}" stroke="#999999" stroke-dasharray="4 4"/>')
    parts.append(_text(_LEFT + _SIDE / 2, _TOP + _SIDE + 40, "confidence", "middle"))
    parts.append(_text(_LEFT - 40, _TOP - 8, "share right", "start"))
    return parts


def _curve(calibration: Calibration, colour: str, most: int, number: int) -> list[str]:
    places = [_place(each.confidence, each.right) for each in calibration.bins]
    line = "L".join(f"{x} {y}" for x, y in places)
    y = _TOP + 14 + 18 * number
    ece = "–" if calibration.ece is None else f"{calibration.ece:.3f}"
    return [
        f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        *_points(calibration.bins, colour, most),
        f'<rect x="{_LEFT + _SIDE + 14}" y="{y - 9}" width="10" height="10" fill="{colour}"/>',
        _text(_LEFT + _SIDE + 30, y, f"{calibration.language}: ECE {ece}, n = {calibration.count}", "start"),
    ]


def _points(bins: Sequence[Bin], colour: str, most: int) -> list[str]:
    parts = []
    for each in bins:
        x, y = _place(each.confidence, each.right)
        radius = max(2.0, _LARGEST * sqrt(each.count / most))
        told = f"<title>{each.count}: {each.confidence:.2f} → {each.right:.2f}</title>"
        parts.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.6">{told}</circle>')
    return parts


def _place(confidence: float, right: float) -> tuple[float, float]:
    return round(_LEFT + confidence * _SIDE, 1), round(_TOP + (1 - right) * _SIDE, 1)


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
