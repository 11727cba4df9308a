"""What a page of indicators is asked for, out of its address; what makes no sense is told or left out.

Reads: query or form. Writes: a selection, rows behind a number, and addresses that keep the selection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from expertise.case.periods import Period, between, named
from expertise.case.states import CaseError
from expertise.work.indicating import Selection
from expertise.work.indicator_rows import FATES, ONLY, STATES, Behind, Show

_LONGEST = 500
_NARROWING = ("body", "sphere", "act_form")
_OF_TOTALS: Mapping[str, Mapping[str, str]] = {
    "factors": {
        "drafts": "show=drafts", "factors": "show=factors", "mean": "show=factors", "most": "show=drafts&only=most",
        "clean": "show=drafts&only=clean", "recommendations": "show=recommendations",
    },
    "adoption": {
        "drafts": "show=drafts", "adopted_drafts": "show=drafts&fate=adopted",
        "refused_drafts": "show=drafts&fate=refused", "pending_drafts": "show=drafts&fate=pending",
        "issued_in_all": "show=recommendations", "issued": "show=recommendations&fate=adopted",
        **{state: f"show=recommendations&fate=adopted&state={state}" for state in STATES},
        "strict": "show=recommendations&fate=adopted&state=adopted",
        "lenient": "show=recommendations&fate=adopted&state=taken",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A selection, and how it stands in an address. ``wrong``: what of the period made no sense."""

    selection: Selection
    wrong: CaseError | None = None

    @property
    def days(self) -> tuple[str, str]:
        """First and last day as the fields show them: empty beside a period that has a name."""
        period = self.selection.period
        return ("", "") if period.name else (period.first.isoformat(), period.last.isoformat())

    def query(self, **other: str) -> str:
        """The selection as a query, narrowed further as asked."""
        period = self.selection.period
        days = {"period": period.name} if period.name else {
            "first": period.first.isoformat(), "last": period.last.isoformat(),
        }  # fmt: skip
        said = days | {name: other.get(name, getattr(self.selection, name)) for name in _NARROWING}
        return urlencode({name: value for name, value in said.items() if value})

    def rows(self, kind: str, figure: str, **other: str) -> str:
        """The address of the rows behind a figure."""
        return f"/indicators/rows?{self.query(**other)}&{_OF_TOTALS[kind][figure]}"


def asked(given: Mapping[str, str], today: date) -> Asked:
    """Out of a query or a form; the year so far where no period is asked for or what is asked makes no sense."""
    period, wrong = named(str(today.year)), None
    try:
        period = _period(given) or period
    except CaseError as error:
        wrong = error
    narrowed = {name: given.get(name, "")[:_LONGEST].replace("\x00", "") for name in _NARROWING}
    return Asked(Selection(period, **narrowed), wrong)


def _period(given: Mapping[str, str]) -> Period | None:
    """Days that somebody entered win over a period chosen in the list; those the page showed before (``shown``) are
    no wish of theirs."""
    days = [given.get(name, "").strip() for name in ("first", "last")]
    if given.get("period", "") and (not any(days) or "/".join(days) == given.get("shown", "")):
        return named(given["period"])
    first, last = (_day(each) for each in days)
    if (first is None) != (last is None):
        raise CaseError("expertise.period_half")
    return between(first, last) if first and last else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip()) if words.strip() else None
    except ValueError:
        raise CaseError("expertise.period_unknown", value=words[:40]) from None


def behind(given: Mapping[str, str]) -> Behind:
    """Which rows are asked for; what is unknown is left out."""
    show = given.get("show", "")
    known = {"fate": FATES, "state": STATES, "only": ONLY}
    chosen = {name: given.get(name, "") for name, values in known.items() if given.get(name, "") in values}
    return Behind(Show(show) if show in set(Show) else Show.DRAFTS, factor=given.get("factor", "")[:64], **chosen)
