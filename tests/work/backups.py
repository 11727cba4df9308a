"""Archives for tests: taken apart, changed, put together and sealed again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from expertise.backup.archive import SEAL

Members = dict[str, bytes]


def members(data: bytes) -> Members:
    """What lies in an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put_together(parts: Members, **options: Any) -> bytes:
    """A sealed archive of these members; ``options`` of ``ZipFile``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", **options) as archive:
        archive.comment = b"0" * SEAL
        for name, content in parts.items():
            archive.writestr(name, content)
    return sealed(stream.getvalue())


def sealed(data: bytes) -> bytes:
    """The archive with the right seal."""
    return data[:-SEAL] + hashlib.sha256(data[:-SEAL]).hexdigest().encode()


def forged(data: bytes, change: Callable[[Members], None]) -> bytes:
    """An archive whose members were changed, sealed again; its lists are as before."""
    parts = members(data)
    change(parts)
    return put_together(parts)


def listed_anew(parts: Members, name: str) -> None:
    """Write the list for a table (or the list of files) that was changed, as a forger would."""
    raw = json.loads(parts["manifest.json"])
    content = parts[name]
    row = {"rows": content.count(b"\n"), "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    if name == "files.jsonl":
        raw["files"] = row
    else:
        raw["tables"][Path(name).stem] = row
    parts["manifest.json"] = json.dumps(raw).encode()
