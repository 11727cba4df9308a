"""The risk map of a selection: counted for a page, as a document, as a drawing.

Reads: risks of issued conclusions that the actor may see. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expertise.case.risks import Risk
from expertise.documents.docx_writer import write_docx
from expertise.documents.pdf_writer import write_pdf
from expertise.documents.risk_report import GRIDS, Counted, risk_report
from expertise.documents.words import LANGUAGES, Words, words
from expertise.messages import term
from expertise.office import Office
from expertise.people import Actor
from expertise.store.cases import NotFoundError
from expertise.work.risking import UNSTATED, Wanted, issued_risks

_TERMS = {"sphere": "sphere", "kind": "case_kind"}
_WRITERS = {"docx": write_docx, "pdf": write_pdf}


@dataclass(frozen=True, slots=True)
class Choices:
    """Bodies, spheres and kinds of act that occur in the period."""

    bodies: Sequence[str]
    spheres: Sequence[str]
    act_forms: Sequence[str]


def risk_map(office: Office, actor: Actor, wanted: Wanted, language: str) -> tuple[Counted, Choices]:
    """The risks of a selection, and what it may be narrowed to. Raises ``DeniedError``, ``CaseError``."""
    with office.database.reading() as session:
        period = issued_risks(session, office, actor, Wanted(wanted.first, wanted.last))
    risks = [risk for risk in period if wanted.holds(risk)]
    return Counted(risks, words(language), office.factors), _choices(period)


def map_file(office: Office, actor: Actor, wanted: Wanted, name: str) -> bytes:
    """«map.ru.docx», «map.kk.pdf»; drawings: «map.ru.svg», «body.ru.svg», «sphere.kk.svg».

    Raises ``NotFoundError`` for a name there is not, ``DeniedError``, ``CaseError``, ``FontsMissingError``.
    """
    kind, language, form = (*name.split("."), "", "")[:3]
    drawn = form == "svg" and kind in ("map", *GRIDS)
    written = form in _WRITERS and kind == "map"
    if name != f"{kind}.{language}.{form}" or language not in LANGUAGES or not (drawn or written):
        raise NotFoundError("expertise.no_paper", name=name[:50])
    counted, _ = risk_map(office, actor, wanted, language)
    if drawn:
        drawing = counted.map() if kind == "map" else counted.grid_map(kind)
        return drawing.svg.encode()
    said, today = words(language), office.clock().date()
    return _WRITERS[form](risk_report(counted.risks, language, office.factors, selection(wanted, said), today))


def selection(wanted: Wanted, said: Words) -> str:
    """Which risks these are, in a sentence."""
    chosen: Mapping[str, str] = {
        "body": wanted.body,
        "sphere": wanted.sphere,
        "act_form": wanted.act_form,
        "kind": wanted.kind,
    }
    named = {name: _named(name, value, said) for name, value in chosen.items()}
    days = {"first": wanted.first.strftime("%d.%m.%Y"), "last": wanted.last.strftime("%d.%m.%Y")}
    return said.say("risks.selection", **days, **named)


def _named(name: str, value: str, said: Words) -> str:
    if not value:
        return said.say("risks.all")
    if value == UNSTATED:
        return said.say("risks.unstated")
    if name in _TERMS:
        return term(_TERMS[name], value, said.language)
    return said.known(f"act_forms.{value}", value) if name == "act_form" else value


def _choices(risks: Sequence[Risk]) -> Choices:
    return Choices(
        sorted({risk.body for risk in risks} - {UNSTATED}),
        sorted({risk.sphere for risk in risks} - {UNSTATED}),
        sorted({risk.act_form for risk in risks} - {UNSTATED}),
    )
