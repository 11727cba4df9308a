"""Draws the word forms of official acts that readers mark with their lemmas: half by frequency, half over types.

    python -m evaluation.morphology.draw ACTS [--readers FILE]

Reads: ``ACTS/*_kz.txt`` as UTF-8. A form is a run of letters (parts joined by hyphens) of two letters or more, lower
case, in a line of Kazakh. The first half are the forms of token places drawn one after another (so by frequency), the
second half are drawn evenly from the other forms; of each form one place is kept, drawn evenly from its places. Writes:
to standard output a row ``{"n", "draw", "file", "start", "length"}`` for each, offsets in characters; with
``--readers`` the table for readers (n, form, words around it), which is not kept with the project.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

from nlp.language import language_of

SEED = 20261129
SIZE = 500
_WORDS_AROUND = 6
_FORM = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Place(NamedTuple):
    """One occurrence of a form: name of the file, offset and length in characters."""

    file: str
    start: int
    length: int


def places(acts: Path) -> dict[str, list[Place]]:
    """Every lower-case form of the Kazakh lines of the acts → its places, in the order of the files."""
    found: dict[str, list[Place]] = {}
    for path in sorted(acts.glob("*_kz.txt")):
        start = 0
        for line in path.read_text(encoding="utf-8").split("\n"):
            if language_of(line) == "kk":
                for match in _FORM.finditer(line):
                    if len(match.group()) > 1:
                        place = Place(path.name, start + match.start(), len(match.group()))
                        found.setdefault(match.group().lower(), []).append(place)
            start += len(line) + 1
    return found


def draw(found: dict[str, list[Place]], size: int = SIZE, seed: int = SEED) -> list[tuple[str, str, Place]]:
    """(how it was drawn, form, place) of ``size`` distinct forms, shuffled so that readers cannot tell the halves."""
    chance = random.Random(seed)
    tokens = [(form, place) for form in sorted(found) for place in found[form]]
    drawn: dict[str, tuple[str, str, Place]] = {}
    while len(drawn) < size // 2:
        form, place = chance.choice(tokens)
        drawn.setdefault(form, ("frequency", form, place))
    others = chance.sample([form for form in sorted(found) if form not in drawn], size - len(drawn))
    rows = [*drawn.values(), *(("types", form, chance.choice(found[form])) for form in others)]
    chance.shuffle(rows)
    return rows


def _around(text: str, place: Place) -> str:
    """About twelve words around a place, the form between ⟦ and ⟧, on one line."""
    before = text[max(0, place.start - 200) : place.start].split()[-_WORDS_AROUND:]
    after = text[place.start + place.length :][:200].split()[:_WORDS_AROUND]
    form = text[place.start : place.start + place.length]
    return " ".join([*before, f"⟦{form}⟧", *after])


def main() -> None:
    """Writes the drawn places, and the readers' table where it is asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("acts", type=Path, help="folder with the acts, *_kz.txt")
    options.add_argument("--readers", type=Path, help="write the table for readers here")
    given = options.parse_args()
    rows = draw(places(given.acts))
    table = []
    texts = {name: (given.acts / name).read_text(encoding="utf-8") for name in sorted({row[2].file for row in rows})}
    for number, (how, form, place) in enumerate(rows, 1):
        sys.stdout.write(json.dumps({"n": number, "draw": how, **place._asdict()}) + "\n")
        table.append(f"{number}\t{form}\t{_around(texts[place.file], place)}\n")
    if given.readers:
        given.readers.write_text("n\tform\tcontext\n" + "".join(table), encoding="utf-8")


if __name__ == "__main__":
    main()
