"""saraptama parity: where the Russian and the Kazakh text of one act say different things."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from nlp.detection.both_texts import parity_words
from nlp.dossier import dossier_of
from nlp.errors import DossierError
from nlp.parity import parity
from nlp.parity.report import to_dict, told
from nlp.reading.reader import read_file
from nlp.structure import structure
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words
from saraptama.packs import find_pack


def show_parity(words: Words, files: Sequence[Path], as_json: bool, pack: str) -> int:
    """Print the divergences: paragraphs for a person, JSON of the committed schema for a program.

    ``files``: the two texts in any order, or one file that holds both. Raises ``DossierError`` (``parity.one_text``)
    where a language is not there.
    """
    limits = limits_of_environment()
    dossier = dossier_of([read_file(file, limits) for file in files])
    if dossier.ru is None or dossier.kk is None:
        raise DossierError("parity.one_text")
    ru, kk = structure(dossier.ru), structure(dossier.kk)
    found = parity(ru, kk, parity_words(find_pack(pack)))
    if as_json:
        click.echo(json.dumps(to_dict(found, ru, kk), ensure_ascii=False, indent=1))
        return Exit.OK
    click.echo(words("parity.count", count=len(found)))
    for line in told(found, ru, kk, words.language):
        click.echo(line)
    for notice in dossier.notices:
        click.echo(words(notice.code, **dict(notice.params)), err=True)
    return Exit.OK
