"""Tesseract, run by the parent for its parser child.

Reads: questions of the child (``ocr_wire``). Writes: replies. Tesseract runs through ``external``: confined, killed
after ``limits.ocr_seconds``, on one thread, so that the same picture always gives the same words.
"""

from __future__ import annotations

import re
import threading
import time

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.external import Bounds, Program, failed, run_program
from nlp.reading.ocr_wire import Kind, Question, decode_question, encode_reply
from nlp.reading.wire import WireError

TESSERACT = Program("tesseract", "tesseract-ocr tesseract-ocr-rus tesseract-ocr-kaz", "SARAPTAMA_TESSERACT")
LANGUAGES = ("kaz", "rus")
_PACKAGES = {"kaz": "tesseract-ocr-kaz", "rus": "tesseract-ocr-rus", "osd": "tesseract-ocr-osd"}
_QUESTIONS_PER_PAGE = 6  # the page as it stands, how it is turned, the page turned
_RENDERING_SECONDS = 2.0  # for each picture
_OUTPUT_BYTES = 64 * 1024 * 1024
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}
_LISTED = re.compile(rb"^([A-Za-z_]{3,30})\r?$", re.MULTILINE)
_ARGUMENTS = {
    Kind.TEXT: ("-l", "+".join(LANGUAGES), "--psm", "3", "-c", "hocr_char_boxes=1", "hocr"),
    Kind.TURN: ("-l", "osd", "--psm", "0"),
}

_lock = threading.Lock()
_complete: set[str] = set()  # paths of programs found with all their languages


class Recognition:
    """Answers the questions about one file.

    ``seconds``: the time that Tesseract took so far; the child does not answer for it. ``allowance``: seconds that the
    child may take beside the usual ones, to render the pages asked about.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._asked = 0
        self.seconds = 0.0

    @property
    def allowance(self) -> float:
        """See the class."""
        return _RENDERING_SECONDS * self._asked

    def reply(self, frame: bytes) -> bytes:
        """The reply to a question of the child.

        Raises ``WireError`` for a question that no honest child asks, ``ReadingError`` ``reading.ocr_timeout``
        {seconds, limit} when the file took longer than ``limits.ocr_total_seconds``.
        """
        question = decode_question(frame, self._limits)
        self._asked += 1
        if self._asked > _QUESTIONS_PER_PAGE * self._limits.ocr_pages:
            raise WireError("questions")
        begun = time.monotonic()
        try:
            return encode_reply(self._said(question))
        except ReadingError as error:
            return encode_reply(error)
        finally:
            self.seconds += time.monotonic() - begun
            if self.seconds > self._limits.ocr_total_seconds:
                raise ReadingError("reading.ocr_timeout", seconds=self._limits.ocr_total_seconds)

    def _said(self, question: Question) -> bytes:
        require_languages(self._limits)
        head = f"P5 {question.width} {question.height} 255\n".encode()
        output = run_program(
            TESSERACT,
            ["-", "-", "--dpi", str(question.dpi), *_ARGUMENTS[question.kind]],
            self._bounds(),
            stdin=head + question.pixels,
            environment=_ENVIRONMENT,
        )
        if output.status != 0:
            raise failed(TESSERACT, output.status)
        return output.stdout

    def _bounds(self) -> Bounds:
        limits = self._limits
        return Bounds(limits.ocr_seconds, limits.ocr_memory_bytes, _OUTPUT_BYTES, alone=True)


def require_languages(limits: Limits) -> None:
    """Raise ``ReadingError`` ``reading.program_missing`` where Tesseract or the data of a language is absent.

    ``packages`` names only what must be installed.
    """
    path = TESSERACT.path()
    with _lock:
        if path in _complete:
            return
        bounds = Bounds(limits.ocr_seconds, limits.ocr_memory_bytes, _OUTPUT_BYTES, alone=True)
        output = run_program(TESSERACT, ["--list-langs"], bounds, environment=_ENVIRONMENT)
        if output.status != 0:
            raise failed(TESSERACT, output.status)
        listed = {name.decode() for name in _LISTED.findall(output.stdout)}
        missing = [language for language in LANGUAGES if language not in listed]
        if missing:
            packages = " ".join(_PACKAGES[language] for language in missing)
            raise ReadingError("reading.program_missing", program=TESSERACT.name, packages=packages)
        _complete.add(path)
