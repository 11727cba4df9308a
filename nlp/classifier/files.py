"""Files of weights: read whole, and only when they are what their description says."""

from __future__ import annotations

import hashlib
from pathlib import Path

from nlp.errors import ClassifierError


def checked(path: Path, sha256: str) -> bytes:
    """The bytes of ``path``; raises ``ClassifierError`` when it cannot be read or its hash is another."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ClassifierError("classifier.unreadable", folder=str(path.parent)) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ClassifierError("classifier.changed", file=path.name)
    return data
