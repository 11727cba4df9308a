"""Footnotes at the bottom of a page: smaller rows that begin with a raised number."""

from __future__ import annotations

from statistics import median

from nlp.reading.pdf_rows import Row

_SMALLER = 0.92  # of the page's usual size
_MOST_SHARE = 0.5  # of the rows of a page


def footnote_rows(rows: list[Row]) -> int:
    """How many of the last rows of a page are footnotes; 0 when there are none.

    A run of smaller rows counts from the first of them that begins with a raised figure.
    """
    if len(rows) < 3:
        return 0
    usual = median(row.size for row in rows)
    found = 0
    for count, row in enumerate(reversed(rows), start=1):
        text_size = max((word.size for word in row.words if not word.raised), default=row.size)
        if text_size > _SMALLER * usual:
            break
        if row.words[0].raised:
            found = count
    return found if found <= _MOST_SHARE * len(rows) else 0
