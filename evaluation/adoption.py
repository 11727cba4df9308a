"""Adoption measured: states of recommendations given gold findings, links, aligned units, new findings.

Reads: draft cases with an adopted text (``corpora.drafts``), beside them ``alignment.jsonl`` where it was written:
``{change, draft: [unit…], adopted: [unit…]}`` with units as in the gold («12», «12/3)», «12#2» – its second paragraph,
«o1», «a2» – the second row of an annex). Writes: ``AdoptionScore`` for each case.
Run as ``python -m evaluation.adoption FOLDER… [--show]``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from corpora.drafts import is_draft, read_draft
from corpora.records import DraftCase
from evaluation.places import gold_place
from nlp.adoption import Asked, Outcome, adoption, wanted
from nlp.detection.pack import load_pack
from nlp.examination import Dossier, TextReport
from nlp.factors import kz_pack
from nlp.pipeline import Examiner
from nlp.reading.reader import read_file
from nlp.structure.act import Act
from nlp.versions.texts import aligned

ALIGNMENT = "alignment.jsonl"
Pairs = dict[tuple[str, str], str]  # (unit of the draft, unit of the adopted text) → change; "" where one is missing


@dataclass(frozen=True, slots=True)
class AdoptionScore:
    """One case. ``confusion``: (gold, proposed) → how often; ``links``: recommendations whose adopted unit is right;
    ``expected``, ``made``, ``met``: pairs of aligned units; ``changes``: of these with the right change; ``new_found``
    of ``new_expected`` findings of the adopted text, ``new_made`` told in all. ``wrong``: to be read."""

    case: str
    confusion: Counter[tuple[str, str]]
    links: int
    expected: int
    made: int
    met: int
    changes: int
    new_expected: int
    new_found: int
    new_made: int
    wrong: tuple[str, ...]

    @property
    def total(self) -> int:
        """Recommendations."""
        return self.confusion.total()

    @property
    def right(self) -> int:
        """States proposed rightly."""
        return sum(count for (gold, made), count in self.confusion.items() if gold == made)


def f1(expected: int, made: int, met: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * met / (expected + made) if expected + made else 0.0


def score(case: DraftCase, examiner: Examiner) -> AdoptionScore:
    """The case with its gold findings given; the gold states are looked at only to be compared."""
    assert case.adopted is not None
    before, after = (_examined(examiner, path, case.language) for path in (case.draft, case.adopted))
    asked = [
        Asked(f"#{n}", gold.factor, gold.unit, gold.quote, wanted(gold.recommendation, case.language),
              gold.recommendation, sub=gold.sub)
        for n, gold in enumerate(case.gold)
    ]  # fmt: skip
    made = adoption(before.act, after.act, asked, after.findings, before.findings, foreign=True)
    confusion: Counter[tuple[str, str]] = Counter()
    links, wrong = 0, []
    for gold, outcome in zip(case.adoption, made.outcomes, strict=True):
        confusion[gold.state.value, outcome.state.value] += 1
        links += _linked(gold.adopted_unit, outcome, after.act)
        if gold.state.value != outcome.state.value:
            wrong.append(f"{case.id} {gold.unit} {gold.factor}: {gold.state} → {outcome.state} ({outcome.reason})")
    expected, found = _gold_pairs(case.folder / ALIGNMENT), _pairs(before.act, after.act, case.language)
    met = set(expected) & set(found)
    told = {(gold_place(after.act, finding.marks[0].address)[0], finding.factor) for finding in made.new_findings}
    fresh = [(new.unit, new.factor) for new in case.new_findings]
    return AdoptionScore(
        case=case.id, confusion=confusion, links=links,
        expected=len(expected), made=len(found) if expected else 0, met=len(met),
        changes=sum(expected[pair] == found[pair] for pair in met),
        new_expected=len(fresh), new_found=sum(each in told for each in fresh), new_made=len(told),
        wrong=tuple(wrong),
    )  # fmt: skip


def _examined(examiner: Examiner, path: Path, language: str) -> TextReport:
    source = read_file(path)
    return examiner.examine(Dossier(kk=source) if language == "kk" else Dossier(ru=source)).reports[0]


def _linked(gold: str, outcome: Outcome, adopted: Act) -> bool:
    units = {gold_place(adopted, quote.address)[0] for quote in outcome.new}
    rows = {_label(adopted, quote.address) for quote in outcome.new}
    return gold in units | rows if gold else not outcome.link.units


def _gold_pairs(path: Path) -> Pairs:
    """Pairs of the gold; none where it was not written."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    found: Pairs = {}
    for row in map(json.loads, lines):
        found.update(dict.fromkeys(_crossed(row["draft"], row["adopted"]), row["change"]))
    return found


def _pairs(draft: Act, adopted: Act, language: str) -> Pairs:
    """Pairs that alignment makes of units that the gold speaks of."""
    found: Pairs = {}
    for pair in aligned(draft, adopted, language).pairs:
        left = [label for address in pair.left if (label := _label(draft, address))]
        right = [label for address in pair.right if (label := _label(adopted, address))]
        if left or right:
            found.update(dict.fromkeys(_crossed(left, right), pair.change.value))
    return found


def _crossed(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((one, two) for one in left or [""] for two in right or [""])


def _label(act: Act, address: str) -> str:
    """A unit as the gold names it; "" for headings, requisites, signatures."""
    unit, sub = gold_place(act, address)
    last = address.rsplit("__", 1)[-1]
    if unit.startswith("a"):
        row = re.fullmatch(r"row_(\d+)", last)
        return f"a{row[1]}" if row else ""
    named = f"{unit}/{sub}" if sub else unit
    clause = re.fullmatch(r"clause_(\d+)", last)
    return f"{named}#{clause[1]}" if clause and clause[1] != "1" and named else named


def cases(folders: Iterable[Path]) -> Iterator[DraftCase]:
    """Draft cases with an adopted text, in these folders or one below."""
    for folder in folders:
        for path in [folder] if is_draft(folder) else sorted(filter(is_draft, folder.iterdir())):
            case = read_draft(path)
            if case.adopted is not None:
                yield case


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--show", is_flag=True, help="Print every state that is not as in the gold.")
def main(folders: tuple[Path, ...], show: bool) -> None:
    """Print accuracy of states, links, F1 of aligned units, recall of new findings."""
    examiner = Examiner(load_pack(kz_pack()))
    for folder in folders:
        rows = [score(case, examiner) for case in cases([folder])]
        for row in rows:
            _print(row.case, [row])
        _print(f"ALL {folder}", rows)
        for line in (line for row in rows if show for line in row.wrong):
            click.echo(f"  {line}")


def _print(name: str, rows: Sequence[AdoptionScore]) -> None:
    total, right, links = (sum(getattr(row, part) for row in rows) for part in ("total", "right", "links"))
    expected, made, met, changes = (
        sum(getattr(row, part) for row in rows) for part in ("expected", "made", "met", "changes")
    )
    wanted_new, found, told = (
        sum(getattr(row, part) for row in rows) for part in ("new_expected", "new_found", "new_made")
    )
    text = f"{name}: states {right}/{total} = {right / max(total, 1):.3f}, links {links / max(total, 1):.3f}"
    if expected:
        text += f", aligned units F1 {f1(expected, made, met):.3f}, changes {changes / max(met, 1):.3f}"
    click.echo(f"{text}, new findings {found}/{wanted_new} of {told} told")


if __name__ == "__main__":
    main()
