"""An operation in words a lawyer reads, in either language: «пункт 5 – новая редакция»."""

from __future__ import annotations

from typing import Any

from nlp.structure.act import Act, Span, UnitKind
from nlp.structure.amendments.grammar import grammar
from nlp.structure.amendments.paths import Path
from nlp.structure.formulas import formulas
from nlp.structure.operations import LAST, AmendedAct, Operation, OperationKind, Piece, Step
from nlp.structure.ordinals import ordinal

_NAMES = {Piece.HEADING: "title", Piece.PREAMBLE: "preamble", Piece.NOTE: "note"}
_LONGEST_QUOTE = 160  # characters of quoted words that are shown
_MOST_ORDINAL = 999


def told(act: Act, operation: Operation, language: str) -> str:
    """What the operation does to which unit, without the act: «в пункте 5 …». ``language`` is "ru" or "kk"."""
    texts = grammar(language).data["told"]
    unit = told_path(operation.target, language)
    name = str(operation.kind)
    if operation.kind is OperationKind.INSERT and operation.after:
        name = "insert_behind"
    if operation.kind is OperationKind.INSERT_WORDS and operation.old != (0, 0):
        name = "insert_words_before" if operation.before else "insert_words_after"
    place = texts["place"].format(unit=unit) if operation.target else ""
    place += texts["everywhere"] if operation.everywhere else ""
    words: str = texts[name].format(
        unit=unit or texts["whole"],
        place=place,
        old=_shown(act, operation.old),
        new=_shown(act, operation.new),
        after=told_path(operation.after, language),
    )
    return words + (texts["inflected"] if operation.inflected else "")


def told_act(amended: AmendedAct, language: str) -> str:
    """The amended act: form, date, number and title as far as the draft gives them."""
    texts = grammar(language).data["told"]
    form = formulas().form(amended.form, language)
    code = amended.form == "code" and bool(amended.title)  # a code is called by its name
    parts = {
        "form": amended.title if code else (form.cases["nom"] if form else ""),
        "date": texts["date"].format(date=_date(amended.date)) if amended.date else "",
        "number": f"№ {amended.number}" if amended.number else "",
        "title": f"«{amended.title}»" if amended.title and not code else "",
    }
    shown = " ".join(texts["act"].format(**parts).split()) or texts["unknown_act"]
    document = formulas().form(amended.document, language)
    named = amended.document_title or (document.cases["nom"] if document else "")
    return texts["document"].format(document=named, act=shown) if named else str(shown)


def told_count(count: int, language: str) -> str:
    """The heading of a list of amendments."""
    return str(grammar(language).data["told"]["list"].format(count=count))


def told_path(path: Path, language: str) -> str:
    """A path: «подпункт 2) пункта 3 статьи 5» / «5-баптың 3-тармағының 2) тармақшасы»; "" for the empty one."""
    if language == "ru":
        words = [_step(step, "ru", "gen" if place else "nom", "cases") for place, step in enumerate(reversed(path))]
    else:
        last = len(path) - 1
        words = [
            _step(step, "kk", "nom" if place == last else "gen", "cases" if place else "plain")
            for place, step in enumerate(path)
        ]
    return " ".join(words)


def _step(step: Step, language: str, case: str, declined: str) -> str:
    title = f"«{step.title}»" if step.title else ""
    if step.kind is UnitKind.TEXT:
        return " ".join(filter(None, (step.number, title)))
    units: dict[str, Any] = formulas().data[language]["citation"]["units"]
    row = units[_NAMES.get(step.kind, step.kind.value) if isinstance(step.kind, Piece) else step.kind.value]
    noun: str = row[declined][case]
    if step.number == LAST:
        return str(grammar(language).data["told"]["last"].format(unit=noun))
    if not step.number:
        return " ".join((title, noun) if language == "kk" and title else filter(None, (noun, title)))
    named = _numbered(step.number, noun, row, language, case)
    return f"{named} {title}".rstrip()


def _numbered(number: str, noun: str, row: dict[str, Any], language: str, case: str) -> str:
    if row["number"] == "ordinal" and number.isdigit() and 1 <= int(number) <= _MOST_ORDINAL:
        words = ordinal(int(number), language, row.get("gender", "m"), case)
        return f"{noun} {words}" if language == "ru" else f"{words} {noun}"
    shown = f"{number})" if row["number"] == "bracket" else number
    if language == "ru":
        return f"{noun} {shown}"
    return f"{shown} {noun}" if row["number"] == "bracket" else f"{shown}-{noun}"


def _date(iso: str) -> str:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else iso


def _shown(act: Act, span: Span) -> str:
    words = " ".join(act.text(span).split())
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "…"
