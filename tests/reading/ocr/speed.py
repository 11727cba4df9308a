"""What a scanned page costs: ``python -m tests.reading.ocr.speed``. Processor seconds, so that load does not matter."""

from __future__ import annotations

import resource

import psutil

from nlp.limits import Limits
from nlp.reading.isolation import Parser
from tests.reading.ocr.accuracy import example, plain, printed
from tests.reading.ocr.scanning import Scan, scan_pdf


def main() -> None:
    """One line for each kind of scan."""
    samples = {code: printed(plain(example(f"draft-{code}.docx"))) for code in ("ru", "kk")}
    print("| scan | Tesseract, s/page | the rest, s/page | memory of the child, MiB |")
    for name, scan in {"300 dpi, grey": Scan(), "300 dpi, colour": Scan(stamp=True), "150 dpi": Scan(dpi=150)}.items():
        for code, sample in samples.items():
            pdf = scan_pdf(sample.pdf, scan)
            with Parser(Limits()) as parser:
                parser.read(b"x", "x.txt")
                child = psutil.Process(parser.pid)
                own, others = child.cpu_times(), resource.getrusage(resource.RUSAGE_CHILDREN)
                source = parser.read(pdf, "scan.pdf")
                spent, ended = child.cpu_times(), resource.getrusage(resource.RUSAGE_CHILDREN)
                memory = child.memory_info().rss // 2**20
            pages = max(block.place.page for block in source.blocks)
            tesseract = (ended.ru_utime - others.ru_utime + ended.ru_stime - others.ru_stime) / pages
            rest = (spent.user - own.user + spent.system - own.system) / pages
            print(f"| {name}, {code} ({pages} pages) | {tesseract:.1f} | {rest:.1f} | {memory} |", flush=True)


if __name__ == "__main__":
    main()
