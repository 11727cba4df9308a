"""Words of others made safe for XML: nothing but what a reader can see gets into a document."""

from __future__ import annotations

import re

# Not allowed in XML 1.0, or invisible and able to reorder what is read (bidirectional controls, byte order mark).
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """``text`` without control characters; line ends are ``\\n``."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _UNSAFE.sub("", joined.replace("\u2028", "\n").replace("\u2029", "\n"))
