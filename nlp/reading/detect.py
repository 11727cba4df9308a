"""What a file is, by its content and not by its name.

Reads: bytes and the name. Writes: the format to read it as, or a ``ReadingError`` that says what to do with the file.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.archive import open_archive, refuse_doctypes, too_large
from nlp.reading.encoding import decode
from nlp.reading.source import Notice

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_KINDS = (("Workbook", "XLS"), ("Book", "XLS"), ("PowerPoint Document", "PPT"))
_OLE_SECTOR = 512
_OLE_DIRECTORY = 48  # in the header: the sector where the directory begins
_WORD = "WordDocument".encode("utf-16-le")
_WORD_FORMS = {b"\xec\xa5": "doc", b"\xdc\xa5": "doc6"}
_WORD_95 = 104  # version of the file format (nFib) of Word 95; Word 6 has 101
_WORD_FLAGS, _WORD_HEAD = 10, 12
_WORD_ENCRYPTED = 0x0100
_ZIP_KINDS = (("xl/workbook", "XLSX"), ("ppt/presentation", "PPTX"))
_MAGICS = (
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
_READ_IMAGES = frozenset({"PNG", "JPEG", "TIFF", "BMP"})
_IMAGES = frozenset({"GIF", "DJVU"})
_PDF = b"%PDF-"
_PDF_START = 1024  # bytes: the mark may stand behind junk
_EXTENSIONS = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "image": (".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "txt": (".txt", ".text", ".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml", ".mht", ".mhtml"),
    "doc": (".doc", ".dot"),
    "rtf": (".rtf",),
    "odt": (".odt", ".ott"),
    "fodt": (".fodt", ".xml"),
}
_FURTHER_EXTENSIONS = (".xlsb", ".xls", ".zip")
_RTF = b"{\\rt"  # old writers leave the «f» out
_COMMENTS = rb"(?:\s|<!--(?:.(?!-->)){0,2000}.?-->|<\?[^>]{0,500}\?>)*"
_HTML = re.compile(_COMMENTS + rb"<(?:!doctype\s+html|html|head|body|meta|title|style)\b", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<(?:p|div|table|center|span|font|h[1-6])\b", re.IGNORECASE)
_CLOSING_TAG = re.compile(rb"</(?:p|div|table|td|tr|h[1-6]|li|span|font|center)>", re.IGNORECASE)
_FRAGMENT_TAGS = 5  # a piece of a page begins with a tag and holds many
_MHTML = re.compile(
    rb"(?:[A-Za-z-]{2,40}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n)*){0,40}?"
    rb"Content-Type:\s*(?:multipart/related|text/html)\b",
    re.IGNORECASE,
)
_FLAT_ODT = re.compile(rb"<office:document\b[^>]{0,8000}opendocument\.text", re.DOTALL)
_ODT = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_ODT_ENCRYPTED = b"encryption-data"
_SMALL_PART = 1024 * 1024
_FAMILIES = {"mhtml": "html", "doc6": "doc", "doc95": "doc"}
_SAMPLE = 16_384


@dataclass(frozen=True, slots=True)
class Detected:
    """``format`` is ``docx``, ``pdf``, ``xlsx``, ``txt`` (Markdown included), ``html``, ``mhtml`` or a key of
    ``convert.FORMS``.

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
    return Detected(form, name_notices(form, name))


