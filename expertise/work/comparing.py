"""The worker compares the draft of a sent conclusion with a later text that it has just examined.

Reads: files of the draft, the conclusion, both examinations. Writes: one ``AdoptionRun`` with a proposal for every
recommendation, in the transaction that ends the analysis. Decisions of people are not read here, let alone written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.adoption import Proposed, asked, asks, joined
from expertise.case.answers import finding_of, recommended
from expertise.documents.versions_page import versions_body
from expertise.documents.words import factor_name
from expertise.messages import LANGUAGES
from expertise.office import Office
from expertise.people import MACHINE
from expertise.store.adoption_tables import AdoptionProposal, AdoptionRun, LaterText
from expertise.store.case_tables import Analysis, CaseFile, ConclusionRow, ExaminationRow
from expertise.work.dossiers import dossier_from, read_all
from expertise.work.registering import LATER_KINDS, subject
from nlp.adoption import Adoption, Outcome, adoption
from nlp.adoption.report import to_dict
from nlp.detection.finding import Finding, Kind, Mark, Severity
from nlp.errors import DossierError
from nlp.examination import Examination, TextReport
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.result import versions_dict
from nlp.structure import structure
from nlp.structure.act import Act
from nlp.structure.citations import Citations
from nlp.versions import Versions, versions
from nlp.versions.report import finding_dict

Json = dict[str, Any]
MACHINE_CHANGED = "expertise.adoption_machine_changed"
LANGUAGE_MISSING = "expertise.adoption_language_missing"
_DRAFT = ("text", "table", "base", "note", "previous")


@dataclass(frozen=True, slots=True)
class _Draft:
    """The draft as it was examined: its conclusion; acts, findings and what was left out as unlikely (factor, address)
    by language of the text."""

    conclusion: ConclusionRow
    acts: Mapping[str, Act]
    findings: Mapping[str, Sequence[Finding]]
    unlikely: Mapping[str, Sequence[tuple[str, str]]]
    examined_anew: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both texts of one language, compared."""

    adoption: Adoption
    versions: Versions
    numbers: tuple[int, ...]  # of the recommendations looked for, in the order of the outcomes


@dataclass(frozen=True, slots=True)
class Compared:
    """What is kept of a comparison; ``proposals``: number, finding, proposal, evidence."""

    later_id: str
    conclusion_id: str
    versions: Json
    redline: Json
    new_findings: list[Json]
    notices: list[Json]
    proposals: Sequence[tuple[int, str, Proposed, Json]]


def as_dossier(kind: str) -> str:
    """What a file of a later text is in a dossier."""
    return "text" if kind in LATER_KINDS else kind


def compare(office: Office, examiner: Examiner, limits: Limits, later_id: str, examination: Examination) -> Compared:
    """Compare the draft with the later text whose ``examination`` was just made.

    Raises ``DossierError`` (``versions.no_common_text``), and what reading the files of the draft raises.
    """
    draft = _draft(office, examiner, limits, later_id, examination)
    reports = {report.language: report for report in examination.reports}
    shared = [code for code in draft.acts if code in reports]
    if not shared:
        raise DossierError("versions.no_common_text")
    found = recommended(draft.conclusion.content)
    pairs = {code: _pair(draft, code, reports[code], found) for code in shared}
    return Compared(
        later_id=later_id,
        conclusion_id=draft.conclusion.id,
        versions=_versions(examination),
        redline=_redline(office, [pair.versions for pair in pairs.values()]),
        new_findings=list(_new_findings(pairs)),
        notices=list(_notices(draft, shared)),
        proposals=[_proposal(each, pairs, examination) for each in found],
    )


def keep(session: Session, office: Office, analysis: Analysis, row: ExaminationRow, made: Compared) -> None:
    """Enter the comparison, unless this very one is there already."""
    rows = select(AdoptionRun.id).where(
        AdoptionRun.later_id == made.later_id, AdoptionRun.conclusion_id == made.conclusion_id,
        AdoptionRun.examination_id == row.id,
    )  # fmt: skip
    if session.scalars(rows).first() is not None:
        return
    now = office.clock()
    run = AdoptionRun(
        case_id=analysis.case_id, round=analysis.round, later_id=made.later_id, conclusion_id=made.conclusion_id,
        examination_id=row.id, versions=made.versions, redline=made.redline, new_findings=made.new_findings,
        notices=made.notices, made_at=now,
    )  # fmt: skip
    session.add(run)
    session.flush()
    for number, finding, proposed, evidence in made.proposals:
        session.add(
            AdoptionProposal(
                run_id=run.id, number=number, finding_id=finding, state=proposed.state.value, reason=proposed.reason,
                sureness=proposed.sureness, evidence=evidence,
            )
        )  # fmt: skip
    session.flush()
    states = {str(number): proposed.state.value for number, _, proposed, _ in made.proposals}
    told = {"text": made.later_id, "run": run.id, "proposed": states}
    audit.write(session, MACHINE, now, "compared", subject(analysis.case_id), None, told)


def _draft(office: Office, examiner: Examiner, limits: Limits, later_id: str, examination: Examination) -> _Draft:
    """Files are read again. Where the machine is no longer the one that examined the draft, it examines it anew: what
    only the newer machine sees must not be told as new in the text."""
    with office.database.reading() as session:
        text = session.get_one(LaterText, later_id)
        conclusion = _conclusion(session, text)
        files = _files(session, text)
        result = _result(office, session, text)
    dossier = dossier_from(read_all(office, limits, files))
    acts = {act.language: act for act in (structure(source) for _, source in dossier.texts())}
    if result and result["versions"] == _versions(examination):
        texts = {each["language"]: each for each in result["texts"]}
        kept = {code: _findings(each) for code, each in texts.items()}
        left = {code: [(one["factor"], one["address"]) for one in each["unlikely"]] for code, each in texts.items()}
        return _Draft(conclusion, acts, kept, left, False)
    again = examiner.examine(dossier, Options(force=True)).reports
    findings = {report.language: report.findings for report in again}
    return _Draft(conclusion, acts, findings, {report.language: report.unlikely for report in again}, True)


