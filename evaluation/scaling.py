"""How seconds and memory of an examination grow with the length of the text.

Reads: the sample drafts made as many pages long as asked, and acts as .txt or .docx where some are named. Writes: a
table to standard output – processor seconds of examining, what a page takes, peak memory of a process that does nothing
else, and the exponents fitted to the sample drafts, to the acts, and to both, for each language (1 is linear).

    .venv/bin/python -m evaluation.scaling --pages 10,100,400,2000 --acts act-ru.txt act-kk.txt --classifier
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evaluation.bench_drafts import EXAMPLES, PAGE_CHARACTERS, long_draft
from evaluation.clock import WEIGHTS, machine, peak_mib
from evaluation.work import dossier, exponent
from nlp.classifier.classifier import Classifier
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_bytes
from nlp.structure import structure

EXPONENT = 1.05


@dataclass(frozen=True, slots=True)
class Size:
    """One text: its length, processor seconds from the read file to findings, peak memory of the process in MiB and
    how much of it loading the rules took."""

    language: str
    name: str
    characters: int
    seconds: float
    peak_mib: float
    rules_mib: float

    @property
    def milliseconds_a_page(self) -> float:
        """Milliseconds for a page of 2,500 characters."""
        return 1000 * self.seconds * PAGE_CHARACTERS / self.characters


def measure(path: Path, runs: int = 2, classifier: bool = False) -> Size:
    """Examine one file in this process, which should be fresh; the best of the runs, as the first learns the words."""
    limits = replace(Limits(), pages=100_000, text_characters=10**9, norms_remembered=1)  # each run reads all norms
    source = read_bytes(path.read_bytes(), path.name, limits)
    act = structure(source)
    code = "kk" if act.language == "kk" else "ru"
    del act
    examiner = Examiner(load_pack(kz_pack()), limits, classifier=Classifier(WEIGHTS) if classifier else None)
    rules = round(peak_mib(), 1)
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        examiner.examine(dossier(code, source), Options(force=True))
        seconds.append(time.process_time() - start)
    return Size(code, path.name, len(source.text), round(min(seconds), 3), round(peak_mib(), 1), rules)


def apart(path: Path, runs: int = 2, classifier: bool = False) -> Size:
    """``measure`` in a process of its own."""
    command = [sys.executable, "-m", "evaluation.scaling", "--one", str(path), "--runs", str(runs)]
    command += ["--classifier"] if classifier else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Size(**json.loads(done.stdout))


def main() -> int:
    """Measure and print; the exit code tells whether every exponent keeps to ``EXPONENT``."""
    options = _options()
    if options.one:
        sys.stdout.write(json.dumps(asdict(measure(options.one, options.runs, options.classifier))))
        return 0
    write = sys.stdout.write
    write(f"{machine()}{', with the classifier' if options.classifier else ''}\n")
    write(f"{'':4}{'text':38}{'characters':>12}{'seconds':>10}{'ms a page':>12}{'peak MiB':>10}{'rules MiB':>11}\n")
    sizes: list[Size] = []
    with tempfile.TemporaryDirectory() as folder:
        made = [_draft(Path(folder), code, pages) for code in ("ru", "kk") for pages in options.pages]
        for path in [*made, *options.acts]:
            size = apart(path, options.runs, options.classifier)
            sizes.append(size)
            write(f"{size.language:4}{size.name:38}{size.characters:>12}{size.seconds:>10.2f}")
            write(f"{size.milliseconds_a_page:>12.1f}{size.peak_mib:>10.0f}{size.rules_mib:>11.0f}\n")
            sys.stdout.flush()
    fitted = exponents(sizes, {path.name for path in made})
    for name, value in fitted.items():
        write(f"{name}: exponent {value:.3f}, at most {EXPONENT}: {'holds' if value <= EXPONENT else 'NOT MET'}\n")
    return 1 if any(value > EXPONENT for value in fitted.values()) else 0


def exponents(sizes: Sequence[Size], drafts: Collection[str]) -> dict[str, float]:
    """The exponent over the drafts, the acts and both of each language that has two lengths at least."""
    fitted = {}
    for code in ("ru", "kk"):
        mine = [size for size in sizes if size.language == code]
        groups = {
            "drafts": [size for size in mine if size.name in drafts],
            "acts": [size for size in mine if size.name not in drafts],
        }
        if all(groups.values()):
            groups["both"] = mine
        for name, group in groups.items():
            if len({size.characters for size in group}) > 1:
                costs = [size.seconds for size in group]
                fitted[f"{code}, {name}"] = exponent([size.characters for size in group], costs)
    return fitted


def _draft(folder: Path, code: str, pages: int) -> Path:
    path = folder / f"draft-{code}-{pages}-pages.docx"
    path.write_bytes(long_draft(EXAMPLES / f"draft-{code}.docx", pages))
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="seconds and memory by the length of the text")
    parser.add_argument("--pages", type=_counts, default=(10, 100, 400))
    parser.add_argument("--runs", type=int, default=2, help="runs of every text, of which the best counts")
    parser.add_argument("--classifier", action="store_true", help="with the classifier")
    parser.add_argument("--acts", type=Path, nargs="*", default=[], help="acts as .txt or .docx, by their real length")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part)


if __name__ == "__main__":
    sys.exit(main())
