"""Two tables of everything in a folder of results, for people who count: ``documents.parquet``, ``findings.parquet``.

Reads: records and canonical results, one draft at a time. Writes: Parquet, drafts in the order of their ids, findings
in that of the text; same results and same pyarrow, same bytes. pyarrow belongs to the extra ``batch``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from expertise.batch.folder import OutFolder, Record
from expertise.batch.settings import BatchError

VERSION: Final = "1.0"
TEXT, WHOLE, SMALL, SHARE, LIST = "string", "int32", "int8", "float64", "list<string>"
# column → type; "?" – may be null. docs/batch.ru.md and docs/batch.kk.md tell what they mean
DOCUMENTS: Final[Mapping[str, str]] = {
    "document": TEXT, "path": TEXT, "body": TEXT, "region": TEXT, "kind": TEXT, "given_language": TEXT,
    "status": TEXT, "failure": TEXT + "?", "failure_ru": TEXT + "?", "failure_kk": TEXT + "?", "sha256": TEXT,
    "languages": LIST, "form": TEXT, "title": TEXT, "issuer": TEXT, "number": TEXT, "date": TEXT,
    "approved_form": TEXT, "approved_title": TEXT, "restricted": TEXT, "provisions": WHOLE, "provisions_judged": WHOLE,
    "findings": WHOLE, "remarks": WHOLE, "attention": WHOLE, "high": WHOLE, "medium": WHOLE, "low": WHOLE,
    "questions": WHOLE, "notices": LIST, "examination": TEXT + "?", "key": TEXT,
}  # fmt: skip
FINDINGS: Final[Mapping[str, str]] = {
    "document": TEXT, "position": WHOLE, "finding": TEXT, "text_language": TEXT, "factor": TEXT, "kind": TEXT,
    "strength": SMALL, "confidence": SHARE, "severity": TEXT, "probability": SMALL, "impact": SMALL, "address": TEXT,
    "citation": TEXT, "start": WHOLE, "end": WHOLE, "quote": TEXT, "places": WHOLE, "also_at": LIST,
    "explanation": TEXT, "risk": TEXT, "action": TEXT + "?", "instruction": TEXT + "?", "wording": TEXT + "?",
    "counterpart": TEXT, "detectors": LIST,
}  # fmt: skip
_ROWS = 20_000  # of a row group
_REQUISITES = (
    "form", "title", "issuer", "number", "date", "approved_form", "approved_title", "restricted",
)  # fmt: skip


def require_pyarrow() -> None:
    """Raises ``BatchError`` (``batch.no_pyarrow``) where tables could not be written."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise BatchError("batch.no_pyarrow") from None


def write_tables(folder: OutFolder, drafts: Iterable[str]) -> None:
    """Both tables of these drafts, each whole or not at all; memory does not grow with their number."""
    require_pyarrow()
    with (
        _Table(folder.path / "documents.parquet", "documents", DOCUMENTS) as documents,
        _Table(folder.path / "findings.parquet", "findings", FINDINGS) as findings,
    ):
        for draft in sorted(drafts):
            record = folder.record(draft)
            if record is None:
                continue
            result = None if record.failure is not None else folder.examination(draft)
            documents.add(_document(record, result, folder))
            for row in _findings(draft, result):
                findings.add(row)


class _Table:
    """A Parquet file in the making."""

    def __init__(self, path: Path, name: str, columns: Mapping[str, str]) -> None:
        import pyarrow
        import pyarrow.parquet

        handle, self._making = tempfile.mkstemp(dir=path.parent, prefix=".saraptama-")
        os.close(handle)
        self._path, self._pyarrow = path, pyarrow
        about = {"saraptama.table": f"{name}-{VERSION}"}
        self._schema = pyarrow.schema([_column(pyarrow, *each) for each in columns.items()], metadata=about)
        self._writer = pyarrow.parquet.ParquetWriter(self._making, self._schema, compression="zstd", version="2.6")
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None:
                self._flush()
            self._writer.close()
            if kind is None:
                Path(self._making).chmod(0o644)
                Path(self._making).replace(self._path)
        finally:
            Path(self._making).unlink(missing_ok=True)

    def add(self, row: dict[str, Any]) -> None:
        """One more row."""
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []


def _column(pyarrow: Any, name: str, said: str) -> Any:
    kinds = {
        TEXT: pyarrow.string(), WHOLE: pyarrow.int32(), SMALL: pyarrow.int8(), SHARE: pyarrow.float64(),
        LIST: pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    return pyarrow.field(name, kinds[said.rstrip("?")], nullable=said.endswith("?"))


def _document(record: Record, result: Mapping[str, Any] | None, folder: OutFolder) -> dict[str, Any]:
    failure, texts = record.failure, list(result["texts"]) if result else []
    counts = result["counts"] if result else {}
    graded = counts.get("by_severity", {})
    requisites = texts[0]["requisites"] if texts else {}
    notices = [notice["code"] for part in (*([result] if result else []), *texts) for notice in part["notices"]]
    return {
        "document": record.id,
        "path": "; ".join(file.path for file in record.files),
        "body": record.body,
        "region": record.region,
        "kind": record.kind,
        "given_language": "+".join(file.language for file in record.files if file.language),
        "status": "failed" if failure else "done",
        "failure": failure.code if failure else None,
        "failure_ru": failure.text("ru") if failure else None,
        "failure_kk": failure.text("kk") if failure else None,
        "sha256": "; ".join(file.sha256 for file in record.files),
        "languages": [text["act_language"] for text in texts],
        **{name: requisites.get(name, "") for name in _REQUISITES},
        "provisions": counts.get("provisions_total", 0),
        "provisions_judged": counts.get("provisions_judged", 0),
        "findings": counts.get("findings", 0),
        "remarks": counts.get("remarks", 0),
        "attention": counts.get("attention", 0),
        **{grade: graded.get(grade, 0) for grade in ("high", "medium", "low")},
        "questions": sum(len(text["questions"]) for text in texts),
        "notices": sorted(set(notices)),
        "examination": None if failure else f"{folder.place(record.id)}.json",
        "key": record.key,
    }


def _findings(draft: str, result: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    position = 0
    for text in result["texts"] if result else ():
        for finding in text["findings"]:
            position += 1
            mark, advice = finding["marks"][0], finding["recommendation"] or {}
            yield {
                "document": draft,
                "position": position,
                "finding": finding["id"],
                "text_language": text["language"],
                **{name: finding[name] for name in (
                    "factor", "kind", "strength", "confidence", "severity", "probability", "impact", "also_at",
                    "explanation", "risk", "counterpart",
                )},
                **{name: mark[name] for name in ("address", "citation", "start", "end", "quote")},
                "places": len(finding["marks"]) + len(finding["also_at"]),
                **{name: advice.get(name) for name in ("action", "instruction", "wording")},
                "detectors": sorted({each["detector"] for each in finding["evidence"]}),
            }  # fmt: skip