def _conclusion(session: Session, text: LaterText) -> ConclusionRow:
    rows = select(ConclusionRow).where(
        ConclusionRow.case_id == text.case_id, ConclusionRow.round == text.round, ConclusionRow.set_aside_at.is_(None)
    )
    return session.scalars(rows.order_by(ConclusionRow.made_at.desc())).one()


def _files(session: Session, text: LaterText) -> list[tuple[str, str, str, str]]:
    rows = select(CaseFile).where(
        CaseFile.case_id == text.case_id, CaseFile.round == text.round, CaseFile.withdrawn_at.is_(None),
        CaseFile.kind.in_(_DRAFT),
    )  # fmt: skip
    ordered = session.scalars(rows.order_by(CaseFile.uploaded_at, CaseFile.id))
    return [(file.id, file.kind, file.name, file.sha256) for file in ordered]


def _result(office: Office, session: Session, text: LaterText) -> Json | None:
    """The examination of the draft that was asked for last."""
    rows = select(Analysis).where(
        Analysis.case_id == text.case_id, Analysis.round == text.round, Analysis.later_id.is_(None),
        Analysis.examination_id.is_not(None),
    )  # fmt: skip
    last = session.scalars(rows.order_by(Analysis.asked_at.desc(), Analysis.id.desc())).first()
    row = session.get(ExaminationRow, last.examination_id) if last and last.examination_id else None
    loaded: Json | None = json.loads(office.files.get(row.result)) if row else None
    return loaded


def _findings(text: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Findings of a kept result as far as they are compared: id, factor, places."""
    return tuple(
        Finding(
            id=each["id"], factor=each["factor"], kind=Kind(each["kind"]), strength=1, confidence=1.0,
            severity=Severity(each["severity"]), probability=1, impact=1, provision=each["provision"],
            language=text["language"], marks=tuple(_mark(mark) for mark in each["marks"]), explanation="", risk="",
            recommendation=None,
        )
        for each in text["findings"]
    )  # fmt: skip


def _mark(mark: Mapping[str, Any]) -> Mark:
    return Mark(mark["address"], mark["citation"], mark["start"], mark["end"], mark["quote"])


def _pair(draft: _Draft, code: str, report: TextReport, found: Sequence[Mapping[str, Any]]) -> _Pair:
    act, before, left = draft.acts[code], draft.findings.get(code, ()), draft.unlikely.get(code, ())
    looked_for = [(each["number"], asked(each, code)) for each in found]
    wanted = [(number, each) for number, each in looked_for if each is not None]
    return _Pair(
        adoption(act, report.act, [each for _, each in wanted], report.findings, before, unlikely=left),
        versions(act, report.act, before, report.findings, left),
        tuple(number for number, _ in wanted),
    )


def _proposal(
    found: Mapping[str, Any], pairs: Mapping[str, _Pair], examination: Examination
) -> tuple[int, str, Proposed, Json]:
    """Of the texts in which something is proposed; of all that have the words where nothing is proposed in any."""
    number = int(found["number"])
    outcomes = {code: pair.adoption.outcomes[pair.numbers.index(number)]
                for code, pair in pairs.items() if number in pair.numbers}  # fmt: skip
    counted = {code: each for code, each in outcomes.items() if asks(found, code)} or outcomes
    made = joined({code: (each.state, each.reason.value, each.confidence) for code, each in counted.items()})
    evidence = {code: _evidence(pairs[code], outcome, examination) for code, outcome in outcomes.items()}
    return number, finding_of(found), made, evidence


def _evidence(pair: _Pair, outcome: Outcome, examination: Examination) -> Json:
    """What the report on adoption says of one recommendation, without what the case knows itself."""
    alone = Adoption(pair.adoption.language, pair.adoption.draft, pair.adoption.adopted, (outcome,))
    told: Json = to_dict([alone], examination.versions)["texts"][0]["recommendations"][0]
    names = ("unit", "quote", "state", "confidence", "link", "evidence")
    return {**{name: told[name] for name in names}, "reason": outcome.reason.value}


def _new_findings(pairs: Mapping[str, _Pair]) -> Iterator[Json]:
    """Each defect once: one of both texts where it stands first."""
    told: set[str] = set()
    for code, pair in pairs.items():
        citations = Citations(pair.adoption.adopted)
        for finding in pair.adoption.new_findings:
            if finding.counterpart in told:
                continue
            told.add(finding.id)
            cited = {each: citations.cite(finding.marks[0].address, each) for each in LANGUAGES}
            yield {**finding_dict(finding), "language": code, "unit": cited, "risk": finding.risk}


def _redline(office: Office, found: Sequence[Versions]) -> Json:
    def name(factor: str, language: str) -> str:
        return factor_name(factor, language, office.factors)

    pages = {code: "\n".join(versions_body(found, code, name)) for code in LANGUAGES}
    return {code: office.files.put(page.encode()).sha256 for code, page in pages.items()}


def _notices(draft: _Draft, shared: Sequence[str]) -> Iterator[Json]:
    if draft.examined_anew:
        yield {"code": MACHINE_CHANGED, "params": {}}
    for code in draft.acts:
        if code not in shared:
            yield {"code": LANGUAGE_MISSING, "params": {"language": code}}


def _versions(examination: Examination) -> Json:
    return versions_dict(examination.versions)
