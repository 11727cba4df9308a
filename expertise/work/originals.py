"""The original of a text, page by page: a page as people see it, and where on it the words of the text stand.

Pages are drawn in the parser child (``nlp.reading.pages``) and kept in memory under the hash of the file: they are made
again at any time, so nothing of them goes to the disk. A page that could not be drawn is remembered too, so that a
hostile file costs its time once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.shown_text import ShownText
from expertise.store.cases import NotFoundError, open_case
from expertise.work.analysing import latest_examination
from expertise.work.kept_texts import texts_of
from nlp.errors import ReadingError
from nlp.reading.page_wire import PagePicture
from nlp.reading.pages import page_picture
from nlp.reading.png import png_of

Frame = tuple[int, int, int, int]
"""(x, y, width, height) in pixels of the page."""

_FORMATS = frozenset({"pdf", "image"})
_FAILURE_BYTES = 200


@dataclass(frozen=True, slots=True)
class WordFrame:
    """A word on the page: offsets in the text, and where it stands."""

    start: int
    end: int
    frame: Frame


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """A page of the original: the picture, its size in pixels, how many pages there are, the words of the text on it.

    A word broken over two lines is there twice.
    """

    number: int
    pages: int
    width: int
    height: int
    png: bytes
    words: tuple[WordFrame, ...]


def has_pages(text: ShownText) -> bool:
    """Whether the original of a text has pages with places of words: PDF and scans do."""
    return text.format in _FORMATS and bool(text.boxes)


def original_page(office: Office, actor: Actor, case_id: str, language: str, number: int) -> OriginalPage:
    """Page ``number`` (from 1) of the original of the text in ``language``, as last examined.

    Raises ``NotFoundError`` for a text that is not there or has no pages; what ``page_of`` raises.
    """
    with office.database.reading() as session:
        last = latest_examination(session, open_case(session, actor, case_id, "see_text"))
    texts = texts_of(office, last)
    text = next((each for each in texts if each.language == language), None)
    if text is None or not has_pages(text):
        raise NotFoundError("expertise.no_original")
    return page_of(office, text, number)


def page_of(office: Office, text: ShownText, number: int) -> OriginalPage:
    """The same of a text at hand, for whoever has asked the policy already.

    Raises ``ReadingError`` for a page that is not there or cannot be drawn, ``CaseError`` when too many are being
    drawn, ``KeptFileError``.
    """
    drawn = _drawn(office, text.sha256, number)
    framed = ((box, drawn.picture.frame(box.corners)) for box in text.boxes if box.page == number)
    words = tuple(WordFrame(box.start, box.end, frame) for box, frame in framed if frame)
    return OriginalPage(number, drawn.picture.pages, drawn.picture.width, drawn.picture.height, drawn.png, words)


@dataclass(frozen=True, slots=True)
class _Drawn:
    picture: PagePicture  # without its pixels
    png: bytes


_Key = tuple[str, int, int]


class _Kept:
    """Drawn pages and failures, those asked for last, up to so many bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[_Key, _Drawn | ReadingError] = OrderedDict()
        self._bytes = 0
        self.drawing = 0

    def get(self, key: _Key) -> _Drawn | ReadingError | None:
        """What is kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: _Key, page: _Drawn | ReadingError, most: int) -> None:
        """Keep a page, and let the oldest go."""
        with self._lock:
            if key not in self._pages:
                self._pages[key] = page
                self._bytes += _size(page)
            while self._bytes > most and self._pages:
                self._bytes -= _size(self._pages.popitem(last=False)[1])

    def enter(self, most: int) -> bool:
        """Whether there is room for one more to be drawn."""
        with self._lock:
            if self.drawing >= most:
                return False
            self.drawing += 1
            return True

    def leave(self) -> None:
        """It is drawn."""
        with self._lock:
            self.drawing -= 1


_kept = _Kept()


def _size(page: _Drawn | ReadingError) -> int:
    return len(page.png) if isinstance(page, _Drawn) else _FAILURE_BYTES


def _drawn(office: Office, sha256: str, number: int) -> _Drawn:
    key = (sha256, number, office.limits.page_pixels)
    found = _kept.get(key)
    if found is None:
        if not _kept.enter(office.settings.pages_at_once):
            raise CaseError("expertise.pages_busy")
        try:
            found = _kept.get(key) or _draw(office, sha256, number)
        finally:
            _kept.leave()
        _kept.put(key, found, office.settings.pages_kept_bytes)
    if isinstance(found, ReadingError):
        raise ReadingError(found.code, **found.params)
    return found


def _draw(office: Office, sha256: str, number: int) -> _Drawn | ReadingError:
    data = office.files.get(sha256)
    try:
        picture = page_picture(data, number, office.limits)
    except ReadingError as error:
        return error
    png = png_of(picture.width, picture.height, picture.channels, picture.pixels)
    bare = PagePicture(picture.width, picture.height, picture.channels, picture.pages, picture.to_page, b"")
    return _Drawn(bare, png)
