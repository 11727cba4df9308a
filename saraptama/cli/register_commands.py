"""Commands that load registers."""

from __future__ import annotations

from pathlib import Path

import click

from saraptama.cli.words import Words


def register_commands(words: Words) -> tuple[click.Group, ...]:
    """``services import``, ``acts import``."""

    def services(file: Path, out: Path) -> int:
        from saraptama.cli.services import import_register

        return import_register(words, file, out)

    def acts(file: Path, out: Path) -> int:
        from saraptama.cli.acts import import_register

        return import_register(words, file, out)

    made = []
    for name, callback in (("services", services), ("acts", acts)):
        group = click.Group(name, help=words(f"cli.help.{name}"))
        group.add_command(
            click.Command(
                "import",
                callback=callback,
                help=words(f"cli.help.{name}_import"),
                params=[
                    click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
                    click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False),
                                 default=Path(f"{name}.json"), show_default=True, help=words(f"cli.help.{name}_out")),
                ],
            )
        )  # fmt: skip
        made.append(group)
    return tuple(made)
