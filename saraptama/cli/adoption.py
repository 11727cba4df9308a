"""saraptama versions and saraptama adoption: an earlier text beside the later one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from expertise.documents.versions_page import versions_page
from nlp.adoption import Asked, adoption
from nlp.adoption import report as adoption_report
from nlp.adoption.given import asked_of, given
from nlp.detection.pack import Pack
from nlp.dossier import dossier_of
from nlp.errors import DossierError
from nlp.examination import Dossier, TextReport
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.pipeline import versions as made_with
from nlp.reading.reader import load_file, read_file
from nlp.reading.source import SourceText
from nlp.structure import structure
from nlp.structure.act import Act
from nlp.versions import report as versions_report
from nlp.versions import versions
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.weights import find_classifier

_LANGUAGES = ("ru", "kk")


def show_versions(
    words: Words, old: Path, new: Path, as_json: bool, page: Path | None, plain: bool, pack_name: str
) -> int:
    """Lines for a person, JSON of the committed schema, or a page. ``plain``: nothing is examined.

    Raises ``DossierError`` (``versions.no_common_text``) where the files have no language in common.
    """
    limits = limits_of_environment()
    pairs = _pairs(old, new, limits)
    pack = find_pack(pack_name)
    if plain:
        found = [versions(structure(one), structure(two)) for one, two in pairs]
    else:
        examiner = Examiner(pack, limits, classifier=find_classifier())
        found = []
        for one, two in pairs:
            before, after = (_examined(examiner, source, words.language) for source in (one, two))
            found.append(versions(before.act, after.act, before.findings, after.findings, before.unlikely))
    if page is not None:
        page.write_text(versions_page(found, words.language, _names(pack)), encoding="utf-8", newline="\n")
    if as_json:
        click.echo(json.dumps(versions_report.to_dict(found), ensure_ascii=False, indent=1))
    elif page is None:
        for each in found:
            for line in versions_report.told(each, words.language):
                click.echo(line)
    else:
        click.echo(f"  → {page}")
    return Exit.OK


def show_adoption(
    words: Words, draft: Path, adopted: Path, findings: Path | None, as_json: bool, out: Path | None, pack_name: str
) -> int:
    """States with their evidence: paragraphs for a person, JSON of the committed schema for a program.

    Raises ``DossierError`` (``versions.no_common_text``), ``ReadingError`` (``adoption.…``) for a malformed list.
    """
    limits = limits_of_environment()
    pack, classifier = find_pack(pack_name), find_classifier()
    examiner = Examiner(pack, limits, classifier=classifier)
    data = load_file(findings, limits) if findings is not None else b""
    found = []
    for one, two in _pairs(draft, adopted, limits):
        before, after = (_examined(examiner, source, words.language) for source in (one, two))
        asked = _asked(words, before, data, findings)
        foreign = findings is not None
        made = adoption(before.act, after.act, asked, after.findings, before.findings, foreign, before.unlikely)
        found.append(made)
    if as_json:
        text = json.dumps(
            adoption_report.to_dict(found, made_with(pack, classifier=classifier)), ensure_ascii=False, indent=1
        )
    else:
        names = _names(pack)
        text = "\n\n".join("\n".join(adoption_report.told(each, words.language, names)) for each in found)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8", newline="\n")
        click.echo(f"  → {out}")
    return Exit.OK


def _asked(words: Words, before: TextReport, data: bytes, findings: Path | None) -> Sequence[Asked]:
    language = before.language if before.language in _LANGUAGES else "ru"
    if findings is None:
        return asked_of(before.findings, language)
    asked = given(data, findings.name, language)
    source = before.act.source.text
    if any(each.start >= 0 and source[each.start : each.start + len(each.quote)] != each.quote for each in asked):
        click.echo(words("adoption.other_draft", file=before.act.source.name), err=True)
        return [replace(each, address="", start=-1) for each in asked]
    return asked


def _pairs(one: Path, two: Path, limits: Limits) -> list[tuple[SourceText, SourceText]]:
    """Texts of both files in the same language; a file may hold both authentic texts."""
    first, second = (dict(_texts(read_file(path, limits))) for path in (one, two))
    shared = [code for code in _LANGUAGES if code in first and code in second]
    if not shared:
        if first and second:
            raise DossierError("versions.other_language", one="/".join(first), two="/".join(second))
        raise DossierError("versions.no_common_text")
    return [(first[code], second[code]) for code in shared]


def _texts(source: SourceText) -> tuple[tuple[str, SourceText], ...]:
    return dossier_of([source]).texts()


def _examined(examiner: Examiner, source: SourceText, language: str) -> TextReport:
    act: Act = structure(source)
    dossier = Dossier(kk=source) if act.language == "kk" else Dossier(ru=source)
    return examiner.examine(dossier, Options(report_language=language)).reports[0]


def _names(pack: Pack) -> adoption_report.Names:
    """Names of factors; a factor that an expert has and the pack has not is called as it is written."""

    def name(factor: str, language: str) -> str:
        known = pack.all_factors.get(factor)
        return known.name[language] if known is not None else factor

    return name
