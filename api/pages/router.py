"""All pages together, and what the application needs to serve them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from api.pages import (
    account_pages,
    admin_pages,
    adoption_pages,
    answer_pages,
    case_file_pages,
    case_list_pages,
    case_pages,
    conclusion_pages,
    indicator_pages,
    openid_pages,
    original_pages,
    own_check_pages,
    pack_pages,
    paper_pages,
    preliminary_pages,
    review_pages,
    risk_pages,
    similar_pages,
)  # fmt: skip
from api.pages.help_pages import help_pages
from api.pages.rendering import error_page
from nlp.detection.pack import Pack


def page_routers(pack: Pack) -> Sequence[APIRouter]:
    """The routes of all pages."""
    return (
        account_pages.router,
        openid_pages.router,
        case_list_pages.router,
        case_pages.router,
        case_file_pages.router,
        review_pages.router,
        similar_pages.router,
        risk_pages.router,
        original_pages.router,
        conclusion_pages.router,
        paper_pages.router,
        answer_pages.router,
        adoption_pages.router,
        indicator_pages.router,
        preliminary_pages.router,
        own_check_pages.router,
        pack_pages.router,
        admin_pages.router,
        help_pages(pack),
    )


def dress(app: FastAPI) -> None:
    """Style sheet and scripts, and problems as pages for whoever reads pages."""
    app.mount("/static", StaticFiles(directory=str(files("api.pages").joinpath("static"))), name="static")
    app.state.desk.error_page = error_page
