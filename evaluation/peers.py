"""Peers of reading Word files and of finding lemmas, and the limit of the first.

Reads: a Word file; strings of one language. Writes: ``Versus`` rows. spaCy is optional (``requirements-bench.lock``);
for Kazakh no installable library has lemmas, so nothing is compared.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
from lxml import etree

from evaluation.bench_drafts import PAGE_CHARACTERS
from evaluation.clock import best
from evaluation.versus import Versus
from nlp import language as languages
from nlp.limits import Limits
from nlp.reading.docx import read_docx

_RICHER = (
    "ours also resolves list numbers, the accepted view of changes, superscripts and where every character came from"
)


def word_files(code: str, data: bytes, repeats: int) -> list[Versus]:
    """Reading a Word file beside python-docx's paragraphs, and beside parsing its XML and nothing more."""
    pages = len(read_docx(data, "draft.docx", Limits()).text) / PAGE_CHARACTERS
    ours = best(lambda: data, lambda given: read_docx(given, "draft.docx", Limits()), repeats)
    peer = best(lambda: data, _paragraphs, repeats)
    limit = best(lambda: data, _parsed, repeats)
    return [
        Versus("reading Word", code, pages / ours, "python-docx", pages / peer, "pages", reason=_RICHER),
        Versus("reading Word", code, pages / ours, "lxml, XML parsed", pages / limit, "pages", None),
    ]


def _paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _parsed(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def lemmas(code: str, texts: Sequence[str], repeats: int) -> list[Versus]:
    """Lemmas of Russian strings beside spaCy's tokenizer and lemmatizer, both over pymorphy3's dictionary; each reads
    the strings twice at least, so that either has what it remembers of words."""
    if code != "ru":
        return []
    analyser = languages.of(code)
    size = sum(len(text.encode()) for text in texts) / 1e6
    ours = best(lambda: None, lambda _: [analyser.analyse(text) for text in texts], max(repeats, 2))
    return [Versus("words and lemmas", code, size / ours, "spaCy ru, pymorphy3 lookup", _spacy(texts, size), "MB")]


def _spacy(texts: Sequence[str], size: float) -> float | None:
    try:
        import spacy

        nlp = spacy.blank("ru")
        nlp.add_pipe("lemmatizer", config={"mode": "pymorphy3_lookup"})
        nlp.initialize()
    except ImportError:
        return None
    return size / best(lambda: None, lambda _: list(nlp.pipe(texts)), 2)
