"""Which form of act a title or a line names: «Правила …», «… қағидалары», «ПРИКАЗ»."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.structure.formulas import Form, formulas
from nlp.structure.wording import fold


def form_of_title(text: str, level: str = "") -> Form | None:
    """The form that a title names: its first words in Russian, its last words in Kazakh; None when it names none.

    ``level`` ("act" or "document") limits the forms looked for.
    """
    folded = re.sub(r"[*_#«»\"“”]", " ", fold(text))
    folded = " ".join(folded.split()).strip(" .,")
    best: Form | None = None
    best_rank = (0, 0)
    for form, opening, anywhere in _patterns():
        if (level and form.level != level) or not _may_name(form, folded):
            continue
        found = opening.search(folded)
        rank = (2, len(found.group())) if found else (0, 0)
        if not found and anywhere is not None and (found := anywhere.search(folded)):
            rank = (1, len(found.group()))
        if rank > best_rank:
            best, best_rank = form, rank
    return best


def _may_name(form: Form, folded: str) -> bool:
    """Whether the names of a form stand where a title has them, as strings: quick, and false for nearly all lines."""
    if form.language != "ru":
        return folded.endswith(form.names)
    return folded.startswith(form.names) or (form.anywhere and any(name in folded for name in form.names))


def form_of_word(word: str) -> str | None:
    """Id of the form that one word names in any case («закона», «бұйрығы»); None for other words."""
    folded = fold(word)
    for form in formulas().forms:
        if form.level == "act" and folded in (*map(fold, form.cases.values()), *form.possessive.values(), *form.names):
            return form.id
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Form, re.Pattern[str], re.Pattern[str] | None], ...]:
    found = []
    for form in formulas().forms:
        names = "|".join(re.escape(name) for name in form.names)
        if form.language == "ru":
            opening = re.compile(rf"^(?:{names})(?!\w)")
            anywhere = re.compile(rf"(?<!\w)(?:{names})(?!\w)") if form.anywhere else None
        else:
            opening = re.compile(rf"(?<!\w)(?:{names})$")
            anywhere = None
        found.append((form, opening, anywhere))
    return tuple(found)
