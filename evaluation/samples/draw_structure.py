"""Draw the lines of the structure sample, by seed and not by taste.

Reads the texts under the folder of shared material; writes nothing but its answer to standard output. Each text is
read as UTF-8 and split at line feeds, lines numbered from 0; blank lines are skipped, every other line of a stratum
has the same chance. A stratum is one act (laws and codes) or a range of lines of one seed.

    python evaluation/samples/draw_structure.py SHARED            the drawn lines, as JSON Lines
    python evaluation/samples/draw_structure.py SHARED --check    do the marked files hold just these lines?

There are two rounds. About half of the lines of the first begin no unit (editors' notes, lines broken at links or by
the page), so a second one follows by the same rule, leaving out what the first has drawn.

A fresh sample has another seed and a folder of its own for the marked files, whose name begins its ids:

    python evaluation/samples/draw_structure.py SHARED --seed 20261129 --folder evaluation/samples/second [--check]

It leaves out the lines of the first sample and takes acts that the first has not before others.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

SEED = 20260417
ACTS = "corpora/kz-acts"
SEEDS = "seeds"
ROUNDS = (1, 2)
LINES_PER_ACT = {1: 5, 2: 1}
CODES_DRAWN = {"ru": 7, "kk": 1}
LAWS_DRAWN = {"ru": 13, "kk": 19}
# A fresh sample: lines of an act that the first sample has not, lines of an act that it has.
FRESH_LINES = {"ru": (6, 6), "kk": (15, 4)}
MARKED = {"laws": "structure-laws.jsonl", "seeds": "structure-seeds.jsonl"}


@dataclass(frozen=True)
class Stratum:
    """Lines `first` to `last` (exclusive; None is the end) of one text, of which `count` are drawn."""

    text: str
    language: str
    count: int
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Drawn:
    """One drawn line."""

    id: str
    text: str
    line: int
    language: str


# The Kazakh seed is one file: its body, the tables of indicators and of the plan, the annexes with amendments.
KAZAKH_SEED = f"{SEEDS}/002_6d304e4d1db2996f.txt"
SEED_STRATA = {
    1: (
        Stratum(f"{SEEDS}/000_e82f9d241c51cb74.txt", "ru", 24),
        Stratum(f"{SEEDS}/001_0160a6cb5979ec8b.txt", "ru", 16),
        Stratum(f"{SEEDS}/003_dff7bb6dca1beda5.txt", "ru", 6),
        Stratum(f"{SEEDS}/004_16332ff123dfd543.txt", "ru", 24),
        Stratum(KAZAKH_SEED, "kk", 40, 0, 1202),
        Stratum(KAZAKH_SEED, "kk", 12, 1202, 3200),
        Stratum(KAZAKH_SEED, "kk", 24, 3200),
    ),
    2: (
        Stratum(KAZAKH_SEED, "kk", 36, 0, 1202),
        Stratum(KAZAKH_SEED, "kk", 10, 1202, 1236),
    ),
}
# The last two strata were added after marking the others, to come to 40 lines that begin a unit.
FRESH_SEED_STRATA = (
    *SEED_STRATA[1][:4],
    Stratum(KAZAKH_SEED, "kk", 76, 0, 1202),
    Stratum(KAZAKH_SEED, "kk", 10, 1202, 1236),
    Stratum(KAZAKH_SEED, "kk", 10, 1236, 3200),
    Stratum(KAZAKH_SEED, "kk", 24, 3200),
    Stratum(KAZAKH_SEED, "kk", 40, 0, 1202),
    Stratum(KAZAKH_SEED, "kk", 6, 0, 1202),
)


def is_code(stem: str) -> bool:
    """Whether the collector's file name is that of a code or of the constitution."""
    return stem == "constitution" or stem.startswith(("civil_code", "code_")) or "code" in stem.split("_")


def law_strata(shared: Path, rng: random.Random, lines: int) -> Iterator[Stratum]:
    """Acts drawn for each language, codes and laws apart, so many lines of each."""
    stems = sorted(path.stem for path in (shared / ACTS).glob("*.txt") if path.stem != "SOURCE")
    for language in ("ru", "kk"):
        own = [stem for stem in stems if stem.endswith("_kz") == (language == "kk")]
        codes = [stem for stem in own if is_code(stem)]
        laws = [stem for stem in own if not is_code(stem)]
        drawn = rng.sample(codes, CODES_DRAWN[language]) + rng.sample(laws, LAWS_DRAWN[language])
        for stem in sorted(drawn):
            yield Stratum(f"{ACTS}/{stem}.txt", language, lines)


