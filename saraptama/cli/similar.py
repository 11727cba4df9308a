"""saraptama similar: which drafts of a folder are made of one text."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from nlp.dossier import dossier_of
from nlp.errors import ReadingError, SaraptamaError
from nlp.language import language_of
from nlp.limits import Limits
from nlp.reading.file_names import printable_name
from nlp.reading.reader import read_file
from nlp.reading.source import SourceText
from nlp.similarity import Fingerprint, Profile, Spread, clusters, fingerprint, likeness
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words

SCHEMA_VERSION = "1.0"
_PASSED_OVER = (".", "~$")  # hidden files, locks of Word


@dataclass(frozen=True, slots=True)
class _Member:
    file: str
    like: float


def show_similar(words: Words, folder: Path, as_json: bool) -> int:
    """Groups, the largest first, each with how like its members are to the group as a whole.

    A file with both texts is compared by its Russian one. Raises ``ReadingError`` for what is no folder; a file that
    cannot be read is told and the rest goes on.
    """
    if not folder.is_dir():
        raise ReadingError("reading.not_found" if not folder.exists() else "reading.not_a_file", name=folder.name)
    read: dict[str, Fingerprint] = {}
    failed: dict[str, str] = {}
    limits = limits_of_environment()
    for path in _files(folder):
        name = printable_name(str(path.relative_to(folder)))
        try:
            read[name] = _printed(path, limits)
        except SaraptamaError as error:
            failed[name] = words(error.code, **error.params)
    groups = _groups(read)
    if as_json:
        told = [{"language": code, "files": [{"file": m.file, "likeness": m.like} for m in members]}
                for code, members in groups if len(members) > 1]  # fmt: skip
        alone = [members[0].file for _, members in groups if len(members) == 1]
        value = {"schema_version": SCHEMA_VERSION, "groups": told, "alone": alone, "failed": failed}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    else:
        _print(words, groups, failed)
    return Exit.OK if not failed else Exit.PARTLY if read else Exit.INPUT


def _files(folder: Path) -> Iterator[Path]:
    """Files below the folder in the order of their names; links are not followed."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(_PASSED_OVER))
        yield from (
            Path(above) / name for name in sorted(names)
            if not name.startswith(_PASSED_OVER) and not (Path(above) / name).is_symlink()
        )  # fmt: skip


def _printed(path: Path, limits: Limits) -> Fingerprint:
    language, source = _text(read_file(path, limits))
    norms = [source.text[block.start : block.end] for block in source.blocks]
    return fingerprint(norms, language)


def _text(source: SourceText) -> tuple[str, SourceText]:
    """The Russian text of a file, else the Kazakh one; the file as it is where it makes no dossier."""
    try:
        return dossier_of([source]).texts()[0]
    except (SaraptamaError, IndexError):
        return ("kk" if language_of(source.text) == "kk" else "ru"), source


def _groups(read: dict[str, Fingerprint]) -> list[tuple[str, list[_Member]]]:
    found: dict[int, list[str]] = defaultdict(list)
    for name, family in zip(read, clusters(read.values()), strict=True):
        found[family].append(name)
    spread = Spread(len(found))
    profiles = {family: Profile(read[name] for name in names) for family, names in found.items()}
    for profile in profiles.values():
        for hash_ in profile.hashes():
            spread.note(hash_)
    made = []
    for family, names in found.items():
        members = [_Member(name, round(likeness(read[name], profiles[family], spread), 2)) for name in names]
        made.append((read[names[0]].language, members))
    return sorted(made, key=lambda each: (-len(each[1]), each[1][0].file))


def _print(words: Words, groups: Sequence[tuple[str, list[_Member]]], failed: dict[str, str]) -> None:
    number = 0
    for code, members in groups:
        if len(members) < 2:
            continue
        number += 1
        click.echo(words("similar.group", number=number, count=len(members), language=code))
        for member in members:
            click.echo(f"  {member.like:.2f}  {member.file}")
    alone = [members[0].file for _, members in groups if len(members) == 1]
    if alone:
        click.echo(words("similar.alone", count=len(alone)))
        for name in alone:
            click.echo(f"        {name}")
    if not groups and not failed:
        click.echo(words("similar.empty"))
    for name, why in failed.items():
        click.echo(f"{name}: {why}", err=True)
