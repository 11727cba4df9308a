"""Edits of a string: applied, tidied, and expressed as the smallest differences of words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.detection.finding import Edit
from nlp.norms.frame import Field, FieldSpan

_WORDS = re.compile(r"\w+(?:[-–]\w+)*|\s+|.", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Change:
    """Characters [start, end) become ``text``."""

    start: int
    end: int
    text: str


def apply(original: str, changes: Sequence[Change]) -> str:
    """The string with the changes made; of overlapping changes the first given stays."""
    kept: list[Change] = []
    for change in changes:
        if all(_beside(change, other) or change == other for other in kept):
            kept.append(change)
    result = original
    for change in sorted(dict.fromkeys(kept), key=lambda c: (c.start, c.end), reverse=True):
        rest = change.text + result[change.end :]
        if _begins_sentence(original, change.start):
            rest = rest.lstrip(" ,")
            rest = rest[:1].upper() + rest[1:]
        result = result[: change.start] + rest
    return tidy(result)


def once(changes: Sequence[Change], original: str = "") -> list[Change]:
    """The changes without blanks to fill in that are there already.

    Two rules may ask for «согласно приложению ___» at two places of one norm: the first in the text stays, the other
    words are taken out, so that nobody fills in the same twice. Another sentence of ``original`` may ask again.
    """
    ordered = sorted(dict.fromkeys(changes), key=lambda change: (change.start, change.end))
    kept: dict[Change, Change] = {}
    for change in ordered:
        words = _asked(change.text)
        earlier = [
            other.text.lower()
            for other in kept.values()
            if not _overlap(change, other) and not _NEXT_SENTENCE.search(original[other.end : change.start])
        ]
        if not _ASKS.search(words) or not any(words in text for text in earlier):
            kept[change] = change
        elif change.start < change.end:
            kept[change] = Change(change.start, change.end, _SAID_BEFORE.sub(r"\1", change.text))
    return [kept[change] for change in changes if change in kept]


_ENDS_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])")


def _overlap(change: Change, other: Change) -> bool:
    """Of overlapping changes only one is made, so neither repeats the other."""
    return not _beside(change, other)


BLANK = "___"
_NEXT_SENTENCE = re.compile(r"[.!?]\s+[А-ЯЁӘҒҚҢӨҰҮҺІ]")
_ASKS = re.compile(r"[^\W\d_].*___")
_SAID_BEFORE = re.compile(r"^((?:[а-яё]+(?:ется|ются|ится|ятся))?)\s?.*$", re.IGNORECASE)
"""Of words that ask again only the verb stays: «продлевается в случаях, указанных в пункте ___»."""
_ASKED = re.compile(r"\w+ \w+ \w+ ___$")


def _asked(text: str) -> str:
    """What is to be filled in: «в случаях, указанных в пункте ___» asks for the same as «при условиях, указанных …»."""
    words = text.strip(" ,.;()").lower()
    found = _ASKED.search(words)
    return found.group() if found else words


def _beside(change: Change, other: Change) -> bool:
    """Whether both can be made: of two insertions at one place only one, and none before words that are replaced."""
    if change.start == other.start and (change.start == change.end or other.start == other.end):
        return False
    return change.end <= other.start or change.start >= other.end


def _begins_sentence(words: str, at: int) -> bool:
    """Whether a sentence that starts with a capital letter begins at ``at`` (a list item's small start does not)."""
    return words[at : at + 1].isupper() and (at == 0 or re.search(r"[.!?]\s+$", words[:at]) is not None)


def tidy(words: str) -> str:
    """Blanks and commas put right after words were taken out or in."""
    words = re.sub(r"[ \t]+", " ", words)
    words = re.sub(r" ([,;:.)»])", r"\1", words)
    words = re.sub(r"([(«]) ", r"\1", words)
    words = re.sub(r",(\s*,)+", ",", words)
    words = re.sub(r",\s*([.;:)])", r"\1", words)
    words = re.sub(r"([;.]) ?\1+", r"\1", words)
    words = re.sub(r"(?<=\w),? (?:и|или|либо|а также)(?=[;.]$)", "", words)  # what it joined has been taken out
    return words.strip(" ,")


def keep_first_letter(original: str, reworded: str) -> str:
    """A text that began with a capital letter still does; an item of a list stays small."""
    if not original or not reworded:
        return reworded
    first = reworded[0].upper() if original[0].isupper() else reworded[0]
    return first + reworded[1:]


def differences(original: str, reworded: str, field: Field) -> tuple[Edit, ...]:
    """The edits, word by word, that turn one string into the other.

    Edits parted by nothing but a blank are one: «разумный срок» → «пять дней» reads better than word for word.
    """
    old, new = _WORDS.findall(original), _WORDS.findall(reworded)
    starts = _offsets(old)
    return tuple(Edit(FieldSpan(field, starts[a], starts[b]), "".join(new[c:d])) for a, b, c, d in _changed(old, new))


def _changed(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Ranges [a, b) of the old pieces that become [c, d) of the new ones."""
    changed: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if changed and not "".join(old[changed[-1][1] : a]).strip():
            a, c = changed[-1][0], changed[-1][2]
            changed.pop()
        changed.append((a, b, c, d))
    return changed


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets
