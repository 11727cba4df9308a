"""What documents call a conclusion and its draft: number, dates in the official form, the draft by its kind and title.

Reads: the content of a conclusion, words. Writes: texts, «___» where nothing is known. A title is never declined: only
the kind of the act, where it is known and its titles bear it («приказа «Об утверждении…»», ««…» бұйрығының»).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expertise.documents.words import LANGUAGES, Words, words

Content = Mapping[str, Any]
_ROLES = ("date", "date_of", "date_on")
"""A date by itself, as an attribute («… 3 желтоқсандағы»), as the day of what was done («… 3 желтоқсанда»)."""


def dated(iso: str, said: Words, blank: str = "") -> dict[str, str]:
    """«2026-03-02» as «2 марта 2026 года» and «2026 жылғы 2 наурыз» in the forms that sentences need."""
    year, _, rest = iso.partition("-")
    month, _, number = rest.partition("-")
    if not (number.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
        return dict.fromkeys(_ROLES, blank or said.say("conclusion.blank"))
    return {
        role: said.say("dates.form", year=year, day=int(number), month=said.lines(f"dates.{role}")[int(month) - 1])
        for role in _ROLES
    }


def day(iso: str, said: Words) -> str:
    """One date by itself, «___» where there is none."""
    return dated(iso, said)["date"]


def requisite(content: Content, key: str, said: Words) -> str:
    """A requisite, «___» where it is empty."""
    return str(content["requisites"].get(key, "")).strip() or said.say("conclusion.blank")


def act_title(content: Content, said: Words) -> str:
    """The title of the draft in the language of the document, «___» where there is none."""
    return str(content["act"]["title"].get(said.language, "")).strip() or said.say("conclusion.blank")


def named(content: Content, said: Words) -> dict[str, str]:
    """Blanks of headings and page heads: number and dates of the conclusion, title of the draft, kind and title."""
    title = act_title(content, said)
    kind = said.known(f"act_forms_of.{_form(content)}", "")
    draft = said.say("conclusion.named_draft", form=kind, title=title) if kind else f"«{title}»"
    number, date = requisite(content, "number", said), content["requisites"]["date"]
    return {"number": number, "title": title, "draft": draft, **dated(date, said)}


def restriction(content: Content, said: Words) -> str:
    """The restriction mark of the draft; its usual wording is put into the document's language."""
    mark = str(content["act"]["restricted"]).strip()
    usual = {words(language).say("restricted").casefold() for language in LANGUAGES}
    return said.say("restricted") if mark.casefold() in usual else mark


def _form(content: Content) -> str:
    """The kind of the act: as the requisites name it, where they do, else as its text was read; "" – another one."""
    written = str(content["requisites"].get("act_form", "")).strip().casefold()
    if written:
        every = (words(language).entries["act_forms"] for language in LANGUAGES)
        return next((form for forms in every for form, name in forms.items() if name.casefold() == written), "")
    return next((form for form in content["act"]["forms"].values() if form), "")
