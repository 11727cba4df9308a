"""Speed without a clock: calls that an examination takes. Fails when the work for a text grows by more than 15 %.

Calls are counted, not timed, so a loaded machine changes nothing. Where more work is meant – a new detector – put the
new figure here and say so in the commit; where it is not, look for what is done twice.
"""

from __future__ import annotations

import pytest

from evaluation.bench import EXAMPLES, long_draft
from evaluation.work import calls, exponent
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner
from nlp.reading.docx import read_docx

ALLOWED = 1.15
EXPONENT = 1.05
CALLS_A_CHARACTER = {"ru": 23.6, "kk": 27.4}
PAGES = (5, 20)


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_work_for_a_text_has_not_grown(code: str) -> None:
    examiner = Examiner(load_pack(kz_pack()))
    drafts = [read_docx(long_draft(EXAMPLES / f"draft-{code}.docx", pages), "draft.docx", Limits()) for pages in PAGES]
    sizes = [len(draft.text) for draft in drafts]
    counted = [calls(examiner, code, draft) for draft in drafts]
    a_character = counted[-1] / sizes[-1]
    assert a_character <= ALLOWED * CALLS_A_CHARACTER[code], f"{a_character:.2f} calls for a character"
    assert exponent(sizes, counted) <= EXPONENT


def test_exponent() -> None:
    sizes = [10, 100, 2_000]
    assert exponent(sizes, [3 * size for size in sizes]) == pytest.approx(1)
    assert exponent(sizes, [0.5 * size**2 for size in sizes]) == pytest.approx(2)
