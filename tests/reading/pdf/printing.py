"""Prints our own texts to PDF the way official documents look: the generator of the PDF tests.

Words are placed one by one or line by line; lines are filled as word processors fill them. What a page may carry beside
its text (turned stamps, headers, page numbers) is named in ``Look``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

STAMP = "Копия электронного документа. Версия СЭД: Documentolog 7.21.3. Положительный результат проверки ЭЦП"
HEADER = "Проект постановления, версия для согласования"
WIDTH, HEIGHT = 595.0, 842.0
_FONTS = (
    ("/usr/share/fonts/truetype/paratype/PTF55F.ttf", "/usr/share/fonts/truetype/paratype/PTF75F.ttf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
     "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"),
)  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_VOWELS = "аеёиоуыэюяәөұүі"


def fonts() -> tuple[str, str]:
    """Names of a plain and a bold font with Kazakh letters; the test is skipped where none is installed."""
    for plain, bold in _FONTS:
        if Path(plain).exists() and Path(bold).exists():
            names = (Path(plain).stem, Path(bold).stem)
            try:
                for name, path in zip(names, (plain, bold), strict=True):
                    pdfmetrics.registerFont(TTFont(name, path))
            except TTFError:
                continue
            return names
    pytest.skip("no TrueType font with Kazakh letters (PT Serif, DejaVu, Liberation) is installed")


@dataclass(frozen=True)
class Look:
    """How a document is printed. ``by_line``: a line is one string; otherwise every word is placed by itself."""

    size: float = 12.0
    leading: float = 15.0
    left: float = 70.0
    right: float = 45.0
    top: float = 70.0
    bottom: float = 65.0
    indent: float = 28.0
    spacing: float = 0.0
    justified: bool = True
    by_line: bool = False
    hyphenated: bool = False
    stamp: str = ""
    header: str = ""
    numbered: bool = False
    letter_space: float = 0.0
    rotate: bool = False


@dataclass
class Piece:
    """A paragraph (``kind`` "p"), a centred bold heading ("h"), or a table ("t")."""

    text: str = ""
    kind: str = "p"
    rows: list[list[str]] = field(default_factory=list)


class PdfPrinter:
    """Lays pieces out on pages."""

    def __init__(self, look: Look, seed: int = 1) -> None:
        self.look = look
        self.plain, self.bold = fonts()
        self.buffer = BytesIO()
        # reportlab itself exchanges width and height of a page that is shown turned
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
        self.random = Random(seed)
        self.page = 0
        self.y = 0.0
        self._new_page()

    def bytes(self) -> bytes:
        """The finished file."""
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    # Pages

    def _new_page(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        look, canvas = self.look, self.canvas
        if look.rotate:  # a page lying on its side in the file, and shown upright
            canvas.setPageRotation(90)
            canvas.translate(HEIGHT, 0)
            canvas.rotate(90)
        if look.stamp:
            canvas.saveState()
            canvas.translate(WIDTH - 18, 120)
            canvas.rotate(90)
            canvas.setFont(self.plain, 8)
            canvas.drawString(0, 0, look.stamp)
            canvas.restoreState()
        if look.header:
            canvas.setFont(self.plain, 9)
            canvas.drawString(look.left, HEIGHT - 40, look.header)
        if look.numbered:
            canvas.setFont(self.plain, 10)
            canvas.drawCentredString(WIDTH / 2, 30, str(self.page))
        self.y = HEIGHT - look.top

    def _room(self, height: float) -> None:
        if self.y - height < self.look.bottom:
            self._new_page()

    # Pieces

    def print(self, pieces: Iterable[Piece]) -> None:
        """Print pieces one under another, over the whole width."""
        for piece in pieces:
            if piece.kind == "t":
                self.table(piece.rows)
                continue
            self._paragraph(piece)

    def _paragraph(self, piece: Piece) -> None:
        look = self.look
        width = WIDTH - look.left - look.right
        bold = piece.kind == "h"
        indent = 0.0 if bold else look.indent
        lines = self.lines(piece.text, width, indent, bold=bold)
        for number, (words, last) in enumerate(lines):
            self._room(look.leading)
            self.y -= look.leading
            x = look.left + (indent if not number else 0.0)
            room = width - (indent if not number else 0.0)
            if bold:
                x, room = look.left + (width - self.measure(words, bold=True)) / 2, 0.0
            self.line(words, x, self.y, 0.0 if last or bold else room, bold=bold)
        self.y -= look.spacing

    def columns(self, left: list[Piece], right: list[Piece], gutter: float = 24.0) -> None:
        """Print two texts side by side; each goes on in its own column of the next page."""
        look = self.look
        width = (WIDTH - look.left - look.right - gutter) / 2
        queues = [self._column_lines(pieces, width) for pieces in (left, right)]
        while any(queues):
            top = self.y
            for number, queue in enumerate(queues):
                x = look.left + number * (width + gutter)
                y = top
                while queue and y - look.leading >= look.bottom:
                    words, last, bold, indent = queue.pop(0)
                    y -= look.leading
                    start = x + (width - self.measure(words, bold=True)) / 2 if bold else x + indent
                    self.line(words, start, y, 0.0 if last or bold else width - indent, bold=bold)
                self.y = min(self.y, y)
            if any(queues):
                self._new_page()

    def _column_lines(self, pieces: list[Piece], width: float) -> list[tuple[list[str], bool, bool, float]]:
        result = []
        for piece in pieces:
            bold = piece.kind == "h"
            indent = 0.0 if bold else self.look.indent / 2
            for number, (words, last) in enumerate(self.lines(piece.text, width, indent, bold=bold)):
                result.append((words, last, bold, indent if not number else 0.0))
        return result

    def table(self, rows: list[list[str]], shares: list[float] | None = None) -> None:
        """Print a ruled table; rows do not break over pages."""
        look = self.look
        width = WIDTH - look.left - look.right
        shares = shares or [1 / len(rows[0])] * len(rows[0])
        for row in rows:
            cells = [self.lines(text, share * width - 8, 0.0) for text, share in zip(row, shares, strict=True)]
            height = max(len(lines) for lines in cells) * look.leading + 8
            self._room(height)
            x = look.left
            for lines, share in zip(cells, shares, strict=True):
                self.canvas.rect(x, self.y - height, share * width, height)
                for number, (words, _) in enumerate(lines):
                    self.line(words, x + 4, self.y - (number + 1) * look.leading, 0.0)
                x += share * width
            self.y -= height
        self.y -= look.leading

    # Lines

    def lines(self, text: str, width: float, indent: float, *, bold: bool = False) -> list[tuple[list[str], bool]]:
        """Words of every line, and whether it is the last of its paragraph."""
        result: list[tuple[list[str], bool]] = []
        line: list[str] = []
        room = width - indent
        queue = text.split()
        while queue:
            word = queue.pop(0)
            if self.measure([*line, word], bold=bold) <= room:
                line.append(word)
                continue
            head, tail = self._division(word, room - self.measure([*line, ""], bold=bold), bold)
            if head:
                line.append(head)
                queue.insert(0, tail)
            elif not line:
                line.append(word)
            else:
                queue.insert(0, word)
            result.append((line, False))
            line, room = [], width
        if line:
            result.append((line, True))
        return result or [([], True)]

    def _division(self, word: str, room: float, bold: bool) -> tuple[str, str]:
        """Divide a word that does not fit: after a hyphen it has, or between two syllables."""
        if "-" in word[2:-2] and word.replace("-", "").isalpha():
            at = word.index("-", 2) + 1
            if self.measure([word[:at]], bold=bold) <= room:
                return word[:at], word[at:]
        if not self.look.hyphenated or not word.isalpha() or not word.islower() or len(word) < 7:
            return "", word
        for at in range(len(word) - 3, 2, -1):
            fits = self.measure([word[:at] + "-"], bold=bold) <= room
            if fits and word[at - 1] in _VOWELS and word[at] not in _VOWELS + "ьъй":
                return word[:at] + "-", word[at:]
        return "", word

    def measure(self, words: list[str], *, bold: bool = False) -> float:
        """Width of words with single blanks between them."""
        font = self.bold if bold else self.plain
        size = self.look.size
        total = 0.0
        for part in _RAISED.split(" ".join(words)):
            raised = bool(_RAISED.fullmatch(part))
            text = part.translate(_SUPERSCRIPTS) if raised else part
            total += pdfmetrics.stringWidth(text, font, size * (0.62 if raised else 1.0))
            total += len(text) * self.look.letter_space
        return total

    def line(self, words: list[str], x: float, y: float, room: float, *, bold: bool = False) -> None:
        """Draw one line; ``room`` is the width to fill, 0 for a ragged one."""
        blank = self.measure([" "], bold=bold)
        if room and self.look.justified and len(words) > 1:
            bare = sum(self.measure([word], bold=bold) for word in words)
            blank = max((room - bare) / (len(words) - 1), blank * 0.8)
        if self.look.by_line and not (room and self.look.justified):
            self._string(" ".join(words), x, y, bold)
            return
        for word in words:
            self._string(word, x, y, bold)
            x += self.measure([word], bold=bold) + blank

    def _string(self, text: str, x: float, y: float, bold: bool) -> None:
        font, size = (self.bold if bold else self.plain), self.look.size
        for part in _RAISED.split(text):
            if not part:
                continue
            raised = bool(_RAISED.fullmatch(part))
            shown = part.translate(_SUPERSCRIPTS) if raised else part
            self.canvas.setFont(font, size * (0.62 if raised else 1.0))
            lift = size * 0.34 if raised else 0.0
            self.canvas.drawString(x, y + lift, shown, charSpace=self.look.letter_space)
            x += self.measure([part], bold=bold)


def print_pdf(pieces: Iterable[Piece], look: Look | None = None, seed: int = 1) -> bytes:
    """One text on pages of one column."""
    printer = PdfPrinter(look or Look(), seed)
    printer.print(pieces)
    return printer.bytes()


def pieces_of(texts: Iterable[str]) -> list[Piece]:
    """Plain paragraphs."""
    return [Piece(text) for text in texts]
