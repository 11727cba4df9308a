"""The audit: listed, verified."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from api.accounts.gate import allowed
from api.rest.models import Limit, Moment, Offset, Page, Told
from api.service import desk_of
from expertise.messages import say
from expertise.work.journal import list_entries, verify
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["audit"])
Sees = Annotated[Signed, Depends(allowed("see_audit"))]
Verifies = Annotated[Signed, Depends(allowed("verify_audit"))]


class EntryTold(Told):
    """An entry; of what was changed only salted hashes."""

    id: int
    at: Moment
    by: str
    action: str
    subject: str
    before: str
    after: str
    previous: str
    hash: str


class EntriesPage(Page):
    """Part of the audit, the last entries first."""

    entries: list[EntryTold]


class FaultTold(Told):
    """Something wrong with the chain."""

    entry: int
    code: str
    message: str


class VerifiedTold(Told):
    """What a walk through the whole chain found."""

    whole: bool
    entries: int
    head: str
    faults: list[FaultTold]


@router.get("/audit")
def entries(
    request: Request,
    signed: Sees,
    subject: Annotated[str, Query(pattern="^([a-z]+:[0-9a-f]{1,64})?$")] = "",
    offset: Offset = 0,
    limit: Limit = 50,
) -> EntriesPage:
    """Entries, those about one case, person or hook where ``subject`` names it («case:…»)."""
    found = list_entries(desk_of(request).office, signed.actor, subject=subject, offset=offset, limit=limit)
    told = [EntryTold.model_validate(entry) for entry in found.entries]
    return EntriesPage(total=found.total, offset=offset, entries=told)


@router.get("/audit/verification")
def verification(
    request: Request, signed: Verifies, head: Annotated[str, Query(pattern="^([0-9a-f]{64})?$")] = ""
) -> VerifiedTold:
    """Whether the chain is whole; ``head``: a hash printed on some conclusion, which it must contain."""
    found = verify(desk_of(request).office, signed.actor, head)
    faults = [
        FaultTold(entry=fault.entry, code=fault.code, message=say(fault.code, signed.actor.language))
        for fault in found.faults
    ]
    return VerifiedTold(whole=not faults, entries=found.entries, head=found.head, faults=faults)
