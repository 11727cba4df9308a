"""The number of an annex, from the stamp above it."""

from __future__ import annotations

import re


def annex_number(stamp: str) -> str:
    """Number of an annex from its stamp: «Приложение 2 к Правилам», «Қағидаларға 2-қосымша»; "" when it has none."""
    found = re.search(r"приложение\s+(?:№\s*)?(\d+(?:-\d+)?|[ivx]+)(?!\w)", stamp.lower())
    found = found or re.search(r"(\d+(?:-\d+)?)\s*-\s*қосымша", stamp.lower())
    return found.group(1) if found else ""
