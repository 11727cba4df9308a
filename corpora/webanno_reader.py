"""Reader of WebAnno TSV 3.x: what annotators marked, back as provisions with labels.

Reads: a file with the two span layers of ``corpora.webanno`` (other layers are passed over). Writes: provisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpora.lines import Record, read_bytes
from corpora.provisions import provision_of
from corpora.records import AnnotatedProvision
from corpora.webanno import FACTOR_LAYER, NO_VALUE, NOTHING, PROVISION_FEATURES, PROVISION_LAYER
from nlp.errors import CorpusError
from nlp.norms.frame import Field

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.\d+")
_UNIT = re.compile(r"[0-9]+-[0-9]+(\.[0-9]+)?")
_RANGE = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
_NUMBERED = re.compile(r"((?:[^\\\[]|\\.)*)\[([0-9]{1,12})\]", re.DOTALL)
_PART = re.compile(r"(?:[^\\|]|\\.)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_FIELDS = tuple(Field)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_CONTROLS = {chr(code) for code in range(32)}


@dataclass
class _Marked:
    """One annotation of the factor layer: values, the units it stands on, and the line where it was first seen."""

    factor: str
    strength: str
    start: int
    end: int
    line: int
    order: int  # its number in the document, 0 where it has none: numbered labels come in this order


@dataclass
class _Sentence:
    line: int
    text: str = ""
    lines: int = 0
    start: int = -1
    place: dict[str, str] = field(default_factory=dict)
    marks: dict[str, _Marked] = field(default_factory=dict)


@dataclass
class _Gathered:
    """Fields and labels of one provision as its sentences come."""

    line: int
    place: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    labels: dict[str, tuple[int, str, int]] = field(default_factory=dict)


def read_webanno(path: Path, annotator: str = "") -> tuple[AnnotatedProvision, ...]:
    """The provisions of one document; ``annotator`` is written into them.

    Where one factor is marked twice in a provision, the stronger mark stands, else the first. Raises ``CorpusError``
    naming file and line: another format, absent layers, a sentence that belongs to no provision, a mark without factor
    or strength, offsets outside of the sentence.
    """
    try:
        content = read_bytes(path).removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CorpusError("corpus_line_not_utf8", file=str(path), line=line) from error
    lines = [line.removesuffix("\r") for line in content.split("\n")]
    return _Reader(str(path), lines).provisions(annotator)


def unescaped_value(value: str) -> str:
    """The reverse of ``escaped_value``."""
    return _ESCAPED.sub(lambda sign: _LETTERS.get(sign[1], sign[1]), value)


def unescaped_text(text: str) -> str:
    """The reverse of ``escaped_text``; a backslash before anything else is a backslash."""
    return _ESCAPED.sub(
        lambda sign: _LETTERS.get(sign[1], sign[1] if sign[1] == "\\" or sign[1] in _CONTROLS else sign[0]), text
    )


class _Reader:
    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self._file, self._lines = file, lines
        if not _FORMAT.fullmatch(lines[0]):
            raise self._wrong("corpus_tsv_format", 1)
        self._columns = self._header()

    def provisions(self, annotator: str) -> tuple[AnnotatedProvision, ...]:
        """All provisions in the order of their first sentences."""
        gathered: dict[str, _Gathered] = {}
        for sentence in self._sentences():
            if not sentence.place.get("id") or sentence.place["field"] not in _FIELDS:
                raise self._wrong("corpus_tsv_no_place", sentence.line)
            known = gathered.setdefault(sentence.place["id"], _Gathered(sentence.line, sentence.place))
            name = sentence.place["field"]
            if name in known.fields:
                raise self._wrong("corpus_tsv_sentence_twice", sentence.line, value=sentence.place["id"], field=name)
            known.fields[name] = sentence.text
            for mark in sentence.marks.values():
                self._label(known, sentence, mark)
        return tuple(self._provision(known, annotator) for known in gathered.values())

    def _provision(self, known: _Gathered, annotator: str) -> AnnotatedProvision:
        numbered = all(order for _, _, order in known.labels.values())
        labels = sorted(known.labels.items(), key=lambda each: each[1][2] if numbered else 0)
        try:
            weight: object = float(known.place["weight"])
        except ValueError:
            weight = known.place["weight"]  # the reader of records says what is wrong with it
        values: dict[str, object] = {
            **{name: known.place[name] for name in ("id", "act", "path", "stratum")},
            **{name: known.fields.get(name, "") for name in ("heading", "lead", "text")},
            "lang": known.place["language"],
            "labels": [[factor, strength, quote] for factor, (strength, quote, _) in labels],
            "weight": weight,
            "annotator": annotator,
        }
        return provision_of(Record(self._file, known.line, values))

    def _label(self, known: _Gathered, sentence: _Sentence, mark: _Marked) -> None:
        if not mark.factor or mark.strength not in ("1", "2"):
            raise self._wrong("corpus_tsv_mark", mark.line, factor=mark.factor or "–", strength=mark.strength or "–")
        quote = _slice(sentence.text, mark.start - sentence.start, mark.end - sentence.start)
        if quote is None or not quote.strip():
            raise self._wrong("corpus_tsv_offsets", mark.line)
        strength, held = int(mark.strength), known.labels.get(mark.factor)
        if held is None or strength > held[0]:
            known.labels[mark.factor] = (strength, quote, mark.order)

    def _header(self) -> dict[tuple[str, str], int]:
        """(layer, feature) → column."""
        columns: dict[tuple[str, str], int] = {}
        at = 3
        for line in self._lines[1:]:
            if not line.startswith("#T_"):
                break
            layer, *features = line.partition("=")[2].split("|")
            for feature in features or [""]:
                columns[layer, feature] = at
                at += 1
        wanted = [(FACTOR_LAYER, "factor"), (FACTOR_LAYER, "strength")]
        wanted += [(PROVISION_LAYER, feature) for feature in PROVISION_FEATURES]
        for layer, feature in wanted:
            if (layer, feature) not in columns:
                raise self._wrong("corpus_tsv_layer", 1, layer=layer, field=feature)
        return columns

    def _sentences(self) -> Iterator[_Sentence]:
        current: _Sentence | None = None
        for number, line in enumerate(self._lines, start=1):
            if not line.strip():
                if current is not None:
                    yield current
                current = None
            elif line.startswith("#Text="):
                current = current or _Sentence(number)
                current.text += "\n" * bool(current.lines) + unescaped_text(line.removeprefix("#Text="))
                current.lines += 1
            elif not line.startswith("#"):
                if current is None:
                    raise self._wrong("corpus_tsv_line", number)
                self._unit(current, number, line.split("\t"))
        if current is not None:
            yield current

    def _unit(self, sentence: _Sentence, number: int, cells: Sequence[str]) -> None:
        unit, places = _UNIT.fullmatch(cells[0]), _RANGE.fullmatch(cells[1]) if len(cells) > 1 else None
        if unit is None or places is None or len(cells) <= max(self._columns.values()):
            raise self._wrong("corpus_tsv_line", number)
        start, end = int(places[1]), int(places[2])
        if sentence.start < 0:
            sentence.start = start
        place = {name: _stacked(cells[self._columns[PROVISION_LAYER, name]]) for name in PROVISION_FEATURES}
        if all(place.values()) and not sentence.place:
            sentence.place = {name: values[0][0] for name, values in place.items()}
        self._marks(sentence, number, cells, start, end)

    def _marks(self, sentence: _Sentence, number: int, cells: Sequence[str], start: int, end: int) -> None:
        factors, strengths = (_stacked(cells[self._columns[FACTOR_LAYER, name]]) for name in ("factor", "strength"))
        if len(factors) != len(strengths):
            raise self._wrong("corpus_tsv_line", number)
        for at, ((factor, name), (strength, _)) in enumerate(zip(factors, strengths, strict=True)):
            # The first token of a sentence may begin with blanks; a mark on it begins with its words.
            blanks = _leading(sentence.text) if start == sentence.start else 0
            held = sentence.marks.setdefault(
                name or f"{number}.{at}", _Marked(factor, strength, start + blanks, end, number, int(name or 0))
            )
            held.start, held.end = min(held.start, start + blanks), max(held.end, end)

    def _wrong(self, code: str, line: int, **params: object) -> CorpusError:
        return CorpusError(code, file=self._file, line=line, **params)


def _stacked(cell: str) -> list[tuple[str, str]]:
    """(value, number) of every annotation in a cell; the number is empty where there is none."""
    found = []
    for part in [] if cell == NOTHING else _PART.findall(cell):
        numbered = _NUMBERED.fullmatch(part)
        value = numbered[1] if numbered else part
        found.append(("" if value == NO_VALUE else unescaped_value(value), numbered[2] if numbered else ""))
    return found


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())


def _slice(text: str, start: int, end: int) -> str | None:
    """Characters between UTF-16 offsets; None when they lie outside or part a character."""
    units = text.encode("utf-16-le")
    if not 0 <= start < end <= len(units) // 2:
        return None
    try:
        return units[2 * start : 2 * end].decode("utf-16-le")
    except UnicodeDecodeError:
        return None
