"""Structure against a sample marked by reading (``evaluation/samples``): kind, number and nesting of drawn lines.

Reads: rows of a sample, the texts they point into. Writes: a verdict for every row, and shares that are right.
Run as ``python -m evaluation.structure_sample SAMPLE… --shared FOLDER --out VERDICTS``.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from nlp.reading.reader import read_file
from nlp.structure import structure
from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.wording import starts_upper

Path2 = tuple[tuple[str, str], ...]  # (kind, number) from the widest unit to the narrowest

SAMPLES = Path(__file__).parent / "samples"
_SET_ASIDE = frozenset({"note", "stamp", "contents", "continuation"})
_ROLES = {
    Role.TITLE: "title", Role.PREAMBLE: "preamble", Role.ENACTING: "enacting", Role.REQUISITE: "requisite",
    Role.STAMP: "stamp", Role.SIGNATURE: "signature", Role.HEADING: "heading",
}  # fmt: skip
_OWNERS = (UnitKind.ORDER, UnitKind.DOCUMENT, UnitKind.ANNEX)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row: what was marked, what the parser gave, and which of kind, number and nesting agree."""

    id: str
    language: str
    group: str
    unit: bool  # a unit begins on the line
    doubt: bool
    kind: bool
    number: bool
    nesting: bool
    got: str

    @property
    def right(self) -> bool:
        """Kind, number and nesting all right."""
        return self.kind and self.number and self.nesting


@dataclass(frozen=True, slots=True)
class Found:
    """What the parser says begins on a line."""

    kind: str
    number: str
    path: Path2


def judge(row: Mapping[str, Any], folder: Path, group: str) -> Verdict:
    """The verdict on one row of a sample; ``folder`` is what ``text`` is relative to."""
    found = as_marked(found_at(_act(folder / row["text"]), int(row["line"])), row)
    whole = group == "own"
    marks = [_marked(row, whole, other) for other in (False, True)]
    kind = found.kind in _kinds(row)
    is_unit = row["kind"] not in _SET_ASIDE | set(_ROLES.values()) | {"table"}
    unsaid = row["kind"] == "article-text" and not row["number"]  # the number of its article, which the path has
    number = not is_unit or unsaid or any(_number(found.number) == _number(number) for number, _ in marks)
    given = plain_path(without_first_clause(found.path), whole)
    nesting = not is_unit or any(given == path for _, path in marks)
    got = f"{found.kind} {found.number} < {' '.join('/'.join(step) for step in found.path)}"
    return Verdict(row["id"], row["language"], group, is_unit, "doubt" in row, kind, number, nesting, got)


def _kinds(row: Mapping[str, Any]) -> set[str]:
    kind = row["kind"]
    if kind == "quote":
        return {str(row.get("as", "")), "indent", "clause", "article-text"}
    if kind in ("note", "stamp", "contents", "continuation"):
        return {kind, "nothing", "heading" if kind == "contents" else kind}
    if kind == "table":
        return {"table", "row", "nothing"}
    return {kind}


def _marked(row: Mapping[str, Any], whole: bool, without_quoted: bool) -> tuple[str, Path2]:
    """Number and path as marked; indents may be counted with or without the lines of quoted wording."""
    number, path = row["number"], row["path"]
    if without_quoted:
        number = row.get("number_without_quoted", number)
        path = row.get("path_without_quoted", path)
    return number, plain_path(tuple((kind, number) for kind, number, *_ in path), whole)


def plain_path(path: Path2, whole: bool) -> Path2:
    """The path with what the two ways of writing do not share left out.

    Quoted wording hangs on the amending unit in the tree and on «quoted» in the marks; parts of codes have names
    («Общая часть») and no numbers; the path of a row has no table in the marks (convention 12). ``whole``
    keeps order, documents and annexes (own drafts); else they are left out (laws, concepts).
    """
    dropped = {"quoted", "quote", "table"} | (set() if whole else {"order", "document", "annex"})
    return tuple((kind, "" if kind == "part" else _number(number)) for kind, number in path if kind not in dropped)


def without_first_clause(path: Path2) -> Path2:
    """Items of a list under the first paragraph of a heading hang on the heading in the marks (convention 3).

    In the tree that paragraph is clause 1 of the heading, and its items hang on it.
    """
    return tuple(step for step in path if step != ("clause", "1"))


