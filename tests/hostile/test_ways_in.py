"""Hostile files through the whole program: ``saraptama examine`` goes on to the next file, says what is wrong in both
languages, leaves complete results or none; what is read is examined in bounded time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_bytes
from nlp.result import to_json
from tests.conftest import REPOSITORY
from tests.hostile.case import READ
from tests.hostile.corpus import QUICK

SAMPLE = (
    "zip-bomb.docx",
    "zip-overlap.docx",
    "zip-lying-size.docx",
    "zip-password.docx",
    "zip-twice.docx",
    "zip-cut-50.docx",
    "word-laughs.docx",
    "word-external.docx",
    "word-deep.docx",
    "word-surrogate.docx",
    "word-no-main.docx",
    "word-relations.docx",
    "word-absurd.docx",
    "word-marks.docx",
    "pdf-password.pdf",
    "pdf-cut-30.pdf",
    "pdf-kids-self.pdf",
    "pdf-actions.pdf",
    "text-empty.txt",
    "text-noise.txt",
    "text-turned.txt",
    "text-food-brackets.txt",
    "text-food-may.txt",
    "text-lines-quote.txt",
    "sheet-far.xlsx",
    "page-script.html",
    "picture-flood.png",
    "two-pdf-zip.pdf",
)
GOOD = REPOSITORY / "examples" / "draft-ru.docx"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    cases = {case.name: case for case in QUICK}
    for name in SAMPLE:
        (folder / name).write_bytes(cases[name].bytes())
    return [folder / name for name in SAMPLE]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_command_goes_through_all_of_them(files: list[Path], tmp_path: Path, language: str) -> None:
    command = [
        sys.executable,
        "-m",
        "saraptama.cli.main",
        "--language",
        language,
        "examine",
        *map(str, files),
        str(GOOD),
    ]
    command = [sys.executable, "-c", "import sys; from saraptama.cli.main import run; run()", *command[3:]]
    done = subprocess.run(
        [*command, "--out", str(tmp_path), "--format", "json", "--format", "sarif"],
        capture_output=True, text=True, timeout=300, check=False, cwd=REPOSITORY,
    )  # fmt: skip
    assert done.returncode == 6, done.stderr[-500:]
    assert "Traceback" not in done.stderr + done.stdout
    assert "reading." not in done.stderr and "___" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.strip()]
    left = sorted(path.name for path in tmp_path.iterdir())
    assert not [name for name in left if name.startswith(".")]
    results = [name for name in left if name.endswith(".examination.json")]
    assert len(results) + len(said) == len(files) + 1
    assert len(left) == 2 * len(results) and "draft-ru.examination.json" in results
    for name in left:
        json.loads((tmp_path / name).read_text("utf-8"))


def test_what_is_read_is_examined(files: list[Path]) -> None:
    examiner = Examiner(load_pack(kz_pack()), Limits())
    cases = {case.name: case for case in QUICK}
    for path in files:
        case = cases[path.name]
        if case.outcomes != {READ}:
            continue
        examination = examiner.examine(Dossier(ru=read_bytes(path.read_bytes(), path.name)), Options(force=True))
        assert to_json(examination)
