"""The REST interface, version 1: the same use cases as the pages, for other systems and for scripts of pages."""

from __future__ import annotations

from fastapi import APIRouter

from api.rest import (
    account,
    adoption,
    analyses,
    answers,
    cases,
    checks,
    conclusions,
    files,
    hooks,
    indicators,
    journal,
    open_data,
    originals,
    pack,
    papers,
    people,
    review,
    risks,
    seats,
    similar,
)

router = APIRouter(prefix="/api/v1")
_PARTS = (
    account, cases, files, analyses, originals, checks, seats, review, conclusions, papers, risks, answers, adoption,
    people, pack, journal, hooks, indicators, open_data, similar,
)  # fmt: skip
for part in _PARTS:
    router.include_router(part.router)
