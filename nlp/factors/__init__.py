"""nlp.factors: the pack of Kazakhstan as data. Nothing here is law: see ``mark`` and ``verified`` of every basis."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


def kz_pack() -> Path:
    """Folder of the pack «kz», found through the entry point ``saraptama.packs`` like any other pack."""
    return Path(__file__).parent / "kz"


@cache
def asides() -> tuple[str, ...]:
    """What ends the explanation of a finding of the trained model alone, in every language: a word to the expert."""
    messages = yaml.safe_load((kz_pack() / "messages.yaml").read_text("utf-8"))
    return tuple(messages["seen_by_model"].values())
