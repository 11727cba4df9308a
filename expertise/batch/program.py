"""Which program made a result: its version and a hash of the code and data that judge."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

import nlp

_JUDGING = frozenset({".py", ".yaml", ".json", ".tsv", ".txt", ".npz"})


@cache
def program() -> str:
    """``0.1.0+<hash>``: the hash is over the files of ``nlp``, so that a changed program is noticed between releases.

    The pack, which lies there too, has a hash of its own; a change in it counts as both.
    """
    root = Path(nlp.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in _JUDGING):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{metadata.version('saraptama')}+{digest.hexdigest()[:16]}"
