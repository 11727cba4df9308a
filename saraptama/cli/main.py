"""saraptama: the command line.

Every failure is a sentence in the user's language and an exit code, never a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from expertise.backup.contents import DamagedBackupError
from expertise.store.blobs import KeptFileError
from nlp.errors import NotAnActError, PackError, SaraptamaError
from saraptama.cli.codes import Exit
from saraptama.cli.speech import speak
from saraptama.cli.words import Words, choose_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (also the entry point of the console script)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Words(choose_language(given))
    _utf8_streams()
    speak(words.language)
    from saraptama.cli.commands import build

    try:
        result = build(words).main(args=given, prog_name="saraptama", standalone_mode=False)
        return int(result) if isinstance(result, int) else Exit.OK
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        click.echo(words("cli.interrupted"), err=True)
        return 130
    except click.UsageError as error:
        return _say(_usage(error, words), Exit.USAGE)
    except SaraptamaError as error:
        return _say(words(error.code, **error.params), exit_code(error))
    except BrokenPipeError:
        # The reader of our output went away (head, less): not an error; stdout must not be flushed again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except OSError as error:
        place = error.filename or ""
        return _say(words("cli.system", reason=error.strerror or str(error), file=place), Exit.OUTPUT)
    except Exception as error:
        if os.environ.get("SARAPTAMA_DEBUG"):
            raise
        if _of_database(error):
            return _say(words("cli.database", reason=str(getattr(error, "orig", error)).splitlines()[0]), Exit.INPUT)
        return _say(words("cli.internal", kind=type(error).__name__), Exit.INTERNAL)


def exit_code(error: SaraptamaError) -> Exit:
    """The exit code of an expected failure."""
    if isinstance(error, NotAnActError):
        return Exit.NOT_AN_ACT
    if isinstance(error, PackError):
        return Exit.PACK
    if isinstance(error, DamagedBackupError | KeptFileError):
        return Exit.DAMAGED
    return Exit.INPUT


def _of_database(error: Exception) -> bool:
    """Whether the database did not answer or refused; told by its name, as most commands never load it."""
    return type(error).__module__ == "sqlalchemy.exc" and type(error).__name__ == "OperationalError"


def _say(text: str, code: Exit) -> int:
    click.echo(text, err=True)
    return code


def _usage(error: click.UsageError, words: Words) -> str:
    """click speaks English; the kinds of mistake it finds are told in the user's language."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # a group alone: its help is all there is to say
        return error.format_message()
    path = error.ctx.command_path if error.ctx is not None else "saraptama"
    if isinstance(error, click.NoSuchOption):
        text = words("cli.no_such_option", option=error.option_name)
    elif isinstance(error, click.MissingParameter):
        text = words("cli.missing_parameter", name=_name(error))
    elif isinstance(error, click.BadParameter):
        choices = _choices(error)
        code = "cli.bad_parameter" if choices else "cli.wrong_value"
        text = words(code, name=_name(error), value=choices, problem=error.message)
    else:
        text = words("cli.usage", problem=error.format_message())
    return f"{text}\n{words('cli.try_help', command=path)}"


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    return ", ".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""


def _name(error: click.BadParameter) -> str:
    """An option as it is written, an argument as the help calls it."""
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option) or error.ctx is None:
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx)


def _utf8_streams() -> None:
    """Russian and Kazakh go out as UTF-8 whatever the machine's locale says."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace" if stream is not sys.stdin else "strict")


def run() -> None:
    """Entry point of the console script."""
    sys.exit(main())
