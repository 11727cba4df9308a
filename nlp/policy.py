"""Documents of policy (concepts, strategies, programmes): what they tell and what they order are told apart.

Reads: an act, its provisions. Writes: those to be judged, and a notice on the others. A concept describes how things
are and what is intended; such paragraphs order nobody anything and are no norms (methodology 6.8), so a proposed
wording for them would be absurd. Numbered points, rows of plans and norms of the act that approves it are judged as
ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from nlp.reading.source import Notice
from nlp.structure import Citations
from nlp.structure.act import Act, Provision
from nlp.structure.formulas import formulas
from nlp.structure.wording import fold

FORMS: Final = frozenset({"concept", "strategy", "programme"})
_ORDERED = re.compile(r"(?:^|__)(?:art|para|subpara|row|annex)_")


def norms_of(act: Act, wanted: Sequence[Provision]) -> tuple[list[Provision], list[Notice]]:
    """Provisions in order without the paragraphs of a document of policy that tell instead of ordering.

    The notice ``examine.narrative`` {count, unit_ru, unit_kk} tells how many those are and names the first.
    """
    told = [each for each in wanted if _is_told(act, each)]
    if not told:
        return list(wanted), []
    ids = {each.id for each in told}
    citations = Citations(act)
    units = [(f"unit_{code}", citations.cite(told[0].address, code)) for code in ("ru", "kk")]
    kept = [each for each in wanted if each.id not in ids]
    return kept, [Notice("examine.narrative", (("count", str(len(told))), *units))]


def _is_told(act: Act, provision: Provision) -> bool:
    if _ORDERED.search(provision.address):
        return False
    return provision.act_form in FORMS or _approves_policy(act.requisites.title)


@lru_cache(maxsize=256)
def _approves_policy(title: str) -> bool:
    """«Об утверждении Концепции …», «… тұжырымдамасын бекіту туралы»: by the names of the forms in any case."""
    folded = fold(title)
    return any(re.search(rf"(?<!\w){re.escape(name)}", folded) for name in _names())


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    forms = [form for form in formulas().forms if form.id in FORMS]
    stems = {fold(each) for form in forms for each in (*form.cases.values(), *form.possessive.values())}
    return tuple(sorted(stems))
