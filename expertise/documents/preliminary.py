"""The preliminary check «справка о предварительной проверке» / «алдын ала тексеру туралы анықтама».

Reads: Examination. Writes: a Document of the document model. It says on every page that it is a machine's preliminary
check and not the conclusion of the scientific anti-corruption expertise (DESIGN 3.6). Its sections and columns follow
methodology 1.6; grounds that nobody has verified are left out (DESIGN 3.2). No clock: the date is given or blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from expertise.documents.amended import operations_section
from expertise.documents.findings_table import findings_table, summary_table
from expertise.documents.listing import Listed, listed
from expertise.documents.model import Block, Cell, Document, Emphasis, Paragraph, Run, Style, Table, text
from expertise.documents.naming import dated
from expertise.documents.words import Words, factor_name, words
from nlp.changes.change import State
from nlp.detection.finding import Kind
from nlp.examination import Examination, TextReport
from nlp.messages import message
from nlp.reading.source import Notice
from nlp.result import text_notices
from nlp.structure.act import Requisites

Names = Mapping[str, Mapping[str, str]]

# The document has a sentence of its own for what these notices say.
_TOLD = frozenset({"reading.tracked_changes"})
_ABOUT_WIDTHS = (56.0, 206.0)


def preliminary(
    examination: Examination,
    language: str,
    factor_names: Names,
    date: str = "",
    compared_only: frozenset[str] = frozenset(),
) -> Document:
    """The preliminary check of an examination, in Russian or Kazakh.

    ``factor_names``: factor id → {"ru": …, "kk": …}, in the order of the pack. ``date`` is printed as given, a blank
    stands for none. ``compared_only``: factors that show only where wording in force is compared. Raises
    ``ValueError`` for a language that has no words.
    """
    said = words(language)
    main = _main_report(examination, language)
    checked = factor_names
    if not any(outcome.state is State.REBUILT for report in examination.reports for outcome in report.operations):
        checked = {factor: names for factor, names in factor_names.items() if factor not in compared_only}
    blocks = tuple(_blocks(examination, main, said, factor_names, checked, date))
    titles = said.lines("preliminary.title")
    return Document(
        title=" ".join(titles),
        language=language,
        locale=said.say("locale"),
        blocks=blocks,
        page_statement=said.say("preliminary.page_statement"),
        page_number=said.say("preliminary.page_number"),
        page_foot=main.act.requisites.title if main else "",
        page_mark=_restricted(examination, said),
    )


def _main_report(examination: Examination, language: str) -> TextReport | None:
    """The text whose requisites are shown: of the document's language where there is one."""
    reports = examination.reports
    return next((report for report in reports if report.language == language), reports[0] if reports else None)


def _restricted(examination: Examination, said: Words) -> str:
    """The restriction mark as the draft writes it; its usual wording is put into the document's language."""
    usual = {words(language).say("restricted").casefold() for language in ("ru", "kk")}
    own = [report.act.requisites.restricted.strip() for report in examination.reports]
    marks = [mark for mark in own if mark]
    if not marks:
        return ""
    return said.say("restricted") if all(mark.casefold() in usual for mark in marks) else marks[0]


def _blocks(
    examination: Examination, main: TextReport | None, said: Words, names: Names, checked: Names, date: str
) -> Iterator[Block]:
    for line in said.lines("preliminary.title"):
        yield text(line, Style.TITLE, keep=True)
    yield text(said.say("preliminary.statement"), Style.STATEMENT)
    yield text(said.say("preliminary.about"), Style.HEADING, keep=True)
    yield _about(examination, main, said, date)
    several = len(examination.reports) > 1
    for notice in examination.notices:
        yield _bullet(notice, said)
    for report in examination.reports:
        if several:
            yield text(said.say(f"preliminary.text_heading.{report.language}"), Style.HEADING, keep=True)
        yield from _report(report, said, names, checked, Style.SUBHEADING if several else Style.HEADING)
    yield text(_versions(examination, said), Style.NOTE)


def _about(examination: Examination, main: TextReport | None, said: Words, date: str) -> Table:
    requisites = main.act.requisites if main else Requisites()
    rows: list[tuple[str, tuple[str, ...]]] = [(label, (value,)) for label, value in _requisites(requisites, said)]
    for report in examination.reports:
        rows.append((said.say("preliminary.about_file"), _file(report, said)))
    for base in examination.bases:
        rows.append((said.say("preliminary.about_base"), (base.requisites.title or base.name, base.name)))
    mark = _restricted(examination, said)
    if mark:
        rows.append((said.say("preliminary.about_restricted"), (mark,)))
    rows.append((said.say("preliminary.about_date"), (date,)))
    blank = said.say("preliminary.blank")
    return Table(_ABOUT_WIDTHS, tuple(_about_row(label, values, blank) for label, values in rows))


