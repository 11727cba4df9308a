"""External programs: ended when they hang or talk too much, shut in, nothing inherited and nothing left behind."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from nlp.errors import ReadingError
from nlp.reading.external import Bounds, Program, ProgramOutput, failed, run_program

PYTHON = Program("python3", "python3", "SARAPTAMA_TEST_PYTHON")
BOUNDS = Bounds(seconds=20, memory_bytes=2**30, output_bytes=2**20, file_bytes=2**20)


@pytest.fixture(autouse=True)
def this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_TEST_PYTHON", str(Path(sys.executable).resolve()))


def run(code: str, bounds: Bounds = BOUNDS, **options: object) -> ProgramOutput:
    return run_program(PYTHON, ["-I", "-S", "-c", code], bounds, **options)  # type: ignore[arg-type]


def refusal(code: str, bounds: Bounds) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        run(code, bounds)
    return caught.value


def linux() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("namespaces and Landlock are Linux")


def test_input_goes_in_output_comes_out() -> None:
    data = os.urandom(700_000)
    code = "import sys; d = sys.stdin.buffer.read(); sys.stdout.buffer.write(d[::-1])"
    assert run(code, stdin=data) == ProgramOutput(data[::-1], {}, 0)


def test_files_go_in_and_only_the_wanted_come_back() -> None:
    code = (
        "open('b', 'wb').write(open('a', 'rb').read() * 2); open('c', 'wb').write(b'x'); print(len(open('a').read()))"
    )
    output = run(code, files={"a": b"12"}, wanted=("b", "missing"))
    assert output == ProgramOutput(b"2\n", {"b": b"1212"}, 0)


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".", ".."])
def test_files_lie_in_the_folder_and_nowhere_else(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(name))):
        run("", files={name: b"x"})


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    code = f"import os; os.symlink({str(secret)!r}, 'a'); os.mkfifo('b'); os.mkdir('c')"
    assert run(code, wanted=("a", "b", "c")).files == {}


def test_nothing_is_inherited_and_the_folder_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_SECRET", "x")
    code = "import json, os; print(json.dumps([os.getcwd(), dict(os.environ)]))"
    folder, environment = json.loads(run(code, environment={"PROFILE": "{folder}/profile"}).stdout)
    assert Path(folder).name.startswith("saraptama-") and not Path(folder).exists()
    assert (environment["HOME"], environment["TMPDIR"]) == (folder, folder)
    assert environment["PROFILE"] == f"{folder}/profile"
    assert "SARAPTAMA_SECRET" not in environment and "PYTHONPATH" not in environment


def test_the_folder_goes_after_a_failure_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = "import os, time; os.mkdir('x'); open('x/y', 'w').close(); os.chmod('x', 0); time.sleep(60)"
    refusal(code, Bounds(1, 2**30, 2**20, 2**20))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "while True: pass",
        "import os, time; os.close(1); time.sleep(60)",  # its output is closed, but it stays
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
    ],
)
def test_a_program_that_hangs_is_ended(code: str) -> None:
    begun = time.monotonic()
    error = refusal(code, Bounds(1, 2**30, 2**20))
    assert (error.code, error.params) == ("reading.timeout", {"seconds": 1})
    assert time.monotonic() - begun < 10


def test_what_it_started_ends_with_it() -> None:
    """Even what left its session; where namespaces of processes are forbidden, only the session ends."""
    linux()
    mark = f"saraptama-test-{os.getpid()}"
    code = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.close(1)\n"
        "    if os.getpid() != 2: os.setsid()\n"
        f"    os.execv({str(Path(sys.executable).resolve())!r}, ['{mark}', '-c', 'import time; time.sleep(60)'])\n"
        "time.sleep(60)"
    )
    refusal(code, Bounds(2, 2**30, 2**20))
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _running(mark):
        time.sleep(0.05)
    assert not _running(mark)


def _running(mark: str) -> bool:
    return any(mark in (process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"]))


def test_too_much_output() -> None:
    error = refusal("print('x' * 2**21)", BOUNDS)
    assert (error.code, error.params) == ("reading.program_output", {"program": "python3", "limit": 1})
    assert len(run(f"print('x' * {2**20 - 1})").stdout) == 2**20
    assert refusal(f"print('x' * {2**20})", BOUNDS).code == "reading.program_output"


def test_too_large_files() -> None:
    small = Bounds(20, 2**30, 100, 2**20)
    with pytest.raises(ReadingError) as caught:
        run("open('a', 'wb').write(b'x' * 101)", small, wanted=("a",))
    assert caught.value.code == "reading.program_output"
    with pytest.raises(ReadingError):
        run("[open(n, 'wb').write(b'x' * 51) for n in 'ab']", small, wanted=("a", "b"))
    assert run("[open(n, 'wb').write(b'x' * 50) for n in 'ab']", small, wanted=("a", "b")).files["b"] == b"x" * 50


def test_no_file_grows_beyond_its_bound() -> None:
    code = "import os; d = os.open('a', os.O_CREAT | os.O_WRONLY)\nfor _ in range(9): os.write(d, b'x' * 2**20)"
    assert run(code).status != 0
    assert run("open('a', 'wb', 0).write(b'x')", Bounds(20, 2**30, 2**20)).status != 0


def test_memory() -> None:
    assert run("b = bytearray(2**31)").status != 0
    assert run("b = bytearray(2**27)").status == 0


def test_no_network() -> None:
    linux()
    code = (
        "import socket\n"
        "try: socket.create_connection(('198.51.100.1', 80), 3)\n"
        "except TimeoutError: print('timeout')\n"
        "except OSError as error: print(error.errno)"
    )
    said = run(code).stdout
    if said == b"timeout\n":
        pytest.skip("this machine does not allow unprivileged user namespaces")
    assert said in (b"101\n", b"1\n")  # network unreachable


def test_files_of_the_user_are_out_of_reach(tmp_path: Path) -> None:
    linux()
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    places = [str(secret), f"/proc/{os.getpid()}/environ"]
    code = f"for p in {places!r}:\n try: print(open(p).read())\n except OSError: print('refused')"
    output = run(code)
    if b"secret" in output.stdout:
        pytest.skip("this kernel has no Landlock")
    assert output.stdout == b"refused\nrefused\n"
    run(f"open({str(tmp_path / 'left')!r}, 'w')")
    assert not (tmp_path / "left").exists()
    assert run(f"print(open({str(secret)!r}).read())", readable=(str(tmp_path),)).stdout == b"secret\n"


def test_alone_means_no_other_processes() -> None:
    code = "import os\ntry: os.fork(); print('forked')\nexcept OSError: print('refused')"
    assert b"forked" in run(code).stdout
    if os.geteuid() == 0:
        pytest.skip("the kernel exempts root from RLIMIT_NPROC")
    assert run(code, Bounds(20, 2**30, 2**20, alone=True)).stdout == b"refused\n"


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("raise SystemExit(3)", 3, "exit 3"),
        ("import os; os.kill(os.getpid(), 11); import ctypes; ctypes.string_at(0)", -11, "SIGSEGV"),
    ],
)
def test_how_a_program_ended(code: str, status: int, reason: str) -> None:
    assert run(code).status == status
    error = failed(PYTHON, status)
    assert (error.code, error.params) == ("reading.program_failed", {"program": "python3", "reason": reason})


@pytest.mark.parametrize("content", [None, b"", b"\x7fELFnonsense"])
def test_a_program_that_is_not_there(content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tesseract"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o755)
    monkeypatch.setenv("SARAPTAMA_TEST_PYTHON", str(path))
    with pytest.raises(ReadingError) as caught:
        run("")
    assert caught.value.code == "reading.program_missing"
    assert caught.value.params == {"program": "python3", "packages": "python3"}


def test_without_a_setting_the_path_is_searched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SARAPTAMA_TEST_PYTHON")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "python3").symlink_to(Path(sys.executable).resolve())
    assert PYTHON.path() == str(tmp_path / "python3")
