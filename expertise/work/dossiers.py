"""Kept files of a case → texts as they are read, and their dossier; what cannot be read is noted at its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import update

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.case_tables import CaseFile
from nlp.dossier import dossier_of
from nlp.errors import SaraptamaError
from nlp.examination import Dossier
from nlp.limits import Limits
from nlp.reading.reader import read_bytes
from nlp.reading.source import SourceText

File = tuple[str, str, str, str]  # (id, kind, name, sha256)


class FileFailedError(Exception):
    """A file of the dossier could not be read; ``error`` says why."""

    def __init__(self, name: str, error: SaraptamaError) -> None:
        super().__init__(name)
        self.name = name
        self.error = error


def read_all(office: Office, limits: Limits, files: Iterable[File]) -> dict[str, list[SourceText]]:
    """Texts by the kind of their file. Raises ``FileFailedError`` for the first that could not be read; all are tried,
    for who mends one file should hear of the others too."""
    read: dict[str, list[SourceText]] = {}
    failures: list[FileFailedError] = []
    for file_id, kind, name, sha256 in files:
        try:
            read.setdefault(kind, []).append(_read(office, limits, file_id, name, sha256))
        except FileFailedError as failure:
            failures.append(failure)
    if failures:
        raise failures[0]
    return read


def dossier_from(read: Mapping[str, list[SourceText]]) -> Dossier:
    """The dossier of files read, by kind. Raises ``CaseError``, ``DossierError`` for what makes no dossier."""

    def one(kind: str) -> SourceText | None:
        found = read.get(kind, [])
        if len(found) > 1:
            raise CaseError("expertise.only_one_file", kind=kind)
        return found[0] if found else None

    texts = read.get("text", [])
    table = one("table")
    if not texts and table is not None:
        texts, table = [table], None  # a comparative table may be the whole draft
    return dossier_of(texts, table=table, base=read.get("base", []), note=one("note"), previous=one("previous"))


def reason_of(error: SaraptamaError, file: str = "") -> dict[str, Any]:
    """Code and params of a message as plain JSON values; the file it is about, if it is about one."""
    params = {key: value if isinstance(value, int | str) else str(value) for key, value in error.params.items()}
    return {"code": error.code, "params": params, "file": file}


def _read(office: Office, limits: Limits, file_id: str, name: str, sha256: str) -> SourceText:
    try:
        source = read_bytes(office.files.get(sha256), name, limits)
    except SaraptamaError as error:
        _mark_file(office, file_id, "failed", reason_of(error))
        raise FileFailedError(name, error) from error
    _mark_file(office, file_id, "read", None)
    return source


def _mark_file(office: Office, file_id: str, status: str, reason: dict[str, Any] | None) -> None:
    with office.database.transaction() as session:
        session.execute(update(CaseFile).where(CaseFile.id == file_id).values(status=status, reason=reason))
