"""Annotated provisions as WebAnno TSV 3.3, the format of WebAnno and INCEpTION, and what both directions share.

A document is one annotator's; a sentence is one field of a provision (heading, lead, text). Two span layers, which must
exist in the project of the annotation tool: ``webanno.custom.Factor`` (factor, strength) on the words of a label, and
``webanno.custom.Provision`` on the first word of every sentence, which says where the sentence belongs. Offsets count
UTF-16 units, reserved characters are escaped (INCEpTION user guide, «WebAnno TSV 3.3 File format»).

Reads: provisions. Writes: text of a TSV file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpora.quotes import find_quote
from corpora.records import AnnotatedProvision
from nlp.errors import CorpusError
from nlp.norms.frame import Field

FORMAT = "#FORMAT=WebAnno TSV 3.3"
FACTOR_LAYER, FACTOR_FEATURES = "webanno.custom.Factor", ("factor", "strength")
PROVISION_LAYER = "webanno.custom.Provision"
PROVISION_FEATURES = ("id", "language", "act", "field", "path", "stratum", "weight")
NOTHING, NO_VALUE = "_", "*"  # no annotation; an annotation without this value

_FIELDS = (Field.HEADING, Field.LEAD, Field.TEXT)
_TOKEN = re.compile(r"\A\s+\w+|\A\s+[^\w\s]?|\w+|[^\w\s]")
_VALUE_SIGNS = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
_TEXT_SIGNS = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")
_LETTERS = {"\t": "t", "\n": "n", "\r": "r", "\f": "f", "\b": "b"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label in one sentence: words from ``start`` to ``end`` of the sentence, and its number in the document."""

    start: int
    end: int
    factor: str
    strength: int
    number: int


def webanno_tsv(provisions: Iterable[AnnotatedProvision]) -> str:
    """One document with all provisions; the annotator is the name of the file, not a part of it.

    Raises ``CorpusError`` for a label whose quote stands nowhere in its provision.
    """
    layers = ((FACTOR_LAYER, FACTOR_FEATURES), (PROVISION_LAYER, PROVISION_FEATURES))
    head = [FORMAT, *(f"#T_SP={'|'.join((layer, *features))}" for layer, features in layers), ""]
    writer = _Writer()
    for provision in provisions:
        writer.add(provision)
    return "\n".join([*head, *writer.lines]) + "\n"


def escaped_value(value: str) -> str:
    """A value of a feature with its reserved characters escaped; an empty one is no value."""
    return _VALUE_SIGNS.sub(lambda sign: "\\" + _LETTERS.get(sign[0], sign[0]), value) or NO_VALUE


def escaped_text(text: str) -> str:
    """Words of the document with what would break a line escaped."""
    return _TEXT_SIGNS.sub(lambda sign: "\\" + _LETTERS.get(sign[0], sign[0]), text)


def utf16_length(text: str) -> int:
    """How many UTF-16 units the text has: offsets of the format count them."""
    return len(text) + sum(letter > "\uffff" for letter in text)


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._offset = self._sentence = self._label = 0

    def add(self, provision: AnnotatedProvision) -> None:
        marks = self._marks(provision)
        for field in _FIELDS:
            content = {Field.HEADING: provision.heading, Field.LEAD: provision.lead, Field.TEXT: provision.text}[field]
            if content:
                self._add_sentence(content, marks[field], _place(provision, field))

    def _marks(self, provision: AnnotatedProvision) -> dict[Field, list[_Mark]]:
        marks: dict[Field, list[_Mark]] = {field: [] for field in _FIELDS}
        for label in provision.labels:
            spans = find_quote(label.quote, provision)
            if not spans:
                raise CorpusError("corpus_convert_quote", id=provision.id, factor=label.factor, value=label.quote)
            self._label += 1
            marks[spans[0].field].append(_Mark(spans[0].start, spans[0].end, label.factor, label.strength, self._label))
        return marks

    def _add_sentence(self, content: str, marks: Sequence[_Mark], place: str) -> None:
        self._sentence += 1
        offsets = _Offsets(content, self._offset)
        self.lines.append("")
        self.lines += [f"#Text={escaped_text(line)}" for line in content.split("\n")]
        for number, token in enumerate(_TOKEN.finditer(content), start=1):
            name, start, end = f"{self._sentence}-{number}", token.start(), token.end()
            whole = [mark for mark in marks if mark.start <= start + _blanks(token[0]) and end <= mark.end]
            cells = [*_labels(whole), place if number == 1 else _nothing(PROVISION_FEATURES)]
            self._line(name, offsets, content, start, end, cells)
            pieces = _pieces(marks, whole, start, end)
            for at, ((first, last), some) in enumerate(sorted(pieces.items()), start=1):
                cells = [*_labels(some), _nothing(PROVISION_FEATURES)]
                self._line(f"{name}.{at}", offsets, content, first, last, cells)
        self._offset = offsets.at(len(content)) + 1

    def _line(self, name: str, offsets: _Offsets, content: str, start: int, end: int, cells: Iterable[str]) -> None:
        place = f"{offsets.at(start)}-{offsets.at(end)}"
        self.lines.append("\t".join([name, place, escaped_text(content[start:end]), *cells]) + "\t")


class _Offsets:
    """UTF-16 offsets of a sentence in its document."""

    def __init__(self, content: str, start: int) -> None:
        self._at = [start]
        for letter in content:
            self._at.append(self._at[-1] + 1 + (letter > "\uffff"))

    def at(self, offset: int) -> int:
        return self._at[offset]


def _pieces(marks: Sequence[_Mark], whole: Sequence[_Mark], start: int, end: int) -> dict[tuple[int, int], list[_Mark]]:
    """Marks that cover a part of a token, by the part: they stand on lines of their own."""
    pieces: dict[tuple[int, int], list[_Mark]] = {}
    for mark in marks:
        if mark not in whole and mark.start < end and start < mark.end:
            pieces.setdefault((max(mark.start, start), min(mark.end, end)), []).append(mark)
    return pieces


def _blanks(token: str) -> int:
    """Blanks at the beginning of a sentence belong to its first token, not to what is marked."""
    return len(token) - len(token.lstrip()) if token.strip() else 0


def _labels(marks: Sequence[_Mark]) -> tuple[str, str]:
    if not marks:
        return NOTHING, NOTHING
    return (
        "|".join(f"{escaped_value(mark.factor)}[{mark.number}]" for mark in marks),
        "|".join(f"{mark.strength}[{mark.number}]" for mark in marks),
    )


def _place(provision: AnnotatedProvision, field: Field) -> str:
    values = (
        provision.id,
        provision.language,
        provision.act,
        field.value,
        provision.path,
        provision.stratum,
        repr(provision.weight),
    )
    return "\t".join(map(escaped_value, values))


def _nothing(features: Sequence[str]) -> str:
    return "\t".join([NOTHING] * len(features))


def documents(provisions: Iterable[AnnotatedProvision]) -> Iterator[tuple[str, str]]:
    """(annotator, document) for every annotator, in order of name."""
    made: dict[str, list[AnnotatedProvision]] = {}
    for provision in provisions:
        made.setdefault(provision.annotator, []).append(provision)
    for annotator in sorted(made):
        yield annotator, webanno_tsv(made[annotator])
