"""Packs by path or by the name they are registered under (entry points ``saraptama.packs``)."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from nlp.detection.pack import Pack, load_pack
from nlp.errors import PackError

DEFAULT_PACK = "kz"


def find_pack(name: str = DEFAULT_PACK) -> Pack:
    """Load a pack: a folder, or the name of a registered one. Raises ``PackError`` when there is none or it is
    malformed."""
    folder = Path(name)
    if folder.is_dir():
        return load_pack(folder)
    for entry in entry_points(group="saraptama.packs"):
        if entry.name == name:
            locate = entry.load()
            return load_pack(Path(locate()))
    raise PackError("pack.unknown", pack=name)
