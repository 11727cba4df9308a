"""The public Python API, re-exported by ``saraptama``; examples that are executed stand in ``docs/api.md``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Literal

from nlp.detection.finding import Finding, Kind, Mark, Recommendation, Severity
from nlp.detection.findings import JudgedProvision
from nlp.dossier import dossier_of
from nlp.errors import SaraptamaError
from nlp.examination import Dossier, Examination, TextReport
from nlp.judgeable import require_judgeable
from nlp.limits import Limits
from nlp.messages import LANGUAGES
from nlp.messages import message as _message
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.reading.reader import ReadDocument, load_file, read_document
from nlp.reading.source import SourceText
from nlp.result import to_json
from nlp.structure import structure as _structure
from nlp.structure.act import Act, Provision, Unit
from saraptama.formats import KNOWN
from saraptama.outputs import Examined, build, build_plugged
from saraptama.packs import DEFAULT_PACK, find_pack
from saraptama.weights import find_classifier

__all__ = [
    "Act", "Dossier", "Examination", "Examiner", "Finding", "JudgedProvision", "Kind", "Limits", "Mark", "Provision",
    "Recommendation", "SaraptamaError", "Severity", "SourceText", "TextReport", "Unit", "__version__", "examine",
    "examiner", "explain", "export", "judge", "message", "plain_text", "read", "structure", "to_json",
]  # fmt: skip

__version__ = metadata.version("saraptama")

File = str | os.PathLike[str] | bytes
Language = Literal["ru", "kk"]

_KEPT = 4  # loaded packs


def examine(
    *files: File | SourceText,
    language: Language | Literal[""] = "",
    pack: str = DEFAULT_PACK,
    model: str = "",
    base: Sequence[File | SourceText] = (),
    table: File | SourceText | None = None,
    force: bool = False,
    limits: Limits | None = None,
) -> Examination:
    """Examine one draft: a file, or its Russian and Kazakh texts in any order.

    ``files`` are paths, the bytes of a file, or what ``read`` gave. ``language`` is that of explanations and
    instructions, each text's own when left out. ``pack`` is a methodology by name or folder, ``model`` a folder of
    weights or ``none``. ``base`` are acts in force that the draft amends, ``table`` its comparative table. ``force``
    examines also what does not look like a draft act. A pack is loaded once for each set of options.

    Raises ``SaraptamaError``: a file that cannot be read, texts that do not go together, no act, a bad pack;
    ``message`` tells it to people.
    """
    _known(language, (*LANGUAGES, ""))
    limits = limits or Limits()
    dossier = dossier_of(
        [read(file, limits=limits) for file in files],
        base=[read(file, limits=limits) for file in base],
        table=None if table is None else read(table, limits=limits),
    )
    return examiner(pack, model, limits).examine(dossier, Options(report_language=language, force=force))


@lru_cache(maxsize=_KEPT)
def examiner(pack: str = DEFAULT_PACK, model: str = "", limits: Limits | None = None) -> Examiner:
    """A loaded pack, kept for the next call. Its ``examine`` takes a ``Dossier``; it holds no state between drafts.

    Raises ``SaraptamaError`` for a pack or weights that are not there or malformed.
    """
    return Examiner(find_pack(pack), limits, classifier=find_classifier(model))


def read(file: File | SourceText, *, name: str = "", limits: Limits | None = None) -> SourceText:
    """The clean text of a file with where every character came from; parsed in a confined child process.

    ``name`` is that of a file given as bytes. Raises ``SaraptamaError`` with a ``reading.*`` code.
    """
    return file if isinstance(file, SourceText) else _read(file, name, limits or Limits()).source


def _read(file: File, name: str, limits: Limits) -> ReadDocument:
    if isinstance(file, bytes):
        return read_document(file, name, limits)
    return read_document(load_file(file, limits), name or Path(file).name, limits)


def structure(file: File | SourceText, *, limits: Limits | None = None) -> Act:
    """The tree of units of a draft with its requisites and amendments; never fails on a text that was read."""
    return _structure(read(file, limits=limits))


def judge(
    text: str, language: Language, *, lead: str = "", heading: str = "", pack: str = DEFAULT_PACK, model: str = ""
) -> JudgedProvision:
    """One provision by itself, without the rest of its act: ``judge(…).factors`` are the factors seen in it.

    Raises ``SaraptamaError``: one that is too long to be judged, a language that the pack does not know, a bad pack.
    """
    loaded = examiner(pack, model)
    _known(language, tuple(loaded.pack.languages))
    provision = Provision("1", language, text, lead=lead, heading=heading)
    require_judgeable(provision, Limits())
    return loaded.judge(provision)


def export(
    examination: Examination,
    format: str,
    language: Language = "ru",
    *,
    files: Sequence[File] = (),
    pack: str = DEFAULT_PACK,
    stem: str = "draft",
) -> dict[str, bytes]:
    """File name → content in one format: ``json``, ``sarif``, ``docx``, ``comments``, ``akn`` or that of a plug-in.

    ``comments`` writes into the drafts, so it needs the ``files`` that were examined. Raises ``SaraptamaError``: a
    format nobody writes, or a plug-in that failed.
    """
    _known(language, LANGUAGES)
    read_files = [_read(file, "", Limits()) for file in files]
    documents = {each.source.sha256: (each.source.name, each.document) for each in read_files}
    examined = Examined(examination, documents, Limits())
    if format in KNOWN:
        return build(examined, (format,), language, find_pack(pack), stem)
    made, failed = build_plugged(examined, (format,), language, stem)
    if failed:
        raise failed[0]
    return made


def plain_text(text: str, name: str = "", limits: Limits | None = None) -> SourceText:
    """Lines as a text that was read: joined, cleaned, stamps and notes set aside. What a reader plug-in may return."""
    return read_plain(text.encode(), name, limits)


def message(error: SaraptamaError, language: Language = "ru") -> str:
    """What to tell a person of an error, and what to do."""
    _known(language, LANGUAGES)
    return _message(error.code, language, error.params)


def _known(language: str, known: Sequence[str]) -> None:
    """Raises ``SaraptamaError`` for a language of which there are no words."""
    if language not in known:
        shown = ", ".join(each for each in known if each)
        raise SaraptamaError("python.language", value=language, known=shown)


def explain(finding: Finding) -> str:
    """A finding in three lines: where and what, why, what to write instead."""
    place = finding.marks[0]
    lines = [f"{place.citation}: «{place.quote}»", finding.explanation]
    if finding.recommendation is not None:
        lines.append(f"{finding.recommendation.instruction} {finding.recommendation.wording}".strip())
    return "\n".join(lines)
