"""Sounds of Kazakh as they are written: harmony, classes of the last letter, and joining an ending to a stem."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

BACK: Final = frozenset("аоұыя")
FRONT: Final = frozenset("әеөүіэ")
NEUTRAL: Final = frozenset("уиюё")
VOWELS: Final = BACK | FRONT | NEUTRAL
GLIDES: Final = frozenset("уию")  # at the end of a stem they join endings as consonants do
VOICELESS: Final = frozenset("пфкқтсшщхцчһбвгд")  # б в г д end only loanwords, and are voiceless there
NASAL: Final = frozenset("мнң")
VOICED: Final = {"п": "б", "к": "г", "қ": "ғ"}
UNVOICED: Final = {voiced: plain for plain, voiced in VOICED.items()}

# Loanwords on these clusters take front endings whatever their vowels: банк, акт, пункт, рубль.
_FRONT_CLUSTER: Final = re.compile(r"(?:кт|нк|рк|ск|лк|мк|нг|рг|ь)$")
# After these both harmonies are met in acts: тест, тариф, педагогтер, округтің.
_EITHER_END: Final = re.compile(r"(?:ст|фт|ф|ё|ог|уг|нт|ск)$")
_TEMPLATE: Final = re.compile(r"\(.\)|\[.\]|.")


def harmonies(stem: str) -> tuple[str, ...]:
    """``("back",)``, ``("front",)`` or both, the usual one first."""
    hints: list[str] = []
    for letter in reversed(stem):
        if letter in BACK or letter in FRONT:
            hints.append("back" if letter in BACK else "front")
            break
        if letter == "и":
            hints.append("front")
        elif letter in "ую" and letter != stem[-1]:
            hints.append("back")
    if not hints:
        hints = ["back", "front"] if "у" in stem or "ю" in stem else ["front", "back"]
    if _FRONT_CLUSTER.search(stem):
        hints.insert(0, "front")
    elif _EITHER_END.search(stem):
        hints.append("front")
    return tuple(dict.fromkeys(hints))


def last_sound(stem: str) -> str:
    """The letter that decides how an ending begins: the last one that is not ь or ъ."""
    return stem.rstrip("ьъ")[-1:] or stem[-1:]


def ends_in_vowel(stem: str) -> bool:
    """Whether endings for vowel stems follow (у, и and ю count as consonants)."""
    return stem[-1:] in VOWELS and stem[-1:] not in GLIDES


def _initial(symbol: str, last: str) -> str:
    """The consonant that an alternating initial becomes after ``last``."""
    voiceless = last in VOICELESS
    vowel = last in VOWELS and last not in GLIDES
    nasal = last in NASAL
    buzz = last in "зж"
    if symbol == "D":
        return "т" if voiceless else "д"
    if symbol == "L":
        return "т" if voiceless else "д" if nasal or buzz or last == "л" else "л"
    if symbol == "O":
        return "н" if vowel else "т" if voiceless else "д"
    if symbol == "N":
        return "т" if voiceless else "н" if vowel or nasal else "д"
    if symbol == "U":
        return "т" if voiceless else "н" if nasal else "д"
    if symbol == "I":
        return "п" if voiceless else "б" if buzz else "м"
    return "п" if voiceless else "б" if nasal or buzz else "м"  # M


@lru_cache(maxsize=200_000)
def attach(stem: str, template: str) -> tuple[str, ...]:
    """``stem`` with the ending of ``template``: the usual spelling first, admissible variants after it.

    Variants come from loanword harmony and from stems whose last п к қ does or does not become voiced.
    """
    forms: dict[str, None] = {}
    for harmony in harmonies(stem):
        base, ending = _realise(stem, template, harmony)
        for head in _heads(base, ending) if base == stem else (base,):
            forms[head + ending] = None
    return tuple(forms)


def _heads(base: str, ending: str) -> tuple[str, ...]:
    """The stem before a vowel: тармақ → тармағ (and, for loanwords, unchanged)."""
    final = base[-1:]
    if final in VOICED and ending[:1] in VOWELS and len(base) > 1:
        voiced = base[:-1] + VOICED[final]
        return (voiced, base) if base[-2] in VOWELS else (base, voiced)
    if final == "ь" and ending[:1] in VOWELS:
        return (base[:-1],)
    return (base,)


def _realise(stem: str, template: str, harmony: str) -> tuple[str, str]:
    """Stem (possibly shortened) and ending for one harmony."""
    back = harmony == "back"
    last = last_sound(stem)
    vowel_final = ends_in_vowel(stem)
    ending = ""
    for part in _TEMPLATE.findall(template):
        if part[0] == "(":
            if vowel_final:
                continue
            part = part[1]
        elif part[0] == "[":
            if not vowel_final:
                continue
            part = part[1]
        if part == "A":
            ending += "а" if back else "е"
        elif part == "Y":
            ending += "ы" if back else "і"
        elif part == "Q":
            ending += "қ" if back else "к"
        elif part == "G":
            voiceless = last in VOICELESS
            ending += ("қ" if voiceless else "ғ") if back else ("к" if voiceless else "г")
        elif part in "DLONUIM":
            ending += _initial(part, ending[-1:] or last)
        elif part == "E":
            ending += "й" if vowel_final else "а" if back else "е"
        elif part == "R":
            ending += "" if vowel_final else "а" if back else "е"
        else:
            ending += part
    return _spell(stem, ending)


def _spell(stem: str, ending: str) -> tuple[str, str]:
    """Orthography at the seam: оқы+у → оқу, оқы+й → оқи, қой+а → қоя, қой+у → қою."""
    first = ending[:1]
    if stem[-1:] in ("ы", "і") and first == "у":
        return stem[:-1], ending
    if stem[-1:] in ("ы", "і") and first == "й":
        return stem[:-1], "и" + ending[1:]
    if stem[-1:] == "й" and first == "а":
        return stem[:-1], "я" + ending[1:]
    if stem[-1:] == "й" and first == "у":
        return stem[:-1], "ю" + ending[1:]
    return stem, ending
