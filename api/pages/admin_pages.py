"""Pages of administrators: accounts, the audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.accounts.openid import link_identity
from api.accounts.passwords import check_password
from api.accounts.signing_in import first_password
from api.pages.forms import Form, form_of, offset_of, onward
from api.pages.rendering import page
from api.problems import Problem, problem_of
from api.service import Desk, desk_of
from expertise.case.states import CaseError
from expertise.people import Role
from expertise.work.journal import case_numbers, list_entries, verify
from expertise.work.naming import names_of
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
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Sees = Annotated[Signed, Depends(allowed("see_people"))]
Manages = Annotated[Signed, Depends(allowed("manage_people"))]
Audits = Annotated[Signed, Depends(allowed("see_audit"))]


@router.get("/people")
def people_page(request: Request, signed: Sees) -> Response:
    """All accounts."""
    return _people(request, signed, Form({}), None)


@router.post("/people")
async def add_form(request: Request, signed: Manages) -> Response:
    """A new account with a first password that its owner must change."""
    form, desk = await form_of(request), desk_of(request)
    roles = [role for role in Role if form[f"role-{role.value}"] == "1"]

    def save() -> None:
        kept = first_password(desk, form["login"], form["password"])
        add_person(
            desk.office, signed.actor, form["login"], form["name"], roles, kept,
            organisation=form["organisation"], language=form["speaks"] or "ru", must_change=bool(kept),
        )  # fmt: skip

    return await _doing(request, signed, form, save, "person_added")


@router.post("/people/{person_id}")
async def change_form(request: Request, signed: Manages, person_id: Id) -> Response:
    """Name, organisation, roles, language of an account."""
    form, desk = await form_of(request), desk_of(request)
    roles = [role for role in Role if form[f"role-{role.value}"] == "1"]

    def save() -> None:
        change_person(
            desk.office, signed.actor, person_id,
            name=form["name"], organisation=form["organisation"], roles=roles, language=form["speaks"] or "ru",
        )  # fmt: skip

    return await _doing(request, signed, form, save, "saved")


@router.post("/people/{person_id}/password")
async def password_form(request: Request, signed: Manages, person_id: Id) -> Response:
    """Another first password; all sessions of the account end."""
    form, desk = await form_of(request), desk_of(request)
    return await _doing(
        request, signed, form, lambda: _give_password(desk, signed, person_id, form["password"]), "password_given"
    )  # fmt: skip


@router.post("/people/{person_id}/identity")
async def identity_form(request: Request, signed: Manages, person_id: Id) -> Response:
    """The number the OpenID provider knows the account by."""
    form, desk = await form_of(request), desk_of(request)
    return await _doing(
        request, signed, form, lambda: link_identity(desk, signed.actor, person_id, form["subject"]), "saved"
    )  # fmt: skip


@router.post("/people/{person_id}/closed")
async def close_form(request: Request, signed: Manages, person_id: Id) -> Response:
    """Close an account, or open it again."""
    form, desk = await form_of(request), desk_of(request)
    act = open_person if form["open"] == "1" else close_person
    return await _doing(request, signed, form, lambda: act(desk.office, signed.actor, person_id), "saved")


@router.get("/audit")
def audit_page(request: Request, signed: Audits) -> Response:
    """The last entries of the audit."""
    return _audit(request, signed, checked=False)


@router.get("/audit/check")
def check_page(request: Request, signed: Annotated[Signed, Depends(allowed("verify_audit"))]) -> Response:
    """The whole chain walked through; ``head``: one that was printed on a conclusion."""
    return _audit(request, signed, checked=True)


def _give_password(desk: Desk, signed: Signed, person_id: str, password: str) -> None:
    person = get_person(desk.office, signed.actor, person_id)
    check_password(desk.office, password, person.login)
    give_password(desk.office, signed.actor, person_id, desk.passwords.hash(password))


async def _doing(request: Request, signed: Signed, form: Form, save: Callable[[], object], done: str) -> Response:
    try:
        await run_in_threadpool(save)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_people, request, signed, form, told)
    return onward("/people", done)


def _people(request: Request, signed: Signed, form: Form, told: Problem | None) -> Response:
    office, ways = desk_of(request).office, desk_of(request).reach.sign_in
    offset, limit = offset_of(request), office.settings.page_of_cases
    found = list_people(
        office, signed.actor, words=request.query_params.get("words", "")[:200], offset=offset, limit=limit
    )
    given = {name: form[name] for name in ("login", "name", "organisation", "speaks")}
    ticked = [role.value for role in Role if form["login"] and form[f"role-{role.value}"] == "1"]
    return page(
        request, "people.html", told.status if told else 200, problem=told, found=found, given=given,
        given_roles=ticked,
        all_roles=[role.value for role in Role], manages="administrator" in {role.value for role in signed.actor.roles},
        openid=ways.openid is not None, passwords=ways.passwords, emergency=ways.emergency,
        shortest=office.settings.password_characters, words=request.query_params.get("words", "")[:200],
        later=offset + limit if offset + limit < found.total else None, offset=offset,
    )  # fmt: skip


def _audit(request: Request, signed: Signed, *, checked: bool) -> Response:
    office = desk_of(request).office
    offset, limit = offset_of(request), office.settings.page_of_cases
    found = list_entries(office, signed.actor, offset=offset, limit=limit)
    asked = request.query_params.get("head", "").strip()
    if asked and (len(asked) != 64 or set(asked) - set("0123456789abcdef")):
        raise CaseError("expertise.no_such_head")
    verified = verify(office, signed.actor, asked) if checked else None
    with office.database.reading() as session:
        about = [entry.subject.removeprefix("person:") for entry in found.entries]
        names = names_of(session, [*(entry.by for entry in found.entries), *about])
        numbers = case_numbers(session, [entry.subject for entry in found.entries])
    return page(
        request, "audit.html", found=found, names=names, numbers=numbers, verified=verified, head=asked, offset=offset,
        later=offset + limit if offset + limit < found.total else None,
    )  # fmt: skip
