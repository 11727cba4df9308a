"""The strings of all pages, in Russian and Kazakh: one catalogue a language, flat keys → text with ``{blanks}``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from nlp.messages import LANGUAGES, fill


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All strings of one language; raises ``KeyError`` for a language that has none."""
    if language not in LANGUAGES:
        raise KeyError(language)
    raw = yaml.safe_load(files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8"))
    return {str(key): str(text) for key, text in raw.items()}


class Texts:
    """The strings of one language as templates use them: ``t('cases.title')``, ``t('cases.found', count=3)``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._known = catalogue(language)

    def __call__(self, key: str, **blanks: object) -> str:
        """The string with its blanks filled. Raises ``KeyError`` for a key that does not exist."""
        known = self._known[key]
        if not blanks and "{" not in known:  # most strings of a page
            return known
        return fill(known, {name: str(value) for name, value in blanks.items()})

    def count(self, key: str, number: int) -> str:
        """The string in the form for a number: Russian has three («замечание, замечания, замечаний»), Kazakh one."""
        return self(f"{key}.{_form(number) if self.language == 'ru' else 'many'}", count=number)


def _form(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return "few"
    return "many"
