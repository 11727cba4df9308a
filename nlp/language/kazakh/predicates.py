"""Verb groups: a verb form with the modal word after it («бере алады», «беруге тиіс», «беруі мүмкін»).

What the two say together is a table, data/kk_modality.tsv. Who is bound or entitled is not asked here; that is the
business of norms (nlp/norms).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.language.kazakh.lexicon import rows
from nlp.language.token import Token


class Modality(StrEnum):
    """What a verb group says of its action; NONE: it is said to happen, to have happened or is ordered."""

    NONE = "none"
    ABILITY = "ability"  # бере алады
    PERMISSION = "permission"  # беруге болады
    OBLIGATION = "obligation"  # беруге тиіс, беруі керек
    POSSIBILITY = "possibility"  # беруі мүмкін
    RIGHT = "right"  # беруге құқылы


class VerbGroup(NamedTuple):
    """``tokens[first : last + 1]`` is the group; ``lemma`` is that of its main verb.

    ``negative`` says that the whole is denied: an odd number of negations («бере алмайды», «беруге құқылы емес», but
    «бермеуі мүмкін емес» is none).
    """

    first: int
    last: int
    lemma: str
    modality: Modality
    negative: bool


_DENYING: Final = "емес"
_SMALL: Final = frozenset({"да", "де", "та", "те", "ғана", "қана"})


def verb_groups(tokens: Sequence[Token]) -> tuple[VerbGroup, ...]:
    """Groups of a sentence or text in order: every finite verb, and every verb form with a modal word after it."""
    found: list[VerbGroup] = []
    at = 0
    while at < len(tokens):
        group = _group(tokens, at) if "verb" in tokens[at].tags else None
        if group is not None:
            found.append(group)
            at = group.last
        at += 1
    return tuple(found)


def _group(tokens: Sequence[Token], first: int) -> VerbGroup | None:
    main = tokens[first]
    after = first + 1
    while after < len(tokens) and tokens[after].norm in _SMALL:
        after += 1
    modality = _modality(main, tokens[after]) if after < len(tokens) else Modality.NONE
    if modality is Modality.NONE:
        if "finite" not in main.tags:
            return None
        return VerbGroup(first, first, main.lemma, modality, "neg" in main.tags)
    last = after
    negations = ("neg" in main.tags) + ("neg" in tokens[after].tags)
    if last + 1 < len(tokens) and tokens[last + 1].norm == _DENYING:
        last += 1
        negations += 1
    return VerbGroup(first, last, main.lemma, modality, negations % 2 == 1)


def _modality(main: Token, following: Token) -> Modality:
    for form in _forms(main):
        for lemma in following.lemmas:
            modality = _table().get((form, lemma))
            if modality is not None and _carries(following, lemma):
                return modality
    return Modality.NONE


def _carries(token: Token, lemma: str) -> bool:
    """A modal verb must be a verb here, a modal word must stand bare («мүмкін», not «мүмкіндігі»)."""
    return "verb" in token.tags if lemma.endswith("у") else token.norm == lemma


def _forms(token: Token) -> tuple[str, ...]:
    if "converb" in token.tags:
        return ("converb_p",) if token.norm.endswith("п") else ("converb_a",)
    if "infinitive" in token.tags:
        return ("dative",) if "dat" in token.tags else ("possessive",) if "poss" in token.tags else ()
    return ()


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], Modality]:
    return {(form, lemma): Modality(modality) for form, lemma, modality in rows("kk_modality.tsv")}
