"""The REST interface, version 1: the same use cases as the pages, for other systems and for scripts of pages."""

from __future__ import annotations

from fastapi import APIRouter

from api.rest import (
    account,
    analyses,
    answers,
    cases,
    conclusions,
    files,
    hooks,
    journal,
    originals,
    people,
    review,
    seats,
)

router = APIRouter(prefix="/api/v1")
for part in (account, cases, files, analyses, originals, seats, review, conclusions, answers, people, journal, hooks):
    router.include_router(part.router)
