"""The overlay that methodologists keep on the pack: changes, what stands of them, and the files they make.

Reads: a loaded pack, changes in their order. Writes: files of an overlay folder (name → YAML), as ``nlp.detection``
loads any other. What a change was about and the pack no longer has – a rule that is gone, a basis whose words are other
ones now – has no effect, so that a new version of the pack always loads.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml

from expertise.case.states import CaseError
from nlp.detection.pack import Pack
from nlp.detection.rule import Rule

VERIFY, UNVERIFY, OFF, ON, REWORD, RESTORE = "verify", "unverify", "off", "on", "reword", "restore"
KINDS = (VERIFY, UNVERIFY, OFF, ON, REWORD, RESTORE)
ID = "office"
BLANKS = frozenset({"quote", "actor", "action"})
"""What the words of a rule may hold: the marked words, who acts, what is done."""
TEXTS = ("explanation", "risk")
LANGUAGES = ("ru", "kk")
_NAME = {"ru": "с изменениями методологов службы", "kk": "қызмет әдіскерлерінің өзгерістерімен"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``said`` of «verify»: ``edition`` (what it was compared with); of «reword»: ``explanation`` and
    ``risk``, each by language."""

    number: int
    kind: str
    subject: str
    said: Mapping[str, Any]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands after all changes. ``verified``: basis → the change; ``off``: rules; ``reworded``: rule → texts."""

    version: int = 0
    verified: Mapping[str, Change] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    reworded: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


def standing(changes: Iterable[Change]) -> Standing:
    """The changes put together, the later over the earlier."""
    version, verified, off = 0, dict[str, Change](), set[str]()
    reworded: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for change in changes:
        version = change.number
        if change.kind == VERIFY:
            verified[change.subject] = change
        elif change.kind == UNVERIFY:
            verified.pop(change.subject, None)
        elif change.kind == OFF:
            off.add(change.subject)
        elif change.kind == ON:
            off.discard(change.subject)
        elif change.kind == REWORD:
            reworded[change.subject] = {name: change.said[name] for name in TEXTS if change.said.get(name)}
        elif change.kind == RESTORE:
            reworded.pop(change.subject, None)
    return Standing(version, verified, frozenset(off), reworded)


def basis_key(factor: str, basis: Mapping[str, str]) -> str:
    """How a basis is named: by its factor and its words, so that other words have to be verified anew."""
    words = "\n".join(str(basis[name]) for name in ("ru", "kk", "mark"))
    return f"{factor}:{hashlib.sha256(words.encode()).hexdigest()[:32]}"


def bases(pack: Pack) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Key → (factor, basis) of all bases of the pack."""
    return {
        basis_key(factor.id, basis): (factor.id, basis)
        for factor in pack.all_factors.values()
        for basis in factor.basis
    }


def check_change(pack: Pack, now: Standing, kind: str, subject: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the change says, in order. Raises ``CaseError``: there is no such thing, it is so already, the words are
    none."""
    if kind not in KINDS:
        raise CaseError("expertise.pack_kind")
    about_basis = kind in (VERIFY, UNVERIFY)
    if subject not in (bases(pack) if about_basis else pack.by_id):
        raise CaseError("expertise.pack_no_basis" if about_basis else "expertise.pack_no_rule")
    already = {
        UNVERIFY: subject not in now.verified, OFF: subject in now.off, ON: subject not in now.off,
        RESTORE: subject not in now.reworded,
    }  # fmt: skip
    if already.get(kind, False):
        raise CaseError("expertise.pack_unchanged")
    if kind == VERIFY:
        edition = " ".join(str(said.get("edition", "")).split())
        if not edition:
            raise CaseError("expertise.pack_no_edition")
        return {"edition": edition}
    return _texts(pack.by_id[subject], said) if kind == REWORD else {}


def _texts(rule: Rule, said: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in both languages that differ from the pack's. Raises ``CaseError`` naming a blank that nobody fills."""
    made: dict[str, Any] = {}
    for name in TEXTS:
        own: Mapping[str, str] = getattr(rule, name)
        given = {code: " ".join(str(said.get(name, {}).get(code, "")).split()) for code in LANGUAGES}
        if not all(given.values()):
            raise CaseError("expertise.pack_words_missing")
        for words in given.values():
            _require_known_blanks(words)
        if any(given[code] != " ".join(own.get(code, "").split()) for code in LANGUAGES):
            made[name] = given
    if not made:
        raise CaseError("expertise.pack_unchanged")
    return made


def _require_known_blanks(words: str) -> None:
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError:
        raise CaseError("expertise.pack_blank", blank="{ }") from None
    for _, name, spec, conversion in parts:
        if name is not None and (name not in BLANKS or spec or conversion):
            raise CaseError("expertise.pack_blank", blank=f"{{{name}}}")


def overlay_files(pack: Pack, now: Standing, names: Mapping[str, str]) -> dict[str, str]:
    """Files of the overlay folder by name. ``names``: who is who, for the record of a verification."""
    made: dict[str, Any] = {
        "overlay.yaml": {
            "format": 1, "id": ID, "version": str(now.version), "over": pack.id,
            "name": {code: f"{pack.name[code]} ({_NAME[code]})" for code in LANGUAGES},
            "remove": {"rules": sorted(now.off & set(pack.by_id))},
        }
    }  # fmt: skip
    for factor in pack.all_factors.values():
        entries = [_basis(factor.id, basis, now, names) for basis in factor.basis]
        if entries != [dict(basis) for basis in factor.basis]:
            made[f"factors/{factor.id}/factor.yaml"] = {"basis": entries}
    for id_, texts in sorted(now.reworded.items()):
        rule = pack.by_id.get(id_)
        if rule is not None and id_ not in now.off:
            name = f"factors/{rule.factor}/rules.{rule.language}.yaml"
            made.setdefault(name, []).append({"id": id_, **{key: dict(value) for key, value in texts.items()}})
    return {name: yaml.safe_dump(content, allow_unicode=True, sort_keys=True) for name, content in made.items()}


def _basis(factor: str, basis: Mapping[str, str], now: Standing, names: Mapping[str, str]) -> dict[str, str]:
    change = now.verified.get(basis_key(factor, basis))
    if change is None:
        return dict(basis)
    told = f"{names.get(change.by, change.by)}, {change.at.date().isoformat()}, {change.said['edition']}"
    return {**basis, "verified": told}
