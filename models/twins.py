"""Labels carried over to the same unit of the act's other language.

    python -m models.twins --shared ../shared --labels FILE… --train FILE --out DIR

A unit is carried over when the other text has a unit of the same address that nobody has labelled, of like length and
with the same numbers. Rows are stand-off (``evaluation.act_labels``); the words of a label are not known there, so the
whole text is named.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from corpora.provisions import read_provisions
from corpora.records import KAZAKH_TEXT_SUFFIX
from models.texts import SHORTEST
from nlp.limits import Limits
from nlp.reading.reader import read_file
from nlp.structure import provisions, structure
from nlp.structure.act import Provision

ACTS = "corpora/kz-acts"
_LONGER = 2.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled unit: factors with strengths."""

    act: str
    unit: str
    text: str
    labels: tuple[tuple[str, int], ...]


def carried(labelled: list[Labelled], folder: Path) -> Iterator[dict[str, Any]]:
    """Stand-off rows of the twins of labelled units."""
    taken = {(item.act, item.unit) for item in labelled}
    for item in labelled:
        other = item.act.removesuffix(KAZAKH_TEXT_SUFFIX)
        other = other if other != item.act else item.act + KAZAKH_TEXT_SUFFIX
        twin = units(folder / f"{other}.txt").get(item.unit)
        if twin is None or (other, item.unit) in taken or not alike(item.text, twin.text):
            continue
        taken.add((other, item.unit))
        words = hashlib.sha256(twin.text.encode()).hexdigest()[:32]
        labels = [[factor, strength, "text", 0, len(twin.text)] for factor, strength in item.labels]
        yield {
            "act": other,
            "unit": item.unit,
            "words": words,
            "labels": labels,
            "stratum": "enriched",
            "weight": 0,
            "annotator": "twin",
        }


def alike(one: str, two: str) -> bool:
    """Whether two texts may say the same: like length, the same numbers."""
    long_enough = min(len(one), len(two)) >= SHORTEST
    return (
        long_enough
        and max(len(one), len(two)) < _LONGER * min(len(one), len(two))
        and set(re.findall(r"\d+", one)) == set(re.findall(r"\d+", two))
    )


@lru_cache(maxsize=128)
def units(path: Path) -> Mapping[str, Provision]:
    """Provisions of an act by address; empty when there is no such act."""
    if not path.exists():
        return {}
    found: dict[str, Provision] = {}
    for provision in provisions(structure(read_file(path, Limits()))):
        found.setdefault(provision.address, provision)
    return found


def _of_labels(path: Path, folder: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        provision = units(folder / f"{row['act']}.txt").get(row["unit"])
        if provision is not None:
            labels = tuple((label[0], label[1]) for label in row["labels"])
            yield Labelled(row["act"], row["unit"], provision.text, labels)


def _of_corpus(path: Path, folder: Path) -> Iterator[Labelled]:
    """Rows of a corpus whose act is there, found by their words."""
    addresses: dict[str, dict[str, str]] = {}
    for row in read_provisions(path):
        if row.act not in addresses:
            of_act = units(folder / f"{row.act}.txt")
            addresses[row.act] = {_plain(provision.text): unit for unit, provision in of_act.items()}
        unit = addresses[row.act].get(_plain(row.text))
        if unit is not None:
            yield Labelled(row.act, unit, row.text, tuple((label.factor, label.strength) for label in row.labels))


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


@click.command()
@click.option("--shared", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--labels", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
@click.option("--train", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(shared: Path, labels: tuple[Path, ...], train: Path, out: Path) -> None:
    """Write ``twins-ru.jsonl`` and ``twins-kk.jsonl``."""
    folder = shared / ACTS
    labelled = [*_of_corpus(train, folder)]
    for path in labels:
        labelled += _of_labels(path, folder)
    rows = list(carried(labelled, folder))
    for code in ("ru", "kk"):
        mine = [row for row in rows if row["act"].endswith(KAZAKH_TEXT_SUFFIX) == (code == "kk")]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in mine)
        (out / f"twins-{code}.jsonl").write_text(text, encoding="utf-8")
        click.echo(f"{code}: {len(mine)}, labelled {sum(bool(row['labels']) for row in mine)}")


if __name__ == "__main__":
    main()
