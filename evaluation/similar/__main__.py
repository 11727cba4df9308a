"""Clustering of generated drafts measured: ``python -m evaluation.similar [--drafts N] [--families N]``.

Prints a row a run: as written, and with 30 % of the norms of every member written anew; the adjusted Rand index, the
seconds, the memory of the process, and what adding one draft to the full index takes at most. Seconds are
those of the clock, in brackets those of the processor.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Sequence

import click

from evaluation.similar.generator import Draft, families, labels
from evaluation.similar.scoring import score
from nlp.similarity import Index, fingerprint

_MORE = 200  # drafts added to the full index one by one


@click.command()
@click.option("--drafts", default=12_000, show_default=True)
@click.option("--families", "count", default=300, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(drafts: int, count: int, seed: int) -> None:
    """Print the figures as Markdown."""
    click.echo("| rewritten | drafts | families | clusters | mixed | parted | ARI | seconds | one more, ms | peak MB |")
    click.echo("|---|---|---|---|---|---|---|---|---|---|")
    for share in (0.0, 0.3):
        made = list(families(count, drafts + _MORE, seed=seed, rewritten=share))
        click.echo(_row(share, made[:drafts], made[drafts:]))
        del made
        gc.collect()


def _row(share: float, made: Sequence[Draft], more: Sequence[Draft]) -> str:
    index = Index()
    begun, used = time.perf_counter(), time.process_time()
    for draft in made:
        index.add(fingerprint(draft.paragraphs, draft.language))
    index.settle()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    found = score(labels(made), index.families())
    waited, worked = (max(each) for each in zip(*(_one(index, draft) for draft in more), strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {share:.0%} | {len(made)} | {len(set(labels(made)))} | {found.clusters} | {found.mixed} | {found.parted} | "
        f"{found.rand:.4f} | {seconds:.1f} ({cpu:.1f}) | {waited * 1000:.0f} ({worked * 1000:.0f}) | {memory:.0f} |"
    )


def _one(index: Index, draft: Draft) -> tuple[float, float]:
    """Seconds of the clock, seconds of the processor."""
    begun, used = time.perf_counter(), time.process_time()
    index.add(fingerprint(draft.paragraphs, draft.language))
    return time.perf_counter() - begun, time.process_time() - used


if __name__ == "__main__":
    main()
