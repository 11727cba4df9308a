"""Scope of a norm: the text of the act it stands in and the procedure that its headings name.

Norms of different procedures («Выдача лицензии», «Переоформление лицензии») settle different things with equal words.
"""

from __future__ import annotations

from collections.abc import Mapping

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.detectors.collisions.sayings import Key
from nlp.detection.detectors.collisions.words import Words
from nlp.structure.act import Provision, Role, Unit, UnitKind
from nlp.structure.addresses import OWNERS

_PROCEDURES = frozenset(
    {UnitKind.PART, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.CHAPTER, UnitKind.PARAGRAPH, UnitKind.ARTICLE}
)


class Scopes:
    """Scopes of the provisions of one act; each heading is read once."""

    def __init__(self, view: ActView, words: Mapping[str, Words]) -> None:
        self._view = view
        self._words = words
        self._of_unit: dict[tuple[str, str], frozenset[str]] = {}
        self._titles: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, provision: Provision) -> Key:
        """What has to be equal for two norms to be about one procedure."""
        path = self._view.citations.paths.get(provision.address, ())
        owner = next((unit for unit in reversed(path) if unit.kind in OWNERS), None)
        told: frozenset[str] = frozenset()
        for unit in path:
            if unit.kind in _PROCEDURES:
                told |= self._heading(unit, provision.language)
        title = self._title(owner, provision.language) if owner is not None else frozenset()
        return provision.language, owner.address if owner is not None else "", told - title

    def local(self, provision: Provision) -> str:
        """Address of the nearest article or chapter, for words that hold «для целей настоящей статьи»."""
        path = self._view.citations.paths.get(provision.address, ())
        return next((unit.address for unit in reversed(path) if unit.kind in _PROCEDURES), "")

    def _heading(self, unit: Unit, code: str) -> frozenset[str]:
        key = (unit.address, code)
        if key not in self._of_unit:
            self._of_unit[key] = self._lemmas(self._view.act.text(unit.heading), code)
        return self._of_unit[key]

    def _title(self, owner: Unit, code: str) -> frozenset[str]:
        key = (owner.address, code)
        if key not in self._titles:
            titles = [self._view.act.text(child.own) for child in owner.children if child.role is Role.TITLE]
            requisites = self._view.act.requisites
            named = (requisites.title, requisites.approved_title)
            self._titles[key] = self._lemmas(" ".join([*titles, *named]), code)
        return self._titles[key]

    def _lemmas(self, text: str, code: str) -> frozenset[str]:
        words = self._words[code]
        return frozenset(
            token.lemma
            for token in languages.of(code).analyse(text)
            if any(character.isalpha() for character in token.text)
            and not token.tags & {"prep", "conj", "part", "punct", "num"}
            and not words.has("heading_neutral", token)
        )
