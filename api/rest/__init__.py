"""The REST interface, version 1: the same use cases as the pages, for other systems and for scripts of pages."""

from __future__ import annotations

from fastapi import APIRouter

from api.rest.account import router as account
from api.rest.people import router as people

router = APIRouter(prefix="/api/v1")
for each in (account, people):
    router.include_router(each)
