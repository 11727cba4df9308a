"""What certificates and pages of indicators call things: periods, numbers, the figures in their order.

Reads: content of a certificate, words of the documents. Writes: texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.documents.words import Words
from expertise.messages import term

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
STATES = ("adopted", "in_part", "not_adopted", "moot", "undecided")
PLACES = {"mean": 2, "strict": 1, "lenient": 1}
_FIGURES: Mapping[str, Sequence[str]] = {
    "factors": ("drafts", "factors", "mean", "most", "clean", "recommendations"),
    "adoption": (
        "drafts", "adopted_drafts", "refused_drafts", "pending_drafts", "issued_in_all", "issued", *STATES, "strict",
        "lenient",
    ),
}  # fmt: skip
_HEADS: Mapping[str, Sequence[str]] = {
    "factors": ("drafts", "factors", "mean", "recommendations"),
    "adoption": ("drafts", "adopted_drafts", "issued", "adopted", "in_part", "strict", "lenient"),
}


def figures(kind: str, totals: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    """The figures of an indicator by their names, in the order of the instruction."""
    for name in _FIGURES[kind]:
        yield name, figure(totals, name)


def figure(totals: Mapping[str, Any], name: str) -> int | None:
    """One figure of totals, counts of states among them."""
    found: int | None = totals["states"][name] if name in totals.get("states", {}) else totals[name]
    return found


def label(kind: str, name: str, said: Words) -> str:
    """What a figure is called."""
    return said.say(f"certificate.figure.{kind}.{name}")


def shown(name: str, value: int | None) -> str:
    """A figure as documents and pages write it."""
    return decimal(value, PLACES.get(name, 0))


def heads(kind: str) -> Sequence[str]:
    """Columns of the tables by body and by sphere."""
    return _HEADS[kind]


def decimal(value: int | None, places: int) -> str:
    """A number kept in tenths or hundredths, with a comma; «–» of nothing."""
    if value is None:
        return "–"
    if not places:
        return str(value)
    whole, part = divmod(value, 10**places)
    return f"{whole},{part:0{places}d}"


def day(iso: str) -> str:
    """«2026-03-02» as 02.03.2026; "" stays."""
    return ".".join(reversed(iso.split("-"))) if iso else ""


def named_period(period: Mapping[str, str], said: Words) -> str:
    """«I квартал 2026 года», or the days."""
    year, _, part = period["name"].partition("-")
    if not year:
        return said.say("certificate.days", first=day(period["first"]), last=day(period["last"]))
    kind = {"Q": "quarter", "H": "half"}[part[0]] if part else "year"
    return said.say(f"certificate.{kind}", year=year, part=_ROMAN.get(part[1:], ""))


def shown_of(name: str, value: str, said: Words, *, all_of: bool = False) -> str:
    """A body, sphere or kind of act; of a selection "" is all of them and «-» those that nobody stated."""
    if all_of and not value:
        return said.say("certificate.all_of")
    if value in ("", "-"):
        return said.say("certificate.unstated")
    if name == "sphere":
        return term("sphere", value, said.language)
    return said.known(f"act_forms.{value}", value) if name == "act_form" else value
