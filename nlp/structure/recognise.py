"""Is the text an act at all? Signs are requisites, units and vocabulary; a novel or a letter has other signs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from nlp.structure.act import Requisites, Role, Unit, UnitKind
from nlp.structure.formulas import LANGUAGES, formulas, phrase
from nlp.structure.wording import fold

_ENOUGH = 5.5  # sum of signs that makes a text an act
_MANY_ARTICLES = 5
_READ = 60_000  # characters of the text asked for vocabulary
_PER = 1000.0  # vocabulary is counted per so many characters
_OUTWEIGHS_A_HEAD = 10.0
_MOST_WORDS = 4.0  # what vocabulary alone can give: it never makes an act of a text without units


def looks_like_act(root: Unit, requisites: Requisites, text: str) -> bool:
    """True for acts and act-like instructions. Weights of words are data (``recognition`` in ``data/*.yaml``)."""
    gain, loss = _vocabulary(text, _heeded(root, requisites))
    return _units(root) + _requisites(root, requisites) + gain - loss >= _ENOUGH


def _heeded(root: Unit, requisites: Requisites) -> float:
    """From which weight on words speak against an act: neither letters nor novels have many articles or an act's head,
    and long acts use every word; only a judgment has a head too."""
    if sum(unit.kind is UnitKind.ARTICLE for unit in root.walk()) >= _MANY_ARTICLES:
        return math.inf
    return _OUTWEIGHS_A_HEAD if _enacted(root, requisites) else 0.0


def _enacted(root: Unit, requisites: Requisites) -> bool:
    """Whether an enacting formula stands under the name of a form, or with the stamp of an approved document."""
    enacting = any(unit.kind is UnitKind.TEXT and unit.role is Role.ENACTING for unit in root.walk())
    return enacting and bool(requisites.form or requisites.approved_form)


def _units(root: Unit) -> float:
    """Numbered units: articles weigh most, then points, then lists."""
    count: dict[UnitKind, int] = {}
    for unit in root.walk():
        if unit.number:
            count[unit.kind] = count.get(unit.kind, 0) + 1
    articles = 4.0 if count.get(UnitKind.ARTICLE, 0) >= 2 else 2.0 * count.get(UnitKind.ARTICLE, 0)
    points = min(count.get(UnitKind.POINT, 0) + count.get(UnitKind.TASK, 0), 4) * 0.5
    items = min(count.get(UnitKind.SUBPOINT, 0), 6) * 0.3
    return articles + points + items


def _requisites(root: Unit, requisites: Requisites) -> float:
    found = {unit.role for unit in root.walk() if unit.kind is UnitKind.TEXT}
    kinds = {child.kind for child in root.children}
    score = 3.0 if Role.ENACTING in found else 0.0
    score += 2.0 if requisites.form else 0.0
    score += 3.0 if requisites.approved_form else 0.0
    score += 1.5 if UnitKind.DOCUMENT in kinds and Role.STAMP in found else 0.0
    return score


def _vocabulary(text: str, least: float) -> tuple[float, float]:
    """Words of acts per thousand characters; words of letters, contracts, judgments, prose and the press that weigh
    ``least`` or more."""
    sample = "\n".join(line.strip() for line in fold(text[:_READ]).splitlines())
    size = max(len(sample) / _PER, 1.0)
    gain = sum(weight * len(pattern.findall(sample)) for pattern, weight in _signs("for"))
    loss = sum(
        weight * min(len(pattern.findall(sample)), 3) for pattern, weight in _signs("against") if weight >= least
    )
    return min(gain / size, _MOST_WORDS), loss


@lru_cache(maxsize=2)
def _signs(side: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    found = []
    for code in LANGUAGES:
        signs: Mapping[str, float] = formulas().data[code]["recognition"][side]
        found += [(re.compile(phrase(words), re.MULTILINE), float(weight)) for words, weight in signs.items()]
    return tuple(found)