def _number(number: str) -> str:
    return re.sub(r"\s", "", number).translate(_SUPERSCRIPTS).casefold()


@lru_cache(maxsize=64)
def _act(path: Path) -> _Lines:
    return _Lines(structure(read_file(path)))


class _Lines:
    """Which units begin on which line of the file."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.units: dict[int, list[tuple[Unit, Path2]]] = defaultdict(list)
        self.texts: dict[int, tuple[Unit, Path2]] = {}
        self.parts: dict[int, tuple[Unit, Path2]] = {}  # further lines of a title, a stamp …
        self.documents = 0
        begun = {block.place.paragraph for block in act.source.blocks}
        self.begun = sorted(begun | {part.place.paragraph for part in act.source.dropped})
        self._below(act.root, ())

    def _below(self, unit: Unit, path: Path2) -> None:
        if unit.kind is not UnitKind.ACT:
            self._put(unit, path)
            path = (*path, self._step(unit))
        for child in unit.children:
            self._below(replace(child, kind=UnitKind.CLAUSE) if self._is_clause_of_part(unit, child) else child, path)

    def _is_clause_of_part(self, part: Unit, unit: Unit) -> bool:
        """Codes that number parts of articles: a further paragraph is «абзац» of the part; the marks say clause."""
        numbered = part.kind is UnitKind.CLAUSE and part.own[0] > part.span[0]
        return numbered and unit.kind is UnitKind.INDENT and starts_upper(self.act.text(unit.own))

    def _step(self, unit: Unit) -> tuple[str, str]:
        if unit.kind is UnitKind.DOCUMENT:
            self.documents += 1
            if unit.number:
                return UnitKind.ANNEX.value, unit.number
            return unit.kind.value, "" if self.documents == 1 else str(self.documents)
        return kind_of(unit), unit.number

    def _put(self, unit: Unit, path: Path2) -> None:
        line = self._line(unit.span[0])
        self.units[line].append((unit, path))
        own = unit.own if unit.own[1] > unit.own[0] else None
        if own is not None and self._line(own[0]) != line:
            self.texts.setdefault(self._line(own[0]), (unit, path))
        if unit.kind is UnitKind.TEXT and unit.role in _ROLES:
            for further in range(line + 1, self._last(self._line(max(unit.span[1] - 1, unit.span[0]))) + 1):
                self.parts.setdefault(further, (unit, path))

    def _last(self, line: int) -> int:
        """The last line of the file that reading joined to the paragraph that begins on ``line``."""
        at = bisect_right(self.begun, line)
        return self.begun[at] - 1 if at < len(self.begun) else line

    def _line(self, offset: int) -> int:
        return self.act.source.block_at(offset).place.paragraph


def kind_of(unit: Unit) -> str:
    """The kind; numbered parts of articles («1.» called часть in procedural codes) are points in the samples.

    Lines of a blank form are one text without ordinals in the tree, continuations of the annex in the samples.
    """
    if unit.kind is UnitKind.CLAUSE and unit.own[0] > unit.span[0]:
        return UnitKind.POINT.value
    if unit.kind is not UnitKind.TEXT:
        return unit.kind.value
    return "continuation" if unit.role is Role.FORM else _ROLES.get(unit.role, unit.kind.value)


def _is_annex(unit: Unit) -> bool:
    """An approved document under «Приложение 1 к приказу» is an annex with this number as well."""
    return unit.kind is UnitKind.ANNEX or (unit.kind is UnitKind.DOCUMENT and unit.number != "")


def found_at(lines: _Lines, line: int) -> Found:
    """The unit that begins on a line: the widest with a number of its own; "nothing" where none does."""
    here = lines.units.get(line, [])
    inner = [(unit, path) for unit, path in here if unit.kind not in _OWNERS]
    annex = next(((unit, path) for unit, path in here if _is_annex(unit)), None)
    if annex is not None and all(unit.role is Role.STAMP for unit, _ in inner):
        return Found("annex", annex[0].number, annex[1])
    if inner:
        unit, path = inner[0]
        return Found(kind_of(unit), unit.number, path)
    text = lines.texts.get(line)
    if text is not None and text[0].kind is UnitKind.ARTICLE:
        return Found("article-text", text[0].number, (*text[1], ("article", text[0].number)))
    part = lines.parts.get(line)
    return Found(kind_of(part[0]), "", part[1]) if part is not None else Found("nothing", "", ())


def as_marked(found: Found, row: Mapping[str, Any]) -> Found:
    """In a stamp of several lines the tree begins the annex with the first, the marks with the line that names it.

    So a line of the stamp may be marked as the annex, and the first line as a line of the stamp of that annex.
    The first paragraph of an article of several is «часть первая» in the tree and the text of the article in the marks.
    """
    path = found.path
    if row["kind"] == "article-text" and found.kind == "clause" and found.number == "1" and path[-1:] == _last(row):
        return Found("article-text", path[-1][1], path)
    annex = tuple((kind, number) for kind, number, *_ in row["path"])
    if row["kind"] == "annex" and found.kind == "stamp" and found.path and found.path[-1][0] == "annex":
        return Found("annex", found.path[-1][1], found.path[:-1])
    if row["kind"] == "stamp" and found.kind == "annex" and annex[-1:] == (("annex", found.number),):
        return Found("stamp", "", (*found.path, ("annex", found.number)))
    return found


def _last(row: Mapping[str, Any]) -> Path2:
    return tuple((kind, number) for kind, number, *_ in row["path"][-1:] if kind == "article")


def rows_of(sample: Path) -> list[dict[str, Any]]:
    """Rows of a sample; raises ``ValueError`` for a line that is not JSON."""
    return [json.loads(line) for line in sample.read_text("utf-8").splitlines() if line.strip()]


def verdicts(sample: Path, shared: Path) -> Iterator[Verdict]:
    """Verdicts on all rows whose text is there. The name of the sample says which: structure-own, -laws, -seeds."""
    group = sample.stem.removeprefix("structure-")
    folder = sample.parent if group == "own" else shared
    for row in rows_of(sample):
        if (folder / row["text"]).exists():
            yield judge(row, folder, group)


def shares(found: Iterable[Verdict]) -> list[tuple[str, str, str, int, int]]:
    """(group, language, which rows, right, all) for units and for all rows, with and without doubtful ones."""
    cells: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for verdict in found:
        for which, counts in (
            ("units", verdict.unit),
            ("units without doubt", verdict.unit and not verdict.doubt),
            ("all lines", True),
            ("all lines without doubt", not verdict.doubt),
        ):
            if counts:
                cells[verdict.group, verdict.language, which].append(verdict.right)
    return [(*key, sum(right), len(right)) for key, right in sorted(cells.items())]


def as_row(verdict: Verdict) -> str:
    """A verdict as a line of JSON: no words of the text, only what was found and what agrees."""
    row = {"id": verdict.id, "right": verdict.right, "kind": verdict.kind, "number": verdict.number}
    return json.dumps({**row, "nesting": verdict.nesting, "got": verdict.got}, ensure_ascii=False)


@click.command()
@click.argument("samples", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--shared", type=click.Path(path_type=Path), default=Path("../shared"), show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="File for the verdicts.")
@click.option("--wrong", is_flag=True, help="Print the rows that are not right.")
def main(samples: Sequence[Path], shared: Path, out: Path | None, wrong: bool) -> None:
    """Judge the structure of the texts of SAMPLES."""
    paths = samples or sorted(SAMPLES.glob("structure-*.jsonl"))
    found = [verdict for path in paths for verdict in verdicts(path, shared)]
    if out is not None:
        out.write_text("".join(as_row(verdict) + "\n" for verdict in found), "utf-8")
    if wrong:
        marked = {row["id"]: row for path in paths for row in rows_of(path)}
        for verdict in found:
            if not verdict.right:
                row = marked[verdict.id]
                path = " ".join("/".join(step[:2]) for step in row["path"])
                click.echo(f"{verdict.id} {row['text']}:{row['line']} {row['kind']} {row['number']} < {path}")
                click.echo(f"    got {verdict.got} {row.get('doubt', '')}")
    for group, language, which, right, total in shares(found):
        click.echo(f"{group:6} {language} {which:24} {right:4} / {total:4}  {right / total:.3f}")


if __name__ == "__main__":
    main()
