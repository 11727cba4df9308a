"""make bench: speed and memory of the pipeline on drafts of our own, every stage beside a peer and a limit in one run.

Reads: the sample drafts (``examples/``), written norms (``corpora/own``), the weights of the classifier. Writes: tables
to standard output, and with ``--json FILE`` the same figures. Seconds depend on the machine; ratios to what ran beside
are what is compared between versions. Peers that are not installed (``requirements-bench.lock``) are named missing.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation import classifier_bench, matching_bench, pdf_bench, peers
from evaluation.bench_drafts import EXAMPLES, PAGE_CHARACTERS, long_draft
from evaluation.clock import WEIGHTS, machine, processor
from evaluation.versus import Versus, versus_table
from evaluation.work import dossier
from nlp import language as languages
from nlp.classifier.classifier import Classifier
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner
from nlp.reading.docx import read_docx
from nlp.reading.reader import read_bytes
from nlp.structure import provisions, structure

BUDGET_SECONDS = {"file to findings": 3.0, "file to findings, classifier": 8.0}
"""Seconds by the clock that 100 pages may take."""
PDF_RATIO = 5.0
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stage:
    """One measured stage, best of the repeats: seconds by the clock, of processors (children included), and the ratio
    of the latter to the reference of the same language."""

    language: str
    name: str
    seconds: float
    processor: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of this process, in MiB, after the first tenth and after the last of ``documents``."""

    documents: int
    early_mib: float
    late_mib: float


