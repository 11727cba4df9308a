"""Parity measured: seeded divergences that are found, and what is said of pairs that nobody touched.

Reads: parallel articles of acts from which the lexicon learned nothing; verdicts on reports (stand-off, offsets only).
Writes: recall of seeded divergences per kind; reports on untouched pairs per verdict – *true* divergence, *edition*
(one of the texts was amended later, or is cut off), *false*. Run as ``python -m evaluation.parity --shared FOLDER``.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from evaluation.parallel import SEED, ParallelArticle, draw, read_parallel, structured
from evaluation.seeded import Seeded, seed
from nlp.parity import Divergence, DivergenceKind, parity
from nlp.reading.plain import read_plain
from nlp.structure import structure
from nlp.structure.act import Act

VERDICTS = Path(__file__).parent / "samples" / "parity_reports.jsonl"
EACH = 30
UNTOUCHED = 200

Row = dict[str, Any]
Texts = tuple[Act, Act]


@dataclass(frozen=True, slots=True)
class Tried:
    """One seeded divergence: its article, the text that was edited, and whether it was found."""

    law: str
    number: str
    language: str
    seeded: Seeded
    found: bool


def try_kind(
    pairs: Sequence[tuple[ParallelArticle, Act, Act]], kind: DivergenceKind, count: int, draw_seed: int = SEED
) -> Iterator[Tried]:
    """``count`` edits of a kind, in articles drawn by the seed, each text in turn."""
    drawing = random.Random(f"{draw_seed}-{kind}")
    order = list(range(len(pairs)))
    drawing.shuffle(order)
    made = 0
    for at in order:
        pair, ru, kk = pairs[at]
        language = ("ru", "kk")[made % 2]
        seeded = seed(ru if language == "ru" else kk, language, kind, drawing)
        if seeded is None:
            continue
        yield Tried(pair.law, pair.number, language, seeded, is_found((ru, kk), seeded, language))
        made += 1
        if made == count:
            return


def is_found(texts: Texts, seeded: Seeded, language: str) -> bool:
    """A divergence of the kind that was not there before, told of the edited unit or of the one that is gone."""
    edited = structure(read_plain(seeded.text.encode(), language))
    ru, kk = (edited, texts[1]) if language == "ru" else (texts[0], edited)
    before = Counter(each.kind for each in parity(*texts))
    after = parity(ru, kk)
    if Counter(each.kind for each in after)[seeded.kind] <= before[seeded.kind]:
        return False
    return any(each.kind is seeded.kind and seeded.address in (each.ru.address, each.kk.address) for each in after)


def reports(pairs: Iterable[ParallelArticle]) -> Iterator[tuple[ParallelArticle, Divergence, Texts]]:
    """What is said of pairs as they are."""
    for pair, ru, kk in structured(list(pairs)):
        for each in parity(ru, kk):
            yield pair, each, (ru, kk)


def row(pair: ParallelArticle, each: Divergence) -> Row:
    """A report as it is kept: no words of the texts."""
    places = {"ru": [each.ru.start, each.ru.end], "kk": [each.kk.start, each.kk.end]}
    return {"law": pair.law, "article": pair.number, "kind": each.kind.value, **places}


def verdicts(path: Path = VERDICTS) -> dict[str, str]:
    """Report → verdict."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found = {}
    for line in lines:
        entry = json.loads(line)
        verdict = entry.pop("verdict")
        found[json.dumps(entry, sort_keys=True)] = verdict
    return found


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option(
    "--draw", "number", type=click.IntRange(1, 3), default=1, show_default=True, help="Which draw of articles."
)
@click.option("--show", is_flag=True, help="Print reports and misses with their words, to be read.")
def main(shared: Path, number: int, show: bool) -> None:
    """Print recall per kind and verdicts on untouched pairs."""
    mine = draw(read_parallel(shared), number, UNTOUCHED)
    _seeded(list(structured(mine.seeding)), mine.seed, show)
    unknown = sum(pair.law in mine.apart for pair in mine.untouched)
    click.echo(f"untouched: {unknown} of {len(mine.untouched)} of acts from which the lexicon learned nothing")
    _untouched(mine.untouched, show)


def _seeded(pairs: Sequence[tuple[ParallelArticle, Act, Act]], draw_seed: int, show: bool) -> None:
    right = total = 0
    for kind in DivergenceKind:
        tried = list(try_kind(pairs, kind, EACH, draw_seed))
        found = sum(each.found for each in tried)
        right, total = right + found, total + len(tried)
        click.echo(f"{kind.value}: found {found} of {len(tried)}")
        for each in tried:
            if show and not each.found:
                click.echo(f"  missed {each.law} {each.number} {each.language} {each.seeded.address}")
    click.echo(f"seeded: recall {right / max(total, 1):.3f} of {total}")


def _untouched(pairs: Sequence[ParallelArticle], show: bool) -> None:
    known = verdicts()
    counts = Counter[str]()
    for pair, each, texts in reports(pairs):
        entry = row(pair, each)
        verdict = known.get(json.dumps(entry, sort_keys=True), "unread")
        counts[verdict] += 1
        if show:
            click.echo(f"\n{verdict} {json.dumps(entry)} {dict(each.reason)}")
            for code, act, spot in (("ru", texts[0], each.ru), ("kk", texts[1], each.kk)):
                around = (
                    act.source.text[max(spot.start - 200, 0) : spot.start],
                    act.source.text[spot.end : spot.end + 200],
                )
                click.echo(f"  {code} {spot.address} {around[0]!r} [[{spot.quote[:500]}]] {around[1]!r}")
    click.echo(f"untouched: {len(pairs)} pairs, {counts.total()} reports {dict(sorted(counts.items()))}")


if __name__ == "__main__":
    main()
