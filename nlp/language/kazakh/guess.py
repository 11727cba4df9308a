"""How likely a stem outside the lexicon is, by its shape and by what was taken off.

The weights were chosen on word forms of official acts whose stem had been taken out of the lexicon: the reading without
the stem had to give the same lemma as with it (evaluation/morphology/unknown.py).
"""

from __future__ import annotations

import re
from typing import Final

from nlp.language.kazakh.phonology import UNVOICED, VOWELS, ends_in_vowel
from nlp.language.kazakh.suffixes import Suffix

_BASE: Final = 50.0
_CONSONANTS: Final = "бвгғджзйкқлмнңпрстфхһцчшщ"
# No noun of Kazakh ends so: «көрші» is no possessive of «көрш», «дүйсенбі» none of «дүйсенп».
_NO_NOUN_END: Final = re.compile(
    f"[{_CONSONANTS}][шлғ]$|[бвгғджзйклмпрстфхц]г$|[бвгғджзйкмнңпстфхц][пкқ]$|[ыі]нд$|[ае]ш$"
)
# Verbs made from nouns or from verbs; their passive is met more than any other form.
_MADE_VERB: Final = re.compile(r"..(?:[лдт][ае]|[дт][ыі]р|[ғгқк][ыі]з)$")
_FROM_NOUN: Final = re.compile(r"..[лдт][ае]$")
_EVIDENCE: Final = {
    "poss3": 0.7,
    "acc3": 0.4,
    "verbal_noun": 1.6,
    "converb_p": 2.4,
    "imp3": 0.4,
    "aorist_neg": -4.0,
}


def guess(stem: str, root: str, endings: tuple[Suffix, ...]) -> float | None:
    """Score of an unknown stem with these endings, always below that of a known one; None where it can be no stem."""
    if not _possible(stem, root, endings):
        return None
    score = _BASE - (6.0 if len(stem) == 3 else 0.0)
    previous = ""
    for ending in endings:
        score += _evidence(ending, previous, stem)
        previous = ending.name
    if root == "V":
        score -= 0.0 if stem.endswith(("ыл", "іл")) else 1.5
    elif not endings and ends_in_vowel(stem) and stem[-1] in "ыі":
        score -= 1.0
    return score


def _possible(stem: str, root: str, endings: tuple[Suffix, ...]) -> bool:
    if len(stem) < 3 or not any(letter in VOWELS for letter in stem):
        return False
    vowel_follows = bool(endings) and endings[0].template[0] in "(["
    if root == "V":
        return bool(endings) and stem[-1] not in UNVOICED and _voice_fits(stem, endings)
    if stem.endswith("уш"):  # -ушы is one ending
        return False
    if not endings:
        return True
    if stem[-1] == "ь":
        return not vowel_follows
    return not (vowel_follows and ((stem[-1] in UNVOICED and not stem.endswith("нг")) or _NO_NOUN_END.search(stem)))


def _voice_fits(stem: str, endings: tuple[Suffix, ...]) -> bool:
    """A voice is taken off an unknown verb only where the rest is plainly a verb: «регламентте-л-ген»."""
    voices = [ending for ending in endings if ending.kind in ("voice", "rarevoice")]
    if not voices:
        return True
    if len(voices) > 1 or voices[0].kind != "voice":
        return False
    return len(stem) > 3 and (voices[0].name == "passive" or _MADE_VERB.search(stem) is not None)


def _evidence(ending: Suffix, previous: str, stem: str) -> float:
    """What one ending says: longer ones are better evidence than one letter."""
    if ending.kind == "voice":
        return 2.8 if ending.name == "passive" else 0.8
    if ending.name == "converb_a":
        if previous:
            return 3.0 if previous == "neg" else 1.7 if previous == "passive" else -0.7
        return 1.7 if _FROM_NOUN.search(stem) or stem.endswith(("ыл", "іл")) else -0.7
    if ending.name == "cond3" and previous in ("passive", "passive_n"):
        return 2.0
    if ending.name in _EVIDENCE:
        return _EVIDENCE[ending.name]
    if ending.kind == "rare":
        return -4.0
    if ending.kind == "derivation":
        return -0.5
    return 1.5 * len(re.sub(r"[()\[\]]", "", ending.template)) - 2.2
