"""The parser child: ended when it hangs, eats memory or crashes; no network, no files, no environment; one for many."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.isolation import Parser
from nlp.reading.source import SourceText
from tests.reading.hostile import docx, paragraph

REPOSITORY = str(Path(__file__).resolve().parents[2])
LIMITS = Limits(parse_seconds=5, parse_memory_bytes=600 * 2**20)
TEXT = "1. Норма права.".encode()


@pytest.fixture(scope="module")
def hostile() -> Iterator[Parser]:
    with Parser(LIMITS, entry="tests.reading.hostile_child", path=(REPOSITORY,)) as parser:
        yield parser


def failure(parser: Parser, order: str, data: bytes = b"x") -> ReadingError:
    """What ordering ``order`` ends in; afterwards the parser must serve the next file as if nothing had been."""
    with pytest.raises(ReadingError) as caught:
        parser.read(data, "!" + order)
    assert parser.read(TEXT, "a.txt").text == "1. Норма права."
    return caught.value


def test_text_and_word_files_are_read_in_the_child() -> None:
    with Parser() as parser:
        text = parser.read(TEXT, "a.txt")
        word = parser.read(docx(paragraph("1. Норма права.")), "a.docx")
        assert parser.pid not in (0, os.getpid())
    assert (text.text, text.format, word.text, word.format) == ("1. Норма права.", "txt", "1. Норма права.", "docx")
    assert isinstance(word, SourceText)
    assert word.blocks[0].original_span(0, 2) == (0, 2)


def test_one_child_serves_many_files_and_ends_with_the_parser() -> None:
    with Parser() as parser:
        parser.read(TEXT)
        child = psutil.Process(parser.pid)
        for _ in range(5):
            parser.read(TEXT)
        assert parser.pid == child.pid
    assert not child.is_running()


def test_a_child_that_hangs_is_ended(hostile: Parser) -> None:
    with Parser(Limits(parse_seconds=1), entry="tests.reading.hostile_child", path=(REPOSITORY,)) as parser:
        parser.read(TEXT)
        child = psutil.Process(parser.pid)
        error = failure(parser, "hang")
        assert error.code == "reading.timeout"
        assert error.params == {"seconds": 1}
        assert not child.is_running()
        assert failure(parser, "spin").code == "reading.timeout"


def test_a_child_that_eats_memory(hostile: Parser) -> None:
    error = failure(hostile, "eat")
    assert error.code == "reading.memory"
    assert str(error.params["limit"]) == "600"


def test_a_child_the_system_killed_for_memory(hostile: Parser) -> None:
    assert failure(hostile, "killed").code == "reading.memory"


SMALL = """
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.isolation import Parser
with Parser(Limits(parse_memory_bytes=600 * 2**20), entry="tests.reading.hostile_child", path=(REPOSITORY,)) as parser:
    for order in ("!abort-full", "!abort"):
        try:
            parser.read(b"x", order)
        except ReadingError as error:
            print(error.code, error.params.get("limit"))
