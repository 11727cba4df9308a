"""Pairs of a Russian and a Kazakh lemma, counted in official texts of the same articles: ``nlp/alignment/data``.

Reads: parallel articles (outside of the repository), 80 % of the acts. Writes: one row a pair – lemma, lemma,
strength – and how often a pair holds in the acts from which nothing was learned. Units with the same address are
parallel texts; IBM model 1 (Brown et al., 1993) is run both ways, a pair stands where both directions name it.
Run as ``python -m evaluation.lexicon --shared FOLDER --out nlp/alignment/data/ru_kk.tsv``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from evaluation.parallel import ParallelArticle, held_out, read_parallel, structured
from nlp.alignment.lexicon import content_lemmas
from nlp.structure.act import Act

ROUNDS = 6
_LEAST_SEEN = 3  # units in which both words stand
_LEAST_STRENGTH = 0.1  # geometric mean of both directions
_MOST_OF_A_WORD = 6
_LONGEST = 160  # lemmas of a unit: longer ones say little of which word goes with which

Bitext = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
Table = Mapping[str, Mapping[str, float]]
Pairs = Mapping[tuple[str, str], float]


def bitext(pairs: Iterable[ParallelArticle]) -> Bitext:
    """Lemmas of units that have one address in both texts."""
    return [lemmas for _, ru, kk in structured(list(pairs)) for lemmas in _units(ru, kk)]


def _units(ru: Act, kk: Act) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    kazakh = {unit.address: unit for unit in kk.root.walk()}
    for unit in ru.root.walk():
        other = kazakh.get(unit.address)
        for one, two in ((unit.own, other.own), (unit.heading, other.heading)) if other else ():
            found = content_lemmas(ru.text(one), "ru"), content_lemmas(kk.text(two), "kk")
            if all(found) and max(map(len, found)) <= _LONGEST:
                yield found


def model(texts: Bitext, rounds: int = ROUNDS) -> Table:
    """IBM model 1: how likely a word of the second text is, given one of the first."""
    together: dict[str, dict[str, float]] = defaultdict(dict)
    for one, two in texts:
        for word in set(one):
            together[word].update(dict.fromkeys(two, 1.0))
    for _ in range(rounds):
        counts: dict[str, dict[str, float]] = {word: dict.fromkeys(others, 0.0) for word, others in together.items()}
        for one, two in texts:
            for other in two:
                shares = [together[word][other] for word in one]
                total = sum(shares)
                for word, share in zip(one, shares, strict=True):
                    counts[word][other] += share / total
        together = defaultdict(dict, {word: _normal(others) for word, others in counts.items()})
    return together


def _normal(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values()) or 1.0
    return {word: max(count / total, 1e-12) for word, count in counts.items()}


def induce(texts: Bitext) -> Pairs:
    """Pairs that both directions name, with the geometric mean of both."""
    there = model(texts)
    back = model([(two, one) for one, two in texts])
    seen = Counter(pair for one, two in texts for pair in {(a, b) for a in set(one) for b in set(two)})
    strengths = {
        (ru, kk): round((share * back[kk].get(ru, 0.0)) ** 0.5, 2)
        for ru, others in there.items()
        for kk, share in others.items()
        if seen[ru, kk] >= _LEAST_SEEN
    }
    best: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (ru, kk), strength in strengths.items():
        if strength >= _LEAST_STRENGTH:
            best[ru].append((-strength, kk))
    return {(ru, kk): -less for ru in sorted(best) for less, kk in sorted(best[ru])[:_MOST_OF_A_WORD]}


def coverage(pairs: Pairs, texts: Bitext) -> tuple[float, float, float]:
    """Of the words of unseen texts: the share that the lexicon knows; of known Russian words, the share with a pair in
    the parallel unit; and the same share in a unit that is not parallel (the one before it)."""
    known: dict[str, set[str]] = defaultdict(set)
    for ru, kk in pairs:
        known[ru].add(kk)
    words = had = right = wrong = 0
    for at, (one, two) in enumerate(texts):
        other = set(texts[at - 1][1])
        for word in one:
            words += 1
            had += word in known
            right += not known[word].isdisjoint(two) if word in known else 0
            wrong += not known[word].isdisjoint(other) if word in known else 0
    return had / max(words, 1), right / max(had, 1), wrong / max(had, 1)


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(shared: Path, out: Path) -> None:
    """Induce the lexicon and say how it does on the acts held out."""
    everything = read_parallel(shared)
    apart = held_out(everything)
    pairs = induce(bitext(pair for pair in everything if pair.law not in apart))
    rows = "".join(f"{ru}\t{kk}\t{strength:.2f}\n" for (ru, kk), strength in sorted(pairs.items()))
    out.write_text(rows, encoding="utf-8")
    known, right, wrong = coverage(pairs, bitext(pair for pair in everything if pair.law in apart))
    click.echo(f"acts held out: {', '.join(sorted(apart))}")
    click.echo(
        f"pairs {len(pairs)}, {len(rows.encode())} bytes; known {known:.3f}, paired {right:.3f}, by chance {wrong:.3f}"
    )


if __name__ == "__main__":
    main()
