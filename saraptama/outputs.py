"""Files that an examination leaves behind.

All are made in memory first, then put in place one by one, each whole or not at all.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from expertise.documents.akoma import akoma_ntoso
from expertise.documents.annotated_pdf import annotated_pdf
from expertise.documents.comments import commented_draft
from expertise.documents.docx_writer import write_docx
from expertise.documents.preliminary import preliminary
from expertise.documents.sarif import to_sarif
from expertise.documents.shown import shown
from nlp.detection.pack import Pack
from nlp.examination import Examination, TextReport
from nlp.limits import Limits
from nlp.pipeline import main_language
from nlp.plugins import EXPORTERS, PluginError, called, named
from nlp.result import to_json


@dataclass(frozen=True, slots=True)
class Examined:
    """A result with the files it was made from and the limits they were read by.

    ``files``: sha256 of a file → (its name, bytes); a file with both texts is there once. Of a DOC, RTF or ODT the
    bytes are those of the Word file made of it (``nlp.reading.reader.ReadDocument``).
    """

    examination: Examination
    files: Mapping[str, tuple[str, bytes]]
    limits: Limits


def build(examined: Examined, formats: tuple[str, ...], language: str, pack: Pack, stem: str) -> dict[str, bytes]:
    """File name → content for the wanted formats. Comments are made for DOCX and PDF drafts only."""
    made: dict[str, bytes] = {}
    for name in formats:
        made.update(_BUILDERS[name](examined, language, pack, stem))
    return made


def build_plugged(
    examined: Examined, formats: Sequence[str], language: str, stem: str
) -> tuple[dict[str, bytes], list[PluginError]]:
    """File name → content of formats that plug-ins write (``saraptama.exporters``), and what failed, by name.

    An exporter is a function of an examination and a language; it gives suffix → bytes (``{"findings.csv": b"…"}``).
    """
    made: dict[str, bytes] = {}
    failed = []
    for name in formats:
        try:
            for suffix, content in _plugged(examined, name, language).items():
                made[f"{stem}.{suffix}"] = content
        except PluginError as error:
            failed.append(error)
    return made, failed


def _plugged(examined: Examined, name: str, language: str) -> dict[str, bytes]:
    plugin = named(EXPORTERS, name)
    if plugin is None:
        raise PluginError("plugin.unknown", plugin=name)
    export = plugin.load()
    made = called(plugin, lambda: dict(export(examined.examination, language)))
    for suffix, content in made.items():
        if not (isinstance(suffix, str) and _SUFFIX.fullmatch(suffix) and isinstance(content, bytes)):
            raise PluginError("plugin.failed", plugin=name, reason=f"{suffix!r}: {type(content).__name__}")
    return made


_SUFFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")


def write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write all files into ``folder`` (made when missing); each appears under its name only when complete."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files.items():
        target = folder / name
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".saraptama-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        written.append(target)
    return written


def factor_names(pack: Pack) -> dict[str, Mapping[str, str]]:
    """Factor id → its names."""
    return {factor.id: factor.name for factor in pack.all_factors.values()}


def _json(examined: Examined, language: str, pack: Pack, stem: str) -> dict[str, bytes]:
    return {f"{stem}.examination.json": to_json(examined.examination).encode()}


def _sarif(examined: Examined, language: str, pack: Pack, stem: str) -> dict[str, bytes]:
    log = to_sarif(examined.examination, language, factor_names(pack))
    return {f"{stem}.sarif": (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode()}


def _akn(examined: Examined, language: str, pack: Pack, stem: str) -> dict[str, bytes]:
    """One file for each text: an expression of one work in its language."""
    examination = examined.examination
    several = len(examination.reports) > 1
    return {
        f"{stem}.{main_language(report.act)}.akn.xml" if several else f"{stem}.akn.xml": akoma_ntoso(
            examination, report, language, factor_names(pack)
        )
        for report in examination.reports
    }


def _docx(examined: Examined, language: str, pack: Pack, stem: str) -> dict[str, bytes]:
    compared_only = frozenset(pack.change_factors)
    seen = shown(examined.examination, examined.limits.shown_findings)
    document = preliminary(seen, language, factor_names(pack), compared_only=compared_only)
    return {f"{stem}.preliminary.{language}.docx": write_docx(document)}


def _comments(examined: Examined, language: str, pack: Pack, stem: str) -> dict[str, bytes]:
    """One file with notes for each file of the dossier; both texts of one file have theirs in it."""
    by_file: dict[str, list[TextReport]] = {}
    for report in shown(examined.examination, examined.limits.shown_findings).reports:
        by_file.setdefault(report.act.source.sha256, []).append(report)
    made = {}
    for sha256, reports in by_file.items():
        source = reports[0].act.source
        commented = _COMMENTED.get("docx" if source.converted else source.format)
        if sha256 not in examined.files or commented is None:
            continue
        own = stem if len(by_file) == 1 else f"{stem}.{main_language(reports[0].act)}"
        suffix, write_on = commented
        content = examined.files[sha256][1]
        made[f"{own}.{suffix}"] = write_on(content, reports, language, factor_names(pack), limits=examined.limits)
    return made


# format of the draft → suffix and writer of the draft with notes
_COMMENTED: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "docx": ("commented.docx", commented_draft),
    "pdf": ("annotated.pdf", annotated_pdf),
    "image": ("annotated.pdf", annotated_pdf),
}
_Builder = Callable[[Examined, str, Pack, str], dict[str, bytes]]
_BUILDERS: Mapping[str, _Builder] = {
    "json": _json,
    "sarif": _sarif,
    "docx": _docx,
    "comments": _comments,
    "akn": _akn,
}
