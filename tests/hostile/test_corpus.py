"""Every hostile file is answered: in time, in bounds, in words; the next file is read as if nothing had been."""

from __future__ import annotations

import gc
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from nlp import messages
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading import reader
from nlp.reading.source import SourceText
from tests.hostile.case import READ, Case
from tests.hostile.corpus import CASES, HEAVY, QUICK, write
from tests.hostile.zips import GOOD, NORM
from tests.reading.invariants import check_source

SECONDS = 60
ROOM = 80 * 2**20  # bytes that the parent may grow by, beyond the file and a multiple of the text
PER_CHARACTER = 400  # bytes: the answer as JSON, the same taken apart, the blocks


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most resident bytes of this process beyond those at the beginning, in the list's only place."""
    process = psutil.Process()
    gc.collect()
    start = process.memory_info().rss
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            most[0] = max(most[0], process.memory_info().rss - start)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        most[0] = max(most[0], process.memory_info().rss - start)
        done.set()
        thread.join()


def limits_of(case: Case) -> Limits:
    """The usual limits; less time where running out of it is an answer."""
    return Limits(parse_seconds=case.seconds or SECONDS, ocr_seconds=20, ocr_total_seconds=40)


def answer(data: bytes, case: Case, limits: Limits) -> tuple[str, SourceText | None]:
    """The outcome; an error must have a message in both languages, without blanks."""
    try:
        return READ, reader.read_bytes(data, case.name, limits)
    except ReadingError as error:
        for language in messages.LANGUAGES:
            shown = messages.text(error.code, language, **error.params)
            assert len(shown) > 20 and not re.search(r"[{}]|___|reading\.", shown), shown
        return error.code, None


def check(case: Case) -> None:
    data = case.bytes()
    limits = limits_of(case)
    reader.read_bytes(GOOD, "good.docx", limits)  # the child is there: its start is not this file's
    start = time.monotonic()
    with watched() as most:
        outcome, source = answer(data, case, limits)
        seconds = time.monotonic() - start
    assert outcome in case.outcomes, (outcome, sorted(case.outcomes))
    assert seconds < limits.parse_seconds + limits.convert_seconds + limits.ocr_total_seconds + 30
    length = 0
    if source is not None:
        check_source(source)
        length = len(source.text) + sum(len(item.text) for item in source.dropped) + 100 * len(source.blocks)
        for words in case.holds:
            assert words in source.text
        for words in case.lacks:
            assert words not in source.text
    assert most[0] < ROOM + 2 * len(data) + PER_CHARACTER * length, f"{most[0] / 2**20:.0f} MiB"
    assert reader.read_bytes(GOOD, "good.docx", limits).text.endswith(NORM)


@pytest.fixture(autouse=True)
def _silence(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    said = capfd.readouterr()
    assert "Traceback" not in said.err + said.out


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    """What other modules left in memory is passed over: before every file the collector would walk all of it."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    reader.close()


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.name)
def test_quick(case: Case) -> None:
    check(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", HEAVY, ids=lambda case: case.name)
def test_heavy(case: Case) -> None:
    check(case)


def test_the_corpus_is_as_large_and_varied_as_it_says() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 300
    assert len(QUICK) >= 250
    for case in CASES:
        assert case.outcomes and case.says
        for code in case.outcomes - {READ}:
            assert code in messages.catalogue("ru"), code


def test_the_same_seed_gives_the_same_bytes() -> None:
    for case in QUICK:
        if len(first := case.bytes(7)) < 2**20:
            assert first == case.bytes(7), case.name


def test_the_corpus_is_written_with_what_is_expected(tmp_path: Path) -> None:
    written = write(tmp_path / "out")  # the quick ones
    expected = json.loads((tmp_path / "out" / "expected.json").read_text("utf-8"))
    assert [path.name for path in written] == list(expected)
    assert expected["word-laughs.docx"]["outcomes"] == ["reading.doctype"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*expected, "expected.json"}
