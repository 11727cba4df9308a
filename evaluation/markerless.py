"""Flawed norms without a marker word: how many of them are found all the same (issue 6).

Reads: pairs, marker words (``markers.yaml``). Writes: for each file the flawed norms with no marker word in text,
lead-in or heading, those of them with a finding of a labelled factor, and those with any. Rules alone, one norm at a
time: detectors of the act see none of these. Run as ``python -m evaluation.markerless FILE…``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import yaml

from corpora.conversion import flawed_provision
from corpora.pairs import read_pairs
from corpora.records import Pair
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.structure.wording import fold

MARKERS = Path(__file__).with_name("markers.yaml")


@dataclass(frozen=True, slots=True)
class Share:
    """Flawed norms, those without a marker word, of these those found: with a labelled factor, with any."""

    norms: int
    plain: int
    right: int
    found: int


@cache
def markers(language: str) -> re.Pattern[str]:
    """Marker words of a language as one pattern over folded text."""
    phrases = yaml.safe_load(MARKERS.read_text("utf-8"))[language]
    words = (re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


def has_marker(pair: Pair) -> bool:
    """Whether a marker word stands in the flawed norm, its lead-in or heading."""
    norm = flawed_provision(pair)
    return markers(norm.language).search(fold(f"{norm.heading} {norm.lead} {norm.text}")) is not None


def share(path: Path, examiner: Examiner) -> Share:
    """Count the flawed norms of one file of pairs."""
    pairs = read_pairs(path)[0]
    plain = [pair for pair in pairs if not has_marker(pair)]
    right = found = 0
    for pair in plain:
        said = {factor.factor for factor in examiner.judge(flawed_provision(pair)).factors}
        right += bool(said & set(pair.labels))
        found += bool(said)
    return Share(len(pairs), len(plain), right, found)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(files: tuple[Path, ...]) -> None:
    """Print one line a file."""
    examiner = Examiner(load_pack(kz_pack()))
    for file in files:
        each = share(file, examiner)
        rate = each.right / max(each.plain, 1)
        click.echo(
            f"{file.name}: {each.plain} of {each.norms} without a marker; "
            f"right {each.right} ({rate:.3f}), any {each.found}"
        )


if __name__ == "__main__":
    main()
