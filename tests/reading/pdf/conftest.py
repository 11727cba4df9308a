"""Our own drafts as paragraphs to print."""

from __future__ import annotations

import pytest

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from tests.conftest import REPOSITORY
from tests.reading.pdf.measures import block_texts


def _draft(name: str) -> list[str]:
    return block_texts(read_docx((REPOSITORY / "examples" / name).read_bytes(), name, Limits()))


@pytest.fixture(scope="session")
def russian() -> list[str]:
    """Paragraphs of the Russian example draft."""
    return _draft("draft-ru.docx")


@pytest.fixture(scope="session")
def kazakh() -> list[str]:
    """Paragraphs of the Kazakh example draft."""
    return _draft("draft-kk.docx")
