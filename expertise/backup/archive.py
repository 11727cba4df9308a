"""The archive of a backup: a ZIP whose members are not packed, sealed by the hash of all its bytes.

Members: ``manifest.json``, ``tables/NAME.jsonl``, ``files.jsonl`` (hash and size of every kept file), ``files/HASH``.
Not packed: what unpacks to more than was written cannot be in it, and whoever keeps it packs and encrypts the whole.
The seal is the comment of the ZIP: SHA-256 of everything before it. Nothing is ever taken out by the name of a member.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from expertise.backup.contents import (
    CONTENTS,
    FILE_LIST,
    LONGEST_CONTENTS,
    LONGEST_ROW,
    BackupError,
    Contents,
    DamagedBackupError,
    Listed,
    file_name,
    is_hash,
    read_contents,
    table_name,
)

SEAL = 64  # bytes of the seal
_PIECE = 1024 * 1024
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP; when the backup was made is said in its manifest
_LONGEST_LISTED = 200  # bytes of a line in the list of files
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OverflowError, EOFError, struct.error)


class Writer:
    """Puts members into an archive that is being made."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def lines(self, name: str, lines: Iterable[bytes]) -> Listed:
        """A member of lines. Raises ``BackupError`` for a line that could not be taken in again."""
        count = size = 0
        digest = hashlib.sha256()
        with self._archive.open(_member(name), "w", force_zip64=True) as stream:
            for line in lines:
                if len(line) > LONGEST_ROW:
                    raise BackupError("expertise.backup_row_long", name=name)
                stream.write(line)
                digest.update(line)
                count, size = count + 1, size + len(line)
        return Listed(count, size, digest.hexdigest())

    def file(self, name: str, source: IO[bytes]) -> Listed:
        """A member copied from a stream."""
        size = 0
        digest = hashlib.sha256()
        with self._archive.open(_member(name), "w", force_zip64=True) as stream:
            while piece := source.read(_PIECE):
                stream.write(piece)
                digest.update(piece)
                size += len(piece)
        return Listed(1, size, digest.hexdigest())

    def contents(self, data: bytes) -> None:
        """The manifest."""
        self._archive.writestr(_member(CONTENTS), data)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive at ``path``, sealed and on the disk when the block ends."""
    with path.open("w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            archive.comment = b"0" * SEAL
            yield Writer(archive)
        seal = _hash_of(stream, stream.seek(0, os.SEEK_END) - SEAL)
        stream.seek(-SEAL, os.SEEK_END)
        stream.write(seal)
        stream.flush()
        os.fsync(stream.fileno())


@dataclass(frozen=True)
class Archive:
    """An archive that is read. All but ``seal`` are believed only as far as they were compared."""

    archive: zipfile.ZipFile
    seal: str
    contents: Contents

    @cached_property
    def files(self) -> Mapping[str, int]:
        """Kept files: hash → size."""
        found = {}
        for line in self.lines(FILE_LIST, self.contents.files, _LONGEST_LISTED):
            try:
                raw = json.loads(line)
                sha256, size = raw["sha256"], raw["size"]
                good = is_hash(sha256) and type(size) is int and size >= 0 and sha256 not in found
            except (ValueError, TypeError, KeyError, RecursionError):
                good = False
            if not good:
                raise DamagedBackupError("expertise.backup_member", name=FILE_LIST)
            found[sha256] = size
        return found

    def lines(self, name: str, listed: Listed, longest: int = 0) -> Iterator[bytes]:
        """Lines of a member. Raises ``DamagedBackupError``, at the latest after the last one."""
        count, size, longest = 0, 0, longest or LONGEST_ROW
        digest = hashlib.sha256()
        with self._opened(name) as stream:
            while line := _read(name, stream.readline, longest + 1):
                count, size = count + 1, size + len(line)
                if len(line) > longest or size > listed.size or not line.endswith(b"\n"):
                    raise DamagedBackupError("expertise.backup_member", name=name)
                digest.update(line)
                yield line
        if Listed(count, size, digest.hexdigest()) != listed:
            raise DamagedBackupError("expertise.backup_member", name=name)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """A kept file. Raises as ``lines``."""
        name, size, digest = file_name(sha256), 0, hashlib.sha256()
        with self._opened(name) as stream:
            while piece := _read(name, stream.read, _PIECE):
                size += len(piece)
                if size > self.files[sha256]:
                    raise DamagedBackupError("expertise.backup_member", name=name)
                digest.update(piece)
                yield piece
        if (digest.hexdigest(), size) != (sha256, self.files[sha256]):
            raise DamagedBackupError("expertise.backup_member", name=name)

    def verify(self) -> None:
        """Compare every member with the lists; none may be missing and none be more."""
        wanted = {CONTENTS, FILE_LIST, *map(table_name, self.contents.tables), *map(file_name, self.files)}
        there = {each.filename for each in self.archive.infolist()}
        for name in sorted(wanted - there):
            raise DamagedBackupError("expertise.backup_member_missing", name=name)
        for name in sorted(there - wanted):
            raise DamagedBackupError("expertise.backup_member_unknown", name=name[:100])
        for name, listed in self.contents.tables.items():
            _spend(self.lines(table_name(name), listed))
        for sha256 in self.files:
            _spend(self.pieces(sha256))

    def _opened(self, name: str) -> IO[bytes]:
        try:
            return self.archive.open(name)
        except KeyError:
            raise DamagedBackupError("expertise.backup_member_missing", name=name) from None
        except (*_BROKEN, OSError) as error:
            raise DamagedBackupError("expertise.backup_member", name=name) from error


@contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """The archive at ``path``. Raises ``DamagedBackupError``, ``OSError`` when it cannot be opened."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        seal = _seal(stream, size)
        try:
            archive = zipfile.ZipFile(stream)
        except (*_BROKEN, OSError) as error:
            raise DamagedBackupError("expertise.backup_no_archive") from error
        with archive:
            _require_plain(archive.infolist(), size)
            yield Archive(archive, seal, read_contents(_contents(archive)))


