"""Blanks of a proposed wording in the units of the act that it is for: a law has articles, rules have points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ENDED = re.compile(r"(?:^|[.!?]\s+)$")


def in_units_of(words: str, form: str, table: Mapping[str, Any]) -> str:
    """``words`` with «в пункте ___» said as «в статье ___ настоящего Закона» where ``form`` asks for it.

    ``table`` is ``units`` of ``texts.yaml``; words of other forms are left as they are.
    """
    names = table.get("names", {}).get(form)
    if names is None:
        return words
    of, to = names
    for row in table["swaps"]:
        said = str(row["with"]).replace("{of}", of).replace("{to}", to)
        words = re.sub(row["find"], lambda found, said=said: _cased(found, said), words)  # type: ignore[misc]
    return words


def _cased(found: re.Match[str], said: str) -> str:
    new = found.expand(said)
    return new[:1].upper() + new[1:] if _ENDED.search(found.string[: found.start()]) else new
