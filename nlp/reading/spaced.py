"""Letter-spaced words («с ы б а й л а с», «П Р И К А З Ы В А Ю:») → edits that join them.

Layout programs space letters out to fill a justified line or to stress a word; lexicons then see single letters.
"""

from __future__ import annotations

import re

from nlp.reading.tape import Edit

_LETTER = r"[^\W\d_]"
# Single letters parted by one or more blanks; a hyphen may stand between («і с - қ и м ы л»).
_RUN = re.compile(rf"(?<![\w.]){_LETTER}(?:(?: {{1,8}}| {{1,4}}- {{0,4}}){_LETTER}(?!\w))+")
# A full stop that ends a sentence: behind the one of an initial or of «т. д.» stands another such letter.
_SENTENCE_ENDS = re.compile(rf"\.(?!\w|\s*{_LETTER}\.)")
_WORD_GAP = re.compile(r" {2,}(?!-)(?<!-  )")
_ONE_LETTER_WORDS = frozenset("аивоукся")
_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_MINIMUM = 3


def spaced_words(text: str) -> list[Edit]:
    """Edits that remove the blanks inside letter-spaced words of ``text`` (plain blanks only); in order.

    Blanks two wide part words of one spaced row. A run is left alone when it is shorter than three letters, an
    alphabetical list («а б в»), a row of one-letter words («и о с») or mixes capitals as initials do («В и С»).
    """
    edits: list[Edit] = []
    for run in _RUN.finditer(text):
        words = _words(text, run.start(), _end(text, run.start(), run.end()))
        if not any(_is_word(text[start:end]) for start, end in words):
            continue
        for start, end in words:
            edits.extend((start + m.start(), start + m.end(), "") for m in re.finditer(" +", text[start:end]))
    return edits


def _end(text: str, start: int, end: int) -> int:
    """Where a run ends: its last letter may be an initial («… А. Б.») or a label («… а) …») and no part of the word."""
    following = text[end : end + 1]
    if following == ".":
        apart = text[end - 1].isupper() and not text[start:end].replace(" ", "").isupper()
        kept = not apart and _SENTENCE_ENDS.match(text, end) is not None
    elif following == ")":
        line = text.rfind("\n", 0, start) + 1
        kept = text.count("(", line, start) > text.count(")", line, start)
    else:
        kept = True
    return end if kept else start + len(text[start : end - 1].rstrip(" -"))


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for gap in _WORD_GAP.finditer(text, start, end):
        spans.append((at, gap.start()))
        at = gap.end()
    spans.append((at, end))
    return spans


def _is_word(spaced: str) -> bool:
    letters = re.sub("[ -]", "", spaced)
    if len(letters) < _MINIMUM or not (letters.islower() or letters.isupper() or letters[1:].islower()):
        return False
    lower = letters.lower()
    if lower in _ALPHABET or (len(lower) < 7 and all(letter in _ONE_LETTER_WORDS for letter in lower)):
        return False
    return len(set(lower)) > 1
