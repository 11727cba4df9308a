"""Texts of examinations at hand: read from the kept files once, not for every page.

They lie under the hash of their bytes and never change, so that nothing here can be out of date. The oldest go first
when together they are longer than ``settings.texts_kept_bytes``.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from expertise.office import Office
from expertise.shown_text import ShownText, read_texts
from expertise.store.case_tables import ExaminationRow

_Key = tuple[str, str]


class _Kept:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: OrderedDict[_Key, tuple[int, tuple[ShownText, ...]]] = OrderedDict()
        self._size = 0

    def get(self, key: _Key) -> tuple[ShownText, ...] | None:
        with self._lock:
            found = self._texts.get(key)
            if found is None:
                return None
            self._texts.move_to_end(key)
            return found[1]

    def put(self, key: _Key, size: int, texts: tuple[ShownText, ...], most: int) -> None:
        with self._lock:
            if key in self._texts or size > most:
                return
            self._texts[key] = size, texts
            self._size += size
            while self._size > most:
                self._size -= self._texts.popitem(last=False)[1][0]

    def __len__(self) -> int:
        with self._lock:
            return len(self._texts)


KEPT = _Kept()
"""Those of this process."""


def texts_of(office: Office, row: ExaminationRow | None) -> tuple[ShownText, ...]:
    """The texts of an examination, none where there was none. Raises ``KeptFileError``."""
    return texts_at(office, row.texts) if row is not None else ()


def texts_at(office: Office, sha256: str) -> tuple[ShownText, ...]:
    """The texts that are kept under this hash. Raises ``KeptFileError`` when they are missing or damaged."""
    key = str(office.files.folder), sha256
    found = KEPT.get(key)
    if found is None:
        content = office.files.get(sha256)
        found = read_texts(content.decode())
        KEPT.put(key, len(content), found, office.settings.texts_kept_bytes)
    return found
