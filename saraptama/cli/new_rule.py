"""saraptama rules new: a rule written from examples into a pack or an overlay, and its tests run at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import yaml

from nlp.detection.layers import FORMAT, MANIFEST, OVERLAY
from nlp.detection.pack import Pack
from nlp.detection.rulecheck import check_pack
from nlp.detection.scaffold import factor_of, new_rule
from nlp.errors import PackError
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words
from saraptama.packs import DEFAULT_PACK, find_pack

WIDTH = 120


def add_rule(
    words: Words, rule: str, folder: Path, flags: tuple[str, ...], passes: tuple[str, ...], instead: str | None
) -> int:
    """Append rule ``rule`` to the pack or overlay in ``folder`` (a new overlay on ``kz`` where there is none) and run
    its tests. Nothing is written when the rule cannot be made."""
    is_new = _is_new(folder)
    pack = find_pack(DEFAULT_PACK if is_new else str(folder))
    factor, language = factor_of(pack, rule)
    entry = new_rule(pack, rule, flags, passes, instead)
    if is_new:
        _write(folder / OVERLAY, _overlay(folder))
    path = folder / "factors" / factor / f"rules.{language}.yaml"
    _append(path, entry)
    click.echo(words("rules.new_written", rule=rule, file=path))
    return _check(words, find_pack(str(folder)), rule, folder)


def _check(words: Words, pack: Pack, rule: str, folder: Path) -> int:
    problems = check_pack(pack, [rule])
    for problem in problems:
        click.echo(words(problem.code, rule=problem.rule, text=problem.text))
    click.echo(words("rules.new_next" if not problems else "rules.new_mend", folder=folder, rule=rule))
    return Exit.PACK if problems else Exit.OK


def _is_new(folder: Path) -> bool:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return True
    if not ((folder / MANIFEST).is_file() or (folder / OVERLAY).is_file()):
        raise PackError("pack.folder_taken", folder=folder)
    return False


def _overlay(folder: Path) -> str:
    name = folder.resolve().name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "overlay"
    manifest = {
        "format": FORMAT,
        "id": plain,
        "version": "1",
        "over": DEFAULT_PACK,
        "name": {"ru": name, "kk": name},
    }
    return _yaml(manifest)


def _append(path: Path, entry: dict[str, Any]) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    _write(path, before + gap + _yaml([entry]))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PackError("pack.not_writable", file=path, problem=error.strerror or type(error).__name__) from error


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=WIDTH)
