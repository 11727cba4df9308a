"""saraptama examine: drafts in, remarks out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from expertise.documents.comments import comments_notice
from expertise.documents.shown import shown
from nlp.changes.change import State
from nlp.changes.naming import outcome_text
from nlp.detection.finding import Finding
from nlp.dossier import dossier_of
from nlp.errors import NotAnActError, SaraptamaError
from nlp.examination import TextReport
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.plugins import PluginError
from nlp.reading.file_names import printable_name
from nlp.reading.reader import load_file, read_document
from nlp.reading.source import Notice, SourceText
from nlp.result import text_notices
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words
from saraptama.formats import FORMATS, KNOWN, PRINTED
from saraptama.outputs import Examined, build, build_plugged, write
from saraptama.packs import find_pack
from saraptama.registers import load_registers
from saraptama.weights import find_classifier

_TEXTS = 2
_TOLD = (State.NEEDS_WORDING, State.NOT_APPLIED)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is given beside the draft: acts in force, a comparative table, the explanatory note, the earlier version."""

    base: tuple[Path, ...] = ()
    table: Path | None = None
    note: Path | None = None
    previous: Path | None = None

    @property
    def of_one_draft(self) -> bool:
        """Whether something is given that belongs to one draft only (acts in force may serve several)."""
        return any(part is not None for part in (self.table, self.note, self.previous))


@dataclass(frozen=True, slots=True)
class _Job:
    """One dossier: its files, what is beside them, and the stem of its results' names."""

    files: tuple[Path, ...]
    stem: str
    beside: Beside = Beside()


def examine(
    words: Words,
    files: Sequence[Path],
    ru: Path | None,
    kk: Path | None,
    out: Path | None,
    formats: Sequence[str],
    pack: str,
    force: bool,
    beside: Beside = Beside(),
    services: Path | None = None,
    acts: Path | None = None,
    model: str = "",
) -> int:
    """Examine every file, or the one dossier of ``--ru`` and ``--kk``. A file that fails is told, the others go on.

    ``services``, ``acts``: registers of public services and of acts, as the ``import`` commands made them.
    """
    files, dossier = _given(words, files, ru, kk)
    if beside.of_one_draft and len(files) > 1 and not dossier:
        raise click.UsageError(words("cli.beside_one_draft"))
    if formats and out is None and (len(formats) > 1 or len(files) > 1 or formats[0] not in PRINTED):
        raise click.UsageError(words("cli.out_needed"))
    limits = limits_of_environment()
    registers = load_registers(services, limits, acts)
    examiner = Examiner(find_pack(pack), limits, registers, find_classifier(model))
    jobs = [_Job(tuple(files), printable_name(files[0].stem))] if dossier else _jobs(files)
    jobs = [replace(job, beside=beside) for job in jobs]
    failures: list[SaraptamaError] = []
    for job in jobs:
        try:
            examined = _examine(words, examiner, limits, job, force)
            _deliver(words, examiner, examined, job, out, tuple(formats))
        except SaraptamaError as error:
            failures.append(error)
            click.echo(f"{_shown(job)}: {words(error.code, **error.params)}", err=True)
    return _exit(failures, len(jobs))


def _given(words: Words, files: Sequence[Path], ru: Path | None, kk: Path | None) -> tuple[list[Path], bool]:
    """The files, and whether they are one dossier. Which text is in which language their words decide."""
    named = [path for path in (ru, kk) if path is not None]
    if not named:
        if not files:
            raise click.UsageError(words("cli.no_file"))
        return list(files), False
    if len(files) + len(named) > _TEXTS or (ru is not None and files):
        raise click.UsageError(words("cli.kk_needs_one_file"))
    return [*files, *named], True


def _jobs(files: Sequence[Path]) -> list[_Job]:
    stems = [printable_name(file.stem) for file in files]
    names = [
        stem if stems.count(stem) == 1 else printable_name(file.name) for file, stem in zip(files, stems, strict=True)
    ]
    return [
        _Job((file,), name if names.count(name) == 1 else f"{name}-{names[:position].count(name) + 1}")
        for position, (file, name) in enumerate(zip(files, names, strict=True))
    ]


def _examine(words: Words, examiner: Examiner, limits: Limits, job: _Job, force: bool) -> Examined:
    read = [read_document(load_file(file, limits), file.name, limits) for file in job.files]
    beside = job.beside
    dossier = dossier_of(
        [each.source for each in read],
        table=_read(beside.table, limits),
        base=[_source(path, limits) for path in beside.base],
        note=_read(beside.note, limits),
        previous=_read(beside.previous, limits),
    )
    with _progress(words, _shown(job)) as progress:
        examination = examiner.examine(dossier, Options(report_language=words.language, force=force), progress)
    return Examined(examination, {each.source.sha256: (each.source.name, each.document) for each in read}, limits)


