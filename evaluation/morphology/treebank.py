"""Words of a treebank in CoNLL-U: form, lemma, part of speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_SPAN = re.compile(r"\d{1,6}-(\d{1,6})")


class Word(NamedTuple):
    """One word of the treebank, form and lemma in lower case."""

    form: str
    lemma: str
    upos: str


def words(paths: Iterable[Path]) -> Counter[Word]:
    """Every word written on its own, with how often it occurs.

    Left out: punctuation and symbols (``PUNCT``, ``SYM``), lines without a letter or figure, and the inner words of a
    multiword token («1-2» lines), whose forms are not written in the text.
    """
    found: Counter[Word] = Counter()
    for path in paths:
        inside = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) < 4:
                inside = 0
                continue
            number, form, lemma, upos = columns[:4]
            span = _SPAN.fullmatch(number)
            if span:
                inside = int(span.group(1))
            elif number.isdecimal() and int(number) > inside and _is_word(form, upos):
                found[Word(form.lower(), lemma.lower(), upos)] += 1
    return found


def _is_word(form: str, upos: str) -> bool:
    return upos not in ("PUNCT", "SYM") and any(letter.isalnum() for letter in form)
