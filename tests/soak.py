"""make soak: what is too long for every change – kill, restore, hostile, fuzz, load, bench – with a seed to choose.

    python -m tests.soak [--seed N] [--only kill --only restore …] [--logs out/soak]

The seed decides the moments of kills, the bytes of hostile files, the examples of Hypothesis, the walks of the load.
A part that is red does not stop the next one. Ends with a table; exits with 1 when any part was red.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from xml.etree import ElementTree

from tests.conftest import REPOSITORY

KILL = (
    "tests/api/test_killed_upload.py", "tests/api/test_killed_worker.py", "tests/batch/test_soak.py",
    "tests/batch/test_dask.py", "tests/batch/test_run.py", "tests/reading/test_isolation.py",
)  # fmt: skip
RESTORE = (
    "tests/work/test_backup.py", "tests/work/test_hostile_backup.py", "tests/work/test_killed_restore.py",
    "tests/store/test_released.py",
)  # fmt: skip
HOSTILE = ("tests/hostile",)
ELSEWHERE = tuple(f"--ignore={path}" for path in (*KILL, *RESTORE, *HOSTILE))

PARTS: Mapping[str, Sequence[str]] = {
    "kill": ("pytest", *KILL),
    "restore": ("pytest", *RESTORE),
    "hostile": ("pytest", *HOSTILE),
    "fuzz": ("pytest", "tests", *ELSEWHERE),  # all other tests, those of properties with other examples
    "load": ("tests.load", "--seed", "{seed}"),
    "bench": ("evaluation.bench",),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a part ended. ``told``: numbers of tests, where it consists of tests."""

    name: str
    green: bool
    told: str
    minutes: float


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="the long tests, with a summary")
    parser.add_argument("--seed", default="")
    parser.add_argument("--only", action="append", choices=list(PARTS))
    parser.add_argument("--processes", default="2", help="tests at the same time")
    parser.add_argument("--logs", type=Path, default=REPOSITORY / "out" / "soak")
    options = parser.parse_args()
    seed = int(options.seed or SystemRandom().randrange(1, 10**6))
    logs: Path = options.logs / str(seed)
    logs.mkdir(parents=True, exist_ok=True)
    print(f"seed {seed}, logs in {logs}", flush=True)
    ended = [_run(name, seed, logs, options.processes) for name in options.only or PARTS]
    print(f"\n| part | seed {seed} | tests | minutes |\n|---|---|---|---|")
    for each in ended:
        print(f"| {each.name} | {'green' if each.green else '**red**'} | {each.told} | {each.minutes:.1f} |")
    return int(not all(each.green for each in ended))


def _run(name: str, seed: int, logs: Path, processes: str) -> Ended:
    module, *given = (word.format(seed=seed) for word in PARTS[name])
    counted = logs / f"{name}.xml"
    counted.unlink(missing_ok=True)
    if module == "pytest":
        given += ["-n", processes, f"--hypothesis-seed={seed}", f"--junitxml={counted}"]
    start = time.monotonic()
    with (logs / f"{name}.log").open("w") as log:
        done = subprocess.run(
            [sys.executable, "-m", module, *given], cwd=REPOSITORY, stdout=log, stderr=log, check=False,
            env=os.environ | {"SOAK_SEED": str(seed)},
        )  # fmt: skip
    ended = Ended(name, done.returncode == 0, _told(counted), (time.monotonic() - start) / 60)
    print(f"{name}: {'green' if ended.green else 'RED'} {ended.told}", flush=True)
    if not ended.green:
        print("\n".join((logs / f"{name}.log").read_text(errors="replace").splitlines()[-20:]), flush=True)
    return ended


def _told(counted: Path) -> str:
    if not counted.exists():
        return "–"
    (suite,) = ElementTree.parse(counted).getroot().iter("testsuite")
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    return f"{count['tests']}, failed {count['failures'] + count['errors']}, skipped {count['skipped']}"


if __name__ == "__main__":
    sys.exit(main())
