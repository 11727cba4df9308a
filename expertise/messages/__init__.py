"""Texts of codes of the case and of the service, in Russian and Kazakh; codes of ``nlp`` are said by ``nlp.messages``.

Reads: ``ru.yaml`` and ``kk.yaml``, flat mappings code → text with ``{blanks}``. Params that are terms of ours (states,
transitions, requisites, kinds of files, factors) are put into words before they fill a blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from nlp import messages as of_nlp

LANGUAGES = of_nlp.LANGUAGES

_TERMS = {
    "state": "state",
    "transition": "transition",
    "field": "requisite",
    "kind": "file_kind",
    "severity": "severity",
    "seat": "seat",
}


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language; raises ``KeyError`` for a language that has none."""
    if language not in LANGUAGES:
        raise KeyError(language)
    raw = yaml.safe_load(files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8"))
    return {str(code): str(text) for code, text in raw.items()}


def say(code: str, language: str, params: Mapping[str, object] | None = None) -> str:
    """The text of ``code`` with its blanks filled; codes of reading and judging too."""
    known = catalogue(language)
    if code not in known:
        return of_nlp.message(code, language, params)
    given = {key: _in_words(key, value, known) for key, value in (params or {}).items()}
    return of_nlp.fill(known[code], given)


def term(kind: str, value: str, language: str) -> str:
    """The name of a state, transition, requisite, role …; the value itself when it has none."""
    return catalogue(language).get(f"{kind}.{value}", value)


def requisite_name(key: str, kind: str, language: str) -> str:
    """What a requisite is called in a case of this kind: that of an act in force has some names of its own."""
    known = catalogue(language)
    return known.get(f"requisite_{kind}.{key}") or known.get(f"requisite.{key}", key)


def _in_words(key: str, value: object, known: Mapping[str, str]) -> str:
    words = str(value)
    return known.get(f"{_TERMS[key]}.{words}", words) if key in _TERMS else words
