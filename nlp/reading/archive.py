"""Checks of a zip archive before anything of it is unpacked.

Reads: bytes of the archive. Writes: nothing; raises for bombs, encrypted members and document type declarations.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from nlp.errors import ReadingError
from nlp.limits import Limits

_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_RATIO_FROM = 1024 * 1024  # smaller members cannot harm, however well they are packed
_CHUNK = 16 * 1024
_XML = (".xml", ".rels", ".vml")
_PROLOGUE = 1024 * 1024  # a document type declaration stands before the root element


def too_large(size: int, limits: Limits) -> ReadingError:
    """The refusal of a file of ``size`` bytes; its params are in megabytes."""
    found, limit = (f"{value / 2**20:.1f}".replace(".", ",").removesuffix(",0") for value in (size, limits.file_bytes))
    return ReadingError("reading.too_large", megabytes=found, limit=limit)


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, when its directory promises nothing beyond the limits.

    Raises ``ReadingError``: ``reading.truncated`` (the directory at the end is missing or damaged),
    ``reading.archive_bomb`` (too many members, too much once unpacked, packed too well, members that overlap),
    ``reading.encrypted`` (a member needs a password), ``reading.archive_ambiguous`` (two XML parts of one name:
    programs differ in which they show).
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = archive.infolist()
    except _BROKEN:
        raise ReadingError("reading.truncated") from None
    if len(members) > limits.archive_members:
        raise ReadingError("reading.archive_bomb", found=len(members), limit=limits.archive_members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.archive_unpacked_bytes:
        raise ReadingError("reading.archive_bomb", found=unpacked, limit=limits.archive_unpacked_bytes)
    packed = sum(member.compress_size for member in members)
    if packed > len(data):  # several members share the same bytes
        raise ReadingError("reading.archive_bomb", found=packed, limit=len(data))
    _refuse_twins(members)
    for member in members:
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > _RATIO_FROM and ratio > limits.archive_ratio:
            raise ReadingError("reading.archive_bomb", found=ratio, limit=limits.archive_ratio)
        if member.flag_bits & 0x1:
            raise ReadingError("reading.encrypted")
    return archive


def _refuse_twins(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename.replace("\\", "/").lstrip("/").lower()  # as part names are compared
        if name in seen and name.endswith(_XML):
            raise ReadingError("reading.archive_ambiguous", part=member.filename[:100])
        seen.add(name)


def refuse_doctypes(archive: zipfile.ZipFile) -> None:
    """Raise ``reading.doctype`` when any XML part declares a document type.

    Office files never do; the declaration is the way in of entity bombs and of external files. Parts are parsed up to
    their root element only. A part that cannot be unpacked raises ``reading.truncated``.
    """
    for member in archive.infolist():
        if member.filename.lower().endswith(_XML) and _has_doctype(archive, member):
            raise ReadingError("reading.doctype", part=member.filename)


class _RootReached(Exception):  # noqa: N818 - not an error: stops the parser
    pass


class _DoctypeFound(Exception):  # noqa: N818
    pass


def _has_doctype(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _found
    parser.StartElementHandler = _reached
    try:
        with archive.open(member) as stream:
            for _ in range(_PROLOGUE // _CHUNK):
                chunk = stream.read(_CHUNK)
                parser.Parse(chunk, not chunk)
                if not chunk:
                    break
    except _DoctypeFound:
        return True
    except (_RootReached, expat.ExpatError):  # malformed XML is the concern of the reader of the part
        return False
    except (*_BROKEN, RuntimeError):
        raise ReadingError("reading.truncated") from None
    return False


def _found(*_: object) -> None:
    raise _DoctypeFound


def _reached(*_: object) -> None:
    raise _RootReached
