"""Messages between a batch and its examining processes: a header of JSON and blobs of bytes behind it.

``length of all (8) · length of the header (4) · header · blobs``; the header names the sizes of the blobs.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from nlp.conversation import LENGTH

_HEADER = struct.Struct(">I")
MOST_BYTES = 2 * 1024**3


class WireError(Exception):
    """A message that is none."""


def encode(header: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> list[bytes]:
    """The parts of one message, to be written one after the other."""
    words = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}, ensure_ascii=False).encode()
    size = _HEADER.size + len(words) + sum(map(len, blobs))
    return [LENGTH.pack(size) + _HEADER.pack(len(words)) + words, *blobs]


def decode(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Header and blobs of a message without its first length. Raises ``WireError``."""
    try:
        (size,) = _HEADER.unpack_from(body)
        at = _HEADER.size + size
        header: dict[str, Any] = json.loads(body[_HEADER.size : at])
        blobs = []
        for length in header.pop("sizes"):
            blobs.append(bytes(body[at : at + length]))
            at += length
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WireError from error
    if at != len(body):
        raise WireError
    return header, blobs


def send(stream: BinaryIO, header: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Write one message to a blocking stream."""
    for part in encode(header, blobs):
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """Read one message from a blocking stream; None where it ends."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = stream.read(size)
    return decode(body) if len(body) == size else None
