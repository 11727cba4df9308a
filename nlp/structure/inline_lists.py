"""Lists written into one paragraph: «Заявка содержит: 1) имя; 2) адрес; 3) дату.» → where each item begins."""

from __future__ import annotations

import re

from nlp.structure.quotes import inline_quotes

_ITEM = re.compile(r"(?<=\s)(\d{1,3})\)\s+(?=[^\W\d_]{2}|[«\"(])")
_BEFORE_FIRST = re.compile(r":\s*$")
_BEFORE_NEXT = re.compile(r"[;,](?:\s+(?:и|или|а также|және|немесе))?\s*$")
_FEWEST = 2


def inline_items(text: str) -> list[int]:
    """Offsets of the items; [] unless they are numbered 1, 2, 3 … without a break behind a colon.

    «подпункты 1), 2) и 3)» are references, numbers in quotation marks belong to the quoted text.
    """
    candidates = [(found.start(), int(found.group(1))) for found in _ITEM.finditer(text)]
    if len(candidates) < _FEWEST:
        return []
    quoted = inline_quotes(text)
    items: list[int] = []
    for at, number in candidates:
        if any(start < at < end for start, end in quoted):
            continue
        if not items:
            if number == 1 and _BEFORE_FIRST.search(text, 0, at):
                items.append(at)
            continue
        if not _BEFORE_NEXT.search(text, 0, at):
            continue
        if number != len(items) + 1:
            return []
        items.append(at)
    return items if len(items) >= _FEWEST else []
