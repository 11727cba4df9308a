"""Runs the command line in this process and keeps what it said."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from saraptama.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What one run left."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("examine", path, stdin="…")``; speaks Russian unless ``--language`` says otherwise."""
    monkeypatch.setenv("SARAPTAMA_LANGUAGE", "ru")
    monkeypatch.delenv("SARAPTAMA_DEBUG", raising=False)

    def call(*arguments: object, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call
