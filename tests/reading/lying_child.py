"""A child in hostile hands: it greets properly and then answers with whatever the file holds, byte for byte."""

from __future__ import annotations

import struct
import sys


def main() -> None:
    """Answer each file with its own bytes."""
    length = struct.Struct(">Q")
    source, target = sys.stdin.buffer, sys.stdout.buffer

    def receive() -> bytes:
        head = source.read(8)
        return source.read(length.unpack(head)[0]) if len(head) == 8 else b""

    greeting = b'{"ready": "none"}'
    target.write(length.pack(len(greeting)) + greeting)
    target.flush()
    while receive():
        body = receive()
        raw = body.startswith(b"RAW")
        target.write(body[3:] if raw else length.pack(len(body)) + body)
        target.flush()


if __name__ == "__main__":
    main()
