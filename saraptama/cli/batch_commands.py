"""Commands on many drafts: ``batch``, ``batch diff``."""

from __future__ import annotations

from pathlib import Path

import click

from saraptama.cli.words import Words
from saraptama.packs import DEFAULT_PACK


class _Batch(click.Group):
    """``batch DRAFTS`` runs, ``batch diff A B`` compares."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a known subcommand the first word is what is to be examined."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


def batch_command(words: Words) -> click.Group:
    """The command with help in the user's language."""
    return _Batch("batch", help=words("cli.help.batch"), commands=[_run(words), _diff(words)])


def _run(words: Words) -> click.Command:
    def callback(
        drafts: Path,
        out: Path,
        engine: str,
        scheduler: str | None,
        workers: int | None,
        pack: str,
        model: str,
        services: Path | None,
        acts: Path | None,
        force: bool,
        again: bool,
        no_tables: bool,
        quiet: bool,
        as_json: bool,
    ) -> int:
        from saraptama.cli.batch import Asked, run_batch

        asked = Asked(
            drafts, out, engine, scheduler or "", workers or 0, pack, model, services, acts, force, again,
            not no_tables, quiet, as_json,
        )  # fmt: skip
        return run_batch(words, asked)

    path = click.Path(path_type=Path)
    return click.Command(
        "run",
        help=words("cli.help.batch_run"),
        callback=callback,
        params=[
            click.Argument(["drafts"], type=path, metavar="DIR|MANIFEST"),
            click.Option(["--out"], type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
                         help=words("cli.help.batch_out")),
            click.Option(["--engine"], type=click.Choice(("local", "dask")), default="local", show_default=True,
                         help=words("cli.help.batch_engine")),
            click.Option(["--scheduler"], metavar="URL", help=words("cli.help.batch_scheduler")),
            click.Option(["--workers"], type=click.IntRange(1, 1024), help=words("cli.help.batch_workers")),
            click.Option(["--pack"], default=DEFAULT_PACK, show_default=True, help=words("cli.help.pack")),
            click.Option(["--model"], default="", metavar="FOLDER|none", help=words("cli.help.model")),
            click.Option(["--services"], type=path, help=words("cli.help.services")),
            click.Option(["--acts"], type=path, help=words("cli.help.acts")),
            click.Option(["--force"], is_flag=True, help=words("cli.help.force")),
            click.Option(["--retry-failed", "again"], is_flag=True, help=words("cli.help.batch_again")),
            click.Option(["--no-tables"], is_flag=True, help=words("cli.help.batch_no_tables")),
            click.Option(["--quiet"], is_flag=True, help=words("cli.help.batch_quiet")),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.batch_json")),
        ],
    )  # fmt: skip


def _diff(words: Words) -> click.Command:
    def callback(before: Path, after: Path, as_json: bool) -> int:
        from saraptama.cli.batch_diff import show_diff

        return show_diff(words, before, after, as_json)

    path = click.Path(path_type=Path)
    return click.Command(
        "diff",
        help=words("cli.help.batch_diff"),
        callback=callback,
        params=[
            click.Argument(["before"], type=path, metavar="A"),
            click.Argument(["after"], type=path, metavar="B"),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json")),
        ],
    )
