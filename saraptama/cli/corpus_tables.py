"""Tables on a screen: columns of equal width, numbers to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"[-–]?[\d.]*")


def lines_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; a column whose cells are all numbers stands to the right."""
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [all(_NUMBER.fullmatch(cell) for cell in column[1:]) for column in columns]
    for row in (head, ["─" * width for width in widths], *rows):
        cells = [cell.rjust(width) if to_right else cell.ljust(width)
                 for cell, width, to_right in zip(row, widths, right, strict=True)]  # fmt: skip
        yield "  ".join(cells).rstrip()
