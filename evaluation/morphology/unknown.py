"""Forms whose stem is taken out of the lexicon: does the reading without it still give the same lemma?

    python -m evaluation.morphology.unknown ACTS [--stems N]

Reads: ``ACTS/*_kz.txt``, the lexicon. Writes: how many distinct forms of drawn stems keep their first lemma. The
weights of ``nlp/language/kazakh/guess.py`` were chosen with it; it says how words outside the list fare, not how often
they occur.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from evaluation.morphology.draw import places
from nlp.language.kazakh.analyser import Candidate, is_known, lemmas_of, likely
from nlp.language.kazakh.lexicon import Lexicon, lexicon
from nlp.language.normal import normal_form

SEED = 5
STEMS = 1_500
_LEAST_STEM = 4


def by_stem(forms: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """Known forms without a hyphen by stem and root (N or V); stems of three letters or fewer left out."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for form in sorted(set(forms)):
        if form.isalpha() and form not in lexicon().forms:
            best = likely(form)[0]
            if is_known(best) and len(best.stem) >= _LEAST_STEM:
                found[best.stem, best.root].append(form)
    return found


def without(stem: str, words: Lexicon) -> Lexicon:
    """The lexicon as if it had never had ``stem``."""
    return words._replace(
        nominal={known: pos for known, pos in words.nominal.items() if known != stem},
        verbal=words.verbal - {stem},
        short={short: full for short, full in words.short.items() if full != stem},
    )


def kept(stem: str, forms: Iterable[str]) -> tuple[int, int]:
    """Of the forms of ``stem``: how many keep their first lemma without it, and how many there are."""
    words, fewer = lexicon(), without(stem, lexicon())
    pairs = [(_first(likely(form), words, form), _first(likely(form, fewer), fewer, form)) for form in forms]
    return sum(known == guessed for known, guessed in pairs), len(pairs)


def _first(ranked: list[Candidate], words: Lexicon, form: str) -> str:
    return lemmas_of(ranked[0], words, form)[0]


def main() -> None:
    """Prints the share over the drawn stems."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("acts", type=Path, help="folder with the acts, *_kz.txt")
    options.add_argument("--stems", type=int, default=STEMS, help="how many stems are drawn")
    given = options.parse_args()
    groups = by_stem(normal_form(form) for form in places(given.acts))
    drawn = random.Random(SEED).sample(sorted(groups), min(given.stems, len(groups)))
    counts = [kept(stem, groups[stem, root]) for stem, root in drawn]
    right, count = (sum(column) for column in zip(*counts, strict=True))
    sys.stdout.write(f"{right} of {count} forms of {len(drawn)} stems keep their lemma ({right / count:.3f})\n")


if __name__ == "__main__":
    main()
