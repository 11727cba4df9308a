"""Words by which two texts are compared, compiled from ``nlp/factors/kz/detectors/parity/<language>.yaml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_WORDS = "kz/detectors/parity"
_GAP = 20  # words that «…» stands for


@dataclass(frozen=True, slots=True)
class ParityWords:
    """Patterns over folded text (``nlp.structure.wording.fold``)."""

    modality: Mapping[str, re.Pattern[str]]  # all words of permission, duty, ban
    modal_claims: Mapping[str, re.Pattern[str]]  # those that leave no doubt
    plain: re.Pattern[str]  # words that leave a choice to somebody, and say so outright
    present: re.Pattern[str]  # verbs in the present tense, in which acts put duties
    bodies: Mapping[str, re.Pattern[str]]
    claims: Mapping[str, re.Pattern[str]]  # exception, only
    also: Mapping[str, re.Pattern[str]]
    idle: Mapping[str, re.Pattern[str]]  # phrases in which such a word says nothing of the kind


@lru_cache(maxsize=1)
def own_words() -> Mapping[str, ParityWords]:
    """The words of our own pack, for texts that are compared without one."""
    read = {code: (files("nlp.factors") / _WORDS / f"{code}.yaml").read_text("utf-8") for code in ("ru", "kk")}
    return {code: build_words(yaml.safe_load(text)) for code, text in read.items()}


def build_words(data: Mapping[str, Any]) -> ParityWords:
    """The words of one language as a pack holds them (``detector_words``, overlays included)."""
    return ParityWords(
        modality={name: compiled([*words["claims"], *words["also"]]) for name, words in data["modality"].items()},
        modal_claims={name: compiled(words["claims"]) for name, words in data["modality"].items()},
        plain=compiled(data["modality"]["option"].get("plain", ["\0"])),
        present=compiled(data.get("present", ["\0"])),
        bodies={name: compiled(words) for name, words in data["bodies"].items()},
        claims={name: compiled(data[name]["claims"]) for name in ("exception", "only")},
        idle={name: compiled(data[name].get("idle", ["\0"])) for name in ("exception", "only")},
        also={name: compiled([*data[name]["claims"], *data[name]["also"]]) for name in ("exception", "only")},
    )


def compiled(words: Sequence[str]) -> re.Pattern[str]:
    """One pattern of phrases: a space is any blank, «*» any letters, «…» some words."""
    return re.compile("|".join(_phrase(word) for word in sorted(words, key=len, reverse=True)))


def _phrase(phrase: str) -> str:
    phrase, gap = phrase.replace("… ", ""), "…" in phrase
    words = [re.escape(word).replace(r"\*", r"\w*").replace(r"\?", r"\w") for word in phrase.split()]
    joined = (rf"(?:\s[^\s.;]+){{0,{_GAP}}}?\s+" if gap else r"\s+").join(words)
    return rf"(?<!\w){joined}(?!\w)"


Spans = Mapping[str, Sequence[tuple[int, int]]]


def labelled(folded: str, patterns: Mapping[str, re.Pattern[str]]) -> Spans:
    """Places of every label in the order of ``patterns``; words of an earlier label («не вправе») are not a later's."""
    taken: list[tuple[int, int]] = []
    found: dict[str, list[tuple[int, int]]] = {}
    for label, pattern in patterns.items():
        spans = [m.span() for m in pattern.finditer(folded) if not _overlaps(m.span(), taken)]
        taken += spans
        if spans:
            found[label] = spans
    return found


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def counted(spans: Spans) -> Counter[str]:
    """How often each label stands."""
    return Counter({label: len(places) for label, places in spans.items()})
