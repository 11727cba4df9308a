"""Fingerprints of examined texts, and the family a case belongs to: written in the transaction that ends an analysis.

Reads: the texts of an examination. Writes: fingerprints, bands, norms of families. All families are compared, whoever
coordinates their cases; who is told of a family is decided where it is shown (``expertise.work.families``).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from expertise.case.shown_units import has_words, own_words
from expertise.office import Office
from expertise.shown_text import ShownText, ShownUnit
from expertise.store.base import new_id
from expertise.store.case_tables import Case, ExaminationRow
from expertise.store.locks import Lock, hold
from expertise.store.similar_tables import FamilyNorm, FingerprintBand, FingerprintRow
from expertise.work.kept_texts import texts_of
from nlp.similarity import Fingerprint, Profile, Spread, fingerprint, most_like
from nlp.similarity.fingerprint import from_bytes, to_bytes
from nlp.similarity.parameters import parameters

_APART = frozenset({"current", "reason", "signature", "stamp", "requisite"})
_AT_ONCE = 500  # values in one question to the database


def enter(session: Session, office: Office, case: Case, row: ExaminationRow) -> None:
    """Fingerprints of the texts in place of those the case had, and its family.

    A case stays in its family while it belongs there; one that no longer does goes elsewhere.
    """
    hold(session, Lock.FAMILIES)
    texts = [each for each in texts_of(office, row) if each.language in ("ru", "kk")]
    prints = {each.language: printed(each) for each in texts}
    before = _rows(session, case.id)
    if {each.language: each.sha256 for each in texts} == {old.language: old.text_sha256 for old in before}:
        return
    old_family, now = (before[0].family_id, before[0].entered_at) if before else ("", None), office.clock()
    _leave(session, case.id, {old.family_id for old in before})
    family = _family(session, list(prints.values()), old_family[0])
    entered = old_family[1] if old_family[0] == family and old_family[1] else now
    for shown in texts:
        made, units = prints[shown.language], [unit.address for unit in norms_of(shown)]
        session.add(
            FingerprintRow(
                case_id=case.id, language=shown.language, family_id=family, text_sha256=shown.sha256,
                content=base64.b64encode(to_bytes(made)).decode(), units=units[: parameters().units],
                entered_at=entered, made_at=now,
            )
        )  # fmt: skip
        session.add_all(
            FingerprintBand(case_id=case.id, language=shown.language, key=key, family_id=family)
            for key in dict.fromkeys(made.bands)
        )
        _note_norms(session, family, {unit.hash for unit in made.units})
    session.flush()


def norms_of(shown: ShownText) -> list[ShownUnit]:
    """Units with words of their own that count as norms, in order."""
    return [unit for unit in shown.units if has_words(unit) and unit.role not in _APART]


def printed(shown: ShownText) -> Fingerprint:
    """The fingerprint of a text; kept with the text as long as that is at hand."""
    found: Fingerprint | None = shown.worked_out.get("fingerprint")
    if found is None:
        found = fingerprint([own_words(shown, unit) for unit in norms_of(shown)], shown.language)
        shown.worked_out["fingerprint"] = found
    return found


def kept_print(row: FingerprintRow) -> Fingerprint:
    """A fingerprint as it is kept."""
    return from_bytes(base64.b64decode(row.content), row.language)


def _rows(session: Session, case_id: str) -> list[FingerprintRow]:
    return list(session.scalars(select(FingerprintRow).where(FingerprintRow.case_id == case_id)))


def _leave(session: Session, case_id: str, families: Iterable[str]) -> None:
    session.execute(delete(FingerprintBand).where(FingerprintBand.case_id == case_id))
    session.execute(delete(FingerprintRow).where(FingerprintRow.case_id == case_id))
    for family in families:
        if not _is_there(session, family):
            session.execute(delete(FamilyNorm).where(FamilyNorm.family_id == family))


def _family(session: Session, prints: Sequence[Fingerprint], before: str) -> str:
    """The family that one of the texts is most like; else a new one, or the one it had where nobody else is in it."""
    best = max(
        (found for each in prints if (found := _nearest(session, each)) is not None),
        key=lambda found: (found[1], found[0]), default=None,
    )  # fmt: skip
    if best is not None:
        return best[0]
    return before if before and not _is_there(session, before) else new_id()


def _is_there(session: Session, family: str) -> bool:
    """Whether any text belongs to the family."""
    return session.scalars(select(FingerprintRow.case_id).where(FingerprintRow.family_id == family)).first() is not None


def _nearest(session: Session, made: Fingerprint) -> tuple[str, float] | None:
    names = _candidates(session, made)
    if not names:
        return None
    profiles = [Profile(_members(session, name, made.language)) for name in names]
    hashes = {unit.hash for unit in made.units} | {hash_ for profile in profiles for hash_ in profile.core()}
    found = most_like(made, enumerate(profiles), _spread(session, hashes))
    return (names[found[0]], found[1]) if found is not None else None


def _candidates(session: Session, made: Fingerprint) -> list[str]:
    if not made.bands:
        return []
    met = func.count(FingerprintBand.key.distinct())
    rows = (
        select(FingerprintBand.family_id)
        .where(FingerprintBand.key.in_(made.bands), FingerprintBand.language == made.language)
        .group_by(FingerprintBand.family_id)
        .order_by(met.desc(), FingerprintBand.family_id)
    )
    return list(session.scalars(rows.limit(parameters().candidates)))


def _members(session: Session, family: str, language: str) -> list[Fingerprint]:
    rows = select(FingerprintRow).where(FingerprintRow.family_id == family, FingerprintRow.language == language)
    first = rows.order_by(FingerprintRow.entered_at, FingerprintRow.case_id).limit(parameters().members)
    return [kept_print(row) for row in session.scalars(first)]


def _spread(session: Session, hashes: Iterable[int]) -> Spread:
    """In how many families these norms stand."""
    counts: dict[int, int] = {}
    wanted = sorted(hashes)
    for at in range(0, len(wanted), _AT_ONCE):
        rows = (
            select(FamilyNorm.hash, func.count())
            .where(FamilyNorm.hash.in_(wanted[at : at + _AT_ONCE]))
            .group_by(FamilyNorm.hash)
        )
        for hash_, count in session.execute(rows):
            counts[hash_] = count
    families = session.scalar(select(func.count(FingerprintRow.family_id.distinct()))) or 0
    return Spread(families, counts)


def _note_norms(session: Session, family: str, hashes: Iterable[int]) -> None:
    wanted = sorted(hashes)
    known: set[int] = set()
    for at in range(0, len(wanted), _AT_ONCE):
        some = FamilyNorm.hash.in_(wanted[at : at + _AT_ONCE])
        known |= set(session.scalars(select(FamilyNorm.hash).where(FamilyNorm.family_id == family, some)))
    session.add_all(FamilyNorm(hash=hash_, family_id=family) for hash_ in wanted if hash_ not in known)
    session.flush()