def _about_row(label: str, values: tuple[str, ...], blank: str) -> tuple[Cell, ...]:
    first, *rest = values
    shown = [text(first.strip() or blank, Style.CELL)]
    shown += [text(more, Style.CELL, Emphasis.QUIET) for more in rest]
    return (Cell((text(label, Style.CELL, Emphasis.STRONG),)), Cell(tuple(shown)))


def _requisites(requisites: Requisites, said: Words) -> Iterator[tuple[str, str]]:
    blank = said.say("preliminary.blank")
    shown = dated(requisites.date, said)
    number = said.say("preliminary.about_number_text", number=requisites.number or blank, **shown)
    yield said.say("preliminary.about_form"), _form(requisites.form, said)
    yield said.say("preliminary.about_title"), requisites.title
    yield said.say("preliminary.about_issuer"), requisites.issuer
    yield said.say("preliminary.about_number"), number
    if requisites.approved_form or requisites.approved_title:
        yield said.say("preliminary.about_approved"), requisites.approved_title or _form(requisites.approved_form, said)
    yield said.say("preliminary.about_developer"), ""


def _form(form: str, said: Words) -> str:
    return said.known(f"act_forms.{form}", "") if form else ""


def _file(report: TextReport, said: Words) -> tuple[str, ...]:
    source = report.act.source
    language = said.say(f"preliminary.language_of.{report.act.language}")
    shown = said.say(
        "preliminary.about_file_text", name=source.name or said.say("preliminary.blank"), language=language
    )
    return (shown, said.say("preliminary.about_hash", sha256=source.sha256)) if source.sha256 else (shown,)


def _report(report: TextReport, said: Words, names: Names, checked: Names, heading: Style) -> Iterator[Block]:
    yield text(said.say("preliminary.reading"), heading, keep=True)
    yield from _reading(report, said)
    yield from operations_section(report, said, heading)
    if not report.findings:
        yield text(said.say("preliminary.nothing_found"), Style.BODY, Emphasis.STRONG)
        yield text(said.say("preliminary.nothing_found_note"))
        shown = "; ".join(factor_name(factor, said.language, names) for factor in checked)
        if shown:
            yield text(said.say("preliminary.checked_factors", factors=shown))
        return
    entries = listed(report)
    yield text(said.say("preliminary.summary"), heading, keep=True)
    yield summary_table(report, said, names)
    remarks = [entry for entry in entries if entry.finding.kind is Kind.REMARK]
    attention = [entry for entry in entries if entry.finding.kind is not Kind.REMARK]
    yield text(said.say("preliminary.remarks"), heading, keep=True)
    if remarks:
        yield text(said.say("preliminary.legend"), Style.NOTE, keep=True)
        yield findings_table(report, remarks, said, names)
    else:
        yield text(said.say("preliminary.no_remarks"))
    if attention:
        yield from _attention(report, attention, said, names, heading, legend=not remarks)


def _attention(
    report: TextReport, entries: list[Listed], said: Words, names: Names, heading: Style, *, legend: bool
) -> Iterator[Block]:
    yield text(said.say("preliminary.attention"), heading, keep=True)
    yield text(said.say("preliminary.attention_note"), Style.NOTE, keep=True)
    if legend:
        yield text(said.say("preliminary.legend"), Style.NOTE, keep=True)
    yield findings_table(report, entries, said, names)


def _reading(report: TextReport, said: Words) -> Iterator[Block]:
    yield text(said.say("preliminary.reading_counts", total=report.provisions_total, judged=report.provisions_judged))
    source = report.act.source
    if source.inserted_revisions or source.deleted_revisions:
        changes = said.say(
            "preliminary.reading_changes", inserted=source.inserted_revisions, deleted=source.deleted_revisions
        )
        yield text(changes, Style.BODY, Emphasis.STRONG)
    dropped = Counter(piece.reason for piece in source.dropped)
    if dropped:
        what = ", ".join(
            f"{said.say(f'preliminary.set_aside.{reason.value}')} ({count})"
            for reason, count in sorted(dropped.items())
        )
        yield text(said.say("preliminary.reading_set_aside", what=what))
    for notice in text_notices(report):
        if notice.code not in _TOLD:
            yield _bullet(notice, said)


def _bullet(notice: Notice, said: Words) -> Paragraph:
    return Paragraph((Run(message(notice.code, said.language, dict(notice.params))),), Style.BULLET)


def _versions(examination: Examination, said: Words) -> str:
    versions = examination.versions
    return said.say(
        "preliminary.versions",
        saraptama=versions.saraptama,
        pack_id=versions.pack_id,
        pack_version=versions.pack_version,
        pack_sha256=versions.pack_sha256[:16],
    )
