"""Plug-ins: what other distributions register under our entry points, and what is told of broken ones.

A plug-in is loaded when it is needed, never before, so that a broken one is told by its name and breaks nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, TypeVar

from nlp.errors import SaraptamaError

PACKS: Final = "saraptama.packs"
READERS: Final = "saraptama.readers"
EXPORTERS: Final = "saraptama.exporters"
GROUPS: Final = (PACKS, READERS, EXPORTERS)


_Result = TypeVar("_Result")


class PluginError(SaraptamaError):
    """A plug-in that cannot be loaded or that failed; ``plugin`` among the params is its name."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point: ``target`` is its object (``module:name``), ``package`` the distribution that brings it."""

    group: str
    name: str
    target: str
    package: str = ""
    version: str = ""

    def load(self) -> Any:
        """The object itself. Raises ``PluginError`` ``plugin.broken`` {plugin, reason}, whatever its import does."""
        try:
            return EntryPoint(self.name, self.target, self.group).load()
        except (Exception, SystemExit) as error:
            raise PluginError("plugin.broken", plugin=self.name, reason=reason(error)) from None


def installed(group: str) -> tuple[Plugin, ...]:
    """All plug-ins of a group in the order of their names; of two with one name the first by package counts."""
    found: dict[str, Plugin] = {}
    for entry in entry_points(group=group):
        package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("", "")
        plugin = Plugin(group, entry.name, entry.value, package, version)
        before = found.get(entry.name)
        if before is None or (plugin.package, plugin.target) < (before.package, before.target):
            found[entry.name] = plugin
    return tuple(found[name] for name in sorted(found))


def named(group: str, name: str) -> Plugin | None:
    """The plug-in of this name, None without it."""
    return next((plugin for plugin in installed(group) if plugin.name == name), None)


def called(plugin: Plugin, call: Callable[[], _Result]) -> _Result:
    """What a plug-in answers. Errors of ours pass; any other becomes ``PluginError`` ``plugin.failed``."""
    try:
        return call()
    except SaraptamaError:
        raise
    except (Exception, SystemExit) as error:
        raise PluginError("plugin.failed", plugin=plugin.name, reason=reason(error)) from error


def reason(error: BaseException) -> str:
    """An error of foreign code in one line."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
