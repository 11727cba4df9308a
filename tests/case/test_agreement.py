"""Agreement of two experts on the findings of a case."""

from __future__ import annotations

from expertise.case.agreement import NONE, Coded, Marked, agreement


def test_agreement_by_factor() -> None:
    coded = [
        Coded("1", "vague", "vague"), Coded("2", "vague", NONE), Coded("3", NONE, NONE), Coded("4", "broad", "vague"),
    ]  # fmt: skip
    first = Marked({"vague": [(0, 10)], "broad": [(30, 40)]})
    second = Marked({"vague": [(0, 10), (30, 40)]})
    whole, vague, broad = agreement(coded, 100, first, second)
    assert (whole.factor, whole.findings, whole.same) == ("", 4, 2)
    assert whole.unitising == 1 and vague.unitising is not None and vague.unitising < 1
    # vague: (y,y) (y,n) (n,n) (n,y): p₀ = 1/2 = pₑ, κ = 0.
    assert (vague.factor, vague.same, vague.kappa) == ("vague", 2, 0)
    assert (broad.factor, broad.same, broad.kappa) == ("broad", 3, 0)
