"""Work of an examination, counted in calls instead of seconds: the same on a busy machine as on an idle one.

Reads: a draft as text. Writes: how many calls of functions (Python's and those written in C) its examination takes, and
the exponent by which they grow with the length of the draft. Work inside one call – a long search of an expression, a
sort – is not seen; ``evaluation.scaling`` measures seconds.
"""

from __future__ import annotations

import cProfile
import math
from collections.abc import Sequence

from nlp.examination import Dossier
from nlp.pipeline import Examiner
from nlp.reading.source import SourceText


def dossier(code: str, source: SourceText) -> Dossier:
    """One text as a dossier."""
    return Dossier(kk=source) if code == "kk" else Dossier(ru=source)


def calls(examiner: Examiner, code: str, source: SourceText) -> int:
    """Calls of one examination. The text is examined before without counting, so that words are known already."""
    given = dossier(code, source)
    examiner.examine(given)
    profile = cProfile.Profile()
    profile.enable()
    try:
        examiner.examine(given)
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of cost over size, both as logarithms, by least squares: 1 is linear. Two points at least."""
    across = [math.log(size) for size in sizes]
    up = [math.log(cost) for cost in costs]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread
