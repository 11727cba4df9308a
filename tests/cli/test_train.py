"""saraptama train: what is too little or wrong to learn from is told before anything is learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from saraptama.cli.codes import Exit
from tests.cli.conftest import Run

pytest.importorskip("scipy")
pytest.importorskip("sklearn")


def corpus(path: Path, *, factors: tuple[str, ...], acts: int, norms: int = 220) -> Path:
    """Norms of our own making; every third has one of ``factors``."""
    rows = []
    for at in range(norms):
        labels = [[factors[at % len(factors)], 2, "Порт"]] if factors and at % 3 == 0 else []
        rows.append(
            {"id": str(at), "lang": "ru", "act": f"a{at % acts}", "heading": "", "path": str(at), "lead": "",
             "text": f"Порт закрывает причал номер {at}.", "labels": labels, "stratum": "own", "weight": 1}
        )  # fmt: skip
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.mark.parametrize(
    ("factors", "acts", "norms", "said"),
    [
        (("vague_wording",), 9, 220, "Размечено факторов: 1"),
        ((), 9, 220, "Размечено факторов: 0"),
        (("vague_wording", "permissive_power"), 1, 220, "Актов и пар с замечаниями: 1"),
        (("vague_wording", "permissive_power"), 9, 20, "Размеченных норм 20"),
    ],
)
def test_too_little_is_told(
    run: Run, tmp_path: Path, factors: tuple[str, ...], acts: int, norms: int, said: str
) -> None:
    ran = run("train", "--corpus", corpus(tmp_path / "a.jsonl", factors=factors, acts=acts, norms=norms),
              "--out", tmp_path / "weights")  # fmt: skip
    assert ran.code not in (Exit.OK, Exit.INTERNAL) and said in ran.err
    assert not (tmp_path / "weights").exists()


def test_what_corpus_check_refuses_is_refused(run: Run, tmp_path: Path) -> None:
    path = corpus(tmp_path / "a.jsonl", factors=("vague_wording", "no_such"), acts=9)
    ran = run("train", "--corpus", path, "--out", tmp_path / "weights", "--language", "kk")
    assert ran.code == Exit.INPUT and "no_such" in ran.err and "оқыту басталған жоқ" in ran.err
    assert not (tmp_path / "weights").exists()
