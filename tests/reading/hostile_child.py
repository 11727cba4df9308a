"""A parser child that misbehaves as the name of the file tells it to: only the reading differs from the real child."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from nlp.limits import Limits
from nlp.reading.child import read_here, serve
from nlp.reading.ocr_page import Ask
from nlp.reading.page_painter import paint
from nlp.reading.page_wire import PagePicture
from nlp.reading.source import SourceText

# Taken before confinement: native code that is taken over needs no interpreter to find them.
_LIBC = ctypes.CDLL(None)
_SOCKET, _CONNECT, _MEMSET = _LIBC.socket, _LIBC.connect, _LIBC.memset


def _open_socket() -> str:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).connect(("127.0.0.1", 9))
    return "connected"


def _native_connect() -> str:
    """Past the audit hook, as native code would: is there a route to an address of the documentation range?"""
    descriptor = _SOCKET(2, 2, 0)
    if descriptor < 0:
        return "no socket"
    address = (2).to_bytes(2, sys.byteorder) + (9).to_bytes(2, "big") + bytes([192, 0, 2, 1]) + bytes(8)
    return "routed" if _CONNECT(descriptor, address, 16) == 0 else "no route"


def _misbehave(order: str, data: bytes) -> str:
    if order == "hang":
        time.sleep(3600)
    if order == "spin":
        while True:
            pass
    if order == "eat":
        hoard = []
        while True:
            hoard.append(bytearray(16 * 2**20))
    if order == "abort-full":  # as a native library does that is refused memory
        hoard = []
        try:
            while True:
                hoard.append(bytearray(4 * 2**20))
        except MemoryError:
            os.abort()
    if order == "abort":
        os.abort()
    if order == "segfault":
        _MEMSET(0, 0, 1)
    if order == "exit":
        os._exit(3)
    if order == "killed":
        os.kill(os.getpid(), 9)
    if order == "socket":
        return _open_socket()
    if order == "native":
        return _native_connect()
    if order == "shell":
        return str(subprocess.run(["true"], check=False).returncode)
    if order == "write":
        Path(data.decode()).write_text("left behind")
    if order == "recurse":
        return _misbehave(order, data)
    if order == "environment":
        return " ".join(sorted(os.environ))
    if order == "print":
        print("noise" * 10_000, flush=True)
        return "printed"
    raise ValueError(order)


def read(data: bytes, name: str, limits: Limits, ask: Ask | None) -> SourceText:
    """Do what ``name`` orders; anything else is read as usual."""
    if not name.startswith("!"):
        return read_here(data, name, limits, ask)
    return SourceText(text=_misbehave(name[1:], data), blocks=(), format="txt")


def draw(data: bytes, name: str, number: int, limits: Limits) -> PagePicture:
    """The same for a page."""
    if name.startswith("!"):
        _misbehave(name[1:], data)
    return paint(data, name, number, limits)


if __name__ == "__main__":
    serve(read, draw)
