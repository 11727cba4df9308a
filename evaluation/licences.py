"""Licences of what is installed at run time: ``python -m evaluation.licences`` writes ``docs/licences.md``.

Reads: ``requirements.lock`` and what the installed packages say of themselves. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]
LOCK = REPOSITORY / "requirements.lock"
PAGE = REPOSITORY / "docs" / "licences.md"
_ROW = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_SHORT = 60  # longer words in the field «License» are the text of a licence
# What a package says in words of its own, or not at all, in the words of SPDX; looked up in the package's files.
_MEANT = {
    "Apache 2.0": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0, and those of PDFium's parts",
}
_BESIDE = {
    "pymorphy3-dicts-ru": (
        "MIT for the package; the dictionary in it is OpenCorpora's, Creative Commons Attribution-ShareAlike"
    ),
}
_HEAD = """# Licences of dependencies

What `requirements.lock` installs at run time, with the licence that each package states in its own metadata, in the
words of SPDX where it has words of its own. Written by `python -m evaluation.licences`; a package locked in two
versions for different Pythons has two rows, both with what the installed one states. What is only for
developers, for batches on many machines or for spaCy (`requirements-*.lock`) is not installed by the service and is not
in the list. The product itself is under the [MIT licence](../LICENSE).

psycopg is under the LGPL: it is used unchanged, as a library that can be replaced by another version. The dictionary of
pymorphy3 is share-alike: whoever changes and passes it on does so under the same terms.

| package | version | licence |
|---|---|---|
"""


class Licence(NamedTuple):
    """One locked package; ``licence`` is empty where it is not installed (it is for another Python or system)."""

    name: str
    version: str
    licence: str


def locked(text: str) -> list[tuple[str, str]]:
    """(name, version) of the rows of a lock file, in its order."""
    return [(row[1], row[2]) for row in _ROW.finditer(text)]


def licences(rows: list[tuple[str, str]]) -> Iterator[Licence]:
    """What each package says of its licence."""
    for name, version in rows:
        yield Licence(name, version, _BESIDE.get(name) or _stated(name))


def _stated(name: str) -> str:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    classes = [each.rsplit(" :: ", 1)[-1] for each in told.get_all("Classifier") or [] if each.startswith("License ::")]
    plain = next(iter(told.get_all("License") or []), "").strip()
    words = next(iter(told.get_all("License-Expression") or []), "") or (
        plain if plain and len(plain) <= _SHORT else " OR ".join(classes)
    )
    return _MEANT.get(words, words)


def page(found: list[Licence]) -> str:
    """The page, rows in the order of the lock file."""
    rows = (f"| {each.name} | {each.version} | {each.licence or 'not installed here'} |\n" for each in found)
    return _HEAD + "".join(rows)


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(list(licences(locked(LOCK.read_text("utf-8"))))), "utf-8")


if __name__ == "__main__":
    main()
