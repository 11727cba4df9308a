"""The project's own list of Kazakh stems (data/kk_stems.tsv) and of closed forms (data/kk_forms.tsv)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from nlp.language.kazakh.phonology import UNVOICED

_DATA = Path(__file__).parent.parent / "data"


class Lexicon(NamedTuple):
    """What is known of stems.

    ``nominal``: stem → its parts of speech; ``verbal``: stems of verbs; ``short``: stem without its vowel (орн) → stem;
    ``forms``: closed form → (lemmas, tags); ``infinitives``: verb stem → lemma; ``variants``: second spelling of a stem
    → its lemma (акті → акт); ``hard``: stems whose last п or к stays before a vowel (тип → типі); ``heads``: first
    parts of stems with a hyphen (қару-жарақ).
    """

    nominal: dict[str, frozenset[str]]
    verbal: frozenset[str]
    short: dict[str, str]
    forms: dict[str, tuple[tuple[str, ...], frozenset[str]]]
    infinitives: dict[str, str]
    variants: dict[str, str]
    hard: frozenset[str]
    heads: frozenset[str]


def rows(name: str) -> list[list[str]]:
    """Rows of a table of the data folder, comments left out."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables, read once."""
    nominal: dict[str, set[str]] = {}
    verbal: set[str] = set()
    short: dict[str, str] = {}
    infinitives: dict[str, str] = {}
    variants: dict[str, str] = {}
    hard: set[str] = set()
    for lemma, pos, *rest in rows("kk_stems.tsv"):
        note = rest[0] if rest else ""
        if pos == "verb":
            stem = note.removeprefix("stem=") or verb_stem(lemma)
            verbal.add(stem)
            infinitives[stem] = lemma
        else:
            nominal.setdefault(lemma, set()).add(pos)
            if note.startswith("short="):
                short[note.removeprefix("short=")] = lemma
            elif note.startswith("as="):
                variants[lemma] = note.removeprefix("as=")
            elif note == "hard":
                hard.add(lemma)
    forms: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}
    for form, lemmas, tags in rows("kk_forms.tsv"):
        forms[form] = (tuple(lemmas.split("|")), frozenset(tags.split()))
    heads = frozenset(stem.rpartition("-")[0] for stem in nominal if "-" in stem)
    frozen = {stem: frozenset(pos) for stem, pos in nominal.items()}
    return Lexicon(frozen, frozenset(verbal), short, forms, infinitives, variants, frozenset(hard), heads)


def verb_stem(infinitive: str) -> str:
    """«беру» → бер, «қою» → қой, «табу» → тап, «шығу» → шық; stems on ы/і must be given in the table («оқу»)."""
    if infinitive.endswith("ю"):
        return infinitive[:-1] + "й"
    stem = infinitive[:-1]
    return stem[:-1] + UNVOICED[stem[-1]] if stem[-1:] in UNVOICED else stem
