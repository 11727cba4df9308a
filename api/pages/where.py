"""Where in the review the reader is: whose seat, which text, text or page of the original, which findings.

It stands in the address, and forms carry it along, so that a decision without scripts leads back to where it was taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from api.pages.forms import Form
from expertise.people import Seat
from nlp.messages import LANGUAGES

_KNOWN: Mapping[str, frozenset[str]] = {
    "seat": frozenset(seat.value for seat in Seat),
    "text": frozenset({*LANGUAGES, "both"}),
    "view": frozenset({"page"}),
    "show": frozenset({"all", "open", "standing", "dismissed"}),
    "severity": frozenset({"high", "medium", "low"}),
}
_LONGEST = 2_000
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Where:
    """``text``: a language, ``both``, or "" (the reader's). ``view``: ``page`` for pages of the original. ``page``: 0 –
    that of the first finding. ``show``, ``severity``, ``factor``: filters of findings, "" for all. ``edit``: the
    finding whose words are being changed.
    """

    seat: str = ""
    text: str = ""
    view: str = ""
    page: int = 0
    show: str = ""
    severity: str = ""
    factor: str = ""
    edit: str = ""

    def query(self, **other: object) -> dict[str, str]:
        """What of it is said, changed as asked."""
        said = {each.name: getattr(self, each.name) for each in fields(self)} | other
        return {name: str(value) for name, value in said.items() if value}

    def link(self, **other: object) -> str:
        """The query of an address, changed as asked."""
        return "?" + urlencode(self.query(**other))


def where_of(request: Request, form: Form | None = None) -> Where:
    """From the address, or from the form's fields ``back`` and ``seat``; what is unknown is left out."""
    asked: Mapping[str, str] = request.query_params
    if form is not None:
        asked = dict(parse_qsl(form["back"].lstrip("?")[:_LONGEST])) | {"seat": form["seat"]}
    known = {name: asked.get(name, "") for name, values in _KNOWN.items() if asked.get(name, "") in values}
    raw = asked.get("page", "")
    page = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 0
    factor, edit = (asked.get(name, "")[:_LONGEST_NAME] for name in ("factor", "edit"))
    return Where(**known, page=page, factor=factor, edit=edit)