def best(action: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Seconds by the clock and of processors, each of the quickest of ``repeats`` runs."""
    clock, processors = [], []
    for _ in range(repeats):
        begin, used = time.perf_counter(), processor()
        action()
        clock.append(time.perf_counter() - begin)
        processors.append(processor() - used)
    return min(clock), min(processors)


def stages(examiners: tuple[Examiner, Examiner], code: str, data: bytes, repeats: int) -> list[Stage]:
    """All stages of one language; the last two are the whole way from bytes to findings, the parser child included,
    without the classifier and with it."""
    plain, learned = examiners
    name = f"draft-{code}.docx"
    source = read_docx(data, name, Limits())
    units = provisions(structure(source))
    analyser = languages.of(code)
    actions: dict[str, Callable[[], object]] = {
        "reference: regular expression": lambda: [m.group().lower() for m in _WORD.finditer(source.text)],
        "read DOCX": lambda: read_docx(data, name, Limits()),
        "read DOCX in the child": lambda: read_bytes(data, name),
        "structure": lambda: provisions(structure(source)),
        "analyse words": lambda: [analyser.analyse(unit.text) for unit in units],
        "judge": lambda: [plain.judge(unit) for unit in units],
        "judge, classifier": lambda: [learned.judge(unit) for unit in units],
        "file to findings": lambda: _whole(plain, code, data, name),
        "file to findings, classifier": lambda: _whole(learned, code, data, name),
    }
    measured = {stage: best(action, repeats) for stage, action in actions.items()}
    reference = measured["reference: regular expression"][1]
    return [
        Stage(code, stage, round(clock, 4), round(used, 4), round(used / reference, 1))
        for stage, (clock, used) in measured.items()
    ]


def _whole(examiner: Examiner, code: str, data: bytes, name: str) -> None:
    examiner.examine(dossier(code, read_bytes(data, name)))


def compared(
    pack: Pack, speed: pdf_bench.PdfSpeed, drafts: dict[str, bytes], options: argparse.Namespace
) -> list[Versus]:
    """Every stage beside its peers and its limit."""
    rows = [
        Versus("reading PDF", "", speed.pages_a_second, "pdfplumber", speed.pdfplumber, "pages", PDF_RATIO),
        Versus("reading PDF", "", speed.pages_a_second, "PDFium, raw text", speed.pdfium, "pages", None),
    ]
    for code, data in drafts.items():
        rows += peers.word_files(code, data, options.repeats)
        given = matching_bench.texts(options.acts, code, options.megabytes)
        if given:
            rows += peers.lemmas(code, [each.text for each in given], options.repeats)
            rows += matching_bench.compared(matching_bench.measure(pack, code, given, options.repeats, options.few))
    return rows + classifier_bench.measure(pack, options.norms, options.repeats)


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
    """Measure and print; the exit code tells whether every bar holds: seconds of 100 pages, and ratios without a named
    reason."""
    options = _options()
    sys.stdout.write(f"{machine()}\n")
    begin = time.perf_counter(), processor()
    pack = load_pack(kz_pack())
    forgetful = Limits(norms_remembered=1)  # a long draft repeats a sample: every norm of it shall be read
    plain, learned = Examiner(pack), Examiner(pack, forgetful, classifier=Classifier(WEIGHTS))
    for code in pack.languages:
        _whole(plain, code, (EXAMPLES / f"draft-{code}.docx").read_bytes(), "warm-up.docx")
    started = time.perf_counter() - begin[0], processor() - begin[1]
    drafts = {code: long_draft(EXAMPLES / f"draft-{code}.docx", options.pages) for code in pack.languages}
    rows = [row for code in drafts for row in stages((plain, learned), code, drafts[code], options.repeats)]
    flat = memory(plain, EXAMPLES / "draft-ru.docx", "ru", options.documents)
    _print(started, rows, flat, options.pages)
    printed = pdf_bench.speed(repeats=options.repeats)
    pages = pdf_bench.memory(options.pdf_pages)
    _print_pdf(pages)
    beside = compared(pack, printed, drafts, options)
    sys.stdout.write(f"\n{versus_table(beside)}\n\n{machine()}\n")
    if options.json:
        figures = {"start_up": started[0], "stages": [asdict(row) for row in rows], "memory": asdict(flat)}
        figures |= {"pdf": asdict(printed), "pdf_memory": [asdict(row) for row in pages]}
        figures |= {"beside": [asdict(row) | {"ratio": row.ratio, "holds": row.holds} for row in beside]}
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    slow = [row for row in rows if row.seconds > BUDGET_SECONDS.get(row.name, 1e9) * options.pages / 100]
    return 1 if slow or any(row.failed for row in beside) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="speed and memory of the pipeline")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--acts", type=Path, default=EXAMPLES, help="folder of acts for the matchers, .txt or .docx")
    parser.add_argument("--megabytes", type=float, default=1.0, help="text of each language for the rules, at most")
    parser.add_argument("--few", type=float, default=0.05, help="megabytes for the peers of the rules, which are slow")
    parser.add_argument("--norms", type=int, default=200, help="norms of each language for the classifier")
    parser.add_argument(
        "--pdf-pages", type=_counts, default=(100, 1_000), help="pages of the files for memory: 100,1000"
    )
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _print_pdf(rows: list[pdf_bench.PdfMemory]) -> None:
    write = sys.stdout.write
    write(f"\nPDF, pages of {pdf_bench.PAGE_CHARACTERS} characters without tables\n")
    for row in rows:
        write(
            f"    {row.pages} pages: {row.walking:.0f} MiB for the pages, {row.reading:.0f} MiB with the whole text, "
        )
        write(f"which holds {row.text:.0f} MiB\n")


def _print(started: tuple[float, float], rows: list[Stage], flat: Memory, pages: int) -> None:
    write = sys.stdout.write
    write("start-up (pack, dictionaries, weights, parser child, first draft of each language): ")
    write(f"{started[0]:.2f} s by the clock, {started[1]:.2f} s of processors\n")
    write(f"{pages} pages of {PAGE_CHARACTERS} characters\n\n")
    write(f"{'':4}{'stage':34}{'clock, s':>10}{'processor':>12}{'ratio':>10}\n")
    for row in rows:
        write(f"{row.language:4}{row.name:34}{row.seconds:>10.3f}{row.processor:>12.3f}{row.ratio:>10.1f}\n")
    write(f"\nmemory over {flat.documents} drafts: {flat.early_mib:.0f} MiB early, {flat.late_mib:.0f} MiB late\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
