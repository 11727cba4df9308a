"""Files of other word processors → DOCX, by LibreOffice in a confined process.

Reads: bytes of a DOC, RTF, ODT (and their like). Writes: bytes of a DOCX, which is read as any other: tracked changes,
automatic numbers, tables and notes come through. DESIGN.md, decision 8: the process has no network, a private folder,
a profile of its own without macros (``data/libreoffice.xml``) and bounds of time and memory (``external``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.external import FOLDER, Bounds, Program, failed, run_program

LIBREOFFICE = Program("soffice", "libreoffice-writer-nogui", "SARAPTAMA_SOFFICE")


@dataclass(frozen=True, slots=True)
class Form:
    """A format to convert: its ending, and the filter of LibreOffice that must read it.

    The filter is named so that a file can be opened as what it was found to be and as nothing else.
    """

    suffix: str
    reads_with: str


FORMS = {
    "doc": Form("doc", "MS Word 97"),
    "doc95": Form("doc", "MS Word 95"),
    "doc6": Form("doc", "MS WinWord 6"),
    "rtf": Form("rtf", "Rich Text Format"),
    "odt": Form("odt", "writer8"),
    "fodt": Form("fodt", "OpenDocument Text Flat XML"),
}
"""Names of formats as ``detect`` gives them.

Word 2003 XML is not among them: its filter loses superscripts and joins deleted with inserted text («1030» days).
"""

# Raw bytes in an RTF, as many as are named; a backslash after a backslash is text.
_RAW = re.compile(rb"(?<!\\)(?:\\\\)*\\bin(\d+) ?")
_WRITES_WITH = "docx:MS Word 2007 XML"
_SETTINGS = "settings.xcu"
_OPTIONS = (
    "--headless",
    "--norestore",
    "--nolockcheck",
    "--nodefault",
    "--nologo",
    "--nofirststartwizard",
    f"-env:UserInstallation=file://{FOLDER}/profile",
    # The program's own settings and ours above them: no extension that somebody installed, no profile of the user.
    "-env:CONFIGURATION_LAYERS=xcsxcu:${BRAND_BASE_DIR}/share/registry res:${BRAND_BASE_DIR}/share/registry "
    f"user:!file://{FOLDER}/{_SETTINGS}",
)


def to_docx(data: bytes, form: str, limits: Limits) -> bytes:
    """The file as DOCX; ``form`` is a key of ``FORMS``. What comes back is as hostile as what went in.

    Raises ``ReadingError``: ``reading.program_missing`` where LibreOffice is not installed,
    ``reading.not_converted`` {format} for a damaged or protected file, ``reading.timeout`` above
    ``limits.convert_seconds``, ``reading.truncated`` for an RTF that names more raw bytes than there are (LibreOffice
    waits for them as long as it is let), ``reading.program_output`` for a result above ``limits.file_bytes``,
    ``reading.program_failed`` when the program was ended, for want of ``limits.convert_memory_bytes`` for example.
    """
    known = FORMS[form]
    if form == "rtf" and _lacks_bytes(data):
        raise ReadingError("reading.truncated")
    arguments = (
        *_OPTIONS,
        f"--infilter={known.reads_with}",
        "--convert-to",
        _WRITES_WITH,
        "--outdir",
        FOLDER,
        f"{FOLDER}/draft.{known.suffix}",
    )
    bounds = Bounds(
        seconds=limits.convert_seconds,
        memory_bytes=limits.convert_memory_bytes,
        output_bytes=limits.file_bytes,
        file_bytes=limits.archive_unpacked_bytes,
    )
    settings = files("nlp.reading.data").joinpath("libreoffice.xml").read_bytes()
    given = {f"draft.{known.suffix}": data, _SETTINGS: settings}
    output = run_program(LIBREOFFICE, arguments, bounds, files=given, wanted=("draft.docx",))
    made = output.files.get("draft.docx", b"")
    if output.status < 0 and not made:
        raise failed(LIBREOFFICE, output.status)
    if output.status or not made:
        raise ReadingError("reading.not_converted", format=shown(form))
    return made


def _lacks_bytes(rtf: bytes) -> bool:
    at = 0
    while (found := _RAW.search(rtf, at)) is not None:
        figures = found[1].lstrip(b"0")[:20] or b"0"
        at = found.end() + int(figures)
        if at > len(rtf):
            return True
    return False


def shown(form: str) -> str:
    """The name of a format as people write it: «DOC», «RTF»."""
    return FORMS[form].suffix.upper()
