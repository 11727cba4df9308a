"""Unlabelled provisions of acts, for the tokenizer and pretraining.

Reads: a folder of acts as plain text. Writes: provisions, leaving out the acts that are kept for measuring.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path

from corpora.records import KAZAKH_TEXT_SUFFIX
from nlp.limits import Limits
from nlp.reading.reader import read_file
from nlp.structure import provisions, structure
from nlp.structure.act import Provision

SHORTEST = 20
"""Characters; shorter provisions are numbers of excluded units and rests of tables."""


def acts(folder: Path, left_out: Collection[str]) -> list[Path]:
    """Files of the acts that may be learned from, in order of name; both languages of a left-out act are left out."""
    kept = (path for path in sorted(folder.glob("*.txt")) if path.name != "SOURCE.txt")
    return [path for path in kept if path.stem.removesuffix(KAZAKH_TEXT_SUFFIX) not in left_out]


def read_provisions(paths: list[Path], kept_at: Path | None = None) -> list[Provision]:
    """Provisions of the acts with heading and lead-in. ``kept_at``: a file in which they are kept for the next run."""
    if kept_at is not None and kept_at.exists():
        lines = kept_at.read_text(encoding="utf-8").splitlines()
        return [Provision(*json.loads(line)) for line in lines]
    made = [provision for path in paths for provision in _of(path)]
    if kept_at is not None:
        rows = ([p.id, p.language, p.text, p.lead, p.heading] for p in made)
        kept_at.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return made


def _of(path: Path) -> Iterator[Provision]:
    for found in provisions(structure(read_file(path, Limits()))):
        if len(found.text) >= SHORTEST:
            address = f"{path.stem}:{found.address}"
            yield Provision(address, found.language, found.text, found.lead, found.heading)


def digest(made: list[Provision]) -> str:
    """SHA-256 of what was learned from, for the card."""
    sum = hashlib.sha256()
    for provision in made:
        for words in (provision.language, provision.text, provision.lead, provision.heading):
            sum.update(words.encode() + b"\0")
    return sum.hexdigest()
