"""Which of the given acts an amendment speaks of: by form, date, number and title (methodology 5.2, 5.4).

Reads: ``AmendedAct`` and the acts given as wording in force. Writes: the base, or why none of them is it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.structure.act import Act, Role, Unit, UnitKind
from nlp.structure.forms import form_of_title
from nlp.structure.head import read_date
from nlp.structure.operations import AmendedAct
from nlp.structure.wording import fold

_STEM = 5  # letters that two cases of one word share
_ENOUGH = 0.7  # share of title words that must be in the other title
_NUMBER = re.compile(r"№\s*([\w/-]*\d[\w/-]*)")


@dataclass(frozen=True, slots=True)
class Base:
    """An act in force. ``position`` counts the bases of the dossier; the identities are dates and numbers it bears.
    ``partial``: only some of its units are at hand (a comparative table shows them)."""

    act: Act
    position: int
    dates: frozenset[str]
    numbers: frozenset[str]
    titles: tuple[str, ...]
    partial: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the act says which act it is."""
        return bool(self.titles or self.numbers)


def base_of(act: Act, position: int) -> Base:
    """A structured act as a base: what its head and the approval stamps of its documents say of it."""
    heads = [unit for unit in act.root.walk() if unit.role in (Role.REQUISITE, Role.STAMP)]
    said = [act.text(unit.own) for unit in heads]
    requisites = act.requisites
    titles = [requisites.title, requisites.approved_title, *(title_of(act, unit) for unit in documents_of(act))]
    return Base(
        act=act,
        position=position,
        dates=frozenset(filter(None, (requisites.date, *map(read_date, said)))),
        numbers=frozenset(_number(n) for n in (requisites.number, *_numbers(said)) if n),
        titles=tuple(dict.fromkeys(filter(None, titles))),
    )


def documents_of(act: Act) -> tuple[Unit, ...]:
    """Approved documents of an act."""
    return tuple(unit for unit in act.root.children if unit.kind is UnitKind.DOCUMENT)


def title_of(act: Act, unit: Unit) -> str:
    """The title of an approved document or annex, on one line; "" when it has none."""
    title = next((child for child in unit.children if child.role is Role.TITLE), None)
    return " ".join(act.text(title.own).replace("*", " ").split()) if title else ""


def choose(amended: AmendedAct, language: str, bases: Sequence[Base]) -> Base | str:
    """The base that the amendment speaks of, or the code of what is wrong.

    ``examine.operation_needs_base``: no base in this language; ``examine.operation_act_unnamed``: the draft does not
    say which act; ``examine.operation_other_base``: the given acts are other acts; ``examine.operation_base_unnamed``:
    one of them does not say what it is; ``examine.operation_bases_alike``: several fit.
    """
    candidates = [base for base in bases if base.act.language in (language, "mixed")]
    if not candidates:
        return "examine.operation_needs_base"
    if not (amended.number or amended.date or amended.title or amended.document_title):
        return "examine.operation_act_unnamed"
    fitting = [base for base in candidates if fits(amended, base)]
    if not fitting:
        unnamed = any(not base.is_named for base in candidates)
        return "examine.operation_base_unnamed" if unnamed else "examine.operation_other_base"
    return fitting[0] if len(fitting) == 1 else "examine.operation_bases_alike"


def fits(amended: AmendedAct, base: Base) -> bool:
    """Whether nothing that both sides say differs, and a number or a title agrees."""
    number = _number(amended.number)
    if number and base.numbers and number not in base.numbers:
        return False
    if amended.date and base.dates and amended.date not in base.dates:
        return False
    if number and number in base.numbers and (not amended.date or amended.date in base.dates):
        return True
    named = [title for title in (amended.title, amended.document_title) if title]
    return any(alike(title, own) for title in named for own in base.titles)


def alike(named: str, own: str) -> bool:
    """Whether two titles name one thing: «Об утверждении Правил выдачи …» holds «Правила выдачи …»."""
    one, two = _stems(named), _stems(own)
    fewer = min(one, two, key=len)
    if len(fewer) < 2:
        return one == two and bool(one)
    return len(one & two) >= _ENOUGH * len(fewer) and form_agrees(named, own)


def form_agrees(named: str, own: str) -> bool:
    """Two titles that both name a document («Правила …», «Положение …») must name the same form of it."""
    one, two = form_of_title(named, "document"), form_of_title(own, "document")
    return one is None or two is None or one.id == two.id


def _stems(title: str) -> frozenset[str]:
    words = re.findall(r"\w+", fold(title))
    return frozenset(word[:_STEM] for word in words if len(word) > 2)


def _numbers(texts: Iterable[str]) -> list[str]:
    return [found for text in texts for found in _NUMBER.findall(text)]


def _number(number: str) -> str:
    """«77-V», «77/НҚ» without blanks and case, Latin and Cyrillic V alike."""
    return fold(number).replace(" ", "").replace("v", "в") if number else ""
