"""Commands on several texts: ``versions`` and ``adoption`` of one act, ``similar`` of many."""

from __future__ import annotations

from pathlib import Path

import click

from saraptama.cli.words import Words
from saraptama.packs import DEFAULT_PACK


def version_commands(words: Words) -> tuple[click.Command, ...]:
    """The commands with help in the user's language."""
    return (_versions(words), _adoption(words), _similar(words))


def _versions(words: Words) -> click.Command:
    def callback(old: Path, new: Path, as_json: bool, page: Path | None, plain: bool, pack: str) -> int:
        from saraptama.cli.adoption import show_versions

        return show_versions(words, old, new, as_json, page, plain, pack)

    path = click.Path(path_type=Path)
    return click.Command(
        "versions",
        help=words("cli.help.versions"),
        callback=callback,
        params=[
            click.Argument(["old"], type=path, metavar="OLD"),
            click.Argument(["new"], type=path, metavar="NEW"),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json")),
            click.Option(["--html", "page"], type=click.Path(path_type=Path, dir_okay=False),
                         help=words("cli.help.versions_html")),
            click.Option(["--plain"], is_flag=True, help=words("cli.help.versions_plain")),
            _pack(words),
        ],
    )  # fmt: skip


def _adoption(words: Words) -> click.Command:
    def callback(draft: Path, adopted: Path, findings: Path | None, as_json: bool, out: Path | None, pack: str) -> int:
        from saraptama.cli.adoption import show_adoption

        return show_adoption(words, draft, adopted, findings, as_json, out, pack)

    path = click.Path(path_type=Path)
    return click.Command(
        "adoption",
        help=words("cli.help.adoption"),
        callback=callback,
        params=[
            click.Argument(["draft"], type=path, metavar="DRAFT"),
            click.Argument(["adopted"], type=path, metavar="ADOPTED"),
            click.Option(["--findings"], type=path, help=words("cli.help.adoption_findings")),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json")),
            click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), help=words("cli.help.out_file")),
            _pack(words),
        ],
    )


def _similar(words: Words) -> click.Command:
    def callback(folder: Path, as_json: bool) -> int:
        from saraptama.cli.similar import show_similar

        return show_similar(words, folder, as_json)

    return click.Command(
        "similar",
        help=words("cli.help.similar"),
        callback=callback,
        params=[
            click.Argument(["folder"], type=click.Path(path_type=Path), metavar="DIR"),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json")),
        ],
    )


def _pack(words: Words) -> click.Option:
    return click.Option(["--pack"], default=DEFAULT_PACK, show_default=True, help=words("cli.help.pack"))
