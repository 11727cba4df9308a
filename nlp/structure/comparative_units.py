"""Which unit a row of a comparative table speaks of: «Подпункт 3) пункта 2 статьи 5», «5-баптың 2-тармағы».

Reads: the words of a cell. Writes: a path of ``Step``s from the widest unit to the narrowest.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.structure.act import UnitKind
from nlp.structure.comparative_words import table_words
from nlp.structure.formulas import LANGUAGES, NUMBER, formulas
from nlp.structure.labels import clean_number
from nlp.structure.operations import Step
from nlp.structure.wording import fold

_RANK = (
    UnitKind.ANNEX, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.CHAPTER, UnitKind.PARAGRAPH, UnitKind.ARTICLE,
    UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT,
)  # fmt: skip
_MORE = re.compile(r"\s*(?:,|и|және|[-–—])\s*\d")  # a further number after the first: «пункты 2 и 3»
_LONGEST = 400


def read_path(text: str) -> tuple[Step, ...]:
    """The unit that a cell names, () when it names none.

    Where it names several of a kind («подпункты 2) и 3) пункта 1») the path ends at what holds them all.
    """
    folded = " ".join(fold(text[:_LONGEST]).split())
    found: dict[UnitKind, str] = {}
    for kind, number, several in (*_russian(folded), *_kazakh(folded)):
        if kind in found and found[kind] != number:
            found[kind] = ""  # two of a kind: neither is the unit
        else:
            found.setdefault(kind, "" if several else number)
    steps: list[Step] = []
    for kind in _RANK:
        if kind not in found:
            continue
        if not found[kind]:
            break
        steps.append(Step(kind, found[kind]))
    return tuple(_ordered(steps, folded))


def _ordered(steps: list[Step], folded: str) -> list[Step]:
    """«Подпункт 3) части второй пункта 5»: the clause holds the subpoint; «часть вторая подпункта 3)»: the reverse."""
    kinds = [step.kind for step in steps]
    if UnitKind.CLAUSE not in kinds or UnitKind.SUBPOINT not in kinds:
        return steps
    clause, subpoint = kinds.index(UnitKind.CLAUSE), kinds.index(UnitKind.SUBPOINT)
    words = [re.search(r"(?<!\w)част", folded), re.search(r"(?<!\w)подпункт", folded)]
    if words[0] and words[1] and words[1].start() < words[0].start():
        steps[clause], steps[subpoint] = steps[subpoint], steps[clause]
    return steps


def _russian(folded: str) -> list[tuple[UnitKind, str, bool]]:
    found = []
    for match in _russian_pattern().finditer(folded):
        kind = _kinds("ru")[match.group("word")]
        number = match.group("n")
        value = _ordinal(number) if number[0].isalpha() else clean_number(number)
        several = match.group("word") in table_words().data["ru"]["plural"]
        found.append((kind, value, several or _MORE.match(folded, match.end()) is not None))
    return found


def _kazakh(folded: str) -> list[tuple[UnitKind, str, bool]]:
    found = []
    for match in _kazakh_pattern().finditer(folded):
        kind = _kinds("kk")[match.group("word")]
        number = match.group("n")
        value = _ordinal(number) if number[0].isalpha() else clean_number(number)
        before = folded[: match.start()].rstrip()
        several = re.search(r"\d\)?\s*(?:,|және|[-–—])$", before) is not None
        found.append((kind, value, several))
    return found


def _ordinal(word: str) -> str:
    return next((str(value) for stem, value in _ordinals() if word.startswith(stem)), "")


@lru_cache(maxsize=1)
def _ordinals() -> tuple[tuple[str, int], ...]:
    """Stems of ordinals of both languages with their values, the longest first."""
    tables = [formulas().data[code]["ordinals"]["units"] for code in LANGUAGES]
    found = [(stem, value) for table in tables for value, stem in enumerate(table, 1)]
    found += [(word, value) for value, word in formulas().data["kk"]["ordinals"]["tens"].items()]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def _kinds(code: str) -> dict[str, UnitKind]:
    """Word of a unit → its kind, plural words of Russian included."""
    words = {word: UnitKind(kind) for kind, names in table_words().data[code]["units"].items() for word in names}
    for plural in table_words().data[code]["plural"]:
        singular = next(kind for word, kind in words.items() if word[:5] == plural[:5])
        words.setdefault(plural, singular)
    return words


@lru_cache(maxsize=1)
def _russian_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in sorted(_kinds("ru"), key=len, reverse=True))
    ordinals = "|".join(stem for stem, _ in _ordinals() if not re.search("[әғқңөұүһі]", stem))
    return re.compile(rf"(?<!\w)(?P<word>{names})\s*(?:№\s*)?(?P<n>{NUMBER}|(?:{ordinals})\w*)\)?(?!\w)")


@lru_cache(maxsize=1)
def _kazakh_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in sorted(_kinds("kk"), key=len, reverse=True))
    ordinals = "|".join(stem for stem, _ in _ordinals())
    return re.compile(rf"(?<![\w-])(?P<n>{NUMBER}|(?:{ordinals}))\)?\s*[-–‑]?\s*(?P<word>{names})")
