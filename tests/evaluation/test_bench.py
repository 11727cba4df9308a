"""The rest of the bench: processor seconds, exponents, operations of the network, and the peers it can do without."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from evaluation import classifier_bench, peers
from evaluation.bench_drafts import long_draft
from evaluation.clock import machine, peak_mib, processor
from evaluation.matching_bench import EXAMPLES
from evaluation.scaling import Size, exponents


def test_processor_seconds_count_children_and_not_waiting() -> None:
    begin = processor()
    time.sleep(0.3)
    assert processor() - begin < 0.2
    begin = processor()
    busy = "import time\nwhile time.process_time() < 0.4: pass\nprint('done', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", busy], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stdin is not None
        child.stdout.readline()
        alive = processor() - begin
        child.communicate(b"\n")
    assert processor() - begin >= 0.4
    assert alive >= 0.35 or not sys.platform.startswith("linux")
    assert "processors" in machine() and "load" in machine()


def test_the_peak_of_a_thin_child_is_not_that_of_its_fat_parent() -> None:
    held = bytearray(150 * 2**20)
    tell = "from evaluation.clock import peak_mib; print(peak_mib())"
    done = subprocess.run([sys.executable, "-c", tell], check=True, capture_output=True, text=True)
    assert peak_mib() > len(held) / 2**20
    assert float(done.stdout) < 120 or not sys.platform.startswith("linux")


def test_exponents_of_drafts_and_acts_apart() -> None:
    drafts = [Size("ru", f"draft-{n}", n, n / 10, 0, 0) for n in (10, 100)]
    acts = [Size("ru", f"act-{n}", n, n * n, 0, 0) for n in (20, 200)]
    fitted = exponents([*drafts, *acts, Size("kk", "act", 5, 1.0, 0, 0)], {"draft-10", "draft-100"})
    assert list(fitted) == ["ru, drafts", "ru, acts", "ru, both"]
    assert fitted["ru, drafts"] == pytest.approx(1) and fitted["ru, acts"] == pytest.approx(2)


def test_operations_of_the_network_grow_with_the_norm() -> None:
    norms = [item.provision for item in classifier_bench.own_norms()[:40]]
    shortest, longest = (pick(norms, key=lambda norm: len(norm.text)) for pick in (min, max))
    few, many = (classifier_bench.network_operations([norm], 128) for norm in (shortest, longest))
    assert 10**6 < few < many < 10**9


def test_word_files_are_read_by_all() -> None:
    rows = peers.word_files("kk", long_draft(EXAMPLES / "draft-kk.docx", 2), 1)
    assert [row.than for row in rows] == ["python-docx", "lxml, XML parsed"]
    assert all(row.ours > 0 and row.theirs for row in rows)
    assert not any(row.failed for row in rows)
    assert peers.lemmas("kk", ["сөз"], 1) == []
