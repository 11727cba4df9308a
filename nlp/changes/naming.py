"""Names of amended units and acts in both languages, for lists of operations and for findings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nlp.changes.change import Outcome
from nlp.messages import message
from nlp.structure.act import UnitKind
from nlp.structure.citations import Link, chain
from nlp.structure.formulas import formulas
from nlp.structure.operations import LAST, AmendedAct, Operation, Piece, Step


@cache
def texts() -> Mapping[str, Any]:
    """Words of findings on changes, by language."""
    raw = resources.files("nlp.changes").joinpath("texts.yaml").read_text("utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(raw)
    return loaded


def unit_name(operation: Operation, language: str) -> str:
    """The target as people write it: «подпункт 3) пункта 4 статьи 12»; the whole text or act where no unit is named."""
    words = texts()[language]
    if not operation.target:
        return str(words["everywhere"] if operation.everywhere else words["whole_act"])
    named = [step for step in operation.target if isinstance(step.kind, UnitKind) and _is_known(step, language)]
    links = [Link(step.kind.value, "" if step.number == LAST else step.number) for step in named]
    unit = chain(links, language, "nom", "amending") if links else ""
    titles = [f"«{step.title}»" for step in operation.target if step.title]
    pieces = [str(words["pieces"][step.kind.value]) for step in operation.target if isinstance(step.kind, Piece)]
    return ", ".join(filter(None, (unit, *titles, *pieces)))


def _is_known(step: Step, language: str) -> bool:
    known: bool = step.kind.value in formulas().data[language]["citation"]["units"]
    return known and not step.title


def act_name(amended: AmendedAct, language: str) -> str:
    """The amended act as the draft names it: form, date, number, title; the approved document where it is named."""
    form = formulas().form(amended.form, language) if amended.form else None
    parts = [form.cases["nom"] if form else "", _dated(amended, language), _quoted(amended.title)]
    named = " ".join(filter(None, parts))
    document = amended.document_title or _document_form(amended, language)
    if named and document:
        return f"{document} – {named}"
    return named or document


def _document_form(amended: AmendedAct, language: str) -> str:
    form = formulas().form(amended.document, language) if amended.document else None
    return form.cases["nom"] if form else ""


def _dated(amended: AmendedAct, language: str) -> str:
    date = ".".join(reversed(amended.date.split("-"))) if amended.date else ""
    number = f"№ {amended.number}" if amended.number else ""
    if language == "ru":
        return " ".join(filter(None, (f"от {date}" if date else "", number)))
    return " ".join(filter(None, (date, number)))


def _quoted(title: str) -> str:
    return f"«{title}»" if title else ""


def outcome_text(outcome: Outcome, language: str) -> str:
    """Why an operation was not rebuilt, in words; "" when it was."""
    if not outcome.code:
        return ""
    operation = outcome.operation
    blanks = {
        "unit": unit_name(operation, language),
        "act": act_name(operation.act, language) or str(texts()[language]["unnamed_act"]),
        **dict(outcome.params),
    }
    return message(outcome.code, language, blanks)