"""


def told_by(script: str) -> list[str]:
    """What a process of its own prints. It is started by a shell: what a process holds counts as held by those that it
    starts, and that which runs the tests holds much."""
    command = ["/bin/sh", "-c", '"$0" -c "$1"; exit $?', sys.executable, script]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_native_library_that_aborts_because_it_is_refused_memory() -> None:
    assert told_by(SMALL.replace("REPOSITORY", repr(REPOSITORY))) == ["reading.memory 600", "reading.crashed None"]


def test_a_large_process_does_not_take_its_own_memory_for_its_childs() -> None:
    script = "held = b'x' * (700 * 2**20)\ndel held\n" + SMALL.replace("REPOSITORY", repr(REPOSITORY))
    assert told_by(script) == ["reading.crashed None", "reading.crashed None"]


@pytest.mark.parametrize(
    ("order", "reason"),
    [("segfault", "SIGSEGV"), ("abort", "SIGABRT"), ("exit", "exit 3"), ("unheard-of", "ValueError")],
)
def test_a_child_that_crashes(hostile: Parser, order: str, reason: str) -> None:
    error = failure(hostile, order)
    assert error.code == "reading.crashed"
    assert error.params["reason"] == reason


def test_a_parser_that_recurses_without_end(hostile: Parser) -> None:
    assert failure(hostile, "recurse").code == "reading.too_deep"


@pytest.mark.parametrize("order", ["socket", "shell"])
def test_sockets_and_programs_are_refused(hostile: Parser, order: str) -> None:
    error = failure(hostile, order)
    assert (error.code, error.params["reason"]) == ("reading.crashed", "PermissionError")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="network namespaces are Linux")
def test_native_code_finds_no_network(hostile: Parser) -> None:
    hostile.read(TEXT)
    if hostile.network != "namespace":
        pytest.skip("this machine does not allow unprivileged user namespaces: only the audit hook stands")
    assert hostile.read(b"x", "!native").text == "no route"


def test_no_file_is_written(hostile: Parser, tmp_path: Path) -> None:
    target = tmp_path / "left.txt"
    assert failure(hostile, "write", str(target).encode()).code == "reading.crashed"
    assert list(tmp_path.iterdir()) == []


def test_the_environment_is_scrubbed(hostile: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_SECRET", "x")
    hostile.close()
    names = hostile.read(b"x", "!environment").text.split()
    assert "SARAPTAMA_SECRET" not in names
    assert "HOME" not in names and "PATH" not in names


def test_what_the_child_prints_does_not_spoil_the_answer(hostile: Parser) -> None:
    assert hostile.read(b"x", "!print").text == "printed"


def test_errors_of_reading_come_through_with_their_params() -> None:
    with Parser(Limits(text_characters=5)) as parser, pytest.raises(ReadingError) as caught:
        parser.read(TEXT)
    assert caught.value.code == "reading.too_long"
    assert caught.value.params == {"characters": "15", "limit": "5"}


def test_one_byte_over_the_limit_is_refused_without_a_child() -> None:
    with Parser(Limits(file_bytes=4)) as parser:
        with pytest.raises(ReadingError) as caught:
            parser.read(b"12345")
        assert parser.pid == 0
    assert caught.value.code == "reading.too_large"


def test_a_child_that_does_not_start() -> None:
    with Parser(LIMITS, entry="tests.reading.no_such_module", path=(REPOSITORY,)) as parser:
        with pytest.raises(ReadingError) as caught:
            parser.read(TEXT)
        assert parser.pid == 0
    assert (caught.value.code, caught.value.params) == ("reading.crashed", {"reason": "start"})


def test_threads_take_turns() -> None:
    found: list[str] = []
    with Parser() as parser:
        threads = [
            threading.Thread(target=lambda n=n: found.append(parser.read(f"{n}. Норма.".encode()).text))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(found) == [f"{n}. Норма." for n in range(8)]


# A child in hostile hands


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json",
        b"[" * 100_000,
        b"null",
        b'{"source": {}}',
        b'{"error": "os.system", "params": {}}',
        b'{"error": "reading.empty", "params": {"a": 1}}',
        b"\x80\x04\x95cos\nsystem\n",  # a pickle
        b'{"source":{"text":"ab","blocks":[["paragraph",0,9,[0,0,0,0,0],[],"",[0,0,0,-1,0],[]]],"format":"txt",'
        b'"dropped":[],"notices":[],"inserted":0,"deleted":0}}',  # a block outside the text
        b'{"source":{"text":"ab","blocks":[],"format":"txt","dropped":[],"notices":[["x",[]]],"inserted":0,"deleted":0}}',
        b"RAW\xff\xff\xff\xff\xff\xff\xff\xff",  # an answer larger than any memory
        b"RAW\0\0\0\0\0\0\0\x02{}{}{}",  # more than was announced
    ],
)
def test_answers_of_a_taken_over_child_are_only_data(answer: bytes) -> None:
    with Parser(LIMITS, entry="tests.reading.lying_child", path=(REPOSITORY,)) as parser:
        with pytest.raises(ReadingError) as caught:
            parser.read(answer or b" ", "x")
        assert parser.pid == 0  # such a child is not used again
    assert (caught.value.code, caught.value.params) == ("reading.crashed", {"reason": "answer"})


def test_an_answer_over_the_limit() -> None:
    with Parser(Limits(parse_answer_bytes=300)) as parser:
        assert parser.read(b"short").text == "short"
        with pytest.raises(ReadingError) as caught:
            parser.read(b"long " * 100)
    assert caught.value.code == "reading.crashed"


def test_memory_of_the_parent_stays_flat_over_500_documents() -> None:
    word = docx("".join(paragraph(f"{number}. Норма права, достаточно длинная.") for number in range(60)))
    text = ("1. Норма права, достаточно длинная для строки.\n\n" * 200).encode()
    process = psutil.Process()
    pids = set()
    with Parser() as parser:
        for number in range(100):
            parser.read(text if number % 2 else word)
        gc.collect()
        before = process.memory_info().rss
        for number in range(400):
            parser.read(text if number % 2 else word)
            pids.add(parser.pid)
        gc.collect()
        grown = process.memory_info().rss - before
    assert grown < 16 * 2**20
    assert len(pids) > 1  # the child was renewed on the way
    assert not [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).ppid() == os.getpid()]
