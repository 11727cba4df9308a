"""A recommendation in words, for norms of which no sound new wording can be made."""

from __future__ import annotations

import re

from nlp.detection.finding import Recommendation
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Pack
from nlp.detection.wording import quoted
from nlp.norms.analysis import ProvisionAnalysis

_LONGEST = 16
"""Words that are quoted in full."""
_HEAD, _TAIL = 8, 4


def directed(analysis: ProvisionAnalysis, factor: JudgedFactor, pack: Pack, language: str) -> Recommendation | None:
    """What the developer is to do, in ``language``: the words of the leading rule, else those of its factor.

    None where the pack gives neither (a factor of an overlay without ``direction``).
    """
    rule = pack.by_id.get(factor.leading.detector)
    known = pack.all_factors.get(factor.factor)
    words = (rule.direction if rule else {}).get(language) or (known.direction if known else {}).get(language, "")
    if not words:
        return None
    return Recommendation(
        language=analysis.provision.language,
        action="supplement",
        instruction=words.replace("{quote}", _shown(quoted(analysis, factor.leading.spans))),
        wording="",
    )


def _shown(quote: str) -> str:
    """The marked words on one line; of a long stretch the beginning and the end. Inner quotation marks are plain."""
    words = re.sub(r"[«»“”]", '"', quote).strip(" ,;:.").split()
    if len(words) > _LONGEST:
        words = [*words[:_HEAD], "…", *words[-_TAIL:]]
    return " ".join(words)
