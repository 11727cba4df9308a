"""saraptama corpus check | stats | split | convert | agreement: the commands and their options."""

from __future__ import annotations

from pathlib import Path

import click

from saraptama.cli.words import Words
from saraptama.packs import DEFAULT_PACK

FORMATS = ("jsonl", "webanno", "docbin")


def corpus_commands(words: Words) -> click.Group:
    """The group."""
    group = click.Group("corpus", help=words("cli.help.corpus"))
    for made in (_check(words), _stats(words), _split(words), _convert(words), _agreement(words)):
        group.add_command(made)
    return group


def _paths(metavar: str = "PATH…") -> click.Argument:
    return click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar=metavar)


def _json(words: Words) -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json"))


def _check(words: Words) -> click.Command:
    def callback(paths: tuple[Path, ...], apart: tuple[Path, ...], pack: str) -> int:
        from saraptama.cli.corpus import check_corpora

        return check_corpora(words, paths, apart, pack)

    return click.Command(
        "check",
        callback=callback,
        help=words("cli.help.corpus_check"),
        params=[
            _paths(),
            click.Option(["--apart"], multiple=True, type=click.Path(path_type=Path),
                         help=words("cli.help.corpus_apart")),
            click.Option(["--pack"], default=DEFAULT_PACK, show_default=True, help=words("cli.help.pack")),
        ],
    )  # fmt: skip


def _stats(words: Words) -> click.Command:
    def callback(paths: tuple[Path, ...], as_json: bool) -> int:
        from saraptama.cli.corpus import show_statistics

        return show_statistics(words, paths, as_json)

    return click.Command(
        "stats", callback=callback, help=words("cli.help.corpus_stats"), params=[_paths(), _json(words)]
    )


def _split(words: Words) -> click.Command:
    def callback(paths: tuple[Path, ...], out: Path, folds: int | None, parts: tuple[str, ...], seed: int) -> int:
        from saraptama.cli.corpus import split_corpora

        return split_corpora(words, paths, out, folds, parts, seed)

    return click.Command(
        "split",
        callback=callback,
        help=words("cli.help.corpus_split"),
        params=[
            _paths(),
            click.Option(["--out"], required=True, type=click.Path(path_type=Path, file_okay=False),
                         help=words("cli.help.out")),
            click.Option(["--folds"], type=click.IntRange(2, 1000), help=words("cli.help.corpus_folds")),
            click.Option(["--part", "parts"], multiple=True, metavar="NAME=SHARE",
                         help=words("cli.help.corpus_part")),
            click.Option(["--seed"], type=int, default=1, show_default=True, help=words("cli.help.corpus_seed")),
        ],
    )  # fmt: skip


def _convert(words: Words) -> click.Command:
    def callback(paths: tuple[Path, ...], to: str, out: Path, annotator: str) -> int:
        from saraptama.cli.corpus import convert_corpora

        return convert_corpora(words, paths, to, out, annotator)

    return click.Command(
        "convert",
        callback=callback,
        help=words("cli.help.corpus_convert"),
        params=[
            _paths("FILE…"),
            click.Option(["--to"], required=True, type=click.Choice(FORMATS), help=words("cli.help.corpus_to")),
            click.Option(["--out"], required=True, type=click.Path(path_type=Path),
                         help=words("cli.help.corpus_out")),
            click.Option(["--annotator"], default="", help=words("cli.help.corpus_annotator")),
        ],
    )  # fmt: skip


def _agreement(words: Words) -> click.Command:
    def callback(paths: tuple[Path, ...], as_json: bool) -> int:
        from saraptama.cli.corpus import show_agreement

        return show_agreement(words, paths, as_json)

    return click.Command(
        "agreement",
        callback=callback,
        help=words("cli.help.corpus_agreement"),
        params=[_paths("FILE…"), _json(words)],
    )
