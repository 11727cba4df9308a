"""What click says by itself – headings of the help, mistakes in a command – in the user's language.

Reads: texts of one language. Writes: the functions by which click's modules translate. A sentence that is not in the
table stays as click has it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from nlp.messages import catalogue

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_CODES: Mapping[str, str] = {
    "Usage:": "click.usage",
    "Options": "click.options",
    "Positional arguments": "click.arguments",
    "Commands": "click.commands",
    "Show this message and exit.": "click.help",
    "default: {default}": "click.default",
    "required": "click.required",
    "No such command {name!r}.": "click.no_command",
    "Did you mean {possibility}?": "click.meant",
    "(Did you mean one of: {possibilities}?)": "click.meant_one_of",
    "Missing command.": "click.missing_command",
    "Got unexpected extra argument ({args})": "click.extra",
    "Got unexpected extra arguments ({args})": "click.extra",
    "Option {name!r} requires an argument.": "click.value_needed",
    "Option {name!r} does not take a value.": "click.no_value",
    "{value!r} is not a valid {number_type}.": "click.not_a_number",
    "{value} is not in the range {range}.": "click.out_of_range",
    "{value!r} does not match the format {format}.": "click.not_the_format",
    "{name} {filename!r} does not exist.": "click.not_found",
    "{name} {filename!r} is a file.": "click.is_a_file",
    "{name} {filename!r} is a directory.": "click.is_a_folder",
    "{name} {filename!r} is not readable.": "click.not_readable",
    "{name} {filename!r} is not writable.": "click.not_writable",
}


def speak(language: str) -> None:
    """Make click speak a language from now on."""
    texts = catalogue(language)

    def one(text: str) -> str:
        return texts.get(_CODES.get(text, ""), text)

    def counted(single: str, several: str, number: int) -> str:
        return one(single if number == 1 else several)

    for name in _MODULES:
        module = sys.modules.get(f"click.{name}")
        for function, said in (("_", one), ("ngettext", counted)):
            if hasattr(module, function):
                setattr(module, function, said)
