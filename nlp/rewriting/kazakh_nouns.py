"""The marked noun without its case, for words that take its place: «кооперативке» → «кооператив те қатысатын …»."""

from __future__ import annotations

import re

from nlp.language.generate import kk_inflect
from nlp.language.kazakh.phonology import VOICELESS, harmonies, last_sound

# Case endings of a word that the lexicon does not know: «фирмасына», «жалдаушымен», «артельге».
_CASE = re.compile(r"(?<=[ыі])н[ае]$|(?:[ғқ]а|[гк]е|[мбп]ен)$")
BARE = "{bare}"
ALSO = "{да}"


def with_bare_noun(text: str, quote: str) -> str:
    """``text`` with {bare} as ``quote`` in the nominative and {да} as the particle in its harmony."""
    if BARE not in text:
        return text
    bare = kk_inflect(quote, {"nom"}) or quote
    if bare == quote:
        bare = _CASE.sub("", quote)
    return text.replace(BARE, bare).replace(ALSO, also(bare))


def also(word: str) -> str:
    """The particle «also» after a word: ұйым да, беруші де, клуб та, кооператив те."""
    last = word.split()[-1] if word.split() else word
    voiceless = last_sound(last) in VOICELESS
    back = harmonies(last)[0] == "back"
    return ("та" if voiceless else "да") if back else ("те" if voiceless else "де")
