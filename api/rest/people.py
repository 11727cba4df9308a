"""Accounts and tokens, for administrators; coordinators see whom they may seat."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import Field
from starlette.requests import Request

from api.accounts.gate import allowed
from api.accounts.openid import link_identity
from api.accounts.passwords import check_password
from api.accounts.signing_in import first_password
from api.rest.models import HEX_ID, Asked, Id, Language, Limit, Line, Moment, Offset, Page, Password, Search, Told
from api.service import desk_of
from expertise.people import Role
from expertise.store.people_tables import Person
from expertise.work.people import (
    add_person,
    change_person,
    close_person,
    get_person,
    give_password,
    list_people,
    open_person,
)
from expertise.work.sign_ins import Signed
from expertise.work.tokens import give_token, list_tokens, revoke_token

router = APIRouter(tags=["people"])
Manages = Annotated[Signed, Depends(allowed("manage_people"))]
Sees = Annotated[Signed, Depends(allowed("see_people"))]
GivesTokens = Annotated[Signed, Depends(allowed("manage_tokens"))]
PersonId = Annotated[str, Path(pattern=HEX_ID)]
Roles = Annotated[list[Annotated[Role, Field(strict=False)]], Field(min_length=1, max_length=8)]


class NewPerson(Asked):
    """An account with its first password, which its owner has to change; none where passwords are switched off."""

    login: Line
    name: Line
    organisation: Line = ""
    roles: Roles
    language: Language = "ru"
    password: Password = ""


class PersonChange(Asked):
    """What is left out stays."""

    name: Line | None = None
    organisation: Line | None = None
    roles: Roles | None = None
    language: Language | None = None
    closed: bool | None = None


class NewPassword(Asked):
    """A password made up by an administrator."""

    password: Password


class Identity(Asked):
    """What the OpenID provider calls somebody; empty: nothing any more."""

    subject: Line


class PersonTold(Told):
    """An account as others see it; the login and what the OpenID provider calls them only administrators."""

    id: str
    login: str | None
    name: str
    organisation: str
    roles: list[str]
    language: str
    closed: bool
    must_change: bool
    subject: str | None


class PeoplePage(Page):
    """Part of the list of accounts."""

    people: list[PersonTold]


class NewToken(Asked):
    """For which account, what it is for, and how long."""

    person_id: Id
    name: Line
    days: Annotated[int, Field(ge=1, le=36_500)] | None = None


class TokenTold(Told):
    """A token, without its secret."""

    id: str
    person_id: str
    name: str
    created_at: Moment
    ends_at: Moment | None
    revoked_at: Moment | None


class TokenGiven(Told):
    """A token with its secret, which is told this once."""

    token: TokenTold
    secret: str


class Tokens(Told):
    """All tokens."""

    tokens: list[TokenTold]


@router.get("/people")
def people(
    request: Request, signed: Sees, words: Search = "", role: Role | None = None, offset: Offset = 0, limit: Limit = 50
) -> PeoplePage:
    """Accounts by name."""
    office = desk_of(request).office
    found = list_people(office, signed.actor, words=words, role=role, offset=offset, limit=limit)
    told = [_told(person, signed) for person in found.people]
    return PeoplePage(total=found.total, offset=offset, people=told)


@router.post("/people", status_code=201)
def add(request: Request, signed: Manages, body: NewPerson) -> PersonTold:
    """A new account."""
    desk = desk_of(request)
    kept = first_password(desk, body.login, body.password)
    person = add_person(
        desk.office, signed.actor, body.login, body.name, body.roles, kept, organisation=body.organisation,
        language=body.language, must_change=bool(kept),
    )  # fmt: skip
    return _told(person, signed)


@router.get("/people/{person_id}")
def person(request: Request, signed: Sees, person_id: PersonId) -> PersonTold:
    """One account."""
    return _told(get_person(desk_of(request).office, signed.actor, person_id), signed)


@router.patch("/people/{person_id}")
def change(request: Request, signed: Manages, person_id: PersonId, body: PersonChange) -> PersonTold:
    """Name, organisation, roles, language; close the account or open it again."""
    office = desk_of(request).office
    changed = change_person(
        office, signed.actor, person_id, name=body.name, organisation=body.organisation, roles=body.roles,
        language=body.language,
    )  # fmt: skip
    if body.closed is not None:
        changed = (close_person if body.closed else open_person)(office, signed.actor, person_id)
    return _told(changed, signed)


@router.put("/people/{person_id}/password", status_code=204)
def new_password(request: Request, signed: Manages, person_id: PersonId, body: NewPassword) -> None:
    """A new password; its owner has to change it."""
    desk = desk_of(request)
    check_password(desk.office, body.password, get_person(desk.office, signed.actor, person_id).login)
    give_password(desk.office, signed.actor, person_id, desk.passwords.hash(body.password))


@router.put("/people/{person_id}/identity", status_code=204)
def identity(request: Request, signed: Manages, person_id: PersonId, body: Identity) -> None:
    """Whoever the OpenID provider knows by this number is the account; sessions of the account end."""
    link_identity(desk_of(request), signed.actor, person_id, body.subject)


@router.get("/tokens")
def tokens(request: Request, signed: GivesTokens) -> Tokens:
    """All tokens, without their secrets."""
    found = list_tokens(desk_of(request).office, signed.actor)
    return Tokens(tokens=[TokenTold.model_validate(token) for token in found])


@router.post("/tokens", status_code=201)
def new_token(request: Request, signed: GivesTokens, body: NewToken) -> TokenGiven:
    """A token for an account; the secret is told this once."""
    secret, token = give_token(desk_of(request).office, signed.actor, body.person_id, body.name, body.days)
    return TokenGiven(token=TokenTold.model_validate(token), secret=secret)


@router.delete("/tokens/{token_id}", status_code=204)
def revoke(request: Request, signed: GivesTokens, token_id: Annotated[str, Path(pattern=HEX_ID)]) -> None:
    """The token no longer opens anything."""
    revoke_token(desk_of(request).office, signed.actor, token_id)


def _told(person: Person, signed: Signed) -> PersonTold:
    return PersonTold(
        id=person.id,
        login=person.login if signed.actor.has(Role.ADMINISTRATOR) else None,
        name=person.name,
        organisation=person.organisation,
        roles=list(person.roles),
        language=person.language,
        closed=person.closed,
        must_change=person.must_change,
        subject=person.subject if signed.actor.has(Role.ADMINISTRATOR) else None,
    )
