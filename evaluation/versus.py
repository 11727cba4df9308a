"""Ours beside another's in one run: rates, their ratio, and whether the bar holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.markdown import table

PEER_BAR = 1.0
"""A stage is faster than its peer, or the reason is named."""


@dataclass(frozen=True, slots=True)
class Versus:
    """One stage beside a peer or a limit. Rates are amounts of ``unit`` for a second of processor; ``theirs`` is None
    where the library is not installed. ``bar``: the least ratio, None where the ratio is only shown; ``reason``: why a
    peer may be quicker, empty where it may not.
    """

    stage: str
    language: str
    ours: float
    than: str
    theirs: float | None
    unit: str
    bar: float | None = PEER_BAR
    reason: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over theirs."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def holds(self) -> bool | None:
        """Whether the bar is kept; None without a bar or without the other."""
        return None if self.bar is None or self.ratio is None else self.ratio >= self.bar

    @property
    def failed(self) -> bool:
        """Below the bar, and no reason is named."""
        return self.holds is False and not self.reason


def versus_table(rows: Sequence[Versus]) -> str:
    """A Markdown table."""
    return table(
        ("stage", "", "unit a second", "ours", "beside", "theirs", "ratio", "bar"),
        [
            (
                row.stage,
                row.language,
                row.unit,
                _figure(row.ours),
                row.than,
                "not installed" if row.theirs is None else _figure(row.theirs),
                "" if row.ratio is None else _figure(row.ratio),
                _verdict(row),
            )
            for row in rows
        ],
    )


def _verdict(row: Versus) -> str:
    if row.bar is None or row.holds is None:
        return "–"
    if row.holds:
        return f"≥ {row.bar:g}: holds"
    return f"≥ {row.bar:g}: **not met**" + (f"; {row.reason}" if row.reason else "")


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
