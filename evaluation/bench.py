"""make bench: speed and memory of the pipeline, on drafts of our own, every stage beside a reference in the same run.

Reads: the sample drafts (``examples/``). Writes: a table to standard output, and with ``--json FILE`` the same figures.
Seconds depend on the machine; the ratios to the reference stage (tokens of a plain regular expression over the same
text) are what is compared between versions.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import docx

from evaluation import pdf_bench
from nlp import language as languages
from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner
from nlp.reading.docx import read_docx
from nlp.reading.reader import read_bytes
from nlp.reading.source import SourceText
from nlp.structure import provisions, structure

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PAGE_CHARACTERS = 2_500
BUDGET_SECONDS = 3.0
PDF_RATIO = 5.0
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stage:
    """One measured stage: best of the repeats, in seconds, and its ratio to the reference of the same language."""

    language: str
    name: str
    seconds: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of this process, in MiB, after the first tenth and after the last of ``documents``."""

    documents: int
    early_mib: float
    late_mib: float


def long_draft(sample: Path, pages: int) -> bytes:
    """A DOCX of about ``pages`` pages: the sample's text again and again, its points numbered on and on.

    Long paragraphs of every copy carry a number of their own, so that no two are the same.
    """
    source = read_docx(sample.read_bytes(), sample.name, Limits())
    lines = [line for line in source.text.split("\n") if line.strip()]
    head, body = lines[:12], lines[12:]
    document = docx.Document()
    for line in head:
        document.add_paragraph(line)
    written, copy, point = 0, 0, 0
    while written < pages * PAGE_CHARACTERS:
        copy += 1
        for line in body:
            numbered = re.match(r"\d+\. ", line)
            point += bool(numbered)
            words = re.sub(r"^\d+\. ", f"{point}. ", line) if numbered else line
            document.add_paragraph(f"{words} № {copy}-{written}." if len(words) > 200 else words)
            written += len(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def best(action: Callable[[], object], repeats: int) -> float:
    """Seconds of the quickest of ``repeats`` runs."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return min(times)


def stages(examiner: Examiner, code: str, sample: Path, pages: int, repeats: int) -> list[Stage]:
    """All stages of one language; the last is the whole way from bytes to findings, the parser child included."""
    data = long_draft(sample, pages)
    source = read_docx(data, sample.name, Limits())
    act = structure(source)
    units = provisions(act)
    analyser = languages.of(code)
    reference = best(lambda: [m.group().lower() for m in _WORD.finditer(source.text)], repeats)
    measured = {
        "reference: regular expression": reference,
        "read DOCX": best(lambda: read_docx(data, sample.name, Limits()), repeats),
        "read DOCX in the child": best(lambda: read_bytes(data, sample.name), repeats),
        "structure": best(lambda: provisions(structure(source)), repeats),
        "analyse words": best(lambda: [analyser.analyse(unit.text) for unit in units], repeats),
        "judge": best(lambda: [examiner.judge(unit) for unit in units], repeats),
        "file to findings": best(lambda: _whole(examiner, code, data, sample.name), repeats),
    }
    return [Stage(code, name, round(seconds, 4), round(seconds / reference, 1)) for name, seconds in measured.items()]


def _whole(examiner: Examiner, code: str, data: bytes, name: str) -> None:
    examiner.examine(_dossier(code, read_bytes(data, name)))


def _dossier(code: str, source: SourceText) -> Dossier:
    return Dossier(kk=source) if code == "kk" else Dossier(ru=source)


def memory(examiner: Examiner, sample: Path, code: str, documents: int) -> Memory:
    """Examine one draft after another; memory must not grow."""
    data = sample.read_bytes()
    early = 0.0
    for number in range(documents):
        _whole(examiner, code, data, f"{number}-{sample.name}")
        if number == documents // 10:
            early = _resident_mib()
    return Memory(documents, round(early, 1), round(_resident_mib(), 1))


def _resident_mib() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure and print; the exit code tells whether 100 pages take 3 seconds at most and PDF keeps its ratio."""
    options = _options()
    begin = time.perf_counter()
    examiner = Examiner(load_pack(kz_pack()))
    for code in ("ru", "kk"):
        _whole(examiner, code, (EXAMPLES / f"draft-{code}.docx").read_bytes(), "warm-up.docx")
    started = time.perf_counter() - begin
    rows = [
        stage
        for code in ("ru", "kk")
        for stage in stages(examiner, code, EXAMPLES / f"draft-{code}.docx", options.pages, options.repeats)
    ]
    flat = memory(examiner, EXAMPLES / "draft-ru.docx", "ru", options.documents)
    printed = pdf_bench.speed(repeats=options.repeats)
    pages = pdf_bench.memory(options.pdf_pages)
    _print(started, rows, flat, options.pages)
    _print_pdf(printed, pages)
    if options.json:
        figures = {"start_up": started, "stages": [asdict(row) for row in rows], "memory": asdict(flat)}
        figures |= {"pdf": asdict(printed), "pdf_memory": [asdict(row) for row in pages]}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    slow = [
        row for row in rows if row.name == "file to findings" and row.seconds > BUDGET_SECONDS * options.pages / 100
    ]
    return 1 if slow or printed.ratio < PDF_RATIO else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="speed and memory of the pipeline")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument(
        "--pdf-pages", type=_counts, default=(100, 1_000), help="pages of the files for memory: 100,1000"
    )
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _print_pdf(speed: pdf_bench.PdfSpeed, rows: list[pdf_bench.PdfMemory]) -> None:
    write = sys.stdout.write
    write(f"\nPDF, pages of {pdf_bench.PAGE_CHARACTERS} characters without tables, a second of processor time:\n")
    write(f"    {speed.pages_a_second:.0f} pages, pdfplumber {speed.pdfplumber:.0f}, ratio {speed.ratio:.1f}\n")
    for row in rows:
        write(
            f"    {row.pages} pages: {row.walking:.0f} MiB for the pages, {row.reading:.0f} MiB with the whole text, "
        )
        write(f"which holds {row.text:.0f} MiB\n")


def _print(started: float, rows: list[Stage], flat: Memory, pages: int) -> None:
    write = sys.stdout.write
    write(f"start-up (pack, dictionaries, parser child, first draft of each language): {started:.2f} s\n")
    write(f"{pages} pages of {PAGE_CHARACTERS} characters, one core\n\n")
    write(f"{'':4}{'stage':34}{'seconds':>10}{'ratio':>10}\n")
    for row in rows:
        write(f"{row.language:4}{row.name:34}{row.seconds:>10.3f}{row.ratio:>10.1f}\n")
    write(f"\nmemory over {flat.documents} drafts: {flat.early_mib:.0f} MiB early, {flat.late_mib:.0f} MiB late\n")


if __name__ == "__main__":
    sys.exit(main())
