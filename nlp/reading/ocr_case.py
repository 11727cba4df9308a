"""Small letters taken for capitals: «порядке, В установленном», told apart by their height.

Reads: recognised lines. Writes: the same lines, letters that have one shape in both cases set by their height. Nothing
is done in a line that does not tell how high its small letters are.
"""

from __future__ import annotations

from statistics import median

from nlp.reading.ocr_hocr import ScannedChar, ScannedLine, ScannedWord

_SAME_SHAPE = frozenset("вгежзиклмнопстхчшыьэюяіө")
_SMALL = frozenset("аеосхнипв")
_LEAST_SEEN = 5  # small letters in a line: fewer do not tell their height
_NEARLY = 1.14  # times that height: a capital is a third higher, or more


def settle_case(lines: list[ScannedLine]) -> int:
    """Make capitals that are as low as the small letters of their line small; how many words were changed."""
    changed = 0
    for line in lines:
        small = [_height(char) for word in line.words for char in word.chars if char.text in _SMALL]
        if len(small) >= _LEAST_SEEN:
            most = _NEARLY * median(small)
            changed += sum(_settled(word, most) for word in line.words)
    return changed


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
