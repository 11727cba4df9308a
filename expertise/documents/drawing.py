"""Drawings as SVG: the matrix of risks, the cartogram. The same on a page, in Word and in PDF.

Reads: counts and words. Writes: SVG with a title; every cell says its number, so that nothing rests on colour alone.
Colours stand as attributes for paper; the classes let a page have its own in both themes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from expertise.documents.xmltext import clean

_FONT = "PT Serif, DejaVu Serif, serif"
_LEVEL_FILLS = {"low": "#e9f2e4", "medium": "#fff5d6", "high": "#f8deda"}
_STEP_FILLS = ("#ffffff", "#fdf0d5", "#f9cf9c", "#ee9a5d", "#b84a17")
_RULE, _INK, _SOFT = "#7f7f7f", "#1f2328", "#404040"
_LABEL = 34  # characters of a name at the side of a cartogram
_HEAD = 30  # characters of a name above it


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG and its size in units of its own."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the matrix: probability, consequences, level, how many risks."""

    across: int
    up: int
    level: str
    count: int


def matrix_drawing(
    fields: Sequence[Field], title: str, across: tuple[str, Sequence[str]], up: tuple[str, Sequence[str]]
) -> Drawing:
    """The matrix: consequences across, probability up. ``across``, ``up``: name of the axis, names of its values."""
    side, tall, left, top = 156, 74, 190, 14
    x: float
    y: float
    columns, rows = len(across[1]), len(up[1])
    width, height = left + columns * side + 10, top + rows * tall + 82
    parts = []
    for each in fields:
        x, y = left + (each.across - 1) * side, top + (rows - each.up) * tall
        parts.append(_box(x, y, side, tall, _LEVEL_FILLS[each.level], f"level-{each.level}"))
        parts.append(_text(x + side / 2, y + tall / 2 + 9, str(each.count), 26, weight="bold"))
    for place, name in enumerate(up[1]):
        y = top + (rows - 1 - place) * tall + tall / 2
        parts += _lines(left - 12, y, f"{place + 1} – {name}", "end")
    for place, name in enumerate(across[1]):
        parts += _lines(left + place * side + side / 2, top + rows * tall + 18, f"{place + 1} – {name}", "middle")
    parts.append(_text(left + columns * side / 2, height - 8, across[0], 14, weight="bold"))
    middle = top + rows * tall / 2
    parts.append(_text(18, middle, up[0], 14, weight="bold", turn=f"rotate(-90 18 {middle:g})"))
    return _drawing(parts, width, height, title)


def grid_drawing(
    rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[int, int], tuple[int, int]], title: str
) -> Drawing:
    """The cartogram. ``cells``: (row, column) → (number, shade 0–4); names that are too long end with «…»."""
    side, tall, left, top = 40, 28, 262, 222
    width, height = left + len(columns) * side + 130, top + len(rows) * tall + 10
    parts = []
    for place, name in enumerate(columns):
        x, y = left + place * side + side / 2, top - 8
        head = _text(x, y, _short(name, _HEAD), 13, anchor="start", turn=f"rotate(-58 {x:g} {y:g})")
        parts.append(head)
    for row, name in enumerate(rows):
        y = top + row * tall
        parts.append(_text(left - 8, y + tall / 2 + 5, _short(name, _LABEL), 13, anchor="end"))
        for column in range(len(columns)):
            count, step = cells.get((row, column), (0, 0))
            x = left + column * side
            parts.append(_box(x, y, side, tall, _STEP_FILLS[step], f"step-{step}"))
            if count:
                ink = "#ffffff" if step == len(_STEP_FILLS) - 1 else _INK
                parts.append(_text(x + side / 2, y + tall / 2 + 5, str(count), 14, ink=ink, kind=f"on-{step}"))
    return _drawing(parts, width, height, title)


def _drawing(parts: Sequence[str], width: int, height: int, title: str) -> Drawing:
    named = escape(clean(title))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" class="drawing" font-family={quoteattr(_FONT)}><title>{named}</title>{"".join(parts)}</svg>'
    )
    return Drawing(svg, width, height)


def _box(x: float, y: float, width: float, height: float, fill: str, kind: str) -> str:
    size = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {size} fill="{fill}" stroke="{_RULE}" class="{kind}"/>'


def _text(
    x: float, y: float, words: str, size: int, *, anchor: str = "middle", weight: str = "normal", turn: str = "",
    ink: str = _INK, kind: str = "ink",
) -> str:  # fmt: skip
    turned = f' transform="{turn}"' if turn else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" fill="{ink}"'
        f' class="{kind}"{turned}>{escape(clean(words))}</text>'
    )


def _lines(x: float, y: float, words: str, anchor: str) -> Iterator[str]:
    """A name in lines of some twenty letters."""
    lines: list[str] = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) > 19:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    start = y - (len(lines) - 1) * 8 + 4 if anchor == "end" else y
    for place, line in enumerate(lines):
        yield _text(x, start + place * 16, line, 13, anchor=anchor, ink=_SOFT, kind="ink")


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
