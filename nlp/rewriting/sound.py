"""Whether a new wording may be shown: no wording is better than one a lawyer would have to mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nlp.detection.finding import MODEL, Evidence
from nlp.detection.rule import Rule
from nlp.language.token import Token
from nlp.norms.frame import FieldSpan
from nlp.rewriting.edits import Change

_DASHES = frozenset("–—-")
_CASES = frozenset({"nom", "gen", "dat", "acc", "loc", "ins", "abl"})


def is_unsound(
    original: str,
    reworded: str,
    made: Sequence[Change],
    evidence: Sequence[Evidence],
    rules: Mapping[str, Rule],
    texts: Mapping[str, Any],
) -> bool:
    """Whether a wording leaves other marked words of ``evidence`` (the leading first) as they are, speaks against
    itself or asks for the same twice in one breath. ``texts``: the language's part of ``texts.yaml``."""
    return (
        leaves_marks(evidence, made, rules)
        or contradicts_itself(original, reworded, texts.get("contradictions", ()))
        or any(re.search(row, reworded) and not re.search(row, original) for row in texts.get("stutters", ()))
    )


def leaves_marks(evidence: Sequence[Evidence], made: Sequence[Change], rules: Mapping[str, Rule]) -> bool:
    """Whether words that a rule marks on their own stay untouched: half a cure reads like a whole one.

    The leading rule may mend its words by a change elsewhere in the norm, if it asks for any.
    """
    field = evidence[0].spans[0].field
    here = [item for item in evidence if item.detector != MODEL and all(span.field is field for span in item.spans)]
    mended = [item for item in here if any(_touched(span, change) for span in item.spans for change in made)]
    leading = rules.get(evidence[0].detector)
    if leading is not None and leading.rewrite and evidence[0] in here and evidence[0] not in mended:
        mended.append(evidence[0])
    meets = (any(_meet(a, b) for other in mended for a in item.spans for b in other.spans) for item in here)
    return not all(meets)


def contradicts_itself(original: str, reworded: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether new words (``said``) stand beside old ones (``still``) that deny them."""
    return any(
        re.search(row["still"], reworded, re.IGNORECASE)
        for row in rows
        if re.search(row["said"], reworded, re.IGNORECASE) and not re.search(row["said"], original, re.IGNORECASE)
    )


def loses_an_apposition(tokens: Sequence[Token], made: Sequence[Change]) -> bool:
    """«по ставкам, действующим у предприятия – владельца моста»: what follows the dash explains the words before it."""
    for at in range(1, len(tokens) - 1):
        before, after = tokens[at - 1], tokens[at + 1]
        is_one = tokens[at].text in _DASHES and "noun" in before.tags & after.tags
        if is_one and before.tags & after.tags & _CASES and any(c.start < before.end <= c.end for c in made):
            return True
    return False


def _meet(span: FieldSpan, other: FieldSpan) -> bool:
    return span.field is other.field and span.start < other.end and other.start < span.end


def _touched(span: FieldSpan, change: Change) -> bool:
    return change.start <= span.end and span.start <= change.end
