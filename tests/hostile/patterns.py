"""Every regular expression of the product, as JSON lines: ``python -m tests.hostile.patterns`` (a process of its own).

Those written in the code are read from its syntax trees; those put together or read from data files are caught when
they are compiled: all modules are loaded, what keeps data of a language is asked for it, two samples are examined.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("nlp", "expertise", "api", "saraptama")
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
Found = dict[tuple[str | bytes, int], str]


def written(path: Path) -> Iterator[tuple[str | bytes, int, int]]:
    """(pattern, flags, line) of the calls of ``re`` with a literal."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, (str, bytes)):
            names = [each.attr for given in [*node.args[1:], *(k.value for k in node.keywords)]
                     for each in ast.walk(given) if isinstance(each, ast.Attribute)]  # fmt: skip
            flags = 0
            for name in names:
                flags |= int(getattr(re.RegexFlag, name, 0))
            yield first.value, flags, node.lineno


def catch(found: Found) -> None:
    """From now on what the product compiles is added to ``found``."""
    compiler: Any = importlib.import_module("re._compiler")
    plain = compiler.compile

    def compile_(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, (str, bytes)) and (where := _caller()):
            found.setdefault((pattern, int(flags)), where)
        return plain(pattern, flags)

    compiler.compile = compile_


def _caller() -> str | None:
    frame = inspect.currentframe()
    while frame and (frame.f_code.co_filename == __file__ or "/re/" in frame.f_code.co_filename):
        frame = frame.f_back
    path = Path(frame.f_code.co_filename) if frame else Path()
    if not path.is_relative_to(REPOSITORY) or path.relative_to(REPOSITORY).parts[0] not in PACKAGES:
        return None
    return f"{path.relative_to(REPOSITORY)}:{frame.f_lineno if frame else 0}"


def modules() -> Iterator[ModuleType]:
    """All modules of the product; those of extras that are not installed are left out."""
    for package in PACKAGES:
        for each in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not each.name.endswith("__main__") and ".migrations." not in each.name:
                with suppress(ImportError):
                    yield importlib.import_module(each.name)


def ask(module: ModuleType) -> None:
    """Calls what keeps its answer and wants nothing or a language: so are expressions made from data files."""
    for made in list(vars(module).values()):
        if not hasattr(made, "cache_info") or made.__module__ != module.__name__:
            continue
        wanted = list(inspect.signature(made).parameters)
        for given in [()] if not wanted else [("ru",), ("kk",)] if wanted in (["language"], ["code"]) else []:
            with suppress(Exception):
                made(*given)


def examine() -> None:
    """Two samples, with all the files there are."""
    saraptama = importlib.import_module("saraptama")
    for language in ("ru", "kk"):
        saraptama.examine(REPOSITORY / "examples" / f"draft-{language}.docx", language=language, model="none")


def main() -> None:
    """Prints what is found."""
    found: Found = {}
    catch(found)
    for module in list(modules()):
        if module.__file__ and "import re\n" in Path(module.__file__).read_text("utf-8"):
            ask(module)
    examine()
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            for pattern, flags, line in written(path):
                found.setdefault((pattern, flags), f"{path.relative_to(REPOSITORY)}:{line}")
    for (pattern, flags), where in found.items():
        of_bytes = isinstance(pattern, bytes)
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        sys.stdout.write(json.dumps({"where": where, "pattern": text, "flags": flags, "bytes": of_bytes}) + "\n")


if __name__ == "__main__":
    main()
