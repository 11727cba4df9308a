"""Proposed wordings and reasons, drawn for a reader; and the reader's grades counted.

    python -m evaluation.rewrites draw ru --out FILE [--count 100] [--seed 20261129] [--shared ../shared]
    python -m evaluation.rewrites score GRADED…
    python -m evaluation.rewrites alike ru [--shared ../shared]

Drawn from findings on the train files (provisions, flawed sides of pairs). The drawn file holds texts of those files
and is not to be committed; the graded one holds ids, factors, rules and grades only.

A grade: ``grammar``, ``meaning`` (the norm still says what it said otherwise), ``removes`` (the factor is gone), each
true or false; acceptable is what has all three.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from corpora.conversion import flawed_provision, to_provision
from corpora.reader import read_corpus
from nlp.detection.finding import Recommendation
from nlp.detection.findings import JudgedProvision
from nlp.detection.fusion import JudgedFactor
from nlp.detection.wording import Wording, explain
from nlp.norms.frame import Field
from nlp.pipeline import Examiner
from nlp.rewriting import propose
from nlp.structure.act import Provision

SEED = 20_261_129
COUNT = 100
GRADES = ("grammar", "meaning", "removes")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one norm: factor, rule that decided, proposal (None where nothing is proposed), texts."""

    judged: JudgedProvision
    factor: JudgedFactor
    recommendation: Recommendation | None
    words: Wording

    @property
    def provision(self) -> Provision:
        """The norm."""
        return self.judged.provision

    @property
    def quote(self) -> str:
        """The marked words."""
        analysis = self.judged.analysis
        return " … ".join(analysis.string(span.field)[span.start : span.end] for span in self.factor.spans)


def sayings(examiner: Examiner, provisions: Iterable[Provision]) -> Iterator[Said]:
    """All findings on ``provisions`` with their proposals, texts in the language of the norm."""
    for provision in provisions:
        judged = examiner.judge(provision)
        for factor in judged.factors:
            language = provision.language
            made = propose(judged.analysis, judged.frames, factor, examiner.pack, _no_place, language)
            said = Said(judged, factor, made, Wording("", ""))
            words = explain(examiner.pack, factor, judged.analysis, judged.frames, said.quote, language)
            yield Said(judged, factor, made, words)


def train_provisions(shared: Path, language: str) -> list[Provision]:
    """Provisions and flawed sides of the train files in one language, in file order."""
    corpora = shared / "corpora"
    provisions = read_corpus(corpora / "provisions-train.jsonl").provisions
    pairs = read_corpus(corpora / f"pairs-{language}-train.jsonl").pairs
    return [
        *(to_provision(each) for each in provisions if each.language == language),
        *(flawed_provision(each) for each in pairs),
    ]


def draw(said: Sequence[Said], count: int, seed: int) -> list[Said]:
    """``count`` findings that propose something, by seed, in the order of the files."""
    proposing = [each for each in said if each.recommendation is not None]
    chosen = set(random.Random(seed).sample(range(len(proposing)), min(count, len(proposing))))
    return [each for at, each in enumerate(proposing) if at in chosen]


def row(said: Said) -> dict[str, object]:
    """One drawn finding for the reader, grades left open."""
    made = said.recommendation
    return {
        **key(said),
        "quote": said.quote,
        "heading": said.provision.heading,
        "lead": said.provision.lead,
        "norm": said.provision.text,
        "proposed": made.wording if made else None,
        "instead_of": "lead" if made and any(edit.span.field is Field.LEAD for edit in made.edits) else "norm",
        "instruction": made.instruction if made else None,
        "explanation": said.words.explanation,
        "risk": said.words.risk,
        **dict.fromkeys(GRADES),
        "note": "",
    }


def key(said: Said) -> dict[str, object]:
    """What names a finding without any words of the norm."""
    return {"id": said.provision.id, "factor": said.factor.factor, "rule": said.factor.leading.detector}


def acceptable(rows: Sequence[dict[str, object]]) -> int:
    """How many have all three grades. Raises ``ValueError`` for a row that is not graded."""
    for each in rows:
        for grade in GRADES:
            if not isinstance(each.get(grade), bool):
                raise ValueError(f"{each.get('id')}: {grade}")
    return sum(all(each[grade] for grade in GRADES) for each in rows)


def alike(said: Iterable[Said]) -> list[list[Said]]:
    """Groups of findings on different norms whose reason and risk read the same."""
    groups: dict[tuple[str, str], dict[tuple[str, str], Said]] = defaultdict(dict)
    for each in said:
        norm = (each.provision.lead, each.provision.text)
        groups[each.words.explanation, each.words.risk].setdefault(norm, each)
    return [list(group.values()) for group in groups.values() if len(group) > 1]


def _no_place(address: str, language: str, case: str) -> str:
    return ""


def _said(language: str, shared: Path) -> list[Said]:
    from nlp.detection.pack import load_pack
    from nlp.factors import kz_pack

    return list(sayings(Examiner(load_pack(kz_pack())), train_provisions(shared, language)))


@click.group()
def main() -> None:
    """Draw proposals for a reader, count grades, look for texts that read the same."""


_LANGUAGE = click.argument("language", type=click.Choice(["ru", "kk"]))
_SHARED = click.option(
    "--shared", type=click.Path(exists=True, path_type=Path), default=Path("../shared"), show_default=True
)


@main.command("draw")
@_LANGUAGE
@_SHARED
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--count", default=COUNT, show_default=True)
@click.option("--seed", default=SEED, show_default=True)
def _draw(language: str, shared: Path, out: Path, count: int, seed: int) -> None:
    """Write drawn findings for the reader."""
    drawn = draw(_said(language, shared), count, seed)
    out.write_text("".join(json.dumps(row(each), ensure_ascii=False) + "\n" for each in drawn), encoding="utf-8")
    click.echo(f"{len(drawn)} → {out}")


@main.command("score")
@click.argument("graded", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def _score(graded: tuple[Path, ...]) -> None:
    """Share of acceptable proposals, and by grade and factor."""
    for path in graded:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        click.echo(f"{path.name}: acceptable {acceptable(rows)} of {len(rows)}")
        for grade in GRADES:
            click.echo(f"  {grade}: {sum(bool(each[grade]) for each in rows)}")
        for factor in sorted({each["factor"] for each in rows}):
            mine = [each for each in rows if each["factor"] == factor]
            click.echo(f"  {factor}: {acceptable(mine)} of {len(mine)}")


@main.command("alike")
@_LANGUAGE
@_SHARED
def _alike(language: str, shared: Path) -> None:
    """Groups of findings on different norms that read the same."""
    said = _said(language, shared)
    groups = alike(said)
    for group in groups:
        first = group[0]
        ids = ", ".join(str(each.provision.id) for each in group)
        click.echo(f"{len(group)} {first.factor.leading.detector} «{first.quote}»: {ids}\n  {first.words.explanation}")
    click.echo(f"{sum(map(len, groups))} of {len(said)} findings read like another one")


if __name__ == "__main__":
    main()
