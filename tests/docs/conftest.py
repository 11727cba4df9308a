"""Fixtures of the tests of documentation."""

from __future__ import annotations

import pytest

from nlp.detection.pack import Pack
from saraptama.packs import find_pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack that the pages describe."""
    return find_pack()
