"""Who may import whom (DESIGN, section 1), read off the syntax trees of all modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LAW = {
    "nlp": set(),
    "corpora": {"nlp"},
    "models": {"corpora", "nlp"},
    "evaluation": {"corpora", "nlp"},
    "expertise": {"nlp"},
    "api": {"expertise", "nlp"},
    "saraptama": {"nlp", "corpora", "models", "evaluation", "expertise", "api"},
}
BANNED_AT_RUN_TIME = {"torch", "transformers", "requests", "httpx", "urllib.request"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of everything a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def broken_laws(package: str, source: str) -> list[str]:
    """Names that a module of ``package`` must not import."""
    wrong = []
    for name in imported(ast.parse(source)):
        root = name.split(".")[0]
        if root in LAW and root != package and root not in LAW[package]:
            wrong.append(name)
        if package != "models" and (name in BANNED_AT_RUN_TIME or root in BANNED_AT_RUN_TIME):
            wrong.append(name)
    return wrong


def modules() -> list[tuple[str, Path]]:
    """(package, file) of every module of ours."""
    return [
        (package, path)
        for package in LAW
        for path in sorted((REPOSITORY / package).rglob("*.py"))
        if (REPOSITORY / package).is_dir()
    ]


@pytest.mark.parametrize(("package", "path"), modules(), ids=lambda value: str(value).removeprefix(str(REPOSITORY)))
def test_imports_follow_the_law(package: str, path: Path) -> None:
    assert broken_laws(package, path.read_text(encoding="utf-8")) == []


def test_the_law_is_enforced() -> None:
    assert broken_laws("nlp", "def late():\n    import expertise.documents") == ["expertise.documents"]
    assert broken_laws("expertise", "from evaluation import run") == ["evaluation"]
    assert broken_laws("saraptama", "import nlp.pipeline\nimport evaluation") == []
    assert broken_laws("api", "import torch") == ["torch"]


def test_all_rooms_are_seen() -> None:
    seen = {package for package, _ in modules()}
    assert {"nlp", "corpora", "evaluation", "expertise", "saraptama"} <= seen
