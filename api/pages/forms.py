"""Forms as they were sent: words and files, bounded; whatever else a form may hold is nothing to us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse

from expertise.case.states import CaseError
from expertise.people import Seat

_CHUNK = 1024 * 1024
_MOST_FIELDS = 200
_LONGEST = 50_000  # characters of one field: more than any use case takes, so that its own message is told


@dataclass(frozen=True, slots=True)
class Form:
    """``words``: field → what was written (a field that was not sent is ""); ``files``: those that have a name.

    ``several``: of fields that may be sent more than once, everything that was.
    """

    words: dict[str, str]
    files: tuple[UploadFile, ...] = field(default=())
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """What was written in the field."""
        return self.words.get(name, "")


async def form_of(request: Request, several: tuple[str, ...] = ()) -> Form:
    """The form of the request, after the gate has admitted its body. ``several``: fields that may come repeatedly."""
    raw = await request.form(max_fields=_MOST_FIELDS)
    words = {name: value[:_LONGEST] for name, value in raw.multi_items() if isinstance(value, str)}
    files = tuple(value for _, value in raw.multi_items() if isinstance(value, UploadFile) and value.filename)
    lists = {name: tuple(str(each)[:_LONGEST] for each in raw.getlist(name)) for name in several}
    return Form(words, files, lists)


def pieces(file: UploadFile) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    file.file.seek(0)
    while piece := file.file.read(_CHUNK):
        yield piece


def onward(path: str, done: str = "", anchor: str = "", **query: str) -> RedirectResponse:
    """To the page that shows what the form did, so that loading it again does not do it again."""
    given = {name: value for name, value in ({"done": done} | query).items() if value}
    return RedirectResponse(path + (f"?{urlencode(given)}" if given else "") + (f"#{anchor}" if anchor else ""), 303)


def once_key(form: Form) -> str:
    """Key of a form that is to be done once: what its page was given for it (field ``once``), and what was written.

    The same form sent twice has the same key, with other words it is another request. Empty where there is none.
    """
    if not form["once"]:
        return ""
    return json.dumps({name: words for name, words in form.words.items() if name != "form_key"}, sort_keys=True)


def local_path(path: str) -> str:
    """A path of ours to go back to; whatever leads elsewhere becomes the list of cases."""
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path and "\r" not in path
    return path if fine and len(path) <= 2_000 else "/cases"


def day_of(words: str, field: str) -> date | None:
    """A day as date fields send it; none for an empty field. Raises ``CaseError`` for what is no day."""
    if not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise CaseError("expertise.requisite_date", field=field, value=words[:40]) from None


def seat_of(name: str) -> Seat:
    """The seat a form names. Raises ``CaseError`` for none of ours."""
    if name not in set(Seat):
        raise CaseError("expertise.no_seat")
    return Seat(name)


def offset_of(request: Request) -> int:
    """Where a list goes on; 0 for what is no number."""
    raw = request.query_params.get("offset", "0")
    return int(raw) if raw.isdigit() and len(raw) < 9 else 0
