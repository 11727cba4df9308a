"""Types of acts with the lemmas two readers marked, each blind to the other and to the analyser.

``marks.jsonl``: ``{"n", "first", "second"}``, lemmas each reader accepts; an empty list where a reader gave none. The
forms are read from the acts by the places of ``types.jsonl``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from evaluation.errors import EvaluationError
from nlp.language.normal import normal_form

TYPES = Path(__file__).parent / "types.jsonl"
KEPT = Path(__file__).parent / "marks.jsonl"


class Marked(NamedTuple):
    """A drawn form, how it was drawn, and the lemmas that each reader accepts."""

    form: str
    draw: str
    first: frozenset[str]
    second: frozenset[str]

    @property
    def agreed(self) -> bool:
        """Whether the readers have a lemma in common."""
        return bool(self.first & self.second)


def keep(first: Path, second: Path, kept: Path = KEPT) -> None:
    """Writes ``kept`` from the readers' tables; notes are left out."""
    one, two = _table(first), _table(second)
    rows = [{"n": number, "first": one.get(number, []), "second": two.get(number, [])} for number in sorted(one | two)]
    kept.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _table(path: Path) -> dict[int, list[str]]:
    """n → lemmas of one reader; raises ``EvaluationError`` for a row that has no number."""
    found: dict[int, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        number, lemmas, *_ = [*line.split("\t"), "", ""]
        if not line.strip() or number == "n":
            continue
        if not number.strip().isdigit():
            raise EvaluationError(f"{path}: a row begins with {number!r}; expected its number")
        found[int(number)] = [lemma.strip() for lemma in lemmas.split("|") if lemma.strip() not in ("", "-", "?")]
    return found


def marked(acts: Path, types: Path = TYPES, kept: Path = KEPT) -> list[Marked]:
    """The marked types, forms read from ``acts``."""
    marks = {row["n"]: row for row in map(json.loads, kept.read_text(encoding="utf-8").splitlines())}
    texts: dict[str, str] = {}
    rows = []
    for place in map(json.loads, types.read_text(encoding="utf-8").splitlines()):
        name = place["file"]
        text = texts.get(name) or texts.setdefault(name, (acts / name).read_text(encoding="utf-8"))
        mark = marks.get(place["n"])
        if mark is not None:
            form = text[place["start"] : place["start"] + place["length"]]
            rows.append(Marked(form, place["draw"], _plain(mark["first"]), _plain(mark["second"])))
    return rows


def _plain(lemmas: list[str]) -> frozenset[str]:
    return frozenset(normal_form(lemma) for lemma in lemmas)


def table(rows: list[Marked], answers: Mapping[str, Callable[[str], tuple[str, ...]]]) -> str:
    """Agreement of the readers and the share of forms whose lemma is right, for every lemmatiser and both halves.

    ``answers`` gives one lemma in all its notations (stem or verbal noun of a verb). Right, by the first count: one of
    the readers accepts it; by the second: both do.
    """
    agreed = [row for row in rows if row.agreed]
    same = sum(row.first == row.second for row in rows)
    lines = [
        f"{len(rows)} forms; readers have a lemma in common on {len(agreed)}, the very same lemmas on {same}; they "
        f"accept {_mean(rows, 'first')} and {_mean(rows, 'second')} lemmas a form.",
        "",
        "| | forms | agreed | "
        + " | ".join(f"{name}: one reader, of agreed | of all | both readers" for name in answers)
        + " |",
        "|---" * (3 + 3 * len(answers)) + "|",
    ]
    for half in ("all", "frequency", "types"):
        chosen = [row for row in rows if half in ("all", row.draw)]
        cells = []
        for answer in answers.values():
            given = [set(answer(row.form)) for row in chosen]
            right = [bool((row.first | row.second) & lemma) for row, lemma in zip(chosen, given, strict=True)]
            strict = sum(
                bool(row.first & lemma and row.second & lemma) for row, lemma in zip(chosen, given, strict=True)
            )
            both = [good for good, row in zip(right, chosen, strict=True) if row.agreed]
            cells.append(
                f"{_share(sum(both), len(both))} | {_share(sum(right), len(right))} | {_share(strict, len(right))}"
            )
        lines.append(f"| {half} | {len(chosen)} | {sum(row.agreed for row in chosen)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _mean(rows: list[Marked], reader: str) -> str:
    return f"{sum(len(getattr(row, reader)) for row in rows) / max(1, len(rows)):.2f}"


def _share(right: int, count: int) -> str:
    return f"{right / count:.3f} ({right})" if count else "–"