def _read(path: Path | None, limits: Limits) -> SourceText | None:
    return _source(path, limits) if path is not None else None


def _source(path: Path, limits: Limits) -> SourceText:
    return read_document(load_file(path, limits), path.name, limits).source


@contextmanager
def _progress(words: Words, name: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal; silence in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1000, label=words("cli.progress", file=name), file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.update(done * 1000 // total - bar.pos)

        yield advance


def _deliver(
    words: Words, examiner: Examiner, examined: Examined, job: _Job, out: Path | None, formats: tuple[str, ...]
) -> None:
    """Print or write. Formats of plug-ins come last: one that fails is raised when all else is written."""
    own = tuple(name for name in formats if name in KNOWN)
    if out is None and formats:
        made = build(examined, formats, words.language, examiner.pack, job.stem)
        for content in made.values():
            click.echo(content.decode(), nl=False)
        return
    written: list[Path] = []
    failed: list[PluginError] = []
    if out is not None:
        made = build(examined, own if formats else FORMATS, words.language, examiner.pack, job.stem)
        plugged, failed = build_plugged(
            examined, [name for name in formats if name not in KNOWN], words.language, job.stem
        )
        written = write(out, made | plugged)
    _summary(words, examiner, examined, _shown(job), short=out is not None)
    for path in written:
        click.echo(f"  → {path}")
    for error in failed[:-1]:
        click.echo(f"{_shown(job)}: {words(error.code, **error.params)}", err=True)
    if failed:
        raise failed[-1]


def _summary(words: Words, examiner: Examiner, examined: Examined, name: str, short: bool) -> None:
    """What was found, for a person at a terminal."""
    examination = examined.examination
    seen = shown(examination, examined.limits.shown_findings)
    for notice in examination.notices:
        click.echo(f"! {words(notice.code, **dict(notice.params))}")
    for report, part in zip(examination.reports, seen.reports, strict=True):
        remarks = sum(finding.kind == "remark" for finding in report.findings)
        click.echo(
            words(
                "cli.found",
                file=report.act.source.name or name,
                remarks=remarks,
                attention=len(report.findings) - remarks,
                judged=report.provisions_judged,
            )
        )
        if report.act.requisites.restricted:
            click.echo(f"  {report.act.requisites.restricted}")
        _operations(words, report)
        for notice in _notices(part, short):
            click.echo(f"  ! {words(notice.code, **dict(notice.params))}")
        if not short:
            for finding in part.findings:
                click.echo(_lines(words, examiner, finding))


def _operations(words: Words, report: TextReport) -> None:
    """What became of the amendments: counts, then those that could not be rebuilt with the reason."""
    if not report.operations:
        return
    counts = Counter(outcome.state for outcome in report.operations)
    click.echo(
        "  "
        + words(
            "cli.operations",
            total=len(report.operations),
            rebuilt=counts[State.REBUILT],
            quoted=counts[State.JUDGED_AS_QUOTED],
            needs=counts[State.NEEDS_WORDING],
            not_applied=counts[State.NOT_APPLIED],
        )
    )
    told = [outcome_text(outcome, words.language) for outcome in report.operations if outcome.state in _TOLD]
    for line in dict.fromkeys(told):
        click.echo(f"  ! {line}")


def _notices(report: TextReport, written: bool) -> list[Notice]:
    """What the user should know of a text; of a text draft also that it cannot carry comments."""
    notices = list(text_notices(report))
    cannot = comments_notice(report.act.source) if written else None
    return notices + ([cannot] if cannot is not None else [])


def _lines(words: Words, examiner: Examiner, finding: Finding) -> str:
    pack, language = examiner.pack, words.language
    mark = finding.marks[0]
    head = f"\n{mark.citation} – {pack.all_factors[finding.factor].name[language]}"
    kind = pack.messages["kind"][finding.kind][language]
    severity = pack.messages["severity"][finding.severity][language]
    lines = [head, f"  {kind}, {words('cli.severity')}: {severity}", f"  «{mark.quote}»", f"  {finding.explanation}",
             f"  {finding.risk}"]  # fmt: skip
    if finding.change is not None:
        change = finding.change
        lines.append(
            "  " + words("cli.change", unit=change.unit, before=change.before or "–", after=change.after or "–")
        )
    if finding.recommendation is not None:
        lines.append(f"  {finding.recommendation.instruction} {finding.recommendation.wording}".rstrip())
    return "\n".join(lines)


def _shown(job: _Job) -> str:
    return " + ".join(printable_name(file.name) for file in job.files)


def _exit(failures: Sequence[SaraptamaError], total: int) -> Exit:
    if not failures:
        return Exit.OK
    if len(failures) < total:
        return Exit.PARTLY
    return Exit.NOT_AN_ACT if all(isinstance(error, NotAnActError) for error in failures) else Exit.INPUT
