"""Open data: sums of issued conclusions for everybody, once an operator has switched them on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import anybody
from api.problems import ApiError
from api.rest.models import Moment, Told
from api.service import Desk, desk_of
from expertise.case.periods import here
from expertise.work.publishing import as_csv, data_passport, rows
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["open data"], prefix="/open-data")
Anybody = Annotated[Signed | None, Depends(anybody)]
Year = Annotated[int | None, Query(ge=1991, le=2200)]
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


class IndicatorsOpen(Told):
    """The cells of a year; the fields are those of the passport, null is not published."""

    year: int
    counted_at: Moment
    licence: str
    rows: list[dict[str, str | int | float | None]]


@router.get("/passport")
def passport(request: Request, who: Anybody, year: Year = None) -> dict[str, Any]:
    """The data passport: title, publisher, licence, period, fields in three languages, the rule of counting."""
    desk = _desk(request)
    return dict(
        data_passport(desk.office, _year(desk, year), desk.reach.open_data_licence, desk.reach.open_data_publisher)
    )


@router.get("/indicators")
def indicators(request: Request, who: Anybody, year: Year = None) -> IndicatorsOpen:
    """Both indicators of a year: in all, by quarter, body, sphere, kind of act, and the factors found."""
    desk = _desk(request)
    found = desk.open_data.of(_year(desk, year))
    return IndicatorsOpen(
        year=found.year, counted_at=found.at, licence=desk.reach.open_data_licence,
        rows=list(rows(desk.office, found)),
    )  # fmt: skip


@router.get("/indicators.csv", response_class=Response, responses=_CSV)
def indicators_csv(request: Request, who: Anybody, year: Year = None) -> Response:
    """The same as CSV."""
    desk = _desk(request)
    found = desk.open_data.of(_year(desk, year))
    headers = {"content-disposition": f'attachment; filename="indicators-{found.year}.csv"'}
    return Response(as_csv(desk.office, found), media_type="text/csv", headers=headers)


def _desk(request: Request) -> Desk:
    desk = desk_of(request)
    if not desk.reach.open_data:
        raise ApiError(404, "api.no_such_place")
    return desk


def _year(desk: Desk, year: int | None) -> int:
    return year or here(desk.office.clock()).year
