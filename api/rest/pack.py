"""The pack for methodologists: as installed, what stands of the changes, a change, a preview of one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import Field
from starlette.requests import Request

from api.accounts.gate import allowed
from api.rest.analyses import Why
from api.rest.models import HEX_ID, Asked, Limit, Line, Long, Moment, Offset, Page, Told, Words
from api.service import desk_of
from expertise.case.pack_overlay import basis_key
from expertise.messages import say
from expertise.people import Actor
from expertise.store.pack_tables import PackChange, PackPreview
from expertise.work.pack_changes import ACTION, PackState, change_pack, pack_history, pack_state
from expertise.work.pack_previews import ask_preview, get_preview
from expertise.work.sign_ins import Signed
from nlp.detection.pack import Factor
from nlp.detection.rule import Rule

router = APIRouter(tags=["pack"])
Manages = Annotated[Signed, Depends(allowed(ACTION))]
Kind = Literal["verify", "unverify", "off", "on", "reword", "restore"]


class BothTexts(Asked):
    """Words in both languages."""

    ru: Long
    kk: Long


class PackWish(Asked):
    """A change. ``subject``: id of a rule, or key of a basis; ``edition`` of «verify»; texts of «reword»."""

    kind: Kind
    subject: Line
    edition: Line = ""
    explanation: BothTexts | None = None
    risk: BothTexts | None = None

    def said(self) -> dict[str, Any]:
        """What the change says."""
        texts = {
            name: text.model_dump() for name, text in (("explanation", self.explanation), ("risk", self.risk)) if text
        }
        return {"edition": self.edition, **texts}


class NewChange(PackWish):
    """A change with its reason."""

    reason: Words


class NewPreview(PackWish):
    """A change, and numbers of the cases to see it on."""

    cases: Annotated[list[Line], Field(max_length=50)]


class BasisTold(Told):
    """A basis. ``verified``: by whom, when, with which edition; empty for one that stays out of documents."""

    key: str
    text: dict[str, str]
    mark: str
    verified: str


class RuleTold(Told):
    """A rule. ``state``: on or off; ``explanation`` and ``risk`` as they are said now."""

    id: str
    language: str
    strength: int
    state: str
    reworded: bool
    explanation: dict[str, str]
    risk: dict[str, str]


class FactorTold(Told):
    """A factor with its bases and rules."""

    id: str
    code: str
    name: dict[str, str]
    bases: list[BasisTold]
    rules: list[RuleTold]


class PackTold(Told):
    """The pack as installed; ``changes``: version of the overlay on it, 0 without one."""

    id: str
    version: str
    sha256: str
    changes: int
    factors: list[FactorTold]


class ChangeTold(Told):
    """One change; none is ever altered."""

    id: int
    kind: str
    subject: str
    said: dict[str, Any]
    reason: str
    by: str
    at: Moment


class ChangesPage(Page):
    """Part of the changes, the last first."""

    changes: list[ChangeTold]


class PreviewTold(Told):
    """A preview. ``result``: by number of the case, what would be gone, come, change."""

    id: str
    status: str
    done: int
    reason: Why | None
    kind: str
    subject: str
    result: dict[str, Any]


@router.get("/pack")
def pack(request: Request, signed: Manages) -> PackTold:
    """Factors, bases and rules with what stands of the changes."""
    state = pack_state(desk_of(request).office, signed.actor)
    found = state.pack
    factors = [_factor(state, factor) for factor in found.all_factors.values()]
    return PackTold(
        id=found.id, version=found.version, sha256=found.sha256, changes=state.standing.version, factors=factors
    )  # fmt: skip


@router.get("/pack/changes")
def history(request: Request, signed: Manages, offset: Offset = 0, limit: Limit = 50) -> ChangesPage:
    """Who changed what, when and why."""
    found = pack_history(desk_of(request).office, signed.actor, offset, limit)
    told = [ChangeTold.model_validate(row) for row in found.changes]
    return ChangesPage(total=found.total, offset=offset, changes=told)


@router.post("/pack/changes", status_code=201)
def change(request: Request, signed: Manages, body: NewChange) -> ChangeTold:
    """Change the pack for everything that is examined from now on."""
    office = desk_of(request).office
    row: PackChange = change_pack(office, signed.actor, body.kind, body.subject, body.said(), body.reason)
    return ChangeTold.model_validate(row)


@router.post("/pack/previews", status_code=202)
def wish(request: Request, signed: Manages, body: NewPreview) -> PreviewTold:
    """See what a change would do to the findings of some cases; nothing of it enters them."""
    office = desk_of(request).office
    row = ask_preview(office, signed.actor, body.kind, body.subject, body.said(), body.cases)
    return _preview(row, signed.actor)


@router.get("/pack/previews/{preview_id}")
def preview(request: Request, signed: Manages, preview_id: Annotated[str, Path(pattern=HEX_ID)]) -> PreviewTold:
    """How far it is, and what it has found."""
    return _preview(get_preview(desk_of(request).office, signed.actor, preview_id), signed.actor)


def _factor(state: PackState, factor: Factor) -> FactorTold:
    rules = [_rule(state, rule) for rule in state.pack.rules() if rule.factor == factor.id]
    bases = []
    for basis in factor.basis:
        key = basis_key(factor.id, basis)
        change = state.standing.verified.get(key)
        verified = basis.get("verified", "")
        if change:
            verified = (
                f"{state.names.get(change.by, change.by)}, {change.at.date().isoformat()}, {change.said['edition']}"
            )
        text = {code: basis[code] for code in state.pack.languages}
        bases.append(BasisTold(key=key, text=text, mark=basis["mark"], verified=verified))
    return FactorTold(id=factor.id, code=factor.code, name=dict(factor.name), bases=bases, rules=rules)


def _rule(state: PackState, rule: Rule) -> RuleTold:
    now = state.standing
    said = now.reworded.get(rule.id, {})
    return RuleTold(
        id=rule.id, language=rule.language, strength=rule.strength, state="off" if rule.id in now.off else "on",
        reworded=bool(said), explanation={**rule.explanation, **said.get("explanation", {})},
        risk={**rule.risk, **said.get("risk", {})},
    )  # fmt: skip


def _preview(row: PackPreview, actor: Actor) -> PreviewTold:
    reason = None
    if row.reason:
        code, params = row.reason["code"], row.reason.get("params", {})
        reason = Why(code=code, message=say(code, actor.language, params), file=row.reason.get("file", ""))
    return PreviewTold(
        id=row.id, status=row.status, done=row.done or 0, reason=reason, kind=row.kind, subject=row.subject,
        result=row.result,
    )  # fmt: skip
