"""How a child process ended: its code, its peak of memory, and a child that does not end."""

from __future__ import annotations

import subprocess
import sys

from nlp.conversation import Ended, ended, own_peak


def started(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


def test_the_code_and_the_peak_of_memory() -> None:
    small, large = started("raise SystemExit(3)"), started("import os; held = b'x' * 2**28; os.abort()")
    after_small, after_large = ended(small, 30), ended(large, 30)
    assert after_small is not None
    assert after_large is not None
    assert (after_small.code, after_large.code) == (3, -6)
    assert after_large.peak_bytes >= 2**28
    assert 0 < after_small.peak_bytes < max(2**28, own_peak() + 1)  # what this process held is counted as held by both
    assert (small.returncode, large.returncode) == (3, -6)


def test_a_process_that_lives_on() -> None:
    process = started("import time; time.sleep(60)")
    try:
        assert ended(process, 0.05) is None
        assert process.returncode is None
    finally:
        process.kill()
        process.wait()
    assert ended(process, 1) == Ended(-9, 0)


def test_a_process_somebody_else_waited_for() -> None:
    process = started("")
    process.wait()
    assert ended(process, 1) == Ended(0, 0)
