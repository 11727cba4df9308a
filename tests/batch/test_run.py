"""Runs of a batch: nothing lost, nothing twice, whatever the drafts, the processes and the machine do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore

import pytest

from expertise.batch import work
from expertise.batch.engines import Engine
from expertise.batch.folder import OutFolder
from expertise.batch.run import State
from expertise.batch.settings import BatchError, BatchSettings
from expertise.batch.work import Answer, Task
from nlp.errors import PackError
from tests.batch.conftest import Scene, alive, until


def test_every_draft_has_its_end_and_a_second_run_does_nothing(scene: Scene) -> None:
    scene.seconds(1)
    scene.write(**{f"good{n:02}": f"ok vague:{n}" for n in range(12)})
    scene.write(dies="die", once="die-once vague:x", hangs="hang", empty="fail", large="memory", lies="junk")
    state, watched = scene.run()
    reasons = {
        "dies.txt": "batch.killed", "hangs.txt": "batch.timeout", "empty.txt": "reading.empty",
        "large.txt": "batch.memory", "lies.txt": "batch.killed",
    }  # fmt: skip
    assert watched.failures == reasons
    assert (state.total, state.stood, state.examined, state.failed, state.seen) == (18, 0, 13, 5, 18)
    begun = scene.begun()
    assert {name: begun.count(name) for name in ("dies.txt", "once.txt", "hangs.txt", "good03.txt")} == {
        "dies.txt": 2, "once.txt": 2, "hangs.txt": 1, "good03.txt": 1,
    }  # fmt: skip
    records = {record.id: record for record in scene.out.records()}
    assert {name: record.failure.code for name, record in records.items() if record.failure} == reasons
    assert records["hangs.txt"].failure.text("kk") != records["hangs.txt"].failure.text("ru")  # type: ignore[union-attr]
    assert scene.out.examination("good03.txt")["texts"][0]["findings"][0]["factor"] == "vague"
    assert scene.out.batch()["failures"] == {
        code: list(reasons.values()).count(code) for code in sorted({*reasons.values()})
    }

    before = _snapshot(scene.out)
    scene.write(dies="ok", hangs="ok", large="ok", lies="ok")  # circumstances got better: other bytes, so begun anyway
    state, _ = scene.run()
    assert (state.stood, state.examined, state.failed) == (14, 4, 0)
    assert scene.begun() == ["dies.txt", "hangs.txt", "large.txt", "lies.txt"]
    settled = _snapshot(scene.out)
    assert {path for path in before if before[path] != settled[path] and "good" in path} == set()
    state, watched = scene.run()
    assert (state.stood, state.examined, state.failed) == (18, 0, 0)
    assert scene.begun() == []
    assert watched.failures == {"empty.txt": "reading.empty"}  # told again, not tried again
    assert _snapshot(scene.out) == settled


@pytest.mark.parametrize("ending", [".json", ".units.json.gz", ".record.json"])
@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: data[:-9] + b"0" * 9]
)
def test_a_damaged_result_is_made_again(scene: Scene, ending: str, damage: Callable[[bytes], bytes]) -> None:
    scene.write(a="ok x:1", b="ok x:2")
    scene.run()
    scene.begun()
    before = _snapshot(scene.out)
    path = scene.out.path / f"{scene.out.place('a.txt')}{ending}"
    path.write_bytes(damage(path.read_bytes()))
    state, _ = scene.run()
    assert (state.stood, state.examined, state.failed) == (1, 1, 0)
    assert scene.begun() == ["a.txt"]
    after = _snapshot(scene.out)
    assert {name: data for name, (_, data) in after.items()} == {name: data for name, (_, data) in before.items()}


def test_a_name_that_is_no_text_is_a_name_all_the_same(scene: Scene) -> None:
    scene.write(a="ok x:1")
    odd = os.fsencode(scene.folder / "drafts") + b"/\xff\xfe.txt"
    Path(os.fsdecode(odd)).write_text("ok x:2", "utf-8")
    state, _ = scene.run()
    assert (state.examined, state.failed) == (2, 0)
    assert [record.id for record in scene.out.records()] == ["%FF%FE.txt", "a.txt"]
    state, _ = scene.run()
    assert (state.stood, state.examined) == (2, 0)


def _snapshot(out: OutFolder) -> dict[str, tuple[int, bytes]]:
    files = [path for path in (out.path / "documents").rglob("*") if path.is_file()]
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_only_what_changed_is_done_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.write(a="ok x:1", b="ok x:2", c="fail")
    listing = scene.folder / "list.csv"
    listing.write_text(
        "path;id;body\ndrafts/a.txt;1;Акимат\ndrafts/b.txt;2;\ndrafts/c.txt;3;\ndrafts/no.txt;4;\n", "utf-8"
    )
    state, watched = scene.run(listing)
    assert watched.failures == {"3": "reading.empty", "4": "reading.not_found"}
    assert scene.begun() == ["a.txt", "b.txt", "c.txt"]
    scene.write(b="ok x:3")
    listing.write_text(listing.read_text("utf-8").replace("Акимат", "Маслихат"), "utf-8")
    state, _ = scene.run(listing)
    assert scene.begun() == ["b.txt"]
    assert (state.stood, state.examined, state.failed) == (2, 1, 1)  # the missing file is looked for every time
    record = scene.out.record("1")
    assert record is not None and record.body == "Маслихат"  # what the list says is carried over without examining
    state, _ = scene.run(listing, again=True)
    assert scene.begun() == ["c.txt"]
    (scene.out.path / f"{scene.out.place('2')}.json").unlink()  # somebody threw a result away
    scene.run(listing)
    assert scene.begun() == ["b.txt"]
    monkeypatch.setenv("FAKE_CHILD_VERSION", "2")
    state, _ = scene.run(listing)
    assert scene.begun() == ["a.txt", "b.txt", "c.txt"]
    assert scene.out.batch()["versions"]["pack"]["version"] == "2"
    record = scene.out.record("3")
    assert record is not None and record.failure is not None
    assert set(json.loads((scene.out.path / f"{scene.out.place('3')}.record.json").read_text())["failure"]["text"]) == {
        "ru", "kk",
    }  # fmt: skip


def test_two_texts_of_a_draft_go_together(scene: Scene) -> None:
    scene.write(ru="ok x:1", kk="ok")
    listing = scene.folder / "list.jsonl"
    lines = [{"id": "7", "path": f"drafts/{code}.txt", "language": code} for code in ("kk", "ru")]
    listing.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    state, _ = scene.run(listing)
    assert (state.total, state.examined) == (1, 1)
    record = scene.out.record("7")
    assert record is not None and [file.language for file in record.files] == ["ru", "kk"]


def test_an_interrupted_run_goes_on_where_it_was(scene: Scene) -> None:
    scene.write(**{f"d{n:02}": "ok" for n in range(20)})

    def interrupt(state: State) -> None:
        if state.examined == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scene.run(then=interrupt)
    kept = {record.files[0].path for record in scene.out.records()}
    assert len(kept) == 5
    scene.begun()
    (scene.out.path / "documents" / ".saraptama-half").write_text("half")  # as a kill leaves it
    state, _ = scene.run()
    assert (state.stood, state.examined) == (5, 15)
    assert set(scene.begun()).isdisjoint(kept)
    assert not list(scene.out.path.rglob(".saraptama-*"))


RUN = """
import sys
from pathlib import Path
from tests.batch.conftest import Scene
scene = Scene(Path(sys.argv[1]))
scene.run()
"""


def test_the_batch_itself_is_killed(scene: Scene) -> None:
    """Results are whole, the examining processes go too, and the next run does the rest."""
    scene.write(**{f"d{n:02}": "ok" for n in range(8)}, e="gate", f="gate")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", RUN, str(scene.folder)]
    run = subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    try:
        until(lambda: len(list(scene.out.records())) == 8 and len(_pids(scene)) >= 2)
        with pytest.raises(BatchError, match="busy"), scene.out.locked():
            pass
    finally:
        run.send_signal(signal.SIGKILL)
        run.wait()
    pids = _pids(scene)
    scene.begun()
    (scene.folder / "gate").touch()
    until(lambda: not any(map(alive, pids)))
    state, _ = scene.run()
    assert (state.stood, state.examined) == (8, 2)
    assert scene.begun() == ["e.txt", "f.txt"]


INTERRUPTED = """
import signal
import sys
from dataclasses import replace
from pathlib import Path
from tests.batch.conftest import Scene
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs the tests in the background has it ignored
scene = Scene(Path(sys.argv[1]))
scene.setup = replace(scene.setup, pack=sys.argv[2])
scene.run()
"""


@pytest.mark.parametrize("pack", ["slow", "kz"])
def test_an_interrupt_ends_the_batch_at_once(scene: Scene, pack: str) -> None:
    """While the examining process is still loading what it needs, and while it is at work."""
    scene.write(**{f"d{n:02}": "hang" for n in range(5)})
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", INTERRUPTED, str(scene.folder), pack]
    run = subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stderr=subprocess.DEVNULL)
    try:
        until(lambda: bool(_starting(scene)) or len(_begun(scene)) == 2)
        pids = [*_starting(scene), *_begun(scene)]
        run.send_signal(signal.SIGINT)
        run.wait(20)
        until(lambda: not any(map(alive, pids)))
    finally:
        run.kill()
        run.wait()
    assert run.returncode == -signal.SIGINT


def _starting(scene: Scene) -> list[int]:
    return [int(path.name.rpartition("-")[2]) for path in scene.folder.glob("starting-*")]


def _begun(scene: Scene) -> list[int]:
    path = scene.folder / "begun"
    return [int(line.split()[1]) for line in path.read_text().splitlines()] if path.exists() else []


def _pids(scene: Scene) -> list[int]:
    lines = (scene.folder / "begun").read_text().splitlines() if (scene.folder / "begun").exists() else []
    return [int(line.split()[1]) for line in lines if line.startswith(("e.", "f."))]


def test_drafts_are_taken_only_as_there_is_room(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of drafts are never in memory at once."""
    taken = 0
    room = Semaphore(0)

    def tasks() -> object:
        nonlocal taken
        for n in range(50):
            taken += 1
            yield Task(str(n), "k", ())

    def examine(setup: object, task: Task, versions: object) -> Answer:
        room.acquire()
        return Answer(task.draft, task.key)

    monkeypatch.setattr(work, "examine", examine)
    with ThreadPoolExecutor(3) as executor:
        engine = Engine("local", executor, lambda: 3)
        room.release()
        answered = 0
        for _ in engine.answers(scene.setup, {}, tasks()):  # type: ignore[arg-type]
            answered += 1
            assert taken <= answered + 6
            room.release()
    assert answered == taken == 50


