"""What a file is, by its content and not by its name.

Reads: bytes and the name. Writes: the format to read it as, or a ``ReadingError`` that says what to do with the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import ZipFile

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.archive import open_archive, refuse_doctypes, too_large
from nlp.reading.encoding import decode
from nlp.reading.source import Notice

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_KINDS = (("WordDocument", "DOC"), ("Workbook", "XLS"), ("Book", "XLS"), ("PowerPoint Document", "PPT"))
_ZIP_KINDS = (("xl/workbook", "XLSX"), ("ppt/presentation", "PPTX"))
_MAGICS = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"AT&TFORM", "DJVU"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x1f\x8b", "GZIP"),
)
_IMAGES = frozenset({"PNG", "JPEG", "GIF", "TIFF", "BMP", "DJVU"})
_PDF = b"%PDF-"
_PDF_START = 1024  # bytes: the mark may stand behind junk
_EXTENSIONS = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "txt": (".txt", ".text", ".md", ".markdown"),
}
_HTML = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Detected:
    """``format`` is ``docx``, ``pdf`` or ``txt`` (Markdown included).

    ``notices`` tell of a name that promises another format.
    """

    format: str
    notices: tuple[Notice, ...] = ()


def detect_format(data: bytes, name: str = "", limits: Limits | None = None) -> Detected:
    """The format of a file that can be read.

    Raises ``ReadingError``: ``reading.empty``, ``reading.too_large``, ``reading.encrypted``, ``reading.truncated``,
    ``reading.archive_bomb``, ``reading.doctype``, ``reading.image``, ``reading.format_not_supported``,
    ``reading.not_text``.
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise too_large(len(data), limits)
    if not data.strip(b" \t\r\n\0\f"):
        raise ReadingError("reading.empty")
    form = _form(data, limits)
    return Detected(form, _notices(form, name))


def _form(data: bytes, limits: Limits) -> str:
    if data.startswith(_OLE):
        raise _ole_error(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_form(data, limits)
    if _PDF in data[:_PDF_START]:
        return "pdf"
    for magic, kind in _MAGICS:
        if data.startswith(magic) and not (kind == "BMP" and _is_text(data)):
            code = "reading.image" if kind in _IMAGES else "reading.format_not_supported"
            raise ReadingError(code, format=kind)
    _refuse_markup(data)
    if not _is_text(data):
        raise ReadingError("reading.not_text")
    return "txt"


def _is_text(data: bytes) -> bool:
    try:
        decode(data)
    except ReadingError:
        return False
    return True


def _refuse_markup(data: bytes) -> None:
    sample = data[:_SAMPLE].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(sample):
        raise ReadingError("reading.format_not_supported", format="HTML")
    if sample.lstrip().startswith(b"<?xml"):
        raise ReadingError("reading.format_not_supported", format="XML")


def _ole_error(data: bytes) -> ReadingError:
    """Old Office files and encrypted new ones are compound files; stream names stand in them as UTF-16."""
    if _ENCRYPTED in data:
        return ReadingError("reading.encrypted")
    for stream, kind in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return ReadingError("reading.format_not_supported", format=kind)
    return ReadingError("reading.format_not_supported", format="OLE")


def _zip_form(data: bytes, limits: Limits) -> str:
    with open_archive(data, limits) as archive:
        names = {member.filename.replace("\\", "/").lstrip("/").lower() for member in archive.infolist()}
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            refuse_doctypes(archive)
            return "docx"
        raise ReadingError("reading.format_not_supported", format=_zip_kind(archive, names))


def _zip_kind(archive: ZipFile, names: set[str]) -> str:
    for start, kind in _ZIP_KINDS:
        if any(name.startswith(start) for name in names):
            return kind
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as stream:
            return "ODT" if b"text" in stream.read(200) else "ODF"
    return "ZIP"


def _notices(form: str, name: str) -> tuple[Notice, ...]:
    extension = PurePath(name).suffix.lower()
    if not extension or extension in _EXTENSIONS[form]:
        return ()
    known = {suffix for suffixes in _EXTENSIONS.values() for suffix in suffixes} | {".doc", ".rtf", ".odt"}
    known |= {".xlsx", ".xls", ".html", ".htm", ".zip", ".png", ".jpg", ".jpeg"}
    if extension not in known:  # «Проект 01.02.2026»: not an extension at all
        return ()
    return (Notice("reading.wrong_extension", (("extension", extension), ("format", form.upper()))),)
