"""Short names of acts: «Законом Республики Казахстан «О …» (далее – Закон)», «(бұдан әрі – Кодекс)»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nlp.references.citation import Citation, CitationKind, CitedAct
from nlp.references.extract import citations
from nlp.references.words import words_of
from nlp.structure.act import Provision
from nlp.structure.wording import fold

_CUE = {"ru": "далее", "kk": "бұдан"}
_INTRODUCED = {
    "ru": re.compile(r"\(\s*далее\s*[–—-]\s*(?:именуем\w*\s+)?(?P<word>[^\W\d_]+)\s*\)"),
    "kk": re.compile(r"\(\s*бұдан\s+әрі\s*(?:[–—-]\s*)?(?P<word>[^\W\d_]+)\s*\)"),
}
_NEAR = 60  # characters between the act and the brackets: date and number, the other name of a code


def short_names(provisions: Iterable[Provision]) -> Mapping[str, Mapping[str, CitedAct]]:
    """Language → form → the act that its bare name stands for. A form introduced twice stands for none."""
    found: dict[str, dict[str, CitedAct | None]] = {"ru": {}, "kk": {}}
    for provision in provisions:
        code = provision.language
        if code not in found or _CUE[code] not in fold(provision.text):
            continue
        known = citations(provision.text, code)
        for match in _INTRODUCED[code].finditer(fold(provision.text)):
            form = words_of(code).meaning(match.group("word")).form
            act = _before(known, match.start())
            if form and act is not None:
                known_before = found[code].get(form, act)
                found[code][form] = act if known_before is not None and known_before.name == act.name else None
    return {code: {form: act for form, act in names.items() if act is not None} for code, names in found.items()}


def _before(known: Iterable[Citation], place: int) -> CitedAct | None:
    near = [each for each in known if 0 <= place - each.span[1] <= _NEAR and each.kind is CitationKind.EXTERNAL]
    return near[-1].act if near else None
