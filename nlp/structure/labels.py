"""Labels at the start of a line: «Статья 15-1.», «7-бап.», «3-1.», «14-2)», «а)», «1.1.», and what they number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.structure.act import UnitKind
from nlp.structure.formulas import LANGUAGES, NUMBER, formulas
from nlp.structure.wording import fold, is_capitals, last_mark, starts_upper

_LETTERS = "а-яәғқңөұүһіёa-z"
_ROMAN = "[IVXLCІХС]{1,7}"
_FIGURES = r"\d{1,3}(?:\s?[-–‑]\s?\d{1,3})*[⁰¹²³⁴-⁹]*"
_POINT = re.compile(rf"({_FIGURES})\.(?![\d.])\s*")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})(?:\.(?!\d)\s*|\s+(?=[А-ЯӘҒҚҢӨҰҮҺІЁA-Z«\"]))")
_DOTTED_FIGURE = re.compile(r"\d{1,2}\.\d{1,2}\.\s+\d{4}\s+\w")  # «6.1. 2026 жылдың қорытындысы бойынша …»
_SUBPOINT = re.compile(rf"({NUMBER}|[{_LETTERS}])\)(?![;,.])\s*", re.IGNORECASE)
_BULLET = re.compile(r"[-–—•▪●·*]\s+")
_ROMAN_POINT = re.compile(rf"({_ROMAN})\.\s+(?=\S)")
_MARKDOWN = re.compile(r"(?:#{1,6}\s+|\*(?=\S)|_(?=\S))+")
_LONGEST_TITLE = 400
HEADINGS = (
    UnitKind.PART, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK, UnitKind.CHAPTER, UnitKind.PARAGRAPH,
    UnitKind.ARTICLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """``kind`` and ``number`` of what begins here; ``length`` counts the characters of the label with blanks after it.

    ``style`` tells sequences apart: figure, letter, dotted, roman, word, bullet.
    """

    kind: UnitKind
    number: str
    length: int
    style: str = "figure"

    @property
    def is_heading(self) -> bool:
        """Whether the label opens a unit that has a title: part … article."""
        return self.kind in HEADINGS


def read_label(text: str) -> Label | None:
    """The label at the very start of ``text`` (markdown marks before it are skipped), or None."""
    marks = _MARKDOWN.match(text)
    skip = marks.end() if marks else 0
    label = _label(text[skip:] if skip else text)
    return Label(label.kind, label.number, label.length + skip, label.style) if label and skip else label


def markdown_length(text: str) -> int:
    """How many characters of markdown heading or emphasis stand before the words; 0 when none do."""
    marks = _MARKDOWN.match(text)
    return marks.end() if marks else 0


def _label(text: str) -> Label | None:
    if not text:
        return None
    first = text[0]
    if first.isdigit():
        return _figure_label(text)
    if first in "-–—•▪●·*":
        found = _BULLET.match(text)
        inner = _numbered_item(text[found.end() :]) if found else None
        if found and inner is not None:  # «- 1) …»: a list of markdown over the numbers of the draft
            return Label(inner.kind, inner.number, inner.length + found.end(), inner.style)
        return Label(UnitKind.INDENT, "", found.end(), "bullet") if found else None
    if len(text) > 1 and text[1] == ")":
        found = _SUBPOINT.match(text)
        return Label(UnitKind.SUBPOINT, found.group(1), found.end(), "letter") if found else None
    return _word_label(text)


def _figure_label(text: str) -> Label | None:
    found = _POINT.match(text)
    if found:
        return Label(UnitKind.POINT, clean_number(found.group(1)), found.end())
    found = _SUBPOINT.match(text)
    if found:
        following = fold(text[found.end() : found.end() + 20])
        if following.startswith(_named_units()) or _listed_units().match(following):
            return None  # «2) тармақша алып тасталсын», «6) және 7) тармақшалар»: subpoints that are spoken of
        return Label(UnitKind.SUBPOINT, clean_number(found.group(1)), found.end())
    found = _DOTTED.match(text)
    if found and (starts_upper(text[found.end() :]) or _DOTTED_FIGURE.match(text)):
        return Label(UnitKind.POINT, found.group(1), found.end(), "dotted")
    return _word_label(text)


def _numbered_item(text: str) -> Label | None:
    label = _label(text) if text[1:2] == ")" or text[:1].isdigit() else None
    return label if label is not None and label.kind is UnitKind.SUBPOINT else None


def clean_number(number: str) -> str:
    """The number as data: «3 – 1» → "3-1", Roman figures in Latin letters."""
    joined = re.sub(r"\s?[-–‑]\s?", "-", number)
    return (
        joined.upper().translate(str.maketrans("ІХС", "IXC")) if re.fullmatch(_ROMAN, joined, re.IGNORECASE) else joined
    )


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: UnitKind
    pattern: re.Pattern[str]
    named: bool = False


def _word_label(text: str) -> Label | None:
    head = text[:90]
    folded = fold(head)
    if folded[0] not in _first_letters() and not folded[0].isdigit():
        return None
    for heading in _headings():
        found = heading.pattern.match(folded)
        if found and _stands_as_heading(text, found, heading):
            number = "" if heading.named else _heading_number(head, found)
            label_kind = heading.kind
            style = "figure" if number[:1].isdigit() else "word"
            return Label(label_kind, number, min(found.end(), len(text)), style)
    found = _ROMAN_POINT.match(text)
    if found and len(text) <= 150 and not last_mark(text) and starts_upper(text[found.end() :]):
        return Label(UnitKind.SECTION, clean_number(found.group(1)), found.end(), "roman")
    return None


def _heading_number(head: str, found: re.Match[str]) -> str:
    """Figures as written; an ordinal word («первая») as a figure."""
    raw = head[found.start("n") : found.end("n")]
    word = fold(raw)
    return str(ordinal_words()[word]) if word in ordinal_words() else clean_number(raw)


def _stands_as_heading(text: str, found: re.Match[str], heading: _Heading) -> bool:
    """A heading («Статья 7. …», «Статья 7», «Статья 7 Понятия»), not a reference in a sentence («Статья 7 Закона»)."""
    rest = text[found.end() :].strip(" \t\u00a0*_")
    if text[0] != "§" and not text[0].isdigit() and not starts_upper(text):
        return False
    if not rest:
        return True
    dotted = "." in found.group("dot")
    if heading.kind in (UnitKind.POINT, UnitKind.SUBPOINT) or heading.named:
        return dotted
    if dotted:
        return not rest[0].islower() or is_capitals(text)
    if rest[0] == ":" or not starts_upper(rest):
        return False
    first_word = re.match(r"\w*", fold(rest))
    return (
        len(rest) <= _LONGEST_TITLE
        and not last_mark(rest)
        and (first_word is None or first_word.group() not in _not_titles())
    )


@lru_cache(maxsize=1)
def _headings() -> tuple[_Heading, ...]:
    found: list[_Heading] = []
    for code in LANGUAGES:
        words: dict[str, Any] = formulas().data[code]["headings"]
        ordinals = "|".join(sorted(ordinal_words(), key=len, reverse=True))
        number = rf"(?P<n>{NUMBER}|[ivxlcіхс]{{1,7}}|{ordinals})"
        for kind, names in sorted(words["words"].items(), key=lambda item: -max(map(len, item[1]))):
            name = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
            if words["order"] == "name_first":
                pattern = rf"(?:{name})\s*(?:№\s*)?{number}(?!\w)(?P<dot>\s*[.:]?\s*)"
            else:
                pattern = rf"{number}\s*[-–‑]?\s*(?:{name})(?!\w)(?P<dot>\s*[.:]?\s*)"
            found.append(_Heading(UnitKind(kind), re.compile(pattern)))
        for name in words["named_parts"]:
            found.append(_Heading(UnitKind.PART, re.compile(rf"{name}(?!\w)(?P<dot>\s*[.:]?\s*)"), named=True))
    return tuple(found)


@lru_cache(maxsize=1)
def _first_letters() -> frozenset[str]:
    letters = set("ivxlcіхс§")
    for code in LANGUAGES:
        words = formulas().data[code]["headings"]
        letters |= {name[0] for names in words["words"].values() for name in names}
        letters |= {name[0] for name in words["named_parts"]}
    return frozenset(letters | {word[0] for word in ordinal_words()})


@lru_cache(maxsize=1)
def _not_titles() -> frozenset[str]:
    return frozenset(word for code in LANGUAGES for word in formulas().data[code]["headings"]["not_a_title"])


@lru_cache(maxsize=1)
def _named_units() -> tuple[str, ...]:
    return tuple(word for code in LANGUAGES for word in formulas().data[code]["named_subpoints"])


@lru_cache(maxsize=1)
def _listed_units() -> re.Pattern[str]:
    words = "|".join(word for code in LANGUAGES for word in formulas().data[code].get("named_subpoints_joined", ()))
    return re.compile(rf"(?:{words}|[-–—])\s*\d{{1,4}}(?:-\d{{1,3}})?\)")


@lru_cache(maxsize=1)
def ordinal_words() -> dict[str, int]:
    """Ordinals that number parts and sections in headings («часть первая», «бірінші бөлім»): word → value, 1 to 19."""
    russian = formulas().data["ru"]["ordinals"]
    found: dict[str, int] = {}
    for value, stem in enumerate(russian["units"], 1):
        style = "soft" if stem in russian["soft"] else "stressed" if stem in russian["stressed"] else "hard"
        for gender in "mf":
            found[stem + russian["endings"][style][gender]["nom"]] = value
    for value, word in enumerate(formulas().data["kk"]["ordinals"]["units"], 1):
        found[word] = value
    return found
