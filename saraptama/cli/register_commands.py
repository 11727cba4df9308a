"""Commands that load registers."""

from __future__ import annotations

from pathlib import Path

import click

from saraptama.cli.words import Words


def register_commands(words: Words) -> click.Group:
    """``services import``."""
    group = click.Group("services", help=words("cli.help.services"))

    def callback(file: Path, out: Path) -> int:
        from saraptama.cli.services import import_register

        return import_register(words, file, out)

    group.add_command(
        click.Command(
            "import",
            callback=callback,
            help=words("cli.help.services_import"),
            params=[
                click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
                click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), default=Path("services.json"),
                             show_default=True, help=words("cli.help.services_out")),
            ],
        )
    )  # fmt: skip
    return group
