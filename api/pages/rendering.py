"""Pages out of templates: one environment, strict about what is missing, everything escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.pages.texts import Texts, catalogue
from api.problems import Problem, language_of
from api.service import desk_of
from expertise.case.deadlines import awaited
from expertise.case.states import State
from expertise.messages import say, term
from expertise.work.sign_ins import Signed

_ASTANA = timezone(timedelta(hours=5))  # the whole country keeps one time


@cache
def environment() -> Environment:
    """The templates. A name that a template asks for and nobody gives is an error, never an empty place."""
    made = Environment(
        loader=PackageLoader("api.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else every part of a page asks the disk whether it changed
    )
    made.filters["moment"] = moment
    made.filters["awaited"] = lambda case: awaited(State(case.state), case.deadline, case.answer_due)
    made.filters["day"] = day
    made.filters["written_day"] = written_day
    made.filters["size"] = size
    made.filters["capitalize_first"] = lambda words: words[:1].upper() + words[1:]
    return made


def page(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page for whoever asks, in their language."""
    return HTMLResponse(render(request, name, **context), status)


def render(request: Request, name: str, **context: Any) -> str:
    """The HTML of a template with what every page needs."""
    signed: Signed | None = request.scope.get("saraptama.signed")
    language = language_of(request)
    desk = desk_of(request)
    given: dict[str, Any] = {
        "t": Texts(language),
        "language": language,
        "term": lambda kind, value: term(kind, str(value), language),
        "message": lambda code, params=None: say(code, language, params or {}),
        "factor_name": lambda factor: factor_name(desk.office.factors, factor, language),
        "factors": desk.office.factors,
        "actor": signed.actor if signed else None,
        "roles": frozenset(role.value for role in signed.actor.roles) if signed else frozenset(),
        "form_key": signed.form_key if signed else "",
        "done": _done(request, language),
        "path": request.url.path,
    }
    return environment().get_template(name).render(given | context)


def _done(request: Request, language: str) -> str:
    """What the last form did, told once at the top of the page it led to; only words of ours."""
    key = f"done.{request.query_params.get('done', '')}"
    return catalogue(language).get(key, "") if request.method == "GET" else ""


def error_page(request: Request, problem: Problem) -> Response:
    """A failure as a page: what is wrong and what to do, with the number of the request."""
    return page(request, "error.html", problem.status, problem=problem)


def factor_name(factors: Mapping[str, Mapping[str, str]], factor: str, language: str) -> str:
    """The name of a factor; its id when the pack no longer knows it."""
    return factors.get(factor, {}).get(language, factor)


def moment(value: datetime | None) -> str:
    """Day and time as people here write them."""
    return value.astimezone(_ASTANA).strftime("%d.%m.%Y %H:%M") if value else ""


def written_day(words: str) -> str:
    """A requisite that holds a day, «2026-03-02», as people here write it; what is no day stays as it is."""
    try:
        return day(date.fromisoformat(words))
    except ValueError:
        return words


def day(value: date | None) -> str:
    """A day as people here write it."""
    return value.strftime("%d.%m.%Y") if value else ""


def size(value: int) -> str:
    """Bytes in kilobytes or megabytes."""
    return f"{value / 1024 / 1024:.1f} МБ" if value >= 1024 * 1024 else f"{max(value // 1024, 1)} КБ"
