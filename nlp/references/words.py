"""Words of citations, read from ``data/{ru,kk}.yaml`` once; what one word is, asked word by word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.structure.act import UnitKind
from nlp.structure.operations import Piece
from nlp.structure.ordinals import ordinal

Named = UnitKind | Piece
_LARGEST_ORDINAL = 99
_CASES = {"ru": ("nom", "gen", "dat", "acc", "ins", "loc")}
_PLURAL = {"ые": 1, "ых": 1, "ым": 1, "ыми": 1}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may be in a citation."""

    unit: Named | None = None
    form: str = ""
    marks: frozenset[str] = frozenset()  # this, this_unit, pronoun, and, also, before_unit, range, plural, blanket …


NOTHING = Meaning()
_GROUPS = ("this", "this_unit", "pronouns", "and", "also", "before_unit", "range", "plural", "model",
           "short_name", "that", "elsewhere")  # fmt: skip
_BLANKET = ("always", "with_acts", "act_noun", "law")


class Words:
    """Words of one language."""

    def __init__(self, code: str) -> None:
        content: Mapping[str, Any] = yaml.safe_load((files(__package__) / "data" / f"{code}.yaml").read_text("utf-8"))
        self.code = code
        self.abbreviations = frozenset(content["abbreviations"])
        self.named_by_number = frozenset(content["named_by_number"])
        self.acts = frozenset(content["acts"])
        self.months: Sequence[str] = content["months"]
        self.before_code = re.compile(content["before_code"])
        self.bare_names = _any(content["bare_names"])
        self.country = _any(content["country"])
        self.about = frozenset(content.get("about", ()))
        blanket = content["blanket"]
        self.before_blanket = re.compile(blanket["before"])
        self.not_before_blanket = _any(blanket["not_before"])
        self.after_law = _any(blanket["after"])
        self.topic = frozenset(blanket["topic"])
        self.topic_in = frozenset(blanket["topic_in"])
        self.measures = re.compile(content["measures"])
        self.topic_stops = re.compile(content["topic_stops"])
        self.adjectives = re.compile(content.get("adjectives", "(?!)"))
        self._units = [(_kind(name), _any(forms)) for name, forms in content["units"].items()]
        self._forms = [(name, _any(forms)) for name, forms in content["forms"].items()]
        groups = {name: content[name] for name in _GROUPS} | {f"blanket_{n}": blanket[n] for n in _BLANKET}
        self._marks = [(name, _any(entries)) for name, entries in groups.items()]
        self.ordinals = _ordinals(code)
        self._known: dict[str, Meaning] = {}

    def meaning(self, word: str) -> Meaning:
        """What a folded word may be; looked up once for each word."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 100_000:
                self._known.clear()
            known = self._known[word] = self._meaning(word)
        return known

    def _meaning(self, word: str) -> Meaning:
        unit = next((kind for kind, forms in self._units if forms.fullmatch(word)), None)
        form = next((name for name, forms in self._forms if forms.fullmatch(word)), "")
        marks = frozenset(name for name, entries in self._marks if entries.fullmatch(word))
        return Meaning(unit, form, marks) if unit or form or marks else NOTHING


@lru_cache(maxsize=2)
def words_of(code: str) -> Words:
    """Words of "ru" or "kk"; raises ``KeyError`` for another language."""
    if code not in ("ru", "kk"):
        raise KeyError(code)
    return Words(code)


def _any(entries: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in entries) if entries else r"(?!)")


def _kind(name: str) -> Named:
    return Piece.SENTENCE if name == "sentence" else UnitKind(name)


def _ordinals(code: str) -> Mapping[str, str]:
    """Ordinals in words → number: all genders and cases of Russian, «первых» included."""
    found: dict[str, str] = {}
    for value in range(1, _LARGEST_ORDINAL + 1):
        if code == "kk":
            found[ordinal(value, "kk")] = str(value)
            continue
        for gender in "mfn":
            for case in _CASES["ru"]:
                found[ordinal(value, "ru", gender, case).replace("ё", "е")] = str(value)
        stem = ordinal(value, "ru", "m", "gen").removesuffix("ого").removesuffix("его")
        endings = ("ьи", "ьих", "ьим", "ьими") if value % 10 == 3 and value % 100 != 13 else _PLURAL
        stem = stem.removesuffix("ь")
        found |= {f"{stem}{ending}": str(value) for ending in endings}
    return found
