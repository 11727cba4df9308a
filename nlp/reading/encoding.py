"""Bytes of a text file → characters: UTF-8, UTF-16 and Windows-1251 (with the Kazakh variant of it)."""

from __future__ import annotations

import codecs
import re

from nlp.errors import ReadingError

_SAMPLE = 65_536
_CYRILLIC = re.compile("[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_COMMON = re.compile("[оеаинтслркды]")


def decode(data: bytes) -> tuple[str, str]:
    """Characters and the name of the encoding; a byte order mark is not part of the characters.

    Raises ``ReadingError("reading.not_text")`` for bytes that are no text in any of these encodings.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding), encoding
    wide = _wide_encoding(data)
    if wide:
        return _strict(data, wide), wide
    if _is_binary(data):
        raise ReadingError("reading.not_text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # cut in the middle of the last character
            return data[: error.start].decode("utf-8"), "utf-8"
    return _single_byte(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ReadingError("reading.not_text") from None


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: Cyrillic letters have the high byte 04, blanks and figures 00."""
    sample = data[:_SAMPLE]
    if len(sample) < 8:
        return ""
    pairs = len(sample) // 2
    for high, encoding in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        if sum(byte in (0, 4) for byte in high) > 0.9 * pairs and (high.count(0) + high.count(4)) and 0 in high:
            return encoding
    return ""


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = sum(sample.count(byte) for byte in (*range(0, 9), *range(14, 27), 28, 29, 30, 31))
    return b"\0" in sample or control > len(sample) * 0.02


def _single_byte(data: bytes) -> tuple[str, str]:
    best, best_score = "", 0.0
    for encoding in ("kz1048", "cp1251", "koi8-r", "cp866"):
        score = _score(data[:_SAMPLE].decode(encoding, "replace"))
        if score > best_score:
            best, best_score = encoding, score
    if best_score < 0.2:
        raise ReadingError("reading.not_text")
    return data.decode(best, "replace"), best


def _score(text: str) -> float:
    """Share of letters that are usual Cyrillic ones; capitals inside words and box-drawing count against."""
    letters = max(1, sum(1 for char in text if not char.isspace()))
    good = len(_CYRILLIC.findall(text)) + len(_COMMON.findall(text))
    strange = len(re.findall("[а-яәғқңөұүһі][А-ЯӘҒҚҢӨҰҮҺІ]|[\u2500-\u25ff\ufffd]|[ЃѓЄєЉљЊњЋћЌќЏџЎў]", text))
    return (good / 2 - strange) / letters
