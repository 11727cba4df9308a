"""Registers as files: JSON with kind, format and the hash of what it holds, written and read back in one way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from nlp.errors import ReadingError
from nlp.limits import Limits

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMAT = 1


class Hashed(Protocol):
    """What a register must tell of itself."""

    @property
    def sha256(self) -> str:
        """Hash of its entries."""
        ...


R = TypeVar("R", bound=Hashed)


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row of a table that was left out; ``code`` names a message, its blanks are ``line`` and ``value``."""

    line: int
    code: str
    value: str


def hash_of(entries: Iterable[DataclassInstance]) -> str:
    """Hash of entries in their order."""
    written = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def dump(kind: str, register: Hashed, entries: Sequence[DataclassInstance]) -> str:
    """A register as the file that ``load`` reads."""
    listed = [asdict(entry) for entry in entries]
    body = {"kind": kind, "format": FORMAT, "sha256": register.sha256, kind: listed}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def load(
    data: bytes, kind: str, make: Callable[[Sequence[Mapping[str, Any]]], R], code: str, limits: Limits | None
) -> R:
    """JSON → register by ``make``. Raises ``ReadingError`` (``code``): too long, not of this form, changed since."""
    if len(data) > (limits or Limits()).file_bytes:
        raise ReadingError(code, reason="bytes")
    try:
        body = json.loads(data.decode("utf-8"))
        if body["kind"] != kind or body["format"] != FORMAT:
            raise ReadingError(code, reason="format")
        register = make(body[kind])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ReadingError(code, reason="JSON") from None
    if register.sha256 != body.get("sha256"):
        raise ReadingError(code, reason="sha256")
    return register


def values_of(entry: Mapping[str, Any], fields: Sequence[str], longest: int) -> dict[str, str]:
    """The fields of one entry. Raises ``ValueError`` for what is no text or too long, ``KeyError`` for one missing."""
    values = {field: entry[field] for field in fields}
    if not all(isinstance(value, str) and len(value) <= longest for value in values.values()):
        raise ValueError(entry)
    return values
