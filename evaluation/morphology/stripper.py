"""The baseline our Kazakh lemmas are compared with: endings off the right, the word list of hunspell-kk decides.

No ranking by meaning, no list of our own: endings of one slot after another are taken off, nouns as case, possessive,
plural, verbs as person and tense, negation, voice, each in harmony with the vowel before it; a last voiced letter may
be hardened (кітаб → кітап). Of the rests of three letters or more that stand in the word list one is taken by
``choice``. The word list is read from where it lies beside the checkout (three free licences, see its SOURCE.txt);
nothing of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

Choice = Literal["shortest", "longest"]

_CASE: Final = (
    "(?:ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|а|е|ны|ні|ды|ді|ты|ті|н|да|де|та|те|нда|нде|"
    "дан|ден|тан|тен|нан|нен|мен|бен|пен)(?:ғы|гі)?"
)
_NOUN_SLOTS: Final = (_CASE, "сы|сі|ы|і|м|ым|ім|ң|ың|ің|ңыз|ыңыз|іңіз|мыз|міз|ымыз|іміз", "лар|лер|дар|дер|тар|тер")
_VERB_SLOTS: Final = (
    _CASE,
    "сы|сі|ы|і",
    "ды|ді|ты|ті|дым|дім|тым|тім|дық|дік|тық|тік|ады|еді|йды|йді|иды|иді|ады|амын|емін|асыз|есіз|амыз|еміз|сын|сін|"
    "са|се|ған|ген|қан|кен|атын|етін|йтын|йтін|итын|итін|ар|ер|р|мақ|мек|бақ|бек|пақ|пек|ып|іп|п|а|е|й|и|у|ю|"
    "ғанша|генше|қанша|кенше|ғалы|гелі|қалы|келі|ушы|уші",
    "ма|ме|ба|бе|па|пе",
    "ыл|іл|л|ын|ін|н|дыр|дір|тыр|тір|т|ыс|іс|с",
)
_HARDENED: Final = {"б": "п", "ғ": "қ", "г": "к"}
_LEAST: Final = 2
_BACK: Final = "аоұыя"
_FRONT: Final = "әөүіе"


def word_list(path: Path) -> frozenset[str]:
    """Entries of a hunspell ``.dic`` file, lower case, affix classes left out."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    return frozenset(line.split("/")[0].strip().lower() for line in lines if line.strip())


class Stripper:
    """Lemma of a word form by stripping; ``choice`` says which of the known rests is taken."""

    def __init__(self, words: frozenset[str], choice: Choice) -> None:
        self._words = words
        self._choice = choice
        self.lemma = lru_cache(maxsize=100_000)(self._lemma)

    def _lemma(self, form: str) -> str:
        rests = list(dict.fromkeys(rests_of(form)))
        known = [rest for rest in rests if rest in self._words and (len(rest) > _LEAST or rest == form)]
        if known:
            return (min if self._choice == "shortest" else max)(known, key=len)
        nouns = [rest for rest in _strip(form, _NOUN_SLOTS) if len(rest) > _LEAST]
        return min(nouns, key=len) if nouns else form


def rests_of(form: str) -> Iterator[str]:
    """``form`` and everything that slot-wise stripping leaves of it, hardened too."""
    for slots in (_NOUN_SLOTS, _VERB_SLOTS):
        for rest in _strip(form, slots):
            yield rest
            if rest[-1] in _HARDENED:
                yield rest[:-1] + _HARDENED[rest[-1]]


@lru_cache(maxsize=8)
def _endings(slot: str) -> re.Pattern[str]:
    return re.compile(f"(?:{slot})$")


def _strip(form: str, slots: tuple[str, ...]) -> list[str]:
    """Rests of ``form``; of every slot one ending or none is taken off, all lengths of it tried."""
    rests = [form]
    for slot in slots:
        pattern = _endings(slot)
        shorter = [
            rest[:cut]
            for rest in rests
            for cut in range(max(_LEAST, len(rest) - 6), len(rest))
            if pattern.fullmatch(rest, cut) and _in_harmony(rest[:cut], rest[cut:])
        ]
        rests += shorter
    return rests


def _in_harmony(rest: str, ending: str) -> bool:
    """Whether the vowels of an ending go with the last plain vowel before it; мен and its like go with all."""
    before = [letter for letter in rest if letter in _BACK + _FRONT]
    own = [letter for letter in ending if letter in _BACK + _FRONT]
    if not before or not own or ending[-3:] in ("мен", "бен", "пен"):
        return True
    return (before[-1] in _BACK) == (own[0] in _BACK)
