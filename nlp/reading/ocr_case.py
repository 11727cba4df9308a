"""Small letters taken for capitals: «порядке, В установленном», told apart by their height.

Reads: recognised lines. Writes: the same lines, letters that have one shape in both cases set by their height. Nothing
is done on a page whose letters do not tell how high small ones and capitals are.
"""

from __future__ import annotations

from statistics import median

from nlp.reading.ocr_hocr import ScannedChar, ScannedLine, ScannedWord

_SAME_SHAPE = frozenset("вгежзиклмнопстхчшыьэюяіө")
_LEAST_SEEN = 20
_APART = 1.2  # times: capitals are so much higher, or nothing is told
_MARGIN = 0.35  # of the difference: a capital so near to the height of small letters is one


def settle_case(lines: list[ScannedLine]) -> int:
    """Make capitals that are as low as small letters small; how many words were changed."""
    small = [_height(c) for line in lines for w in line.words for c in w.chars if c.text in "аеосхнипв"]
    high = [_height(c) for line in lines for w in line.words for c in w.chars if c.text.isupper()]
    if len(small) < _LEAST_SEEN or len(high) < _LEAST_SEEN:
        return 0
    low, top = median(small), median(high)
    if top < _APART * low:
        return 0
    most = low + _MARGIN * (top - low)
    usual = median(line.size for line in lines)
    alike = [line for line in lines if abs(line.size - usual) <= 0.15 * usual]
    return sum(_settled(word, most) for line in alike for word in line.words)


def _settled(word: ScannedWord, most: float) -> bool:
    letters = [char for char in word.chars if char.text.isalpha()]
    capitals = [char for char in letters if char.text.isupper()]
    if not capitals or capitals not in (letters[:1], letters):
        return False
    told = [char for char in capitals if char.text.lower() in _SAME_SHAPE]
    if 2 * len(told) < len(capitals) or not told or any(_height(char) > most for char in told):
        return False
    word.chars = [ScannedChar(char.text.lower(), char.box) if char in capitals else char for char in word.chars]
    return True


def _height(char: ScannedChar) -> int:
    return char.box[3] - char.box[1]
