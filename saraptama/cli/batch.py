"""saraptama batch: many drafts into a folder of results."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import click

from expertise.batch.engines import Engine, dask, local
from expertise.batch.folder import OutFolder
from expertise.batch.listing import Listing, read_listing
from expertise.batch.progress import Teller
from expertise.batch.run import Batch, State
from expertise.batch.settings import BatchSettings, Setup
from expertise.batch.tables import require_pyarrow, write_tables
from nlp.errors import ReadingError
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words

_ENTRY = "saraptama.batch_child"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said. ``workers``: 0 – as many as there are processors."""

    drafts: Path
    out: Path
    engine: str
    scheduler: str
    workers: int
    pack: str
    model: str
    services: Path | None
    acts: Path | None
    force: bool
    again: bool
    tables: bool
    quiet: bool
    as_json: bool


def run_batch(words: Words, asked: Asked) -> int:
    """Examine what is not done yet. Exit codes: 6 where some drafts or lines failed, 3 where all did."""
    if (asked.engine == "dask") != bool(asked.scheduler):
        raise click.UsageError(words("cli.batch_scheduler_with_dask"))
    setup = _setup(asked)
    if asked.tables:
        require_pyarrow()
    listing = read_listing(asked.drafts, asked.out, setup.settings)
    for bad in listing.bad:
        click.echo(words("cli.batch_bad_line", line=bad.line, reason=words(bad.code, **bad.params)), err=True)
    if listing.aside and not asked.quiet:
        click.echo(words("cli.batch_aside", files=listing.aside), err=True)
    folder = OutFolder(asked.out)
    begun = time.monotonic()
    teller = Teller(sys.stderr, words.language, time.monotonic, asked.quiet)
    with folder.locked():
        batch = Batch(listing, folder, setup, teller, asked.again)
        try:
            with _engine(asked, setup) as engine:
                state = batch.run(engine)
        except KeyboardInterrupt:
            teller.end(batch.state)
            click.echo(words("cli.batch_interrupted"), err=True)
            raise click.Abort from None
        teller.end(state)
        if asked.tables:
            write_tables(folder, (draft.id for draft in listing.drafts))
    _told(words, asked, listing, state, time.monotonic() - begun)
    return _exit(listing, state)


def _setup(asked: Asked) -> Setup:
    try:
        settings = BatchSettings.from_environment(os.environ)
    except ValueError as error:
        raise ReadingError("cli.bad_limit", setting=str(error)) from error
    return Setup(
        entry=_ENTRY,
        pack=_name_or_folder(asked.pack),
        model=_name_or_folder(asked.model),
        services=str(asked.services.resolve()) if asked.services else "",
        acts=str(asked.acts.resolve()) if asked.acts else "",
        force=asked.force,
        limits=limits_of_environment(),
        settings=settings,
    )


def _name_or_folder(named: str) -> str:
    """A folder by its whole path: the examining process may run elsewhere."""
    return str(Path(named).resolve()) if named and Path(named).is_dir() else named


def _engine(asked: Asked, setup: Setup) -> AbstractContextManager[Engine]:
    if asked.engine == "dask":
        return dask(asked.scheduler, setup.settings)
    return local(asked.workers or len(os.sched_getaffinity(0)))


def _told(words: Words, asked: Asked, listing: Listing, state: State, seconds: float) -> None:
    failed = sum(state.failures.values())
    if asked.as_json:
        said = {
            "drafts": state.total, "examined": state.examined, "stood": state.stood, "failed": failed,
            "failures": dict(sorted(state.failures.items())), "bad_lines": [bad.line for bad in listing.bad],
            "out": str(asked.out), "peak_bytes": state.peak_bytes, "seconds": round(seconds, 1),
            "processor_seconds": round(_processor_seconds(), 1),
        }  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    click.echo(words("cli.batch_done", drafts=state.total, examined=state.examined, stood=state.stood, failed=failed))
    for code, times in sorted(state.failures.items(), key=lambda each: (-each[1], each[0])):
        click.echo(f"  {times} × {code}")
    click.echo(f"  → {asked.out}")


def _processor_seconds() -> float:
    """Of this process and of all that have ended under it; of other machines nothing is known."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _exit(listing: Listing, state: State) -> Exit:
    failed = sum(state.failures.values())
    if failed + len(listing.bad) == 0:
        return Exit.OK
    return Exit.INPUT if failed == state.total else Exit.PARTLY
