"""make references: citations found and resolved, measured on windows of adopted acts, both halves, both languages.

    python -m evaluation.references --shared FOLDER [--language ru] [--errors]

Reads: ``corpora/own/references/refs-{ru,kk}.jsonl`` (offsets only; its README says how it was made) and the acts of the
shared folder. Writes: tables to standard output. The first five acts of each file are the half for tuning; errors
(``--errors``) are shown of that half only.

A citation is found when a citation of the same kind overlaps it (one to one), exactly when both ends agree too. Of
those found, a citation is resolved when all its targets, and no others, are named by their full paths; of those whose
existence the gold tells, it is judged when ours says the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from nlp.reading.reader import read_file
from nlp.reading.source import SourceText
from nlp.references.citation import CitationKind
from nlp.references.references import Reference, References
from nlp.references.resolve import State
from nlp.structure import provisions, structure
from nlp.structure.operations import Step

GOLD = Path(__file__).resolve().parent.parent / "corpora" / "own" / "references"
_TUNED = 5
_NAMES = {
    "article": "art", "point": "para", "subpoint": "subpara", "clause": "part", "indent": "indent",
    "chapter": "chapter", "section": "section", "subsection": "subsection", "annex": "annex", "paragraph": "paragraph",
    "sentence": "sentence",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One of our citations in offsets of the file."""

    span: tuple[int, int]
    kind: str
    targets: frozenset[str]
    exists: bool | None


def path_of(path: Sequence[Step]) -> str:
    """The path as the gold writes it."""
    return "__".join(f"{_NAMES[step.kind.value]}_{step.number}" for step in path if step.kind.value in _NAMES)


def found_in(file: Path) -> list[Found]:
    """All our citations in a file, in order."""
    source = read_file(file)
    act = structure(source)
    everything = provisions(act)
    references = References(act, everything)
    return [_found(source, each) for provision in everything for each in references.of(provision)]


def _found(source: SourceText, reference: Reference) -> Found:
    citation, at = reference.citation, reference.provision.text_at
    span = _original(source, at + citation.span[0], at + citation.span[1])
    if citation.kind is CitationKind.INTERNAL:
        targets = frozenset(path_of(each.path) for each in reference.resolved)
        states = {each.state for each in reference.resolved if not each.target.inner}
        exists = None if states & {State.UNKNOWN, State.ABSENT} else states <= {State.FOUND}
    else:
        targets = frozenset(path_of(target.path) for target in citation.targets)
        exists = True if citation.kind is CitationKind.SELF else None
    return Found(span, citation.kind.value, targets, exists)


def _original(source: SourceText, start: int, end: int) -> tuple[int, int]:
    first = source.block_at(start).original_span(start, end)
    last = source.block_at(end - 1).original_span(start, end)
    return (first[0], last[1]) if first is not None and last is not None else (-1, -1)


def rows(language: str) -> list[dict[str, Any]]:
    """Windows of the gold of one language."""
    return [json.loads(line) for line in (GOLD / f"refs-{language}.jsonl").read_text("utf-8").splitlines()]


def paired(gold: Sequence[Mapping[str, Any]], ours: Sequence[Found]) -> Iterator[tuple[Any, Found | None]]:
    """Each gold citation with ours of the same kind that overlaps it most, each of ours once."""
    free = list(ours)
    for each in gold:
        start, end = each["span"]
        fitting = [o for o in free if o.kind == each["kind"] and o.span[0] < end and start < o.span[1]]
        best = max(fitting, key=lambda o: min(end, o.span[1]) - max(start, o.span[0]), default=None)
        if best is not None:
            free.remove(best)
        yield each, best


def score(windows: Sequence[Mapping[str, Any]], shared: Path, show: bool) -> Counter[str]:
    """Counts over windows: gold, ours, found, exact, resolved, judged …"""
    counts: Counter[str] = Counter()
    by_act: dict[str, list[Found]] = {}
    for window in windows:
        file = shared / "corpora" / "kz-acts" / f"{window['act']}.txt"
        if window["act"] not in by_act:
            by_act[window["act"]] = found_in(file)
        start, end = window["window"]
        ours = [each for each in by_act[window["act"]] if start <= each.span[0] < end]
        text = file.open(encoding="utf-8", newline="").read() if show else ""
        pairs = list(paired(window["citations"], ours))
        taken = [found for _, found in pairs if found is not None]
        counts["gold"] += len(pairs)
        counts["ours"] += len(ours)
        for gold, found in pairs:
            _count(counts, gold, found)
            if show:
                _show(text, window["act"], gold, found)
        for extra in (each for each in ours if each not in taken) if show else ():
            click.echo(f"+ {window['act']} {extra.kind} «{' '.join(text[slice(*extra.span)].split())}» {extra.targets}")
    return counts


def _count(counts: Counter[str], gold: Mapping[str, Any], found: Found | None) -> None:
    if found is None:
        return
    counts["found"] += 1
    counts["exact"] += tuple(gold["span"]) == found.span
    if gold["targets"]:
        counts["with_targets"] += 1
        counts["resolved"] += set(gold["targets"]) == found.targets
    if gold["kind"] == "internal" and gold["exists"] is not None:
        counts["told"] += 1
        counts["judged"] += gold["exists"] == found.exists


def _show(text: str, act: str, gold: Mapping[str, Any], found: Found | None) -> None:
    words = " ".join(text[slice(*gold["span"])].split())
    if found is None:
        click.echo(f"- {act} {gold['kind']} «{words}»")
    elif set(gold["targets"]) != found.targets:
        click.echo(f"≠ {act} «{words}» gold {sorted(gold['targets'])} ours {sorted(found.targets)}")
    elif gold["exists"] is not None and gold["exists"] != found.exists and gold["kind"] == "internal":
        click.echo(f"? {act} «{words}» {sorted(gold['targets'])} gold {gold['exists']} ours {found.exists}")
    elif tuple(gold["span"]) != found.span:
        click.echo(f"~ {act} «{words}» / «{' '.join(text[slice(*found.span)].split())}»")


def table(name: str, counts: Mapping[str, int]) -> str:
    """One line of figures."""

    def share(part: str, whole: str) -> float:
        return counts[part] / counts[whole] if counts.get(whole) else 1.0

    precision, recall = share("found", "ours"), share("found", "gold")
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    exact = 2 * counts.get("exact", 0) / max(1, counts["gold"] + counts["ours"])
    return (
        f"{name:12} gold {counts['gold']:4} ours {counts['ours']:4}  P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        f"  exact F1 {exact:.3f}  resolved {share('resolved', 'with_targets'):.3f} of {counts.get('with_targets', 0)}"
        f"  existence {share('judged', 'told'):.3f} of {counts.get('told', 0)}"
    )


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--language", type=click.Choice(["ru", "kk"]), multiple=True, default=("ru", "kk"))
@click.option("--errors", is_flag=True, help="show errors of the half for tuning")
@click.option("--half", type=click.Choice(["tuned", "untouched"]), multiple=True, default=("tuned", "untouched"))
def main(shared: Path, language: tuple[str, ...], errors: bool, half: tuple[str, ...]) -> None:
    """Print the figures."""
    total: Counter[str] = Counter()
    for code in language:
        windows = rows(code)
        tuned = list(dict.fromkeys(window["act"] for window in windows))[:_TUNED]
        for name in half:
            part = [window for window in windows if (window["act"] in tuned) is (name == "tuned")]
            counts = score(part, shared, errors and name == "tuned")
            total += counts
            click.echo(table(f"{code} {name}", counts))
    click.echo(table("all", total))


if __name__ == "__main__":
    main()
