"""The shown texts of an examination, read once: they are kept under their hash and never change."""

from __future__ import annotations

from functools import lru_cache

from expertise.office import Office
from expertise.shown_text import ShownText, read_texts
from expertise.store.blobs import Blobs
from expertise.store.case_tables import ExaminationRow

_READ_AT_ONCE = 8  # examinations: some ten megabytes each for a long act


def texts_of(office: Office, row: ExaminationRow | None) -> tuple[ShownText, ...]:
    """The texts of an examination, none where there was none. Raises ``KeptFileError``."""
    return _read(office.files, row.texts) if row is not None else ()


@lru_cache(maxsize=_READ_AT_ONCE)
def _read(files: Blobs, sha256: str) -> tuple[ShownText, ...]:
    return read_texts(files.get(sha256).decode())
