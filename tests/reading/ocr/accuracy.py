"""How well scans are read: ``python -m tests.reading.ocr.accuracy [FILE…]`` prints the tables of docs/quality.md.

Without files our own drafts are printed and scanned; given text files (one language each) these are.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from nlp.reading.reader import read_bytes, read_file
from nlp.reading.source import SourceText
from tests.conftest import REPOSITORY
from tests.reading.ocr.scanning import Scan, scan_pdf
from tests.reading.pdf.measures import block_texts, character_error, kept_whole
from tests.reading.pdf.printing import Look, PdfPrinter, pieces_of, print_pdf

CONDITIONS = {
    "clean, 300 dpi": Scan(),
    "clean, 200 dpi": Scan(dpi=200),
    "clean, 150 dpi": Scan(dpi=150),
    "leaning 1°": Scan(skew=1.0),
    "leaning −2°": Scan(skew=-2.0),
    "JPEG, strongly packed": Scan(dpi=200, quality=25),
    "noise": Scan(noise=25),
    "grey paper": Scan(grey=90, noise=8),
    "stamp and signature over the text": Scan(stamp=True),
    "all at once, 200 dpi": Scan(dpi=200, skew=-1.3, noise=12, quality=40, grey=60, stamp=True),
    "on its side": Scan(turn=1),
    "upside down": Scan(turn=2),
}
LOOK = Look(numbered=True, hyphenated=True)


@dataclass(frozen=True)
class Sample:
    """A print: paragraphs of each column (0: full width)."""

    pdf: bytes
    columns: dict[int, list[str]]


def example(name: str) -> list[str]:
    """Paragraphs of one of the example drafts."""
    return block_texts(read_docx((REPOSITORY / "examples" / name).read_bytes(), name, Limits()))


def plain(texts: list[str]) -> list[str]:
    """Texts without lines to fill in, of which recognition sees nothing."""
    cleaned = (" ".join(text.replace("_", " ").split()).replace("« »", "«»") for text in texts)
    return [text for text in cleaned if any(map(str.isalnum, text))]


def printed(texts: list[str]) -> Sample:
    """One column."""
    return Sample(print_pdf(pieces_of(texts), LOOK), {0: texts})


def two_columns(left: list[str], right: list[str]) -> Sample:
    """Two languages side by side."""
    printer = PdfPrinter(Look(size=11, leading=13.5, numbered=True))
    printer.columns(pieces_of(left), pieces_of(right))
    return Sample(printer.bytes(), {1: left, 2: right})


def errors(sample: Sample, source: SourceText) -> tuple[float, float]:
    """(character error rate, share of paragraphs kept whole)."""
    wrong = [(character_error(texts, block_texts(source, column)), len(" ".join(texts)))
             for column, texts in sample.columns.items()]  # fmt: skip
    expected = [text for texts in sample.columns.values() for text in texts]
    total = sum(length for _, length in wrong)
    return sum(error * length for error, length in wrong) / total, kept_whole(expected, block_texts(source))


def main(files: list[str]) -> None:
    """Print one table."""
    ru, kk = plain(example("draft-ru.docx"))[:48], plain(example("draft-kk.docx"))[:48]
    samples = {"ru": printed(ru), "kk": printed(kk), "two columns": two_columns(ru[:30], kk[:30])}
    if files:
        texts = {Path(file).stem[:3]: plain(block_texts(read_file(file)))[:60] for file in files}
        samples = {name: printed(found) for name, found in texts.items()}
    print("| scan |", " | ".join(f"{name}: errors, % | whole, %" for name in samples), "|")
    for condition, scan in CONDITIONS.items():
        cells = []
        for sample in samples.values():
            pdf = scan_pdf(sample.pdf, scan)
            source = read_bytes(pdf, "scan.pdf")
            error, whole = errors(sample, source)
            poor = sum(notice.code == "reading.ocr_poor_page" for notice in source.notices)
            cells.append(f"{100 * error:.2f} | {100 * whole:.0f}{f' ({poor} poor)' if poor else ''}")
        print(f"| {condition} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
