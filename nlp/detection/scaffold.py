"""A new rule from examples: what a lawyer marks in sentences → an entry of a rule file, complete and testable.

Reads: a pack, example sentences with the words to be found in [[…]]. Writes: the entry as plain data. The patterns are
the dictionary forms of the marked words, so that other endings are found too; texts begin from the factor's definition
and are there to be re-worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nlp.detection.pack import Pack
from nlp.detection.rule import strip_marks
from nlp.errors import PackError
from nlp.language import of
from nlp.matching.pattern import Lists
from nlp.messages import LANGUAGES, message

_ID = re.compile(r"^(?P<factor>[a-z_]+)\.(?P<language>ru|kk)\.[a-z0-9_]+$")
_UNPLAIN = re.compile(r"[|?~*@<>{}#=]")
NO_LISTS: Lists = {}


def new_rule(
    pack: Pack, rule: str, flags: Sequence[str], passes: Sequence[str], instead: str | None = None
) -> dict[str, Any]:
    """The entry of rule ``rule`` («factor.language.name»).

    ``flags`` are sentences with [[marked]] words the rule must find, ``passes`` sentences it must leave alone,
    ``instead`` the words proposed in place of the marked ones. Raises ``PackError`` for an id that is malformed, taken
    or of an unknown factor or language, and for a flagged sentence without marked words.
    """
    factor, language = _parts(pack, rule)
    marked = [_marked(sentence) for sentence in flags]
    definition = pack.factors[factor].definition
    entry: dict[str, Any] = {
        "id": rule,
        "name": dict.fromkeys(LANGUAGES, f"«{marked[0]}»"),
        "strength": 1,
        "any": list(dict.fromkeys(_pattern(words, language) for words in marked)),
        "explanation": {code: _text("rules.new_explanation", code, definition[code]) for code in LANGUAGES},
        "risk": {code: _text("rules.new_risk", code, definition[code]) for code in LANGUAGES},
    }
    if instead is not None:
        entry["rewrite"] = [{"op": "replace", "with": instead}]
    return {**entry, "tests": {"flag": list(flags), "pass": list(passes)}}


def factor_of(pack: Pack, rule: str) -> tuple[str, str]:
    """Factor and language that a rule's id names. Raises ``PackError`` as ``new_rule`` does."""
    return _parts(pack, rule)


def _parts(pack: Pack, rule: str) -> tuple[str, str]:
    found = _ID.match(rule)
    if found is None or found["language"] not in pack.languages:
        raise PackError("pack.rule_id", rule=rule)
    if found["factor"] not in pack.factors:
        raise PackError("rules.unknown_factor", factor=found["factor"], known=", ".join(pack.factors))
    if rule in pack.by_id:
        raise PackError("pack.rule_exists", rule=rule)
    return found["factor"], found["language"]


def _marked(sentence: str) -> str:
    plain, spans = strip_marks(sentence)
    if not spans or not plain[spans[0][0] : spans[0][1]].strip():
        raise PackError("pack.rule_no_mark", text=sentence)
    return plain[spans[0][0] : spans[0][1]]


def _pattern(words: str, language: str) -> str:
    """Dictionary forms of the words, numbers as «#», marks that the pattern language uses left out."""
    elements = []
    for token in of(language).analyse(words):
        if "num" in token.tags:
            elements.append("#")
        elif any(character.isalpha() for character in token.text) and not _UNPLAIN.search(token.lemma):
            elements.append(token.lemma)
    if not any(element != "#" for element in elements):
        raise PackError("pack.rule_no_words", text=words)
    return " ".join(elements)


def _text(code: str, language: str, definition: str) -> str:
    """The message with the fields of the norm left to be filled when the rule speaks."""
    return message(code, language, {"definition": definition, "quote": "{quote}", "actor": "{actor}"})
