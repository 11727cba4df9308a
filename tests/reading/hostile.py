"""Builders of faulty and hostile files for the tests of reading."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
BILLION_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ха">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def document(body: str, prologue: str = "") -> str:
    """The main part of a Word file around ``body``."""
    return f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'


def paragraph(text: str) -> str:
    """One Word paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def archive(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # no date of today
    return stream.getvalue()


def docx(body: str = "", prologue: str = "", **more: bytes | str) -> bytes:
    """A minimal Word file; ``more`` are further parts (``__`` in the name stands for ``/``, ``_xml`` for ``.xml``)."""
    parts: dict[str, bytes | str] = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS}
    parts["word/document.xml"] = document(body or paragraph("1. Норма."), prologue)
    for name, content in more.items():
        parts[name.replace("__", "/").replace("_xml", ".xml")] = content
    return archive(parts)


def compound_file(*streams: str) -> bytes:
    """A compound file (OLE2) whose directory names ``streams``: header sector, FAT sector, directory sector."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for number, name in enumerate(("Root Entry", *streams)):
        encoded = name.encode("utf-16-le") + b"\0\0"
        kind = 5 if number == 0 else 2
        tail = struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1 if number == 0 else 0xFFFFFFFF)
        entries += encoded.ljust(64, b"\0") + tail + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return bytes(header) + fat + entries.ljust(512, b"\0")


def lying_bomb(size: int) -> bytes:
    """A Word file whose main part unpacks to ``size`` zeros while its directory says 100 bytes."""
    data = docx()
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b" " * size) + packed.flush()
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target, zipfile.ZipFile(BytesIO(data)) as source:
        for name in source.namelist():
            content = b" " * size if name == "word/document.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    changed = bytearray(stream.getvalue())
    real = struct.pack("<I", size)
    assert len(body) < size
    return bytes(changed).replace(real, struct.pack("<I", 100))
