"""PDF in ``make bench``: pages a second beside pdfplumber, the peer, and PDFium's raw text, the limit, in the same run,
and memory over 100, 1,000, 10,000 pages.

Reads: nothing; the pages are made here: 2,000 characters of Russian words each, every word placed by itself as word
processors do, no tables. Writes: ``PdfSpeed`` and ``PdfMemory``. Every measurement runs in a process of its own;
seconds are of its processor, so that a busy machine does not spoil them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from evaluation.clock import peak_mib
from nlp.limits import Limits
from nlp.reading.pdf import read_pdf
from nlp.reading.pdf_document import open_pdf
from nlp.reading.pdf_words import words_of

PAGE_CHARACTERS = 2_000
PARAGRAPH_CHARACTERS = 400
_WORDS = re.findall(
    r"\w+",
    "орган решение срок заявитель порядок рассматривает документ уполномоченный пять рабочих дней закон статья обязан "
    "вправе уведомляет основание отказ услуга перечень комиссия государственный проверка контроль указанный настоящий",
)
_WIDTH = 500  # thousandths of the size: every letter of the font that is declared
_SIZE, _LEADING, _LEFT, _RIGHT, _TOP, _INDENT = 10, 15, 70, 545, 780, 28
_UNICODE = (
    b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <20> <7E> <0020> <C0> <FF> <0410> "
    b"endbfrange endcmap"
)


@dataclass(frozen=True, slots=True)
class PdfSpeed:
    """Pages a second of processor time: ours, pdfplumber's text, and how many times as many ours are; ``pdfium``: the
    characters of the page as PDFium has them, which every reader above it needs first."""

    pages_a_second: float
    pdfplumber: float
    ratio: float
    pdfium: float


@dataclass(frozen=True, slots=True)
class PdfMemory:
    """Peak memory in MiB beyond that of an empty process with the libraries loaded and the file itself.

    ``walking``: pages are opened, their words found and let go; ``reading``: the whole SourceText is built; ``text``
    of these is what it holds at the end (characters, places of words, blocks).
    """

    pages: int
    walking: float
    reading: float
    text: float


def pdf_of(pages: int) -> bytes:
    """A PDF of ``pages`` different pages of ``PAGE_CHARACTERS`` characters."""
    random = Random(5)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(pages)), pages),
        3: b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 32/LastChar 255/Widths[%s]/ToUnicode 4 0 R>>"
        % b" ".join([b"%d" % _WIDTH] * 224),
        4: _stream(_UNICODE),
    }
    for number in range(pages):
        objects[10 + 2 * number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (11 + 2 * number)
        )
        objects[11 + 2 * number] = _stream(_page(random))
    return _file(objects)


def _page(random: Random) -> bytes:
    letter = _SIZE * _WIDTH / 1000
    made, length, x, y = [b"BT /F %d Tf" % _SIZE], 0, float(_LEFT + _INDENT), float(_TOP)
    while length < PAGE_CHARACTERS:
        word = random.choice(_WORDS)
        if x + len(word) * letter > _RIGHT:
            x, y = float(_LEFT), y - _LEADING
        last = length // PARAGRAPH_CHARACTERS != (length + len(word) + 1) // PARAGRAPH_CHARACTERS
        made.append(b"1 0 0 1 %.2f %.2f Tm (%s) Tj" % (x, y, (word + "." * last).encode("cp1251")))
        x += (len(word) + 1) * letter
        length += len(word) + 1
        if last:
            x, y = float(_LEFT + _INDENT), y - 1.3 * _LEADING
    return b"\n".join([*made, b"ET"])


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _file(objects: dict[int, bytes]) -> bytes:
    body = bytearray(b"%PDF-1.7\n")
    table = [b"0000000000 65535 f \n"] * (max(objects) + 1)
    for number, content in objects.items():
        table[number] = b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n%s" % (len(table), b"".join(table))
    body += b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(table), start)
    return bytes(body)


def speed(pages: int = 50, repeats: int = 3) -> PdfSpeed:
    """All readers by turns over the same file; the best of ``repeats`` counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.pdf"
        path.write_bytes(pdf_of(pages))
        best = {"reading": 0.0, "pdfplumber": 0.0, "pdfium": 0.0}
        for _ in range(repeats):
            for how in best:
                best[how] = max(best[how], pages / _measured(how, path)["seconds"])
    ours, other = best["reading"], best["pdfplumber"]
    return PdfSpeed(round(ours, 1), round(other, 1), round(ours / other, 1), round(best["pdfium"], 1))


def memory(counts: tuple[int, ...] = (100, 1_000, 10_000)) -> list[PdfMemory]:
    """Peak memory for files of so many pages."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for pages in counts:
            path = Path(folder) / f"{pages}.pdf"
            path.write_bytes(pdf_of(pages))
            walking, reading = (_measured(how, path) for how in ("walking", "reading"))
            rows.append(PdfMemory(pages, walking["mib"], reading["mib"], reading["held"]))
    return rows


def _measured(how: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "evaluation.pdf_bench", how, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _measure(how: str, path: Path) -> dict[str, float]:
    """Processor seconds and peak MiB of one way of reading; meant for a fresh process."""
    if how == "pdfplumber":
        import pdfplumber
    elif how == "pdfium":
        import pypdfium2
    data = path.read_bytes()
    read_pdf(pdf_of(1))  # what is loaded once is no page's
    before, start, held = peak_mib(), time.process_time(), 0.0
    if how == "reading":
        source = read_pdf(data, limits=replace(Limits(), pages=100_000, text_characters=10**9))
    elif how == "walking":
        with open_pdf(data, replace(Limits(), pages=100_000)) as pdf:
            for index in range(pdf.pages):
                with pdf.page(index) as page:
                    if page is not None:
                        words_of(page)
    elif how == "pdfium":
        with pypdfium2.PdfDocument(path) as raw:
            for page in raw:
                page.get_textpage().get_text_range()
                page.close()
    else:
        with pdfplumber.open(path) as document:
            for shown in document.pages:
                shown.extract_text()
                shown.close()
    seconds, peak = time.process_time() - start, peak_mib()
    if how == "reading":
        blocks = sys.getsizeof(source.blocks) + sum(map(_block_size, source.blocks))
        held = (sys.getsizeof(source.text) + blocks) / 2**20
    return {"seconds": seconds, "mib": round(peak - before, 1), "held": round(held, 1)}


def _block_size(block: object) -> int:
    """Bytes of a block with its places, segments and boxes, by the sizes that the interpreter tells."""
    from nlp.reading.source import Block

    assert isinstance(block, Block)
    parts = (block, block.place, block.style, block.segments, block.boxes, block.boxes.packed, *block.segments)
    return sum(map(sys.getsizeof, parts)) + 2 * sys.getsizeof(10**6)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]))))
