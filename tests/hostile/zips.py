"""Archives that lie: bombs, nests, overlaps, odd names, wrong sums, encryption."""

# ruff: noqa: E501 - a table: one file a line

from __future__ import annotations

import stat
import struct
import zipfile
from io import BytesIO
from random import Random

from tests.hostile.case import READ, Case, case
from tests.reading.hostile import archive, docx, lying_bomb, paragraph

NORM = "Орган рассматривает заявление в течение пяти рабочих дней."
GOOD = docx(paragraph("1. " + NORM))


def _stored(entries: list[tuple[zipfile.ZipInfo | str, bytes]], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as target:
        for name, content in entries:
            member = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)  # no date of today
            target.writestr(member, content, compress_type=kind)
    return stream.getvalue()


def _parts(data: bytes = GOOD) -> list[tuple[zipfile.ZipInfo | str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as source:
        return [(name, source.read(name)) for name in source.namelist()]


def flat_bomb(size: int) -> bytes:
    """One part that unpacks to ``size`` blanks."""
    return _stored([*_parts(), ("word/media/image1.bin", bytes(size))])


def many_small_bombs(count: int, size: int) -> bytes:
    """Every part is below the size from which its ratio is looked at; together they are a bomb."""
    return _stored([*_parts(), *((f"word/media/{n}.bin", bytes(size)) for n in range(count))])


def unpacked(data: bytes) -> bytes:
    """The same archive with its parts as they are, so that no ratio gives it away."""
    return _stored(_parts(data), zipfile.ZIP_STORED)


def nested(depth: int, width: int) -> bytes:
    """Zips in zips: ``width ** depth`` files of a megabyte at the bottom."""
    data = _stored([("0.bin", bytes(2**20))])
    for level in range(depth):
        data = _stored([(f"{level}-{number}.zip", data) for number in range(width)])
    return data


def _central(name: bytes, size: int, packed: int, crc: int, at: int, flags: int = 0) -> bytes:
    head = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, 8, 0, 0, crc, packed, size, len(name), 0, 0, 0, 0, 0, at
    )
    return head + name


def _directory(body: bytes, entries: list[bytes]) -> bytes:
    listing = b"".join(entries)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(listing), len(body), 0)
    return body + listing + end


def overlapping(count: int) -> bytes:
    """``count`` parts share one run of packed bytes, as in the bombs of the kind of 42 without nesting."""
    body = _stored([("word/document.xml", bytes(50 * 2**20))])
    with zipfile.ZipFile(BytesIO(body)) as source:
        (member,) = source.infolist()
    body = body[: body.index(b"PK\x01\x02")]
    entries = [
        _central(b"word/document.xml", member.file_size, member.compress_size, member.CRC, 0) for _ in range(count)
    ]
    return _directory(body, entries)


def half_overlapping() -> bytes:
    """Two parts overlap although the sum of their sizes fits into the file."""
    body = bytearray(GOOD[: GOOD.index(b"PK\x01\x02")]) + bytes(4096)
    with zipfile.ZipFile(BytesIO(GOOD)) as source:
        members = source.infolist()
    entries = [_central(m.filename.encode(), m.file_size, m.compress_size, m.CRC, m.header_offset) for m in members]
    last = members[-1]
    entries.append(_central(b"word/styles.xml", last.file_size, last.compress_size + 100, last.CRC, last.header_offset))
    return _directory(bytes(body), entries)


