"""What is to be examined: a folder, or a list (CSV or JSON Lines) with what is known of every draft.

Reads: a path. Writes: drafts in order, and the lines that could not be understood, each with its number. Lines with the
same ``id`` and two languages are one draft in both authentic texts.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from expertise.batch.settings import BatchError, BatchSettings
from nlp.messages import LANGUAGES
from nlp.reading.detect import has_known_extension
from nlp.reading.file_names import printable_name

COLUMNS = ("path", "id", "body", "region", "kind", "language")
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_FIELD_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file of a draft: where it lies, how the list names it, the language the list says it is in ("" – not said)."""

    path: Path
    shown: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to examine; ``id`` is unique in the list. What the list says of it is carried into the tables."""

    id: str
    files: tuple[GivenFile, ...]
    body: str = ""
    region: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out: its number, counted from 1 with the head, and why."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """``aside``: files of a folder that are of no kind that is read."""

    drafts: tuple[Draft, ...]
    bad: tuple[BadLine, ...] = ()
    aside: int = 0


def read_listing(path: Path, out: Path, settings: BatchSettings | None = None) -> Listing:
    """The drafts of a folder (all files of kinds that are read, in folders below too, but not in ``out``) or of a list.

    Paths in a list are relative to its folder. Raises ``BatchError`` (``batch.not_found``, ``batch.list_unreadable``,
    ``batch.list_columns``, ``batch.list_too_long``, ``batch.nothing``).
    """
    settings = settings or BatchSettings()
    if path.is_dir():
        found = _folder(path, out)
    elif path.is_file():
        found = _list(path, settings)
    else:
        raise BatchError("batch.not_found", name=path.name)
    if not found.drafts and not found.bad:
        raise BatchError("batch.nothing", name=path.name)
    return found


def _folder(folder: Path, out: Path) -> Listing:
    drafts, aside = [], 0
    skipped = out.resolve()
    for place, below, names in os.walk(folder):
        below[:] = sorted(n for n in below if not n.startswith(".") and (Path(place) / n).resolve() != skipped)
        for name in sorted(names):
            path = Path(place) / name
            if name.startswith((".", "~$")) or not path.is_file():
                continue
            if not has_known_extension(name):
                aside += 1
                continue
            shown = printable_name(path.relative_to(folder).as_posix())
            drafts.append(Draft(shown, (GivenFile(path, shown),)))
    return Listing(tuple(sorted(drafts, key=lambda draft: draft.id)), aside=aside)


def _list(path: Path, settings: BatchSettings) -> Listing:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BatchError("batch.list_unreadable", name=path.name) from None
    rows = _json_rows(text, settings) if path.suffix.lower() in _JSON_LINES else _csv_rows(text, path.name, settings)
    drafts: dict[str, Draft] = {}
    bad: list[BadLine] = []
    for line, row in rows:
        made = row if isinstance(row, BadLine) else _draft(line, row, path.parent)
        if isinstance(made, Draft):
            made = _joined(line, drafts.get(made.id), made)
        if isinstance(made, BadLine):
            bad.append(made)
        else:
            drafts[made.id] = made
    return Listing(tuple(drafts.values()), tuple(bad))


def _bounded(line: int, settings: BatchSettings) -> None:
    if line > settings.batch_list_lines:
        raise BatchError("batch.list_too_long", limit=settings.batch_list_lines)


def _json_rows(text: str, settings: BatchSettings) -> Iterator[tuple[int, Mapping[str, Any] | BadLine]]:
    for line, words in enumerate(io.StringIO(text), start=1):
        _bounded(line, settings)
        if not words.strip():
            continue
        if len(words) > settings.batch_line_characters:
            yield line, BadLine(line, "batch.line_too_long", {"limit": settings.batch_line_characters})
            continue
        try:
            row = json.loads(words)
        except (ValueError, RecursionError):
            yield line, BadLine(line, "batch.line_not_json")
            continue
        yield line, row if isinstance(row, dict) else BadLine(line, "batch.line_not_json")


def _csv_rows(text: str, name: str, settings: BatchSettings) -> Iterator[tuple[int, Mapping[str, Any] | BadLine]]:
    """Commas, semicolons (as spreadsheets here write them) or tabs, whichever the head has."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    while True:
        before = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield before + 1, BadLine(before + 1, "batch.line_not_csv")
            continue
        _bounded(reader.line_num, settings)
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [cell.strip().lower() for cell in cells]
            if "path" not in columns:
                raise BatchError("batch.list_columns", name=name, columns=", ".join(COLUMNS))
            continue
        if len(cells) > len(columns):
            yield before + 1, BadLine(before + 1, "batch.line_cells", {"cells": len(cells), "columns": len(columns)})
            continue
        yield before + 1, dict(zip(columns, cells, strict=False))


def _draft(line: int, row: Mapping[str, Any], folder: Path) -> Draft | BadLine:
    values: dict[str, str] = {}
    for name in COLUMNS:
        value = row.get(name)
        if value is not None and not isinstance(value, str | int):
            return BadLine(line, "batch.line_value", {"field": name})
        values[name] = "" if value is None else str(value).strip()
        if len(values[name]) > _FIELD_CHARACTERS or "\0" in values[name]:
            return BadLine(line, "batch.line_value", {"field": name})
    if not values["path"]:
        return BadLine(line, "batch.line_no_path")
    if values["language"] not in ("", *LANGUAGES):
        return BadLine(line, "batch.line_language", {"language": values["language"]})
    given = GivenFile(folder / values["path"], values["path"], values["language"])
    return Draft(
        values["id"] or values["path"], (given,), body=values["body"], region=values["region"], kind=values["kind"]
    )


def _joined(line: int, known: Draft | None, made: Draft) -> Draft | BadLine:
    """Two lines with one id are the two authentic texts of a draft, where each says another language."""
    if known is None:
        return made
    said = [file.language for file in (*known.files, *made.files)]
    if sorted(said) != sorted(LANGUAGES):
        return BadLine(line, "batch.line_twice", {"id": made.id})
    files = sorted((*known.files, *made.files), key=lambda file: LANGUAGES.index(file.language))
    return replace(
        known, files=tuple(files), body=known.body or made.body, region=known.region or made.region,
        kind=known.kind or made.kind,
    )  # fmt: skip
