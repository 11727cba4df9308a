"""Packs and overlays by path or by the name they are registered under (entry points ``saraptama.packs``)."""

from __future__ import annotations

from pathlib import Path

from nlp.detection.layers import is_overlay, overlay_base
from nlp.detection.pack import Pack, load_pack
from nlp.errors import PackError
from nlp.plugins import PACKS, called, named

DEFAULT_PACK = "kz"


def find_pack(name: str = DEFAULT_PACK) -> Pack:
    """Load a pack or an overlay with what it lies on: a folder, or the name of a registered one.

    Raises ``PackError`` when there is none, when it is malformed, or when overlays lie on each other in a circle;
    ``PluginError`` when its registration is broken.
    """
    layers = _layers(name)
    return load_pack(layers[0], layers[1:])


def _layers(name: str) -> list[Path]:
    """The pack's folder and the overlays on it, the lowest first."""
    found: list[Path] = []
    folder = _folder(name, Path())
    while is_overlay(folder):
        if folder in found:
            raise PackError("pack.overlay_circle", overlay=folder.name)
        found.append(folder)
        folder = _folder(overlay_base(folder), folder)
    return [folder, *reversed(found)]


def _folder(name: str, beside: Path) -> Path:
    """The registered pack of that name, else a folder relative to ``beside``.

    A folder that happens to be called like a registered pack never takes its place; «./kz» means the folder.
    """
    plugin = None if any(sign in name for sign in "/\\") else named(PACKS, name)
    if plugin is None:
        if (beside / name).is_dir():
            return (beside / name).resolve()
        raise PackError("pack.unknown", pack=name)
    locate = plugin.load()
    return called(plugin, lambda: Path(locate()))