def flagged(bit: int) -> bytes:
    """The bit is set in the flags of every member, in both places they stand."""
    data = bytearray(GOOD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= bit
            at = data.find(mark, at + 4)
    return bytes(data)


def wrong_sum() -> bytes:
    """The sum of the main part is not that of its bytes."""
    with zipfile.ZipFile(BytesIO(GOOD)) as source:
        crc = struct.pack("<I", source.getinfo("word/document.xml").CRC)
    return GOOD.replace(crc, b"\1\2\3\4")


def zip64(size: int) -> bytes:
    """The main part gives its sizes in a zip64 field."""
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02")
    length, extra = struct.unpack_from("<HH", data, at + 28)
    assert extra == 0
    field = struct.pack("<HHQQ", 1, 16, size, size)
    struct.pack_into("<II", data, at + 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", data, at + 30, len(field))
    data[at + 46 + length : at + 46 + length] = field
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, struct.unpack_from("<I", data, end + 12)[0] + len(field))
    return bytes(data)


def lost_zip64() -> bytes:
    """A zip64 locator that points beyond the file."""
    end = GOOD.rindex(b"PK\x05\x06")
    return GOOD[:end] + struct.pack("<IIQI", 0x07064B50, 0, 2**62, 1) + GOOD[end:]


def _link() -> bytes:
    link = zipfile.ZipInfo("word/styles.xml")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _stored([*_parts(), (link, b"/etc/passwd")])


def _twice(name: str) -> bytes:
    other = dict(_parts(docx(paragraph("2. Орган вправе отказать по своему усмотрению."))))
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the double name
        return _stored([*_parts(), (name, other["word/document.xml"])])


def _odd_names() -> bytes:
    names = ["../../../../tmp/left.xml", "/etc/cron.d/left", "C:\\Windows\\left.xml", "word/../../left.xml", "a\0b.xml"]
    return _stored([*_parts(), *((name, b"<a/>") for name in names), ("x" * 60_000 + ".xml", b"<a/>")])


def _noise(random: Random, size: int) -> bytes:
    return random.randbytes(size)


def _cut(share: int) -> Case:
    return case(
        f"zip-cut-{share}.docx", f"a Word file cut after {share} %", GOOD[: len(GOOD) * share // 100], "truncated"
    )


CASES: list[Case] = [
    case("zip-flat-bomb.docx", "500 MB of zeros in one part", lambda _: flat_bomb(500 * 10**6), "archive_bomb", slow=True),
    case("zip-bomb.docx", "20 MB of zeros in one part", lambda _: flat_bomb(20 * 10**6), "archive_bomb"),
    case(
        "zip-small-bombs.docx", "700 parts of a megabyte, each too small to be looked at",
        lambda _: many_small_bombs(700, 2**20), "archive_bomb", slow=True,
    ),
    case("zip-nested.zip", "zips in zips in zips", lambda _: nested(4, 10), "format_not_supported"),
    case("zip-nested.docx", "zips in zips under the name of a Word file", lambda _: nested(3, 10), "format_not_supported"),
    case("zip-overlap.docx", "2,000 parts share the same bytes", lambda _: overlapping(2000), "archive_bomb"),
    case("zip-overlap-half.docx", "two parts overlap", lambda _: half_overlapping(), READ, "docx_damaged", "truncated"),
    case(
        "zip-lying-size.docx", "100 bytes are promised, 30 MB come", lambda _: lying_bomb(30 * 2**20),
        "docx_damaged", "truncated", "archive_bomb",
    ),
    case(
        "zip-members.docx", "6,000 parts", lambda _: archive({f"word/{n}.xml": "<a/>" for n in range(6000)}),
        "archive_bomb",
    ),
    case("zip-twice.docx", "two main parts of one name", lambda _: _twice("word/document.xml"), "archive_ambiguous"),
    case("zip-twice-case.docx", "two main parts, in small and capital letters", lambda _: _twice("WORD/Document.XML"), "archive_ambiguous"),
    case("zip-twice-slash.docx", "two main parts, by both kinds of slash", lambda _: _twice("word\\document.xml"), "archive_ambiguous"),
    case("zip-names.docx", "absolute names, names with .., NUL, 60,000 letters", lambda _: _odd_names(), READ, holds=NORM),
    case("zip-link.docx", "the styles are a symbolic link", lambda _: _link(), "docx_damaged", READ, lacks="root:"),
    case("zip-sum.docx", "a wrong sum of the main part", lambda _: wrong_sum(), "docx_damaged", "truncated"),
    case("zip-password.docx", "members encrypted with a password", lambda _: flagged(0x1), "encrypted"),
    case("zip-patch.docx", "members flagged as patches", lambda _: flagged(0x20), "docx_damaged", "truncated"),
    case("zip-strong.docx", "strong encryption", lambda _: flagged(0x41), "encrypted"),
    case("zip64-huge.docx", "zip64 sizes of 2^63", lambda _: zip64(2**63 - 1), "archive_bomb", "truncated"),
    case("zip64-plain.docx", "zip64 sizes without need", lambda _: zip64(10), READ, "docx_damaged", "truncated"),
    case("zip64-lost.docx", "a zip64 locator that points beyond the file", lambda _: lost_zip64(), "truncated"),
    case("zip-lzma.docx", "packed with LZMA", lambda _: _stored(_parts(), zipfile.ZIP_LZMA), READ, holds=NORM),
    case("zip-bzip2.docx", "packed with bzip2", lambda _: _stored(_parts(), zipfile.ZIP_BZIP2), READ, holds=NORM),
    case(
        "zip-lzma-bomb.docx", "100 MB of zeros packed with LZMA",
        lambda _: _stored([*_parts(), ("word/styles.xml", bytes(100 * 10**6))], zipfile.ZIP_LZMA), "archive_bomb", slow=True,
    ),
    case("zip-tail.docx", "noise behind the directory", lambda random: GOOD + _noise(random, 70_000), "truncated"),
    case("zip-head.docx", "a program in front of the archive", lambda random: b"MZ" + _noise(random, 5000) + GOOD, "not_text"),
    case("zip-empty.docx", "an archive without members", _directory(b"", []), "format_not_supported", "truncated"),
    *(_cut(share) for share in range(10, 100, 10)),
]  # fmt: skip
