"""Divergences put into one of two parallel texts by rules, so that it is known what must be found.

Reads: a structured text, the kind, a random generator. Writes: the text with one edit, and where it was made. Nothing
is kept but the seed. Rules: another number of the same form; permission turned into duty and back; an exception or
«only» struck out; another body; an item of a list or a unit struck out, the following items
renumbered in every second case.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from nlp.parity.divergence import DivergenceKind
from nlp.quantities import quantities
from nlp.quantities.quantity import AMOUNT, TIME
from nlp.structure.act import Act, Role, Unit, UnitKind

_MODAL = {
    "ru": (("вправе", "обязан"), ("имеет право", "обязан"), ("имеют право", "обязаны"), ("обязаны", "вправе"),
           ("обязан", "вправе"), ("может", "должен"), ("могут", "должны"), ("должны", "могут"), ("должен", "может")),
    "kk": (("құқылы", "міндетті"), ("міндетті", "құқылы"), ("тиіс", "құқылы"), ("құқығы бар", "міндетті")),
}  # fmt: skip
_EXCEPT = {
    "ru": re.compile(r",?\s*(?:за исключением|кроме)\s[^,;.:]+(?=[,;.:]|$),?"),
    "kk": re.compile(r"(?<![^,;.:\s])[^,;.:]*\sқоспағанда,\s*"),
}
_ONLY = {
    "ru": re.compile(r"(?<!не )(?<!как )(?<!\w)(?:только|лишь|исключительно)\s"),
    "kk": re.compile(r"(?<!\w)(?:ғана|қана|тек)(?!\w)\s?"),
}
_BODY = {
    "ru": (
        (r"уполномоченн(ый|ого|ому|ым|ом) орган", r"местн\1 исполнительн\1 орган"),
        (r"местн(ый|ого|ому|ым|ом) исполнительн(?:ый|ого|ому|ым|ом) орган", r"уполномоченн\1 орган"),
        (r"(?<!\w)суд(а|у|ом|)(?!\w)", r"прокурор\1"),
        (r"Правительств(о|а|у|ом) ", r"Министерств\1 "),
    ),
    "kk": (
        (r"уәкілетті орган", "жергілікті атқарушы орган"),
        (r"жергілікті атқарушы орган", "уәкілетті орган"),
        (r"(?<!\w)сот(тың|қа|та|тан|)(?!\w)", "прокурор"),
        (r"Үкіметі", "Министрлігі"),
    ),
}  # fmt: skip
_LEAST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Seeded:
    """The whole text with its edit; ``address``: the unit that was edited (the one that is gone)."""

    text: str
    address: str
    kind: DivergenceKind


def seed(act: Act, language: str, kind: DivergenceKind, drawing: random.Random) -> Seeded | None:
    """One edit of a kind; None where the text has nothing to edit."""
    text = act.source.text
    found = [
        (at, end, new, unit) for unit in _units(act) for at, end, new in _edits(act, unit, language, kind, drawing)
    ]
    if not found:
        return None
    at, end, new, unit = drawing.choice(found)
    edited = text[:at] + new + text[end:]
    if kind is DivergenceKind.LIST_ITEM and drawing.random() < 0.5:
        edited = edited[:at] + _renumbered(edited[at:], unit.number)
    return Seeded(edited, unit.address, kind)


def _units(act: Act) -> Iterator[Unit]:
    for unit in act.root.walk():
        if unit.role is not Role.EXCLUDED and act.text(unit.own).strip():
            yield unit


Edits = Iterator[tuple[int, int, str]]


def _edits(act: Act, unit: Unit, language: str, kind: DivergenceKind, drawing: random.Random) -> Edits:
    words, base = act.text(unit.own), unit.own[0]
    if kind in (DivergenceKind.NUMBER, DivergenceKind.AMOUNT):
        inner = _numbers(words, language, TIME if kind is DivergenceKind.NUMBER else AMOUNT, drawing)
    elif kind is DivergenceKind.MODALITY:
        inner = _modal(words, language)
    elif kind is DivergenceKind.EXCEPTION:
        inner = (
            (m.start(), m.end(), "") for m in _EXCEPT[language].finditer(words) if m.end() - m.start() < len(words)
        )
    elif kind is DivergenceKind.ONLY:
        inner = ((0, len(words), _ONLY[language].sub("", words)) for _ in _ONLY[language].findall(words)[:1])
    elif kind is DivergenceKind.BODY:
        inner = _bodies(words, language)
    else:
        yield from _gone(act, unit, kind)
        return
    for start, end, new in inner:
        yield base + start, base + end, new


def _numbers(words: str, language: str, units: frozenset[str], drawing: random.Random) -> Edits:
    for found in quantities(words, language):
        if found.unit not in units:
            continue
        old = words[found.start : found.number_end]
        new = str(int(old) + drawing.randint(1, 9)) if old.isdigit() else _other(old, language, drawing)
        if new:
            yield found.start, found.number_end, new


def _other(old: str, language: str, drawing: random.Random) -> str:
    """Another number in the same form; "" for one of several words."""
    forms = _forms(language)
    place = next(((row, row.index(old)) for row in forms if old in row), None)
    if place is None:
        return ""
    return drawing.choice([row[place[1]] for row in forms if len(row) == len(place[0]) and old not in row])


@lru_cache(maxsize=2)
def _forms(language: str) -> Sequence[Sequence[str]]:
    data = yaml.safe_load((files("nlp.quantities") / "data" / f"{language}.yaml").read_text("utf-8"))
    shape = 3 if language == "ru" else 1  # «пять, пяти, пятью»: cases in one order
    return [row for value, row in data["numbers"].items() if len(row) == shape and value > 1]


def _modal(words: str, language: str) -> Edits:
    after = "" if language == "ru" else r"(?=[.;,]|$)"  # the predicate; «міндетті түрде» is another word
    for old, new in _MODAL[language]:
        for match in re.finditer(rf"(?<!не )(?<!\w){old}(?!\w){after}", words):
            yield match.start(), match.end(), new


def _bodies(words: str, language: str) -> Edits:
    """All mentions in the unit are exchanged."""
    for old, new in _BODY[language]:
        edited = re.sub(old, new, words)
        if edited != words:
            yield 0, len(words), edited


def _gone(act: Act, unit: Unit, kind: DivergenceKind) -> Edits:
    parent = next((each for each in act.root.walk() if unit in each.children), None)
    wanted = {UnitKind.SUBPOINT} if kind is DivergenceKind.LIST_ITEM else {UnitKind.POINT, UnitKind.CLAUSE}
    if (
        parent is None
        or unit.kind not in wanted
        or len(parent.children) < _LEAST_ITEMS - (unit.kind is not UnitKind.SUBPOINT)
    ):
        return
    start = act.source.text.rfind("\n", 0, unit.span[0]) + 1
    if unit.kind is UnitKind.CLAUSE and parent.children[0] is unit:
        return  # the number of the point stands on its line
    end = act.source.text.find("\n", unit.span[1])
    yield start, end + 1 if end >= 0 else len(act.source.text), ""


def _renumbered(rest: str, gone: str) -> str:
    """«5)» after the item 4) that is gone becomes «4)», as long as the numbers go on."""
    number = int(gone) if gone.isdigit() else 0
    while number and (found := re.search(rf"(?m)^{number + 1}\)", rest)):
        rest = rest[: found.start()] + f"{number})" + rest[found.end() :]
        number += 1
    return rest
