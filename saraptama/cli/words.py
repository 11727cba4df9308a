"""The language the command line speaks, and its words (all in ``nlp/messages``)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from expertise.messages import say
from nlp.messages import LANGUAGES, message
from nlp.messages import catalogue as of_nlp

DEFAULT = "ru"


def choose_language(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """``--language`` where it is given, else SARAPTAMA_LANGUAGE, else the locale, else Russian."""
    for position, argument in enumerate(arguments):
        value = ""
        if argument == "--language" and position + 1 < len(arguments):
            value = arguments[position + 1]
        elif argument.startswith("--language="):
            value = argument.partition("=")[2]
        if value in LANGUAGES:
            return value
    for name in ("SARAPTAMA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")[:2].lower()
        if value in LANGUAGES:
            return value
    return DEFAULT


class Words:
    """Texts of one language: ``words("cli.help.examine", file="…")``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, code: str, **params: object) -> str:
        """The text of a code with its blanks filled; where the service has its own for its pages («отметьте …»), that
        for a command («повторите с --force»)."""
        if code in of_nlp(self.language):
            return message(code, self.language, params)
        return say(code, self.language, params)