def _form(data: bytes, limits: Limits) -> str:
    if data.startswith(_OLE):
        return _ole_form(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_form(data, limits)
    if _PDF in data[:_PDF_START]:
        return "pdf"
    if data.startswith(_RTF):
        return "rtf"
    for magic, kind in _MAGICS:
        if data.startswith(magic) and not (kind == "BMP" and _is_text(data)):
            if kind in _READ_IMAGES:
                return "image"
            code = "reading.image" if kind in _IMAGES else "reading.format_not_supported"
            raise ReadingError(code, format=kind)
    form = _markup_form(data)
    if form:
        return form
    if not _is_text(data):
        raise ReadingError("reading.not_text")
    return "txt"


def _is_text(data: bytes) -> bool:
    try:
        decode(data)
    except ReadingError:
        return False
    return True


def _markup_form(data: bytes) -> str:
    """``html``, ``mhtml``, ``fodt`` or "" for what is no markup."""
    sample = _narrow(data[:_SAMPLE])
    if _HTML.match(sample) or (_TAG.match(sample.lstrip()) and len(_CLOSING_TAG.findall(sample)) >= _FRAGMENT_TAGS):
        return "html"
    if _MHTML.match(sample.lstrip()):
        return "mhtml"
    if not sample.lstrip().startswith(b"<?xml"):
        return ""
    if _FLAT_ODT.search(sample):
        if b"<!DOCTYPE" in sample:
            raise ReadingError("reading.doctype", part="FODT")
        return "fodt"
    raise ReadingError("reading.format_not_supported", format="XML")


def _narrow(sample: bytes) -> bytes:
    """The ASCII characters of a sample without the zeros of UTF-16 and without a byte order mark."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample[2:].replace(b"\0", b"")
    return sample.removeprefix(b"\xef\xbb\xbf")


def _ole_form(data: bytes) -> str:
    """Old Office files and encrypted new ones are compound files; stream names stand in them as UTF-16."""
    if _ENCRYPTED in data:
        raise ReadingError("reading.encrypted")
    if _WORD in data:
        return _word_form(_word_head(data))
    for stream, kind in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            raise ReadingError("reading.format_not_supported", format=kind)
    directory = (int.from_bytes(data[_OLE_DIRECTORY : _OLE_DIRECTORY + 4], "little") + 1) * _OLE_SECTOR
    if directory >= len(data):
        raise ReadingError("reading.truncated")
    raise ReadingError("reading.format_not_supported", format="OLE")


def _word_head(data: bytes) -> bytes:
    """The head of the main stream of Word ([MS-DOC] 2.5.2), which stands at the start of a sector; b"" without one."""
    for at in range(_OLE_SECTOR, len(data) - _WORD_HEAD + 1, _OLE_SECTOR):
        if data[at : at + 2] in _WORD_FORMS:
            return data[at : at + _WORD_HEAD]
    return b""


def _word_form(head: bytes) -> str:
    """The version of Word that wrote a file."""
    if not head:
        return "doc"
    if int.from_bytes(head[_WORD_FLAGS:_WORD_HEAD], "little") & _WORD_ENCRYPTED:
        raise ReadingError("reading.encrypted")
    form = _WORD_FORMS[head[:2]]
    return "doc95" if form == "doc6" and int.from_bytes(head[2:4], "little") >= _WORD_95 else form


def _zip_form(data: bytes, limits: Limits) -> str:
    with open_archive(data, limits) as archive:
        names = {member.filename.replace("\\", "/").lstrip("/").lower() for member in archive.infolist()}
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            refuse_doctypes(archive)
            return "docx"
        if {"mimetype", "content.xml"} <= names and _member(archive, "mimetype").strip() in _ODT:
            refuse_doctypes(archive)
            if _ODT_ENCRYPTED in _member(archive, "META-INF/manifest.xml"):
                raise ReadingError("reading.encrypted")
            return "odt"
        if "xl/workbook.xml" in names:
            refuse_doctypes(archive)
            return "xlsx"
        raise ReadingError("reading.format_not_supported", format=_zip_kind(names))


def _member(archive: ZipFile, name: str) -> bytes:
    """A small part of the archive; ``b""`` when it has none of this name."""
    try:
        with archive.open(name) as stream:
            return stream.read(_SMALL_PART)
    except KeyError:
        return b""
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise ReadingError("reading.truncated") from None


def _zip_kind(names: set[str]) -> str:
    for start, kind in _ZIP_KINDS:
        if any(name.startswith(start) for name in names):
            return kind
    return "ODF" if {"mimetype", "content.xml"} <= names else "ZIP"


def has_known_extension(name: str) -> bool:
    """Whether a name promises a format that is read."""
    return any(PurePath(name).suffix.lower() in suffixes for suffixes in _EXTENSIONS.values())


def name_notices(form: str, name: str) -> tuple[Notice, ...]:
    """``reading.wrong_extension`` {extension, format} for a name that promises another format than ``form``."""
    form = _FAMILIES.get(form, form)
    extension = PurePath(name).suffix.lower()
    if not extension or extension in _EXTENSIONS[form]:
        return ()
    known = {suffix for suffixes in _EXTENSIONS.values() for suffix in suffixes} | set(_FURTHER_EXTENSIONS)
    if extension not in known:  # «Проект 01.02.2026»: not an extension at all
        return ()
    return (Notice("reading.wrong_extension", (("extension", extension), ("format", form.upper()))),)
