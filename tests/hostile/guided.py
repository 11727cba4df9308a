"""Coverage-guided fuzzing of every loader with Atheris, which is no dependency of the product (docs/operations.md).

    python -m tests.hostile.guided OUT [--seconds 600] [--seed 1] [--target docx …]

The seconds are parted among the targets, each of which runs in a process of its own. What was found is written into
OUT/TARGET/found: the bytes, and beside them what went wrong. Errors of one place are one finding. Exits with 1 when
there is any.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

SLOW_SECONDS = 5.0  # of processor, for one input of a few kilobytes
_UNITS = re.compile(r"stat::number_of_executed_units: *(\d+)")
_COVERED = re.compile(r"cov: (\d+)")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="coverage-guided fuzzing of the loaders")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append")
    parser.add_argument("--one", help=argparse.SUPPRESS)  # in the process of a target
    options = parser.parse_args()
    if options.one:
        return _fuzz(options.one, options.out, options.seconds, options.seed)
    names = options.target or list(importlib.import_module("tests.hostile.guided_targets").TARGETS)
    found = [_in_process(name, options, max(options.seconds // len(names), 1)) for name in names]
    return int(any(found))


def _in_process(name: str, options: argparse.Namespace, seconds: int) -> int:
    """How many findings a target has; a line is printed about it."""
    folder = options.out / name
    (folder / "found").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.hostile.guided", str(folder), "--one", name,
               "--seconds", str(seconds), "--seed", str(options.seed)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    said = done.stdout + done.stderr
    (folder / "log").write_text(said, encoding="utf-8")
    units, covered = _UNITS.findall(said), _COVERED.findall(said)
    found = sorted((folder / "found").glob("*.txt"))
    killed = [] if done.returncode == 0 else [f"ended with {done.returncode}, see {folder / 'log'}"]
    print(f"{name}: {units[-1] if units else '?'} inputs, {covered[-1] if covered else '?'} places covered, "
          f"{len(found)} found {' '.join(killed)}", flush=True)  # fmt: skip
    for path in found:
        print(f"  {path.read_text(encoding='utf-8').splitlines()[-1]} ({path})")
    return len(found) + len(killed)


def _fuzz(name: str, folder: Path, seconds: int, seed: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["nlp", "corpora", "expertise"]):
        targets = importlib.import_module("tests.hostile.guided_targets")
    target, corpus = targets.TARGETS[name], folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for data in target.seeds():
        (corpus / hashlib.sha256(data).hexdigest()).write_bytes(data)
        if (error := targets.outcome(target, data)) is not None:
            _keep(folder, data, error)

    def one(data: bytes) -> None:
        start = time.process_time()
        error = targets.outcome(target, data)
        if error is None and time.process_time() - start > SLOW_SECONDS:
            error = TimeoutError(f"{time.process_time() - start:.0f} s of processor for {len(data)} bytes")
        if error is not None:
            _keep(folder, data, error)

    given = [
        sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={target.longest}",
        "-timeout=120", "-rss_limit_mb=4000", "-print_final_stats=1", f"-artifact_prefix={folder}/found/",
    ]  # fmt: skip
    atheris.Setup(given, one)
    atheris.Fuzz()
    return 0


def _keep(folder: Path, data: bytes, error: BaseException) -> None:
    """One finding for each place that an error comes from."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    place = "|".join(f"{frame.filename}:{frame.lineno}" for frame in frames) + type(error).__name__
    path = folder / "found" / hashlib.sha256(place.encode()).hexdigest()[:12]
    if not path.exists():
        path.write_bytes(data)
        said = "".join(traceback.format_exception(error))
        path.with_suffix(".txt").write_text(said, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
