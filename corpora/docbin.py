"""Annotated provisions as spaCy ``DocBin`` and back, for those who train with spaCy. spaCy itself is an optional extra
(``pip install 'saraptama[spacy]'``) and is imported only here, when asked for.

A document is one provision of one annotator: heading, lead and text, each on a line. The group of spans ``factors``
holds the labels: ``label_`` is the factor, ``id`` the strength. Everything else of the provision stands in
``user_data["saraptama"]``. Tokens are words and signs, parted also where a label begins or ends, so that every span
is exact.

Reads: provisions or the bytes of a DocBin. Writes: the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpora.lines import Record, read_bytes
from corpora.provisions import provision_of
from corpora.quotes import find_quote
from corpora.records import AnnotatedProvision
from nlp.errors import CorpusError
from nlp.norms.frame import Field

GROUP, DATA = "factors", "saraptama"
_FIELDS = (Field.HEADING, Field.LEAD, Field.TEXT)
_EDGE = re.compile(r"(?<=\w)(?=\W)|(?<=\W)(?=\w)|(?<=[^\w\s])(?=[^\w\s])|(?<=\s)(?=[^\w\s])|(?<=[^\w\s])(?=\s)")


def docbin(provisions: Iterable[AnnotatedProvision]) -> bytes:
    """All provisions as one DocBin. Raises ``CorpusError`` where spaCy is absent or a quote stands nowhere."""
    spacy = _spacy()
    vocabulary = spacy.vocab.Vocab()
    made = spacy.tokens.DocBin(store_user_data=True)
    for provision in provisions:
        made.add(_document(spacy, vocabulary, provision))
    written: bytes = made.to_bytes()
    return written


def read_docbin(path: Path) -> tuple[AnnotatedProvision, ...]:
    """The provisions of a DocBin that ``docbin`` wrote, labels as the spans say now (they may have been edited).

    Raises ``CorpusError`` where spaCy is absent, and naming the document (as the line) for what is not ours.
    """
    spacy = _spacy()
    content = read_bytes(path)
    try:
        documents = list(spacy.tokens.DocBin().from_bytes(content).get_docs(spacy.vocab.Vocab()))
    except Exception as error:  # whatever unpacking meets in bytes that are no DocBin
        raise CorpusError("corpus_docbin_unreadable", file=str(path)) from error
    return tuple(_provision(str(path), at, each) for at, each in enumerate(documents, start=1))


def _spacy() -> Any:
    try:
        import spacy
        import spacy.tokens
        import spacy.vocab
    except ImportError as error:
        raise CorpusError("corpus_spacy_missing") from error
    return spacy


def _document(spacy: Any, vocabulary: Any, provision: AnnotatedProvision) -> Any:
    starts, text = _starts(provision)
    spans = []
    for label in provision.labels:
        found = find_quote(label.quote, provision)
        if not found:
            raise CorpusError("corpus_convert_quote", id=provision.id, factor=label.factor, value=label.quote)
        start = starts[found[0].field]
        spans.append((start + found[0].start, start + found[0].end, label.factor, label.strength))
    edges = {0, len(text), *(match.start() for match in _EDGE.finditer(text))}
    edges.update(edge for start, end, *_ in spans for edge in (start, end))
    document = spacy.tokens.Doc(
        vocabulary,
        words=[text[start:end] for start, end in pairwise(sorted(edges))],
        spaces=[False] * (len(edges) - 1),
    )
    document.user_data[DATA] = {
        "id": provision.id,
        "lang": provision.language,
        "act": provision.act,
        "path": provision.path,
        "stratum": provision.stratum,
        "weight": provision.weight,
        "annotator": provision.annotator,
        "fields": [len(content) for content in _contents(provision)],
    }
    document.spans[GROUP] = [
        document.char_span(start, end, label=factor, span_id=str(strength)) for start, end, factor, strength in spans
    ]
    return document


def _contents(provision: AnnotatedProvision) -> tuple[str, str, str]:
    return provision.heading, provision.lead, provision.text


def _starts(provision: AnnotatedProvision) -> tuple[dict[Field, int], str]:
    """Where each field begins in the text of the document, and that text."""
    starts, at = {}, 0
    for field, content in zip(_FIELDS, _contents(provision), strict=True):
        starts[field] = at
        at += len(content) + 1
    return starts, "\n".join(_contents(provision))


def _provision(file: str, number: int, document: Any) -> AnnotatedProvision:
    data = document.user_data.get(DATA)
    sizes = data.get("fields") if isinstance(data, dict) else None  # a list comes back as a tuple
    text = document.text
    if not isinstance(sizes, list | tuple) or len(sizes) != len(_FIELDS) or sum(sizes) + len(sizes) - 1 != len(text):
        raise CorpusError("corpus_docbin_document", file=file, line=number)
    starts, contents = [0], []
    for size in sizes:
        contents.append(text[starts[-1] : starts[-1] + size])
        starts.append(starts[-1] + size + 1)
    labels: dict[str, list[object]] = {}
    for span in document.spans.get(GROUP, ()):
        strength: object = int(span.id_) if span.id_ in ("1", "2") else span.id_
        held = labels.get(span.label_)
        if held is None or (isinstance(strength, int) and isinstance(held[1], int) and strength > held[1]):
            labels[span.label_] = [span.label_, strength, span.text]
    values = {
        **{name: value for name, value in data.items() if name != "fields"},
        **dict(zip((field.value for field in _FIELDS), contents, strict=True)),
        "labels": list(labels.values()),
    }
    return provision_of(Record(file, number, values))
