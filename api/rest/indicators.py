"""Indicators of a period, and certificates of them: drawn up, listed, given out as they were frozen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.pages.file_names import of_certificate
from api.problems import language_of
from api.rest.keys import Key
from api.rest.models import HEX_ID, Asked, Limit, Line, Moment, Offset, Page, Told, plain_text
from api.sending import as_file
from api.service import desk_of
from expertise.case.certificate import Kind, Signs, totals
from expertise.case.indicators import by_factor, grouped
from expertise.case.periods import Period, between, here, named
from expertise.documents.words import LANGUAGES, words
from expertise.store.indicator_tables import CertificateRow
from expertise.work.certifying import Wanted, certificate_file, certificate_of, certificates, draw_up
from expertise.work.indicating import Selection, drafts
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["indicators"])
Sees = Annotated[Signed, Depends(allowed("see_indicators"))]
SeesCertificates = Annotated[Signed, Depends(allowed("see_certificates"))]
DrawsUp = Annotated[Signed, Depends(allowed("draw_up_certificate"))]
Id = Annotated[str, Path(pattern=HEX_ID)]
PeriodName = Annotated[str, StringConstraints(max_length=10), plain_text]
Day = Annotated[date, Field(strict=False, ge=date(1991, 1, 1), le=date(2200, 12, 31))]
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


class PeriodTold(Told):
    """A period: its days, and its name where it has one (``2026``, ``2026-H1``, ``2026-Q3``)."""

    first: date
    last: date
    name: str


class FactorsTold(Told):
    """Indicator 1. ``mean``: factors in one draft, in hundredths; null where there is no draft."""

    drafts: int
    factors: int
    recommendations: int
    clean: int
    most: int
    mean: int | None


class TakenTold(Told):
    """Indicator 2. ``issued``: recommendations on adopted drafts, frozen when issued; shares of it in tenths of 1 %."""

    drafts: int
    adopted_drafts: int
    refused_drafts: int
    pending_drafts: int
    issued_in_all: int
    issued: int
    states: dict[str, int]
    strict: int | None
    lenient: int | None


class GroupTold(Told):
    """Both indicators of one body, sphere or kind of act; ``value`` "" where nobody stated it."""

    value: str
    factors: FactorsTold
    adoption: TakenTold


class FactorTold(Told):
    """A factor: how often it was found, and in how many drafts."""

    factor: str
    found: int
    drafts: int


class IndicatorsTold(Told):
    """Both indicators, the tables they sum up, and the rule they are counted by."""

    period: PeriodTold
    factors: FactorsTold
    adoption: TakenTold
    by_factor: list[FactorTold]
    bodies: list[GroupTold]
    spheres: list[GroupTold]
    act_forms: list[GroupTold]
    rule: dict[str, list[str]]


class CertificateAsked(Asked):
    """What is to be certified: a period by its name, or by first and last day; who is to sign may be left open."""

    kind: Literal["factors", "adoption"]
    period: PeriodName = ""
    first: Day | None = None
    last: Day | None = None
    body: Line = ""
    sphere: Line = ""
    act_form: Line = ""
    signs_name: Line = ""
    signs_post: Line = ""


class CertificateTold(Told):
    """A certificate. ``files``: name → SHA-256; what it says is ``certificate.json`` among them."""

    id: str
    number: str
    kind: str
    first: date
    last: date
    content_hash: str
    files: dict[str, str]
    made_by: str
    made_at: Moment


class CertificatesPage(Page):
    """Certificates, the last first."""

    certificates: list[CertificateTold]


@router.get("/indicators")
def indicators(
    request: Request,
    signed: Sees,
    period: Annotated[PeriodName, Query()] = "",
    first: Annotated[date | None, Query()] = None,
    last: Annotated[date | None, Query()] = None,
    body: Annotated[Line, Query()] = "",
    sphere: Annotated[Line, Query()] = "",
    act_form: Annotated[Line, Query()] = "",
) -> IndicatorsTold:
    """Both indicators of the cases one may see. «-» as body, sphere or kind of act: where nobody stated it."""
    office = desk_of(request).office
    chosen = _period(period, first, last) or named(str(here(office.clock()).year))
    with office.database.reading() as session:
        found = drafts(session, signed.actor, Selection(chosen, body, sphere, act_form))
    by = {
        name: [
            GroupTold(
                value=value,
                factors=FactorsTold(**totals(Kind.FACTORS, part)),
                adoption=TakenTold(**totals(Kind.ADOPTION, part)),
            )
            for value, part in grouped(found, lambda draft, name=name: str(getattr(draft, name)))  # type: ignore[misc]
        ]
        for name in ("body", "sphere", "act_form")
    }
    return IndicatorsTold(
        period=PeriodTold(first=chosen.first, last=chosen.last, name=chosen.name),
        factors=FactorsTold(**totals(Kind.FACTORS, found)),
        adoption=TakenTold(**totals(Kind.ADOPTION, found)),
        by_factor=[FactorTold(factor=each.factor, found=each.found, drafts=each.drafts) for each in by_factor(found)],
        bodies=by["body"],
        spheres=by["sphere"],
        act_forms=by["act_form"],
        rule={code: list(words(code).lines("counting.rule")) for code in LANGUAGES},
    )


@router.post("/certificates", status_code=201)
def new_certificate(request: Request, signed: DrawsUp, body: CertificateAsked, key: Key = "") -> CertificateTold:
    """Draw a certificate up in both languages and three formats, number it, freeze it."""
    office = desk_of(request).office
    period = _period(body.period, body.first, body.last) or named(str(here(office.clock()).year))
    selection = Selection(period, body.body, body.sphere, body.act_form)
    wanted = Wanted(Kind(body.kind), selection, Signs(body.signs_name, body.signs_post))
    return _told(draw_up(office, signed.actor, wanted, key))


@router.get("/certificates")
def all_certificates(
    request: Request, signed: SeesCertificates, offset: Offset = 0, limit: Limit = 50
) -> CertificatesPage:
    """One's own certificates; an observer sees all."""
    with desk_of(request).office.database.reading() as session:
        rows, total = certificates(session, signed.actor, offset, limit)
    return CertificatesPage(total=total, offset=offset, certificates=[_told(row) for row in rows])


@router.get("/certificates/{certificate_id}")
def one_certificate(request: Request, signed: SeesCertificates, certificate_id: Id) -> CertificateTold:
    """One certificate."""
    with desk_of(request).office.database.reading() as session:
        return _told(certificate_of(session, signed.actor, certificate_id))


@router.get("/certificates/{certificate_id}/files/{name}", response_class=Response, responses=_FILE)
def file(
    request: Request,
    signed: SeesCertificates,
    certificate_id: Id,
    name: Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9.-]{0,49}$")],
) -> Response:
    """A file of a certificate as it was frozen: ``ru.docx``, ``kk.pdf``, ``ru.xlsx``, ``certificate.json``."""
    number, content = certificate_file(desk_of(request).office, signed.actor, certificate_id, name)
    short = f"certificate-{number.replace('/', '-')}-{name}"
    return as_file(short, content, of_certificate(number, name, language_of(request)))


def _period(name: str, first: date | None, last: date | None) -> Period | None:
    if name:
        return named(name)
    return between(first, last) if first and last else None


def _told(row: CertificateRow) -> CertificateTold:
    return CertificateTold(
        id=row.id, number=row.number, kind=row.kind, first=row.first, last=row.last, content_hash=row.content_hash,
        files=dict(row.files), made_by=row.made_by, made_at=row.made_at,
    )  # fmt: skip
