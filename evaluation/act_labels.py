"""Labels of acts that lie outside the repository: places and marks here, words there.

    python -m evaluation.act_labels LABELS [--shared ../shared] --out FILE    # a corpus file for saraptama evaluate

A row: ``{"act", "unit", "words", "labels": [[factor, strength, field, start, end]], "stratum", "weight"}``; ``act``
names a text of ``corpora/kz-acts``, ``unit`` is the address our parser gives, ``words`` the first half of the SHA-256
of the provision's text: a unit that has other words than when it was marked is refused, not guessed at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from evaluation.errors import EvaluationError
from nlp.limits import Limits
from nlp.reading.reader import read_file
from nlp.structure import provisions, structure
from nlp.structure.act import Provision

ACTS = "corpora/kz-acts"


def rows(labels: Path, shared: Path) -> Iterator[dict[str, Any]]:
    """Rows of an annotated corpus (``corpora.provisions``) with words and quotes filled in.

    Raises ``EvaluationError`` for a unit that is not found or reads otherwise than when it was marked.
    """
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        provision = _units(shared / ACTS / f"{row['act']}.txt").get(row["unit"])
        if provision is None or fingerprint(provision.text) != row["words"]:
            raise EvaluationError("evaluation_act_changed", act=row["act"], unit=row["unit"])
        yield _filled(row, provision)


def fingerprint(words: str) -> str:
    """What tells the words of a provision from others without holding them."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _filled(row: Mapping[str, Any], provision: Provision) -> dict[str, Any]:
    fields = {"text": provision.text, "lead": provision.lead, "heading": provision.heading}
    return {
        "id": f"{row['act']}:{row['unit']}",
        "lang": provision.language,
        "act": row["act"],
        "heading": provision.heading,
        "path": row["unit"],
        "lead": provision.lead,
        "text": provision.text,
        "labels": [
            [factor, strength, fields[field][start:end]] for factor, strength, field, start, end in row["labels"]
        ],
        "stratum": row["stratum"],
        "weight": row["weight"],
    }


@lru_cache(maxsize=64)
def _units(path: Path) -> Mapping[str, Provision]:
    act = structure(read_file(path, Limits()))
    found: dict[str, Provision] = {}
    for provision in provisions(act):
        found.setdefault(provision.address, provision)
    return found


@click.command()
@click.argument("labels", type=click.Path(exists=True, path_type=Path))
@click.option("--shared", type=click.Path(exists=True, path_type=Path), default=Path("../shared"), show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(labels: Path, shared: Path, out: Path) -> None:
    """Write the labels with the words of the acts; the result is not to be committed."""
    made = list(rows(labels, shared))
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
    click.echo(f"{len(made)} → {out}")


if __name__ == "__main__":
    main()
