"""What a backup says of itself: the list of contents, and the errors of one that is not whole.

Archives are hostile input: nothing in them is believed before its size and hash are compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from nlp.errors import SaraptamaError

KIND = "saraptama-backup"
VERSION = 1
CONTENTS = "manifest.json"
FILE_LIST = "files.jsonl"
LONGEST_CONTENTS = 1024 * 1024  # bytes
LONGEST_ROW = 64 * 1024 * 1024  # bytes of one row


class BackupError(SaraptamaError):
    """A backup cannot be made or taken in as things stand; nothing was changed."""


class DamagedBackupError(BackupError):
    """The archive is not what was written, or what it holds does not fit together; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of rows: how many, how many bytes, the hash of the bytes."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The manifest. ``schema``: version of the tables; ``audit_head``: the last hash of the chain."""

    program: str
    made_at: str
    schema: str
    tables: Mapping[str, Listed]
    files: Listed
    audit_entries: int
    audit_head: str


def table_name(name: str) -> str:
    """Where the rows of a table lie in the archive."""
    return f"tables/{name}.jsonl"


def file_name(sha256: str) -> str:
    """Where a kept file lies in the archive."""
    return f"files/{sha256}"


def is_hash(words: str) -> bool:
    """Whether it is a SHA-256 as hexadecimal digits."""
    return len(words) == 64 and not set(words) - set("0123456789abcdef")


def write_contents(contents: Contents) -> bytes:
    """As JSON."""
    said = {"kind": KIND, "version": VERSION, **asdict(contents)}
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def read_contents(data: bytes) -> Contents:
    """Raises ``DamagedBackupError``; ``BackupError`` for the list of a later program."""
    try:
        raw = json.loads(data)
        if not isinstance(raw, dict) or raw.pop("kind", "") != KIND:
            raise ValueError
        version = raw.pop("version", 0)
        if version != VERSION:
            raise BackupError("expertise.backup_version", found=str(version)[:20], known=VERSION)
        return Contents(
            program=_text(raw["program"]),
            made_at=_text(raw["made_at"]),
            schema=_text(raw["schema"]),
            tables={_text(name): _listed(each) for name, each in raw["tables"].items()},
            files=_listed(raw["files"]),
            audit_entries=_count(raw["audit_entries"]),
            audit_head=_hash(raw["audit_head"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedBackupError("expertise.backup_contents") from error


def _listed(raw: Any) -> Listed:
    return Listed(_count(raw["rows"]), _count(raw["size"]), _hash(raw["sha256"]))


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > 200:
        raise ValueError
    return raw


def _count(raw: Any) -> int:
    if type(raw) is not int or raw < 0:
        raise ValueError
    return raw


def _hash(raw: Any) -> str:
    if not isinstance(raw, str) or not is_hash(raw):
        raise ValueError
    return raw
