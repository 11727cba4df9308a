"""Hooks of other systems: registered, listed, stopped."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import Field, StringConstraints
from starlette.requests import Request

from api.accounts.gate import allowed
from api.rest.models import HEX_ID, Asked, Moment, Told, plain_text
from api.service import desk_of
from expertise.work.hooks import LONGEST_URL, add_hook, list_hooks, stop_hook
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["hooks"])
Manages = Annotated[Signed, Depends(allowed("manage_hooks"))]
Event = Literal["case.moved", "analysis.done", "analysis.failed", "answer.due"]


class NewHook(Asked):
    """Where to send which events."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_URL), plain_text]
    events: Annotated[list[Event], Field(min_length=1, max_length=10)]


class HookTold(Told):
    """A hook, without its secret."""

    id: str
    url: str
    events: list[str]
    created_by: str
    created_at: Moment
    stopped_at: Moment | None


class HookMade(Told):
    """A hook with the secret that signs what is sent (HMAC-SHA256 of the body); it is told this once."""

    hook: HookTold
    secret: str


class Hooks(Told):
    """All hooks."""

    hooks: list[HookTold]


@router.get("/hooks")
def hooks(request: Request, signed: Manages) -> Hooks:
    """All hooks, the last made first."""
    found = list_hooks(desk_of(request).office, signed.actor)
    return Hooks(hooks=[HookTold.model_validate(row) for row in found])


@router.post("/hooks", status_code=201)
def new(request: Request, signed: Manages, body: NewHook) -> HookMade:
    """Register an address; the secret is told this once."""
    desk = desk_of(request)
    private = desk.reach.private_hooks
    secret, row = add_hook(desk.office, signed.actor, body.url, body.events, private=private)
    return HookMade(hook=HookTold.model_validate(row), secret=secret)


@router.delete("/hooks/{hook_id}", status_code=204)
def stop(request: Request, signed: Manages, hook_id: Annotated[str, Path(pattern=HEX_ID)]) -> None:
    """Send nothing there any more."""
    stop_hook(desk_of(request).office, signed.actor, hook_id)