def _seal(stream: IO[bytes], size: int) -> str:
    stream.seek(max(size - SEAL, 0))
    said = stream.read(SEAL)
    if not is_hash(said.decode("latin-1")):
        raise DamagedBackupError("expertise.backup_no_archive")
    if said != _hash_of(stream, size - SEAL):
        raise DamagedBackupError("expertise.backup_seal")
    return said.decode()


def _require_plain(members: list[zipfile.ZipInfo], size: int) -> None:
    """No two of one name, nothing packed or encrypted, and together not more than the archive itself."""
    names = set()
    for each in members:
        packed = each.compress_type != zipfile.ZIP_STORED or each.compress_size != each.file_size
        if packed or each.flag_bits & 1 or each.filename in names:
            raise DamagedBackupError("expertise.backup_member", name=each.filename[:100])
        names.add(each.filename)
    if sum(each.file_size for each in members) > size:
        raise DamagedBackupError("expertise.backup_no_archive")


def _contents(archive: zipfile.ZipFile) -> bytes:
    try:
        if archive.getinfo(CONTENTS).file_size > LONGEST_CONTENTS:
            raise DamagedBackupError("expertise.backup_contents")
        return archive.read(CONTENTS)
    except KeyError:
        raise DamagedBackupError("expertise.backup_member_missing", name=CONTENTS) from None
    except (*_BROKEN, OSError) as error:
        raise DamagedBackupError("expertise.backup_contents") from error


def _read(name: str, read: Callable[[int], bytes], most: int) -> bytes:
    try:
        return read(most)
    except (*_BROKEN, OSError) as error:
        raise DamagedBackupError("expertise.backup_member", name=name) from error


def _spend(pieces: Iterable[bytes]) -> None:
    for _ in pieces:
        pass


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.external_attr = 0o600 << 16
    return info


def _hash_of(stream: IO[bytes], size: int) -> bytes:
    """SHA-256 of the first ``size`` bytes, as hexadecimal digits."""
    stream.seek(0)
    digest = hashlib.sha256()
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest().encode()
