"""Amendments against a sample marked by reading: operation and target of every instruction.

Reads: rows of ``evaluation/samples/amendments.jsonl`` and the texts they point into. Writes: a verdict for every row,
shares that are right, and operations that nobody marked on the lines that were read.
Run as ``python -m evaluation.amendments_sample --shared FOLDER --out VERDICTS``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from evaluation.structure_sample import SAMPLES, rows_of
from nlp.reading.reader import read_file
from nlp.structure import structure
from nlp.structure.act import Act
from nlp.structure.operations import Operation, Step

Target = tuple[tuple[str, str], ...]

# what the marks call a unit → what the operations call it: units of a kind of their own are TEXT
_KINDS = {"title": "heading", "contents": "text", "direction": "text"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One marked operation: whether an operation of this kind on this target was read there, and of this act."""

    id: str
    language: str
    own: bool
    doubt: bool
    operation: bool
    target: bool
    act: bool
    got: str

    @property
    def right(self) -> bool:
        """Operation and target right."""
        return self.operation and self.target


def verdicts(sample: Path, shared: Path) -> tuple[list[Verdict], list[tuple[str, int, Operation]]]:
    """Verdicts on all rows whose text is there; and operations read on marked lines that answer no mark."""
    groups: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows_of(sample):
        groups[row["text"], int(row["line"])].append(row)
    made: list[Verdict] = []
    extra: list[tuple[str, int, Operation]] = []
    for (text, line), rows in groups.items():
        path = (sample.parent if text.startswith("own/") else shared) / text
        if not path.exists():
            continue
        left = _by_line(path).get(line, [])
        judged, left = _judge(rows, left)
        made += judged
        extra += [(text, line, operation) for operation in left]
    return made, extra


def _judge(rows: Sequence[Mapping[str, Any]], found: Sequence[Operation]) -> tuple[list[Verdict], list[Operation]]:
    """Each marked operation takes the operation that fits it best; each is taken once."""
    left = list(found)
    made = []
    for row in rows:
        best = max(left, key=lambda operation: _fit(row, operation), default=None)
        if best is not None and _fit(row, best) > 0:
            left.remove(best)
        elif best is not None:
            best = None
        made.append(_verdict(row, best))
    return made, left


def _fit(row: Mapping[str, Any], operation: Operation) -> int:
    same_kind = operation.kind.value == row["operation"]
    return 2 * int(_same_target(row, operation)) + int(same_kind)


def _verdict(row: Mapping[str, Any], found: Operation | None) -> Verdict:
    own = str(row["text"]).startswith("own/")
    if found is None:
        return Verdict(row["id"], row["language"], own, "doubt" in row, False, False, False, "nothing")
    got = f"{found.kind.value} {' '.join(f'{step.kind.value}/{step.number}' for step in found.target)}"
    return Verdict(
        row["id"],
        row["language"],
        own,
        "doubt" in row,
        found.kind.value == row["operation"],
        _same_target(row, found),
        _same_act(row["act"], found),
        got,
    )


def _same_target(row: Mapping[str, Any], operation: Operation) -> bool:
    marked = row["target"]
    if len(marked) != len(operation.target):
        return False
    return all(_same_step(step, found) for step, found in zip(marked, operation.target, strict=True))


def _same_step(marked: Sequence[str], found: Step) -> bool:
    kind, number, *title = marked
    if _KINDS.get(kind, kind) != found.kind.value or _plain(number) != _plain(found.number):
        return False
    return not title or not title[0] or _words(title[0]) == _words(found.title)


def _same_act(marked: Mapping[str, str], found: Operation) -> bool:
    act = found.act
    given = (act.form, act.date, _plain(act.number), act.document)
    return given == (marked["form"], marked["date"], _plain(marked["number"]), marked["document"])


def _plain(number: str) -> str:
    """Numbers in one notation: the marks write 37¹ as 37-1."""
    joined = re.sub(r"(?<=\d)(?=[⁰¹²³⁴-⁹])", "-", number).translate(_SUPERSCRIPTS)
    return re.sub(r"[\s)]", "", joined).casefold()


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


@lru_cache(maxsize=64)
def _by_line(path: Path) -> dict[int, list[Operation]]:
    act = structure(read_file(path))
    lines: dict[int, list[Operation]] = defaultdict(list)
    for operation in act.operations:
        lines[_line(act, operation)].append(operation)
    return lines


def _line(act: Act, operation: Operation) -> int:
    return act.source.block_at(operation.instruction[0]).place.paragraph


def shares(found: Iterable[Verdict]) -> Iterator[tuple[str, str, str, int, int]]:
    """(texts, language, what, right, all) for operation with target, and for the amended act."""
    cells: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for verdict in found:
        texts = "own" if verdict.own else "real"
        cells[texts, verdict.language, "operation and target"].append(verdict.right)
        cells[texts, verdict.language, "amended act"].append(verdict.act)
        if not verdict.doubt:
            cells[texts, verdict.language, "operation and target, without doubt"].append(verdict.right)
    for key, right in sorted(cells.items()):
        yield (*key, sum(right), len(right))


def as_row(verdict: Verdict) -> str:
    """A verdict as a line of JSON."""
    row = {"id": verdict.id, "right": verdict.right, "operation": verdict.operation, "target": verdict.target}
    return json.dumps({**row, "act": verdict.act, "got": verdict.got}, ensure_ascii=False)


@click.command()
@click.option("--sample", type=click.Path(exists=True, path_type=Path), default=SAMPLES / "amendments.jsonl")
@click.option("--shared", type=click.Path(path_type=Path), default=Path("../shared"), show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="File for the verdicts.")
@click.option("--wrong", is_flag=True, help="Print the rows that are not right, and operations that answer no mark.")
def main(sample: Path, shared: Path, out: Path | None, wrong: bool) -> None:
    """Judge the operations of the texts of the sample."""
    found, extra = verdicts(sample, shared)
    if out is not None:
        out.write_text("".join(as_row(verdict) + "\n" for verdict in found), "utf-8")
    if wrong:
        _print_wrong({row["id"]: row for row in rows_of(sample)}, found, extra)
    for texts, language, what, right, total in shares(found):
        click.echo(f"{texts:5} {language} {what:36} {right:4} / {total:4}  {right / total:.3f}")
    click.echo(f"operations on marked lines that answer no mark: {len(extra)}")


def _print_wrong(
    marked: Mapping[str, Mapping[str, Any]], found: Iterable[Verdict], extra: Iterable[tuple[str, int, Operation]]
) -> None:
    for verdict in found:
        row = marked[verdict.id]
        if not verdict.right or not verdict.act:
            target = " ".join("/".join(step) for step in row["target"])
            act = "" if verdict.act else f" act {row['act']}"
            click.echo(f"{verdict.id} {row['text']}:{row['line']} {row['operation']} {target}{act}")
            click.echo(f"    got {verdict.got} {row.get('doubt', '')}")
    for text, line, operation in extra:
        target = " ".join(f"{step.kind.value}/{step.number}" for step in operation.target)
        click.echo(f"extra {text}:{line} {operation.kind.value} {target}")


if __name__ == "__main__":
    main()
