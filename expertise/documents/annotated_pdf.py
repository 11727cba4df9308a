"""The draft itself, a PDF or a scanned image, as PDF with highlights and notes at the flagged words.

Reads: the bytes of the draft (PDF), the reports on it. Writes: the same PDF with annotations; pages stay as they are.
The file is opened in a confined process (``pdf_worker``), never here.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from expertise.documents.listing import Issued, Listed, listed
from expertise.documents.notes import Names, again, explained_lines
from expertise.documents.pdf_worker import LENGTH, UNREADABLE
from expertise.documents.words import Words, words
from nlp.detection.finding import Finding, Kind, Mark, Severity
from nlp.errors import ReadingError
from nlp.examination import TextReport
from nlp.limits import Limits
from nlp.reading.external import Bounds, Program, failed, run_program
from nlp.reading.source import Box, SourceText
from nlp.result import blocks_of

Colour = tuple[int, int, int]
Quad = tuple[float, float, float, float]

_ATTENTION: Colour = (120, 180, 255)
_REMARK: dict[Severity, Colour] = {
    Severity.HIGH: (255, 110, 110),
    Severity.MEDIUM: (255, 175, 80),
    Severity.LOW: (255, 225, 90),
}
_SAME_LINE = 0.5  # share of a box's height within which the middle of the next word on the line lies
_WIDEST_GAP = 3.0  # heights between two words of one highlighted stretch


_TITLE = "Saraptama"
_GROWTH = 4  # times the size of the draft that the result may have
_PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])
_PYTHON = Program(sys.executable, packages="python3", setting="SARAPTAMA_PYTHON")


@dataclass(frozen=True, slots=True)
class Note:
    """One highlight with its note: page from 1, quads in points of the page's own space, text of the note."""

    page: int
    quads: tuple[Quad, ...]
    colour: Colour
    name: str
    text: str


def annotated_pdf(
    data: bytes,
    reports: Iterable[TextReport],
    language: str,
    factor_names: Names,
    limits: Limits | None = None,
    issued: Issued | None = None,
) -> bytes:
    """The draft (PDF, or an image made one) with a highlight and a note by «Saraptama» at every mark of its findings.

    Numbers and words are those of the preliminary check and of the commented Word draft. Reports on other files are
    passed over (by ``sha256``). Equal input gives equal bytes, save for an encrypted draft. A PDF comes back as it
    is when there is nothing to say. ``issued``: the notes are those of a conclusion.

    Raises ``ReadingError``: ``documents.other_file`` when no report is on this file, ``documents.no_annotations`` for a
    file that is not a PDF or cannot be changed, and the codes of external programs (``reading.timeout`` …).
    """
    limits = limits or Limits()
    mine = _on_this_file(data, tuple(reports))
    notes = [note for report in mine for note in notes_of(report, language, factor_names, issued)]
    source = mine[0].act.source
    return _annotated(data, notes, source.name, limits) if notes or source.format != "pdf" else data


def _on_this_file(data: bytes, reports: Sequence[TextReport]) -> list[TextReport]:
    sha256 = hashlib.sha256(data).hexdigest()
    mine = [report for report in reports if report.act.source.sha256 in ("", sha256)]
    if not mine:
        raise ReadingError("documents.other_file", file=", ".join(report.act.source.name for report in reports))
    return mine


def _annotated(data: bytes, notes: Sequence[Note], name: str, limits: Limits) -> bytes:
    annotations = [{"title": _TITLE, **asdict(note)} for note in notes]
    request = json.dumps({"annotations": annotations, "limits": asdict(limits)}).encode()
    bounds = Bounds(
        seconds=limits.parse_seconds,
        memory_bytes=limits.parse_memory_bytes,
        output_bytes=_GROWTH * max(len(data), limits.file_bytes) + _GROWTH * len(request) + 2**20,
        alone=True,
    )
    output = run_program(
        _PYTHON,
        ("-s", "-P", "-m", "expertise.documents.pdf_worker"),
        bounds,
        stdin=LENGTH.pack(len(request)) + request + data,
        environment={
            "PYTHONPATH": _PACKAGE_ROOT,
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",  # it may start no threads, and numpy ends over that unless it is told
        },
        readable=(_PACKAGE_ROOT, sys.prefix, sys.base_prefix),
    )
    if output.status == UNREADABLE:
        raise ReadingError("documents.no_annotations", file=name)
    if output.status:
        raise failed(_PYTHON, output.status)
    return output.stdout


def notes_of(report: TextReport, language: str, factor_names: Names, issued: Issued | None = None) -> tuple[Note, ...]:
    """Notes for every mark that has words on a page, in order of pages.

    The first place of a finding carries the explanation, further ones (and the rest of a mark on the next page) refer
    to it.
    """
    said = words(language)
    restricted = report.act.requisites.restricted.strip()
    made = [
        note
        for entry in listed(report, issued)
        for note in _of_finding(entry, report.act.source, said, factor_names, restricted, issued)
    ]
    return tuple(sorted(made, key=lambda note: (note.page, -note.quads[0][3], note.quads[0][0], note.name)))


def _of_finding(
    entry: Listed, source: SourceText, said: Words, names: Names, restricted: str, issued: Issued | None
) -> Iterator[Note]:
    explained = ""
    for position, (mark, page, boxes) in enumerate(_places(entry.finding, source), start=1):
        first = explained_lines(entry, said, names, restricted, issued)
        lines = again(entry, explained, said) if explained else first
        explained = explained or mark.quote
        text = "\n".join(line for line, _ in lines)
        yield Note(page, tuple(quads(boxes)), colour_of(entry.finding), f"{entry.finding.id}-{position}", text)


def _places(finding: Finding, source: SourceText) -> Iterator[tuple[Mark, int, list[Box]]]:
    for mark in finding.marks:
        boxes = [box for block in blocks_of(mark, source) for box in block.boxes_of(mark.start, mark.end)]
        for page, mine in groupby(boxes, key=lambda box: box.page):
            yield mark, page, list(mine)


def colour_of(finding: Finding) -> Colour:
    """Remarks by severity from yellow to red, attention blue."""
    return _REMARK[finding.severity] if finding.kind is Kind.REMARK else _ATTENTION


def quads(boxes: Sequence[Box]) -> list[Quad]:
    """Words that follow each other on one line as one stretch, in points."""
    found: list[Quad] = []
    for box in boxes:
        height = box.y1 - box.y0
        last = found[-1] if found else None
        middle = (box.y0 + box.y1) / 2
        if (
            last is not None
            and abs(middle - (last[1] + last[3]) / 2) <= _SAME_LINE * height
            and -height <= box.x0 - last[2] <= _WIDEST_GAP * height
        ):
            found[-1] = (min(last[0], box.x0), min(last[1], box.y0), max(last[2], box.x1), max(last[3], box.y1))
        else:
            found.append((box.x0, box.y0, box.x1, box.y1))
    return found
