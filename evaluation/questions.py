"""Questions to the reader: how many the machine asks of whole acts, against the bar of one per two points.

``python -m evaluation.questions --shared FOLDER [--acts 20] [--seed 20261130]``: a sample of acts in force, as many in
Russian as in Kazakh; prints Markdown. A point is a unit of that kind, or an article that holds none.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nlp.detection.pack import load_pack
from nlp.dossier import dossier_of
from nlp.examination import TextReport
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_file
from nlp.structure.counting import points

BAR = 0.5
"""Questions a point."""
LARGEST = 800_000  # bytes: codes of several megabytes would be most of the sample


@dataclass(frozen=True, slots=True)
class Asked:
    """One act. ``by_element``: how many questions of which detector and element."""

    name: str
    language: str
    points: int
    by_element: Counter[str]

    @property
    def questions(self) -> int:
        """All of them."""
        return sum(self.by_element.values())

    @property
    def per_point(self) -> float:
        """Questions a point; 0 for an act without points."""
        return self.questions / self.points if self.points else 0.0


def sample(folder: Path, count: int, seed: int) -> list[Path]:
    """Half of the acts in each language, drawn by the seed."""
    fit = [path for path in sorted(folder.glob("*.txt")) if path.stat().st_size <= LARGEST and path.stem != "SOURCE"]
    kazakh = [path for path in fit if path.stem.endswith("_kz")]
    russian = [path for path in fit if path not in kazakh]
    random = Random(seed)
    return [path for group in (russian, kazakh) for path in sorted(random.sample(group, min(count // 2, len(group))))]


def asked_of(report: TextReport, name: str) -> Asked:
    """Counts of one text."""
    by_element = Counter(f"{question.detector}: {question.element}" for question in report.questions)
    return Asked(name, report.language, points(report.act.root), by_element)


def markdown(found: Sequence[Asked]) -> str:
    """The table of languages, the acts with the most, and what is asked about."""
    lines = ["| | acts | points | questions | a point | acts over the bar |", "|---|---|---|---|---|---|"]
    for language in ("ru", "kk"):
        of = [each for each in found if each.language == language]
        total, asked = sum(each.points for each in of), sum(each.questions for each in of)
        over = sum(each.per_point > BAR for each in of)
        lines.append(f"| {language} | {len(of)} | {total:,} | {asked} | {asked / max(total, 1):.4f} | {over} |")
    most = sorted(found, key=lambda each: -each.per_point)[:5]
    lines += ["", "Most a point: " + "; ".join(f"{each.name} {each.per_point:.3f} ({each.questions})" for each in most)]
    about = sum((each.by_element for each in found), Counter[str]())
    lines += ["", "Asked about: " + "; ".join(f"{name} {count}" for name, count in about.most_common())]
    return "\n".join(lines)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.questions")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--acts", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261130)
    given = parser.parse_args()
    examiner, found = Examiner(load_pack(kz_pack())), []
    for path in sample(given.shared / "corpora" / "kz-acts", given.acts, given.seed):
        examination = examiner.examine(dossier_of([read_file(path)]), Options(force=True))
        found += [asked_of(report, path.stem) for report in examination.reports]
        print(path.stem, found[-1].points, found[-1].questions, flush=True)
    print(markdown(found))


if __name__ == "__main__":
    main()
