"""nlp.factors: the pack of Kazakhstan as data. Nothing here is law: see ``mark`` and ``verified`` of every basis."""

from __future__ import annotations

from pathlib import Path


def kz_pack() -> Path:
    """Folder of the pack «kz», found through the entry point ``saraptama.packs`` like any other pack."""
    return Path(__file__).parent / "kz"