def draw(shared: Path, name: str) -> list[Drawn]:
    """The lines of one of the two samples, `laws` or `seeds`, both rounds."""
    rows: list[Drawn] = []
    acts = random.Random(f"{SEED}-{name}")
    first = SEED_STRATA[1] if name == "seeds" else tuple(law_strata(shared, acts, LINES_PER_ACT[1]))
    second = SEED_STRATA[2] if name == "seeds" else tuple(replace(one, count=LINES_PER_ACT[2]) for one in first)
    for round_, strata in zip(ROUNDS, (first, second), strict=True):
        rng = acts if round_ == 1 else random.Random(f"{SEED}-{name}-{round_}")
        taken = {(row.text, row.line) for row in rows}
        start = len(rows)
        for stratum in strata:
            lines = (shared / stratum.text).read_bytes().decode("utf-8").split("\n")
            last = len(lines) if stratum.last is None else stratum.last
            filled = [at for at in range(stratum.first, last) if lines[at].strip() and (stratum.text, at) not in taken]
            for at in sorted(rng.sample(filled, stratum.count)):
                label = name if round_ == 1 else f"{name}{round_}"
                number = len(rows) - start
                rows.append(Drawn(f"{label}-{stratum.language}-{number:03d}", stratum.text, at, stratum.language))
    return rows


def fresh_law_strata(shared: Path, rng: random.Random, known: set[str]) -> Iterator[Stratum]:
    """As `law_strata`, acts that are not known first, with their own number of lines."""
    stems = sorted(path.stem for path in (shared / ACTS).glob("*.txt") if path.stem != "SOURCE")
    for language in ("ru", "kk"):
        own = [stem for stem in stems if stem.endswith("_kz") == (language == "kk")]
        drawn: list[str] = []
        for code, count in ((True, CODES_DRAWN[language]), (False, LAWS_DRAWN[language])):
            kind = [stem for stem in own if is_code(stem) == code]
            new = [stem for stem in kind if f"{ACTS}/{stem}.txt" not in known]
            old = [stem for stem in kind if stem not in new]
            drawn += rng.sample(new, min(count, len(new))) + rng.sample(old, max(0, count - len(new)))
        for stem in sorted(drawn):
            text = f"{ACTS}/{stem}.txt"
            yield Stratum(text, language, FRESH_LINES[language][text in known])


def draw_fresh(shared: Path, name: str, seed: int, prefix: str) -> list[Drawn]:
    """The lines of a fresh sample: none that the first has, none twice."""
    first = draw(shared, name)
    taken = {(row.text, row.line) for row in first}
    rng = random.Random(f"{seed}-{name}")
    known = {row.text for row in first}
    strata = FRESH_SEED_STRATA if name == "seeds" else tuple(fresh_law_strata(shared, rng, known))
    rows: list[Drawn] = []
    for stratum in strata:
        lines = (shared / stratum.text).read_bytes().decode("utf-8").split("\n")
        last = len(lines) if stratum.last is None else stratum.last
        filled = [at for at in range(stratum.first, last) if lines[at].strip() and (stratum.text, at) not in taken]
        for at in sorted(rng.sample(filled, min(stratum.count, len(filled)))):
            number = sum(row.language == stratum.language for row in rows)
            rows.append(Drawn(f"{prefix}-{name}-{stratum.language}-{number:03d}", stratum.text, at, stratum.language))
            taken.add((stratum.text, at))
    return rows


def differences(drawn: list[Drawn], marked: Path) -> list[str]:
    """Ids drawn and not marked as drawn, or marked and not drawn."""
    rows = [json.loads(line) for line in marked.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: Drawn(row["id"], row["text"], row["line"], row["language"]) for row in rows}
    wanted = {row.id: row for row in drawn}
    return sorted(key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key))


def main() -> int:
    """Print the drawn lines, or compare the marked files with them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder of shared material, with corpora/kz-acts and seeds")
    parser.add_argument("--check", action="store_true", help="compare the marked files with the draw")
    parser.add_argument("--seed", type=int, default=SEED, help="seed; another than the first's draws a fresh one")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent, help="folder of the marked files")
    options = parser.parse_args()
    wrong = False
    for name, marked in MARKED.items():
        if options.seed == SEED:
            rows = draw(options.shared, name)
        else:
            rows = draw_fresh(options.shared, name, options.seed, options.folder.resolve().name)
        if options.check:
            for key in differences(rows, options.folder / marked):
                wrong = True
                sys.stderr.write(f"{marked}: {key}\n")
        else:
            for row in rows:
                sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    return int(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
