"""Signing in by the OpenID provider: to the provider, and back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.accounts.browser import address_of, give_cookie, give_way_cookie, secret_of, take_way_cookie, way_secret_of
from api.accounts.gate import anybody
from api.accounts.openid import come_back, set_out
from api.accounts.openid_settings import BACK
from api.pages.account_pages import sign_in_again
from api.pages.forms import local_path
from api.problems import language_of, problem_of
from api.service import desk_of
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Somebody = Annotated[Signed | None, Depends(anybody)]


@router.get("/sign-in/openid")
def there_page(request: Request, signed: Somebody) -> Response:
    """To the provider; who is signed in needs not go."""
    desk = desk_of(request)
    way = local_path(request.query_params.get("next", "/cases"))
    if signed is not None:
        return RedirectResponse(way, 303)
    try:
        there, secret = set_out(desk, address_of(request), way)
    except SaraptamaError as error:
        return sign_in_again(request, problem_of(request, error), way)
    response = RedirectResponse(there, 303)
    give_way_cookie(response, desk, secret)
    return response


@router.get(BACK, dependencies=[Depends(anybody)])
def back_page(request: Request) -> Response:
    """From the provider, with its answer in the address; whatever is wrong is told on the page of signing in."""
    desk = desk_of(request)
    answer = {name: request.query_params[name] for name in ("state", "code", "iss", "error")
              if name in request.query_params}  # fmt: skip
    try:
        secret, way = come_back(
            desk, answer, way_secret_of(request, desk.reach), secret_of(request, desk.reach), language_of(request)
        )  # fmt: skip
    except SaraptamaError as error:
        response = sign_in_again(request, problem_of(request, error), "/cases")
        take_way_cookie(response, desk)
        return response
    response = RedirectResponse(local_path(way), 303)
    give_cookie(response, desk, secret)
    take_way_cookie(response, desk)
    return response
