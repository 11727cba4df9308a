"""Methodologists change the pack by an overlay: each change is a row with who, when and why, and none is ever altered.

What is examined from then on is examined with it, and every examination records the version; what was examined,
decided and concluded before stays as it was.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.pack_overlay import Change, Standing, check_change, overlay_files, standing
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.cases import NotFoundError
from expertise.store.locks import Lock, hold
from expertise.store.pack_tables import PackChange
from expertise.work.naming import names_of
from nlp.detection.pack import Pack, load_pack
from nlp.pipeline import Examiner

ACTION = "manage_packs"
SHORTEST_REASON = 10


def base_pack(office: Office) -> Pack:
    """The pack as it is installed. Raises ``NotFoundError`` for an office that was opened without one."""
    if office.pack is None:
        raise NotFoundError("expertise.no_pack")
    return office.pack


def change_pack(
    office: Office, actor: Actor, kind: str, subject: str, said: Mapping[str, Any], reason: str
) -> PackChange:
    """Write a change down; it holds for everything examined from now on.

    Raises ``DeniedError``, ``CaseError`` (no such rule or basis, it is so already, words or reason are missing).
    """
    require(actor, ACTION)
    pack, now, why = base_pack(office), office.clock(), " ".join(reason.split())
    if len(why) < SHORTEST_REASON:
        raise CaseError("expertise.pack_reason", limit=SHORTEST_REASON)
    with office.database.transaction() as session:
        hold(session, Lock.PACK_CHANGES)
        stands = standing(changes(session))
        _bounded(office, why, said)
        row = PackChange(
            id=stands.version + 1, kind=kind, subject=subject, said=check_change(pack, stands, kind, subject, said),
            reason=why, by=actor.id, at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        told = {"kind": kind, "subject": subject, "reason": why, **row.said}
        audit.write(session, actor, now, "change_pack", f"pack:{row.id}", None, told)
    return row


def changes(session: Session) -> list[Change]:
    """All changes in their order."""
    rows = session.scalars(select(PackChange).order_by(PackChange.id))
    return [Change(row.id, row.kind, row.subject, row.said, row.by, row.at) for row in rows]


@dataclass(frozen=True, slots=True)
class PackState:
    """The pack as installed, what stands of the changes to it, and who is who among those who made them."""

    pack: Pack
    standing: Standing
    names: Mapping[str, str]


def pack_state(office: Office, actor: Actor) -> PackState:
    """For whoever may change the pack. Raises ``DeniedError``, ``NotFoundError``."""
    require(actor, ACTION)
    with office.database.reading() as session:
        made = changes(session)
        return PackState(base_pack(office), standing(made), names_of(session, [each.by for each in made]))


def verified_bases(office: Office) -> frozenset[str]:
    """Keys of the bases that methodologists have verified; no secret, the help tells everybody."""
    with office.database.reading() as session:
        return frozenset(standing(changes(session)).verified)


@dataclass(frozen=True, slots=True)
class PackHistory:
    """Part of the changes, the last first; ``total`` is how many there are."""

    changes: Sequence[PackChange]
    names: Mapping[str, str]
    total: int
    offset: int


def pack_history(office: Office, actor: Actor, offset: int = 0, limit: int = 50, subject: str = "") -> PackHistory:
    """Who changed what, when and why; of one rule or basis where ``subject`` names it. Raises ``DeniedError``."""
    require(actor, ACTION)
    rows = select(PackChange).where(*([PackChange.subject == subject] if subject else []))
    with office.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
        found = list(session.scalars(rows.order_by(PackChange.id.desc()).offset(offset).limit(limit)))
        return PackHistory(found, names_of(session, [row.by for row in found]), total, offset)


def load_with(base: Pack, now: Standing, names: Mapping[str, str]) -> Pack:
    """The pack with an overlay on it. The same changes give the same files, whichever process writes them."""
    folder = Path(tempfile.mkdtemp(prefix="saraptama-overlay-"))
    try:
        for name, content in overlay_files(base, now, names).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return load_pack(base.folders[0], (*base.folders[1:], folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class CurrentExaminer:
    """The examiner of a worker, made anew when the overlay has changed; without changes the one that was given."""

    def __init__(self, office: Office, base: Examiner) -> None:
        self._office, self.base = office, base
        self._version, self._examiner = 0, base

    def now(self) -> Examiner:
        """The examiner with all changes made so far."""
        with self._office.database.reading() as session:
            version = session.scalar(select(func.max(PackChange.id))) or 0
            if version == self._version:
                return self._examiner
            made = changes(session)
            names = names_of(session, [each.by for each in made])
        stands = standing(made)
        self._examiner = self.base.with_pack(load_with(self.base.pack, stands, names))
        self._version = stands.version
        return self._examiner


def _bounded(office: Office, reason: str, said: Mapping[str, Any]) -> None:
    most = office.settings.decision_characters
    words = [reason, str(said.get("edition", ""))]
    words += [str(text) for name in ("explanation", "risk") for text in dict(said.get(name, {})).values()]
    if any(len(each) > most for each in words):
        raise CaseError("expertise.words_too_long", limit=most)
