"""JSON Lines with errors that name file, line, field and what is wrong.

Reads: a file. Writes: ``Record`` objects, one per line that is not blank.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import CorpusError

LANGUAGES = ("ru", "kk")
STRENGTHS = (1, 2)
_FACTOR = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object with where it stood; every getter raises ``CorpusError`` for a value it cannot give."""

    file: str
    line: int
    values: dict[str, object]

    def wrong(self, code: str, field: str, **params: object) -> CorpusError:
        """The error to raise about a field of this line."""
        return CorpusError(code, file=self.file, line=self.line, field=field, **params)

    def value(self, field: str) -> object:
        """The raw value of a field that must be there."""
        if field not in self.values:
            raise self.wrong("corpus_field_missing", field)
        return self.values[field]

    def text(self, field: str) -> str:
        """A string, possibly empty."""
        return self._checked_text(self.value(field), field)

    def filled_text(self, field: str) -> str:
        """A string that is not blank."""
        found = self.text(field)
        if not found.strip():
            raise self.wrong("corpus_field_empty", field)
        return found

    def choice(self, field: str, allowed: tuple[str, ...]) -> str:
        """A string out of ``allowed``."""
        found = self.text(field)
        if found not in allowed:
            raise self.wrong("corpus_field_value", field, value=found, allowed=", ".join(allowed))
        return found

    def language(self) -> str:
        """The field ``lang``: ru or kk."""
        return self.choice("lang", LANGUAGES)

    def weight(self, field: str) -> float:
        """A finite number, not negative."""
        found = self.value(field)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong("corpus_field_not_number", field)
        try:
            number = float(found)
        except OverflowError as error:
            raise self.wrong("corpus_field_number_range", field) from error
        if not math.isfinite(number) or number < 0:
            raise self.wrong("corpus_field_number_range", field)
        return number

    def strength(self, field: str) -> int:
        """1 or 2."""
        return self.checked_strength(self.value(field), field)

    def factor(self, field: str) -> str:
        """The id of a factor."""
        return self.checked_factor(self.value(field), field)

    def items(self, field: str) -> list[object]:
        """A list of anything."""
        found = self.value(field)
        if not isinstance(found, list):
            raise self.wrong("corpus_field_not_list", field)
        return found

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of strings that are not blank."""
        found = tuple(self._checked_text(item, f"{field}[{at}]") for at, item in enumerate(self.items(field)))
        for at, item in enumerate(found):
            if not item.strip():
                raise self.wrong("corpus_field_empty", f"{field}[{at}]")
        return found

    def factors(self, field: str) -> tuple[str, ...]:
        """A list of different factor ids."""
        found = tuple(self.checked_factor(item, f"{field}[{at}]") for at, item in enumerate(self.items(field)))
        if len(set(found)) < len(found):
            raise self.wrong("corpus_label_repeated", field)
        return found

    def checked_strength(self, value: object, field: str) -> int:
        """``value`` as a strength; ``True`` is not 1 here."""
        if isinstance(value, bool) or not isinstance(value, int) or value not in STRENGTHS:
            raise self.wrong("corpus_field_value", field, value=_shown(value), allowed="1, 2")
        return value

    def checked_factor(self, value: object, field: str) -> str:
        """``value`` as the id of a factor."""
        found = self._checked_text(value, field)
        if not _FACTOR.fullmatch(found):
            raise self.wrong("corpus_factor_id", field, value=_shown(found))
        return found

    def checked_quote(self, value: object, field: str) -> str:
        """``value`` as a quote: a string that is not blank."""
        found = self._checked_text(value, field)
        if not found.strip():
            raise self.wrong("corpus_field_empty", field)
        return found

    def _checked_text(self, value: object, field: str) -> str:
        if not isinstance(value, str):
            raise self.wrong("corpus_field_not_text", field)
        try:  # half of a surrogate pair can be read from JSON but never written again
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise self.wrong("corpus_field_not_text", field) from error
        return value


def wrong_fields(record: Record, readers: Mapping[str, Callable[[Record], object]]) -> list[CorpusError]:
    """What every field of a line has to object to, where reading the line stops at the first of them."""
    found = []
    for read in readers.values():
        try:
            read(record)
        except CorpusError as error:
            found.append(error)
    return found


def records(path: Path) -> Iterator[Record]:
    """The objects of a JSON Lines file (UTF-8, with or without a byte order mark), blank lines left out.

    Raises ``CorpusError`` for a file that cannot be read and for a line that is not one JSON object.
    """
    for found in records_or_errors(path):
        if isinstance(found, CorpusError):
            raise found
        yield found


def records_or_errors(path: Path) -> Iterator[Record | CorpusError]:
    """``records``, with the error in the place of a line that is not one JSON object."""
    for number, raw in raw_lines(path):
        try:
            yield Record(str(path), number, _object(path, number, raw))
        except CorpusError as error:
            yield error


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every line that is not blank; raises ``CorpusError`` for a file that cannot be read."""
    for number, raw in enumerate(read_bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            yield number, raw


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises ``CorpusError`` when it is absent or cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorpusError("corpus_file_unreadable", file=str(path), reason=type(error).__name__) from error


def json_object(path: Path) -> Record:
    """A file that is one JSON object; errors name line 1 unless the parser knows better."""
    return Record(str(path), 1, _object(path, 1, read_bytes(path).removeprefix(b"\xef\xbb\xbf")))


def _object(path: Path, number: int, raw: bytes) -> dict[str, object]:
    where = {"file": str(path), "line": number}
    try:
        found = json.loads(raw.decode("utf-8"), object_pairs_hook=_unrepeated)
    except UnicodeDecodeError as error:
        raise CorpusError("corpus_line_not_utf8", **where) from error
    except _RepeatedKeyError as error:
        raise CorpusError("corpus_field_repeated", field=error.key, **where) from error
    except json.JSONDecodeError as error:
        shown = {**where, "line": number + error.lineno - 1, "column": error.colno}
        raise CorpusError("corpus_line_not_json", **shown) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets without end
        raise CorpusError("corpus_line_not_json", column=1, **where) from error
    if not isinstance(found, dict):
        raise CorpusError("corpus_line_not_object", **where)
    return found


class _RepeatedKeyError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(key)
        found[key] = value
    return found


def _shown(value: object) -> str:
    return repr(value)[:60]
