"""Speed and memory of PDF reading beside pdfplumber, as figures: ``python -m tests.reading.pdf.speed [pages]``.

Pages hold about 2,000 characters of varied text without tables. Each reader runs in a process of its own.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.reading.pdf.printing import STAMP, Look, PdfPrinter, pieces_of

_WORDS = tuple(
    re.findall(
        r"\w+",
        "орган решение срок заявитель порядок рассматривает документ уполномоченный пять рабочих дней закон статья "
        "обязан вправе уведомляет основание отказ услуга перечень комиссия государственный проверка контроль шешім "
        "мемлекеттік заңнама тәртіп құжат мерзім өтініш қызмет",
    )
)


def sample(pages: int, characters: int = 2000) -> bytes:
    """A document of ``pages`` pages."""
    random = Random(7)
    printer = PdfPrinter(Look(size=12, leading=17, stamp=STAMP, header="Проект", numbered=True))
    while printer.page <= pages:
        page = printer.page
        length = 0
        while length < characters and printer.page == page:
            text = " ".join(random.choice(_WORDS) for _ in range(30)).capitalize() + "."
            length += len(text) + 1
            printer.print(pieces_of([text]))
        if printer.page == page:
            if page == pages:
                break
            printer._new_page()
    return printer.bytes()


def measure(reader: str, path: str) -> dict[str, float]:
    """Seconds, pages and peak memory (MiB, beyond what the imports take) of one reader; meant for a fresh process."""
    data = Path(path).read_bytes()
    if reader == "saraptama":
        from nlp.reading.pdf import read_pdf

        before, start = _peak(), time.perf_counter()
        source = read_pdf(data)
        pages = max(block.place.page for block in source.blocks)
        characters = len(source.text)
    else:
        import pdfplumber

        before, start, characters = _peak(), time.perf_counter(), 0
        with pdfplumber.open(path) as pdf:
            pages = len(pdf.pages)
            for page in pdf.pages:
                characters += len(page.extract_text() or "")
                page.close()
    seconds = time.perf_counter() - start
    return {
        "pages": pages,
        "characters_a_page": characters / pages,
        "pages_a_second": pages / seconds,
        "mib": _peak() - before,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a table."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], sys.argv[2])))
        return
    most = int(sys.argv[1]) if len(sys.argv) == 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        for reader, pages in (("pdfplumber", 50), ("saraptama", 50), ("saraptama", most // 4), ("saraptama", most)):
            path = Path(folder) / f"{pages}.pdf"
            if not path.exists():
                path.write_bytes(sample(pages))
            command = [sys.executable, "-m", "tests.reading.pdf.speed", reader, str(path)]
            figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(f"{reader:12}", " ".join(f"{name} {value:8.1f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
