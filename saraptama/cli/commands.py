"""All commands with their options; help is written in the user's language."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nlp.messages import LANGUAGES
from nlp.plugins import EXPORTERS, named
from saraptama.cli.batch_commands import batch_command
from saraptama.cli.corpus_commands import corpus_commands
from saraptama.cli.register_commands import register_commands
from saraptama.cli.service_commands import service_commands
from saraptama.cli.version_commands import version_commands
from saraptama.cli.words import Words
from saraptama.formats import FORMATS, ON_REQUEST
from saraptama.packs import DEFAULT_PACK


class _Evaluate(click.Group):
    """``evaluate CORPUS…`` runs, ``evaluate compare A B`` compares."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a known subcommand the words are corpora."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


class _Format(click.Choice[str]):
    """Our formats, and those of exporters that are installed; these are looked for only when one is named."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """A name of ours, or of an exporter."""
        if value not in self.choices and named(EXPORTERS, value):
            return value
        return super().convert(value, param, ctx)


def build(words: Words) -> click.Group:
    """The command group in one language."""
    group = click.Group("saraptama", help=words("cli.help.saraptama"), context_settings=_settings())
    group.params.append(_language(words))
    group.params.append(
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version,
                     help=words("cli.help.version"))
    )  # fmt: skip
    for command in (
        _examine(words),
        batch_command(words),
        _structure(words),
        _parity(words),
        *version_commands(words),
        _judge(words),
        _rules(words),
        _explain(words),
        _evaluate(words),
        corpus_commands(words),
        _train(words),
        *register_commands(words),
        *service_commands(words),
        _serve(words),
        _worker(words),
        _plugins(words),
    ):
        command.params.append(_language(words))
        group.add_command(command)
    for command in (*_subcommands(group),):
        command.params.append(_language(words))
    return group


def _subcommands(group: click.Group) -> list[click.Command]:
    return [sub for command in group.commands.values() if isinstance(command, click.Group)
            for sub in command.commands.values()]  # fmt: skip


def _settings() -> dict[str, list[str]]:
    return {"help_option_names": ["-h", "--help"]}


def _version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        from importlib import metadata

        click.echo(f"saraptama {metadata.version('saraptama')}")
        ctx.exit()


def _language(words: Words) -> click.Option:
    return click.Option(
        ["--language"], type=click.Choice(LANGUAGES), expose_value=False, help=words("cli.help.language")
    )


def _pack(words: Words) -> click.Option:
    return click.Option(["--pack"], default=DEFAULT_PACK, show_default=True, help=words("cli.help.pack"))


def _model(words: Words) -> click.Option:
    return click.Option(["--model"], default="", metavar="FOLDER|none", help=words("cli.help.model"))


def _examine(words: Words) -> click.Command:
    def callback(
        files: tuple[Path, ...],
        ru: Path | None,
        kk: Path | None,
        out: Path | None,
        formats: tuple[str, ...],
        pack: str,
        force: bool,
        base: tuple[Path, ...],
        table: Path | None,
        note: Path | None,
        previous: Path | None,
        services: Path | None,
        acts: Path | None,
        model: str,
    ) -> int:
        from saraptama.cli.examine import Beside, examine

        beside = Beside(base, table, note, previous)
        return examine(words, files, ru, kk, out, formats, pack, force, beside, services, acts, model)

    return click.Command(
        "examine",
        help=words("cli.help.examine"),
        callback=callback,
        params=[
            click.Argument(["files"], nargs=-1, type=click.Path(path_type=Path), metavar="FILE…"),
            click.Option(["--ru"], type=click.Path(path_type=Path), help=words("cli.help.ru")),
            click.Option(["--kk"], type=click.Path(path_type=Path), help=words("cli.help.kk")),
            click.Option(["--base"], type=click.Path(path_type=Path), multiple=True, help=words("cli.help.base")),
            click.Option(["--table"], type=click.Path(path_type=Path), help=words("cli.help.table")),
            click.Option(["--note"], type=click.Path(path_type=Path), help=words("cli.help.note_file")),
            click.Option(["--previous"], type=click.Path(path_type=Path), help=words("cli.help.previous")),
            click.Option(["--services"], type=click.Path(path_type=Path), help=words("cli.help.services_file")),
            click.Option(["--acts"], type=click.Path(path_type=Path), help=words("cli.help.acts_file")),
            click.Option(["--out"], type=click.Path(path_type=Path, file_okay=False), help=words("cli.help.out")),
            click.Option(["--format", "formats"], type=_Format((*FORMATS, *ON_REQUEST)),
                         multiple=True,
                         help=words("cli.help.format")),
            click.Option(["--force"], is_flag=True, help=words("cli.help.force")),
            _pack(words),
            _model(words),
        ],
    )  # fmt: skip


def _structure(words: Words) -> click.Command:
    def callback(file: Path, as_json: bool) -> int:
        from saraptama.cli.structure import show_structure

        return show_structure(words, file, as_json)

    return click.Command(
        "structure",
        help=words("cli.help.structure"),
        callback=callback,
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json")),
        ],
    )


def _parity(words: Words) -> click.Command:
    def callback(files: tuple[Path, ...], as_json: bool, pack: str) -> int:
        from saraptama.cli.parity import show_parity

        return show_parity(words, files, as_json, pack)

    return click.Command(
        "parity",
        help=words("cli.help.parity"),
        callback=callback,
        params=[
            click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…"),
            click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json")),
            _pack(words),
        ],
    )


def _judge(words: Words) -> click.Command:
    def callback(pack: str, model: str) -> int:
        from saraptama.cli.judge import judge_stream

        return judge_stream(words, sys.stdin, sys.stdout, pack, model)

    options: list[click.Parameter] = [_pack(words), _model(words)]
    return click.Command("judge", help=words("cli.help.judge"), callback=callback, params=options)


def _rules(words: Words) -> click.Group:
    group = click.Group("rules", help=words("cli.help.rules"))

    def check(pack: str) -> int:
        from saraptama.cli.rules import check_rules

        return check_rules(words, pack)

    def list_(pack: str, factor: str | None) -> int:
        from saraptama.cli.rules import list_rules

        return list_rules(words, pack, factor)

    def explain(rule: str, pack: str) -> int:
        from saraptama.cli.rules import explain_rule

        return explain_rule(words, rule, pack)

    factor = click.Option(["--factor"], help=words("cli.help.factor"))
    rule = click.Argument(["rule"], metavar="RULE")
    group.add_command(click.Command("check", callback=check, help=words("cli.help.rules_check"), params=[_pack(words)]))
    group.add_command(
        click.Command("list", callback=list_, help=words("cli.help.rules_list"), params=[_pack(words), factor])
    )
    group.add_command(
        click.Command("explain", callback=explain, help=words("cli.help.rules_explain"), params=[rule, _pack(words)])
    )
    group.add_command(_new_rule(words))
    return group


def _new_rule(words: Words) -> click.Command:
    def callback(rule: str, pack: Path, flags: tuple[str, ...], passes: tuple[str, ...], instead: str | None) -> int:
        from saraptama.cli.new_rule import add_rule

        return add_rule(words, rule, pack, flags, passes, instead)

    folder = click.Path(path_type=Path, file_okay=False)
    return click.Command(
        "new",
        help=words("cli.help.rules_new"),
        callback=callback,
        params=[
            click.Argument(["rule"], metavar="RULE"),
            click.Option(["--pack"], type=folder, required=True, help=words("cli.help.rule_pack")),
            click.Option(["--flag", "flags"], multiple=True, required=True, help=words("cli.help.rule_flag")),
            click.Option(["--pass", "passes"], multiple=True, required=True, help=words("cli.help.rule_pass")),
            click.Option(["--instead"], help=words("cli.help.rule_instead")),
        ],
    )


def _explain(words: Words) -> click.Command:
    def callback(file: Path, unit: str, pack: str) -> int:
        from saraptama.cli.explain import explain_unit

        return explain_unit(words, file, unit, pack)

    return click.Command(
        "explain",
        help=words("cli.help.explain"),
        callback=callback,
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
            click.Option(["--unit"], required=True, help=words("cli.help.unit")),
            _pack(words),
        ],
    )


def _train(words: Words) -> click.Command:
    def callback(corpora: tuple[Path, ...], out: Path, name: str, pack: str) -> int:
        from saraptama.cli.train import train_classifier

        return train_classifier(words, corpora, out, name, pack)

    path = click.Path(path_type=Path)
    text = words("cli.help.train_corpus")
    return click.Command(
        "train",
        help=words("cli.help.train"),
        callback=callback,
        params=[
            click.Option(["--corpus", "corpora"], type=path, multiple=True, required=True, help=text),
            click.Option(["--out"], type=path, required=True, help=words("cli.help.train_out")),
            click.Option(["--name"], default="own", show_default=True, help=words("cli.help.train_name")),
            _pack(words),
        ],
    )


def _evaluate(words: Words) -> click.Group:
    group = _Evaluate("evaluate", help=words("cli.help.evaluate"))

    def run(
        corpora: tuple[Path, ...],
        report: Path,
        pack: str,
        factors: str,
        predictions: Path | None,
        note: str,
        log: Path | None,
        gold: str,
        length_from: tuple[Path, ...],
        model: str,
    ) -> int:
        from saraptama.cli.evaluate import evaluate

        return evaluate(words, corpora, report, pack, factors, predictions, note, log, gold, length_from, model)

    def compare(first: Path, second: Path) -> int:
        from saraptama.cli.evaluate import compare_reports

        return compare_reports(words, first, second)

    def table(reports: tuple[Path, ...], remarks: bool) -> int:
        from saraptama.cli.evaluate import show_side_by_side

        return show_side_by_side(words, reports, remarks)

    def noise(acts: tuple[Path, ...], pack: str) -> int:
        from saraptama.cli.noise import measure_noise

        return measure_noise(words, acts, pack)

    path = click.Path(path_type=Path)
    group.add_command(
        click.Command(
            "run",
            callback=run,
            help=words("cli.help.evaluate"),
            params=[
                click.Argument(["corpora"], nargs=-1, required=True, type=path, metavar="CORPUS…"),
                click.Option(["--report"], type=path, required=True, help=words("cli.help.report")),
                click.Option(["--factors"], default="", help=words("cli.help.factors")),
                click.Option(["--predictions"], type=path, help=words("cli.help.predictions")),
                click.Option(["--note"], default="", help=words("cli.help.note")),
                click.Option(["--log"], type=path, help=words("cli.help.log")),
                click.Option(["--gold"], default="", help=words("cli.help.gold")),
                click.Option(["--length-from"], type=path, multiple=True, help=words("cli.help.length_from")),
                _pack(words),
                _model(words),
            ],
        )
    )
    group.add_command(
        click.Command(
            "compare",
            callback=compare,
            help=words("cli.help.compare"),
            params=[
                click.Argument(["first"], type=path, metavar="A"),
                click.Argument(["second"], type=path, metavar="B"),
            ],
        )
    )
    group.add_command(
        click.Command(
            "table",
            callback=table,
            help=words("cli.help.evaluate_table"),
            params=[
                click.Argument(["reports"], nargs=-1, required=True, type=path, metavar="REPORT…"),
                click.Option(["--remarks"], is_flag=True, help=words("cli.help.only_remarks")),
            ],
        )
    )
    group.add_command(
        click.Command(
            "noise",
            callback=noise,
            help=words("cli.help.noise"),
            params=[click.Argument(["acts"], nargs=-1, required=True, type=path, metavar="ACT…"), _pack(words)],
        )
    )
    return group


def _serve(words: Words) -> click.Command:
    def callback(host: str, port: int, with_worker: bool) -> int:
        from saraptama.cli.serve import serve

        return serve(words, host, port, with_worker)

    return click.Command(
        "serve",
        help=words("cli.help.serve"),
        callback=callback,
        params=[
            click.Option(["--host"], default="127.0.0.1", show_default=True, help=words("cli.help.host")),
            click.Option(["--port"], type=click.IntRange(1, 65535), default=8000, show_default=True,
                         help=words("cli.help.port")),
            click.Option(["--with-worker/--no-worker"], default=True, show_default=True,
                         help=words("cli.help.with_worker")),
        ],
    )  # fmt: skip


def _worker(words: Words) -> click.Command:
    def callback(name: str) -> int:
        from saraptama.cli.serve import work

        return work(words, name)

    name = click.Option(["--name"], default="worker-1", show_default=True, help=words("cli.help.worker_name"))
    return click.Command("worker", help=words("cli.help.worker"), callback=callback, params=[name])


def _plugins(words: Words) -> click.Command:
    def callback(as_json: bool) -> int:
        from saraptama.cli.plugins import list_plugins

        return list_plugins(words, as_json)

    as_json = click.Option(["--json", "as_json"], is_flag=True, help=words("cli.help.json"))
    return click.Command("plugins", help=words("cli.help.plugins"), callback=callback, params=[as_json])
