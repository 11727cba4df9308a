"""Texts of codes in Russian and Kazakh: errors and notices are codes everywhere, words only here.

Reads: ``ru.yaml`` and ``kk.yaml``, flat mappings code → text with ``{blanks}``. Writes: nothing.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("ru", "kk")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language; raises ``KeyError`` for a language that has no catalogue."""
    if language not in LANGUAGES:
        raise KeyError(language)
    source = files(__name__).joinpath(f"{language}.yaml")
    if not source.is_file():
        return {}
    return {str(code): str(text) for code, text in (yaml.safe_load(source.read_text(encoding="utf-8")) or {}).items()}


def message(code: str, language: str, params: Mapping[str, object] | None = None) -> str:
    """The text of ``code`` with its blanks filled.

    A blank that ``params`` leave open stays as ``___``. A code without a text shows itself with its params: a user
    gets something to report instead of a failure inside the report of a failure.
    """
    given = {key: str(value) for key, value in (params or {}).items()}
    text = catalogue(language).get(code)
    if text is None:
        shown = ", ".join(f"{key}={value}" for key, value in sorted(given.items()))
        return f"{code} ({shown})" if shown else code
    return fill(text, given)


def fill(text: str, params: Mapping[str, str]) -> str:
    """A text with its named blanks filled; those ``params`` leave open become ``___``."""
    return _Blanks().vformat(text, (), params)


def text(code: str, language: str, **params: object) -> str:
    """``message`` with the blanks given by name, as ``SaraptamaError.code`` and ``params`` hold them."""
    return message(code, language, params)


class _Blanks(string.Formatter):
    """Fills named blanks only: no attribute or index access, so a text cannot reach into objects."""

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        return kwargs.get(field_name, "___"), field_name
