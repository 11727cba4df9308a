"""One reader for every corpus: what a path holds is seen from its content, not from its name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpora.drafts import is_draft, read_draft
from corpora.lines import Record, read_bytes, records
from corpora.pairs import pairs_of
from corpora.provisions import provisions_of
from corpora.records import Corpus, CorpusKind
from nlp.errors import CorpusError


def read_corpus(path: Path) -> Corpus:
    """The corpus at ``path``: a JSON Lines file of provisions or of pairs, a draft's folder, or a folder of drafts.

    An empty file is an empty corpus of provisions. Raises ``CorpusError`` when the content is none of these.
    """
    path = Path(path)
    if path.is_dir():
        return _drafts(path)
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    lines = tuple(records(path))
    if not lines or is_provision(lines[0]):
        return Corpus(path.name, CorpusKind.PROVISIONS, digest, provisions=provisions_of(lines))
    if is_pair(lines[0]):
        pairs, neutrals = pairs_of(lines)
        return Corpus(path.name, CorpusKind.PAIRS, digest, pairs=pairs, neutrals=neutrals)
    raise CorpusError("corpus_unknown_format", file=str(path), line=lines[0].line)


def is_provision(record: Record) -> bool:
    """Whether a line looks like an annotated provision."""
    return "text" in record.values and "labels" in record.values


def is_pair(record: Record) -> bool:
    """Whether a line looks like a pair or a neutral norm."""
    return "neutral" in record.values or "flawed" in record.values


def _drafts(folder: Path) -> Corpus:
    folders = [folder] if is_draft(folder) else sorted(child for child in folder.iterdir() if is_draft(child))
    if not folders:
        raise CorpusError("corpus_no_draft", file=str(folder))
    cases = tuple(read_draft(each) for each in folders)
    return Corpus(folder.name, CorpusKind.DRAFT, _digest(folders), drafts=cases)


def _digest(folders: list[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(child for child in folder.iterdir() if child.is_file()):
            digest.update(file.name.encode("utf-8") + b"\0" + hashlib.sha256(read_bytes(file)).digest())
    return digest.hexdigest()
