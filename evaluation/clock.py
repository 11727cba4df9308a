"""What a measurement says of itself: processor seconds, the best of repeats, and the state of the machine."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

WEIGHTS = Path(__file__).resolve().parent.parent / "models" / "weights"
"""The classifier that is measured: the one that goes with the product."""

T = TypeVar("T")


def processor() -> float:
    """Processor seconds of this process and of its children, those that still live included where Linux tells them."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(_of_child, _children()))


def _children() -> list[str]:
    try:
        lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    except OSError:
        return []
    return [number for line in lists for number in line.split()]


def _of_child(number: str) -> float:
    try:
        fields = Path("/proc", number, "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mib() -> float:
    """The most memory that this process has held. Linux tells it of the program itself; ``ru_maxrss`` elsewhere begins
    with what the parent held when the process was started, so a fat parent hides a thin child."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def best(prepare: Callable[[], T], action: Callable[[T], object], repeats: int) -> float:
    """Processor seconds of the quickest of ``repeats`` runs, each on what ``prepare`` makes anew."""
    times = []
    for _ in range(repeats):
        given = prepare()
        begin = processor()
        action(given)
        times.append(processor() - begin)
    return min(times)


def machine() -> str:
    """Date, processors and load, in one line: figures without them say little."""
    one, five, _ = os.getloadavg()
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{when}, {os.cpu_count()} processors ({platform.machine()}), load {one:.1f} (five minutes: {five:.1f})"
