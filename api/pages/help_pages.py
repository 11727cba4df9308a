"""The help: every factor explained by what it is and by norms that show it and norms that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.pages.rendering import page
from api.problems import language_of
from api.service import desk_of
from expertise.case.pack_overlay import basis_key
from expertise.work.pack_changes import verified_bases
from expertise.work.sign_ins import Signed
from nlp.detection.pack import Pack

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class BasisHelp:
    """A legal ground with the mark of its evidence. ``verified``: the pack itself says that it was compared."""

    key: str
    text: str
    mark: str
    verified: bool


@dataclass(frozen=True, slots=True)
class FactorHelp:
    """One factor in one language. ``flags``/``passes``: example norms."""

    id: str
    name: str
    definition: str
    bases: tuple[BasisHelp, ...]
    flags: tuple[str, ...]
    passes: tuple[str, ...]


def help_pages(pack: Pack) -> APIRouter:
    """The routes of the help over a pack."""
    router = APIRouter(include_in_schema=False)
    explained = {language: factors_explained(pack, language) for language in pack.languages}

    @router.get("/help")
    def help_page(request: Request, signed: Annotated[Signed, Depends(allowed("see_help"))]) -> Response:
        """All factors."""
        verified = verified_bases(desk_of(request).office)
        return page(request, "help.html", explained=explained.get(language_of(request), ()), verified=verified)

    return router


def factors_explained(pack: Pack, language: str) -> tuple[FactorHelp, ...]:
    """Factors in the order of the pack, with their examples in the same language; a factor of an overlay that has
    none is shown by tests of its rules."""
    return tuple(
        FactorHelp(
            id=factor.id,
            name=factor.name[language],
            definition=" ".join(factor.definition[language].split()),
            bases=tuple(_basis(factor.id, basis, language) for basis in factor.basis),
            flags=_example(factor.flawed, language) or _of_rules(pack, factor.id, language, flags=True),
            passes=_example(factor.sound, language) or _of_rules(pack, factor.id, language, flags=False),
        )
        for factor in pack.all_factors.values()
    )


def _basis(factor: str, basis: Mapping[str, str], language: str) -> BasisHelp:
    return BasisHelp(basis_key(factor, basis), basis[language], basis["mark"], bool(basis.get("verified")))


def _example(norms: Mapping[str, str], language: str) -> tuple[str, ...]:
    return (norms[language],) if language in norms else ()


def _of_rules(pack: Pack, factor: str, language: str, *, flags: bool) -> tuple[str, ...]:
    """The first such test of each of the factor's first rules."""
    found: dict[str, None] = {}
    for rule in pack.languages[language].rules:
        if rule.factor != factor:
            continue
        tests = [test for test in rule.tests if test.flags == flags and not test.lead and not test.heading]
        found |= {test.text: None for test in tests[:1]}
    return tuple(found)[:_EXAMPLES]
