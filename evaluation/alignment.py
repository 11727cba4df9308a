"""Alignment of parallel articles: units that are paired rightly, as they are and with what makes it hard.

Reads: parallel articles of acts from which the lexicon learned nothing. Gold: articles in which both texts have the
same addresses – there numbers can be trusted. Writes: shares of units paired rightly. Three tasks: the texts as they
are; with all numbers hidden; with one unit of the Kazakh text left out and the following ones renumbered.
Run as ``python -m evaluation.alignment --shared FOLDER [--sample 60]``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from evaluation.parallel import SEED, draw, read_parallel, structured
from nlp.alignment import RussianKazakh, align, nodes
from nlp.alignment.alignment import Alignment, Node

ARTICLES = 200
_FEWEST = 3  # units below one parent for one of them to be left out

Texts = tuple[tuple[Node, ...], tuple[Node, ...]]
Harder = Callable[[tuple[Node, ...], random.Random], tuple[Node, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Units of the left text with a partner in gold, those given it, and pairs that gold does not have."""

    expected: int
    right: int
    wrong: int

    @property
    def recall(self) -> float:
        """Share of the units of gold that are paired rightly."""
        return self.right / max(self.expected, 1)

    @property
    def precision(self) -> float:
        """Share of the pairs made that are right."""
        return self.right / max(self.right + self.wrong, 1)


def trustworthy(texts: Iterable[Texts]) -> list[Texts]:
    """Articles with the same addresses in both texts, in the same order."""
    return [(ru, kk) for ru, kk in texts if len(ru) > 1 and [n.address for n in ru] == [n.address for n in kk]]


def measure(texts: Sequence[Texts], harder: Harder, seed: int = SEED) -> Score:
    """Pairs of all articles; addresses, which alignment does not look at, are the gold."""
    drawing = random.Random(seed)
    expected = right = wrong = 0
    for ru, kk in texts:
        other = harder(kk, drawing)
        there = {node.address for node in other}
        given = _pairs(align(ru, other, RussianKazakh(ru, other)))
        gold = {(node.address, node.address) for node in ru if node.address in there}
        expected += len(gold)
        right += len(gold & given)
        wrong += len(given - gold)
    return Score(expected, right, wrong)


def _pairs(alignment: Alignment) -> set[tuple[str, str]]:
    return {(one, two) for pair in alignment.pairs for one in pair.left for two in pair.right}


def as_it_is(nodes: tuple[Node, ...], drawing: random.Random) -> tuple[Node, ...]:
    """Nothing is made harder."""
    return nodes


def hidden(nodes: tuple[Node, ...], drawing: random.Random) -> tuple[Node, ...]:
    """No unit has a number."""
    return tuple(replace(node, number="") for node in nodes)


def shortened(nodes: tuple[Node, ...], drawing: random.Random) -> tuple[Node, ...]:
    """One unit with all below it is left out and the following ones are renumbered."""
    parents = [at for at, node in enumerate(nodes) if len(node.children) >= _FEWEST]
    if not parents:
        return nodes
    siblings = nodes[drawing.choice(parents)].children
    gone = drawing.choice(siblings[:-1])
    numbers = [nodes[n].number for n in siblings]
    later = [n for n in siblings if n > gone]
    renumbered = dict(zip(later, numbers[siblings.index(gone) :], strict=False))
    return _without(tuple(replace(n, number=renumbered.get(at, n.number)) for at, n in enumerate(nodes)), gone)


def _without(nodes: tuple[Node, ...], gone: int) -> tuple[Node, ...]:
    out: set[int] = {gone}
    for at, node in enumerate(nodes):
        if node.parent in out:
            out.add(at)
    place = {at: new for new, at in enumerate(n for n in range(len(nodes)) if n not in out)}
    return tuple(
        replace(
            node, parent=place.get(node.parent, -1), children=tuple(place[c] for c in node.children if c not in out)
        )
        for at, node in enumerate(nodes)
        if at not in out
    )


TASKS: dict[str, Harder] = {"as it is": as_it_is, "numbers hidden": hidden, "one left out": shortened}


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--articles", default=ARTICLES, show_default=True)
@click.option(
    "--draw", "number", type=click.IntRange(1, 3), default=1, show_default=True, help="Which draw of articles."
)
@click.option("--sample", default=0, help="Print so many pairs to be read.")
def main(shared: Path, articles: int, number: int, sample: int) -> None:
    """Print the shares of every task, and pairs to be read by eye."""
    pairs = draw(read_parallel(shared), number, articles).untouched
    texts = [(nodes(ru), nodes(kk)) for _, ru, kk in structured(pairs)]
    sure = trustworthy(texts)
    click.echo(f"articles {len(texts)}, with the same numbers in both texts {len(sure)}")
    for name, harder in TASKS.items():
        score = measure(sure, harder)
        click.echo(f"{name}: recall {score.recall:.4f} precision {score.precision:.4f} of {score.expected}")
    _show(texts, sample)


def _show(texts: Sequence[Texts], sample: int) -> None:
    found = [
        (
            pair.change,
            pair.made_by,
            [n.words for n in ru if n.address in pair.left],
            [n.words for n in kk if n.address in pair.right],
        )
        for ru, kk in texts
        for pair in align(ru, kk, RussianKazakh(ru, kk)).pairs
        if pair.left and pair.right
    ]
    for change, by, one, two in random.Random(SEED).sample(found, min(sample, len(found))):
        click.echo(f"\n[{change} {by}]\n  {' | '.join(one)[:220]}\n  {' | '.join(two)[:220]}")


if __name__ == "__main__":
    main()
