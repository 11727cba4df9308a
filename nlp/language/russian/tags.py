"""OpenCorpora grammemes as the shared tags of ``nlp.language.token``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

_POS: Final = {
    "NOUN": ("noun",),
    "ADJF": ("adj",),
    "ADJS": ("adj", "short"),
    "COMP": ("adj", "comp"),
    "VERB": ("verb", "finite"),
    "INFN": ("verb", "infinitive"),
    "PRTF": ("verb", "participle"),
    "PRTS": ("verb", "participle", "short"),
    "GRND": ("verb", "converb"),
    "NUMR": ("num",),
    "ADVB": ("adv",),
    "NPRO": ("pron",),
    "PRED": ("pred",),
    "PREP": ("prep",),
    "CONJ": ("conj",),
    "PRCL": ("part",),
    "INTJ": ("part",),
}
_GRAMMEMES: Final = {
    "nomn": "nom",
    "gent": "gen",
    "gen1": "gen",
    "gen2": "gen",
    "datv": "dat",
    "accs": "acc",
    "acc2": "acc",
    "ablt": "ins",
    "loct": "loc",
    "loc1": "loc",
    "loc2": "loc",
    "sing": "sing",
    "plur": "plur",
    "masc": "masc",
    "femn": "fem",
    "neut": "neut",
    "1per": "1",
    "2per": "2",
    "3per": "3",
    "pres": "pres",
    "past": "past",
    "futr": "fut",
    "perf": "perf",
    "impf": "impf",
    "pssv": "pass",
    "impr": "imp",
    "Abbr": "abbr",
    "Apro": "pron",
}


@lru_cache(maxsize=4096)
def shared_tags(tag: Any) -> frozenset[str]:
    """Shared tags of one pymorphy tag."""
    tags = set(_POS.get(str(tag.POS), ("noun",) if "UNKN" not in tag.grammemes else ()))
    for grammeme in tag.grammemes:
        name = _GRAMMEMES.get(grammeme)
        if name is not None:
            tags.add(name)
    return frozenset(tags)
