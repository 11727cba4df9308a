"""Everything that goes wrong, in one shape: status, code, a sentence in the user's language, the id of the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from expertise.case.states import CaseError
from expertise.documents.fonts import FontsMissingError
from expertise.messages import LANGUAGES, say
from expertise.policy import DeniedError
from expertise.store.blobs import KeptFileError
from expertise.store.cases import NotFoundError
from expertise.work.sign_ins import TooManyTriesError
from nlp.errors import SaraptamaError


class ApiError(SaraptamaError):
    """Something wrong with the request itself; ``status`` is what HTTP calls it."""

    def __init__(self, status: int, code: str, **params: object) -> None:
        super().__init__(code, **params)
        self.status = status


@dataclass(frozen=True, slots=True)
class Problem:
    """What is told of a failure. ``params`` fill the blanks of the message of ``code``."""

    status: int
    code: str
    params: Mapping[str, Any]
    message: str
    request_id: str

    def as_json(self) -> dict[str, Any]:
        """The one shape of errors."""
        told = {"code": self.code, "message": self.message, "params": self.params, "request_id": self.request_id}
        return {"error": told}


_CONFLICTS = frozenset(
    {
        "expertise.login_taken", "expertise.last_administrator", "expertise.no_way", "expertise.seat_finished",
        "expertise.seat_held", "expertise.seat_has_decided", "expertise.findings_open", "expertise.not_declared",
        "expertise.no_expert", "expertise.no_text", "expertise.no_conclusion", "expertise.nothing_to_take_back",
        "expertise.too_many_files", "expertise.once_other", "expertise.no_seat", "expertise.too_many_hooks",
        "expertise.not_examined", "expertise.analysis_under_way", "expertise.seat_undeclared",
        "expertise.seat_unfinished", "expertise.disagreements_open", "expertise.finding_of_old_text",
        "expertise.case_changed", "expertise.experts_at_work", "expertise.no_second_expert",
        "expertise.answers_missing", "expertise.answers_incomplete", "expertise.no_conclusion_sent",
        "expertise.answer_unchanged",
        "expertise.certificate_changed",
        "expertise.identity_taken", "expertise.own_checks_per_day", "expertise.own_checks_full",
        "expertise.preliminary_too_long", "expertise.pack_unchanged", "expertise.previews_waiting",
        "expertise.adoption_incomplete", "expertise.adoption_proposal_changed",
        "expertise.adoption_nothing_to_take_back", "expertise.too_many_later_files",
        "expertise.review_unfinished", "expertise.blanks_unconfirmed",
    }
)  # fmt: skip
"""What does not fit the state of things (409); other faults of what was asked are its content (422)."""


def status_of(error: SaraptamaError) -> int:
    """What HTTP calls an expected failure."""
    if isinstance(error, ApiError):
        return error.status
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, DeniedError):
        return 403
    if isinstance(error, TooManyTriesError):
        return 429
    if isinstance(error, KeptFileError):
        return 413 if error.code == "expertise.file_too_large" else 500
    if isinstance(error, FontsMissingError):
        return 503
    if error.code == "expertise.pages_busy":
        return 503
    if isinstance(error, CaseError):
        return 409 if error.code in _CONFLICTS else 422
    return 422


def problem(request: Request, status: int, code: str, params: Mapping[str, object] | None = None) -> Problem:
    """A problem in the language of whoever asks."""
    plain = {key: value if isinstance(value, str | int | bool) else str(value) for key, value in (params or {}).items()}
    told = say(code, language_of(request), plain)
    return Problem(status, code, plain, told, request_id(request.scope))


def problem_of(request: Request, error: SaraptamaError) -> Problem:
    """An expected failure as a problem."""
    return problem(request, status_of(error), error.code, error.params)


def answer(of: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as an answer of the REST interface."""
    return JSONResponse(of.as_json(), of.status, headers=dict(headers or {}))


def request_id(scope: Mapping[str, Any]) -> str:
    """The id of the request, made by the shell around the application."""
    return str(scope.get("saraptama.request_id", ""))


def language_of(request: Request) -> str:
    """The language of the account where somebody is signed in, else the first of Accept-Language we speak, else ru."""
    signed = request.scope.get("saraptama.signed")
    if signed is not None and signed.actor.language in LANGUAGES:
        return str(signed.actor.language)
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """The language of ours that ``Accept-Language`` asks for first."""
    wanted: list[tuple[float, int, str]] = []
    for position, part in enumerate(header[:500].split(",")):
        tag, _, quality = part.strip().partition(";")
        code = tag.strip()[:2].lower()
        if code in LANGUAGES:
            wanted.append((-_weight(quality), position, code))
    return min(wanted)[2] if wanted else LANGUAGES[0]


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    try:
        return min(max(float(value), 0.0), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