def test_a_worn_process_is_replaced(scene: Scene) -> None:
    scene.setup = type(scene.setup)(**{**_fields(scene.setup), "settings": BatchSettings(batch_child_drafts=2)})
    scene.write(**{f"d{n}": "ok" for n in range(6)}, m="memory")
    scene.run()
    lines = (scene.folder / "begun").read_text().splitlines()
    served = [line.split()[1] for line in lines]
    assert max(served.count(pid) for pid in served) <= 2
    memory = [line.split()[1] for line in lines if line.startswith("m.")]
    assert all(
        line.split()[1] not in memory for line in lines[lines.index(next(x for x in lines if x[0] == "m")) + 1 :]
    )


def _fields(setup: object) -> dict[str, object]:
    return {name: getattr(setup, name) for name in type(setup).__dataclass_fields__}


def test_what_stops_the_whole_batch(scene: Scene) -> None:
    scene.write(a="ok")
    with pytest.raises(PackError):
        scene.setup = type(scene.setup)(**{**_fields(scene.setup), "pack": "none"})
        scene.run()
    with pytest.raises(BatchError, match="other_versions"):
        scene.setup = type(scene.setup)(**{**_fields(scene.setup), "pack": "kz"})
        work.open_again()
        try:
            work.examine(scene.setup, Task("a", "k", (("a.txt", b"ok"),)), {"program": "another"})
        finally:
            work.stop()
    work.open_again()
    with pytest.raises(BatchError, match="not_started"):
        scene.setup = type(scene.setup)(**{**_fields(scene.setup), "entry": "no_such_module"})
        scene.run()
    (scene.folder / "mine").mkdir()
    (scene.folder / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(BatchError, match="not_ours"), OutFolder(scene.folder / "mine").locked():
        pass
    with pytest.raises(BatchError, match="no_results"):
        OutFolder(scene.folder / "mine").batch()
    with pytest.raises(ValueError, match="SARAPTAMA_BATCH_TRIES"):
        BatchSettings.from_environment({"SARAPTAMA_BATCH_TRIES": "0"})
    assert BatchSettings.from_environment({"SARAPTAMA_BATCH_SECONDS": "5"}).batch_seconds == 5
