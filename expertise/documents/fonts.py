"""The fonts of PDF documents: where they lie, and which signs they can show.

PT Serif is what the text is set in (it has all Kazakh letters); DejaVu has what PT has not (₸, Greek, arrows). PDF/A
allows no sign without a shape, so a sign that neither has is replaced by U+FFFD. Source of the table format: OpenType
1.9, «cmap», subtable format 4.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nlp.errors import SaraptamaError

FAMILIES = ("PT Serif", "DejaVu Serif", "DejaVu Sans")
REPLACEMENT = "\ufffd"
_PACKAGES = {
    "fonts-paratype": ("PTF55F.ttf", "PTF56F.ttf", "PTF75F.ttf", "PTF76F.ttf"),
    "fonts-dejavu-core": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
}
_FOLDERS = (
    "/usr/share/fonts/truetype/paratype", "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/paratype",
    "/usr/share/fonts/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/dejavu-serif-fonts",
    "/usr/local/share/fonts",
)  # fmt: skip
_PAIRS = (
    ("PTF55F.ttf", "PTF75F.ttf"),
    ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
_SHAPELESS = frozenset("\n\t\u00ad\u200b\u200c\u200d\u2060")  # need no shape
_LAST_OF_PLANE = 0xFFFF  # format 4 tells of no sign beyond
_UNICODE = ((0, 3), (3, 1))  # (platform, encoding) of subtables of format 4


class FontsMissingError(SaraptamaError):
    """The fonts of documents are not installed; the message names the package."""


def font_files() -> tuple[Path, ...]:
    """All faces, from ``SARAPTAMA_FONTS`` (folders parted as in PATH) or the usual folders.

    Raises ``FontsMissingError`` naming the package whose face is missing.
    """
    named = os.environ.get("SARAPTAMA_FONTS")
    folders = named.split(os.pathsep) if named else list(_FOLDERS)
    return tuple(_face(face, package, folders) for package, faces in _PACKAGES.items() for face in faces)


def _face(face: str, package: str, folders: list[str]) -> Path:
    found = next((path for folder in folders if (path := Path(folder, face)).is_file()), None)
    if found is None:
        raise FontsMissingError("expertise.fonts_missing", package=package)
    return found


def showable(words: str) -> str:
    """``words`` composed (NFC), with U+FFFD for every sign that no font of ours has.

    A letter with its marks must be wholly in one font: it is shaped as one.
    """
    fonts = _fonts(tuple(str(path) for path in font_files()))
    return "".join(_shown(cluster, fonts) for cluster in _clusters(unicodedata.normalize("NFC", words)))


def _clusters(words: str) -> Iterator[str]:
    """Each sign with the combining marks after it."""
    cluster = ""
    for sign in words:
        if cluster and not unicodedata.category(sign).startswith("M"):
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster


def _shown(cluster: str, fonts: tuple[frozenset[str], ...]) -> str:
    if cluster[0] in _SHAPELESS and len(cluster) == 1:
        return cluster
    if any(font.issuperset(cluster) for font in fonts):
        return cluster
    base = cluster[0] if any(cluster[0] in font for font in fonts) else REPLACEMENT
    return base + REPLACEMENT * (len(cluster) - 1)


@cache
def _fonts(paths: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Signs that each family has in its regular and its bold face."""
    signs = {Path(path).name: frozenset(map(chr, _codes(Path(path).read_bytes()))) for path in paths}
    return tuple(signs[regular] & signs[bold] for regular, bold in _PAIRS)


def _codes(data: bytes) -> Iterator[int]:
    """Code points of a TrueType font."""
    (count,) = struct.unpack_from(">H", data, 4)
    tables = [struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count)]
    at = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", data, at + 2)
    for index in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHI", data, at + 4 + 8 * index)
        if (platform, encoding) in _UNICODE and struct.unpack_from(">H", data, at + offset) == (4,):
            yield from _mapped(data, at + offset)


def _mapped(data: bytes, at: int) -> Iterator[int]:
    """Codes that a subtable of format 4 maps to a shape other than «missing»."""
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    form = f">{doubled // 2}H"
    ends, starts, deltas, offsets = (
        struct.unpack_from(form, data, at + place)
        for place in (14, 16 + doubled, 16 + 2 * doubled, 16 + 3 * doubled)
    )  # fmt: skip
    for segment, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, _LAST_OF_PLANE - 1) + 1):
            glyph = code
            if offsets[segment]:
                place = at + 16 + 3 * doubled + 2 * segment + offsets[segment] + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", data, place)
                if not glyph:
                    continue
            if (glyph + deltas[segment]) & _LAST_OF_PLANE:
                yield code
