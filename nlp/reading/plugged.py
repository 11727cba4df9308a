"""Readers of other distributions (entry points ``saraptama.readers``), run in the confined child like our own.

Reads: bytes that no reader of ours takes. Writes: ``SourceText``. The module of a plug-in is imported in the child too,
after confinement: it may not start programs, open connections or write files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.plugins import READERS, Plugin, PluginError, installed, reason
from nlp.reading.source import SourceText

ASKED = frozenset({"reading.format_not_supported", "reading.not_text"})
"""Refusals of ours after which plug-ins are asked."""


class Reader(Protocol):
    """What an entry point of ``saraptama.readers`` names: a module or an object with these two functions."""

    def recognises(self, data: bytes, name: str) -> bool:
        """Whether this is a file that it reads; called with any file that we do not read."""

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The text. ``ReadingError`` where the file is damaged; see ``saraptama.plain_text`` for a simple way."""


def read_plugged(
    data: bytes, name: str, limits: Limits, refused: ReadingError, plugins: Sequence[Plugin] | None = None
) -> SourceText:
    """The text by the first plug-in that recognises the file; its format is the plug-in's name.

    Raises ``reading.plugin_failed`` {plugin, reason} for one that cannot be loaded, or fails on a file it recognised –
    the former only where no other takes the file; ``refused`` where none does.
    """
    broken: ReadingError | None = None
    for plugin in installed(READERS) if plugins is None else plugins:
        try:
            reader = plugin.load()
            if not reader.recognises(data, name):
                continue
        except (MemoryError, RecursionError):
            raise
        except PluginError as error:
            broken = broken or _failed(plugin, str(error.params["reason"]))
            continue
        except Exception as error:
            broken = broken or _failed(plugin, reason(error))
            continue
        return _read(plugin, reader, data, name, limits)
    raise broken or refused


def _read(plugin: Plugin, reader: Reader, data: bytes, name: str, limits: Limits) -> SourceText:
    try:
        source = reader.read(data, name, limits)
        if not isinstance(source, SourceText):
            raise TypeError(f"{type(source).__name__} is not a SourceText")
    except (ReadingError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise _failed(plugin, reason(error)) from error
    return replace(source, format=plugin.name)


def _failed(plugin: Plugin, why: str) -> ReadingError:
    return ReadingError("reading.plugin_failed", plugin=plugin.name, reason=why)
