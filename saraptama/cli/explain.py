"""saraptama explain FILE --unit …: what the machine saw in one unit, and why it spoke or kept silent."""

from __future__ import annotations

from pathlib import Path

import click

from nlp.detection.finding import Evidence
from nlp.detection.findings import JudgedProvision
from nlp.errors import ReadingError
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.pipeline import JUDGED_ROLES, Examiner
from nlp.reading.reader import read_file
from nlp.structure import provisions, structure
from nlp.structure.act import Act, Provision
from nlp.structure.citations import cite
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.weights import find_classifier

_NEAR = 8


def explain_unit(words: Words, file: Path, unit: str, pack: str) -> int:
    """Print frames and evidence of every provision under ``unit`` (an address, or its end: ``para_4``)."""
    examiner = Examiner(find_pack(pack), classifier=find_classifier())
    act = structure(read_file(file, limits_of_environment()))
    chosen = [p for p in provisions(act) if _is_under(p, unit)]
    if not chosen:
        near = list(dict.fromkeys(p.address for p in provisions(act) if p.address))[:_NEAR]
        raise ReadingError("explain.no_unit", unit=unit, near=", ".join(near))
    for provision in chosen:
        _show(words, examiner, act, provision)
    return Exit.OK


def _is_under(provision: Provision, unit: str) -> bool:
    return any(address == unit or address.endswith(f"__{unit}") for address in (*provision.path, provision.address))


_ALWAYS = ("time_limit", "grounds", "documents")  # shown where absent, too


def _show(words: Words, examiner: Examiner, act: Act, provision: Provision) -> None:
    click.echo(f"{cite(act, provision.address, words.language)} ({provision.address})")
    if provision.lead:
        click.echo(f"  {words('explain.lead')}: {provision.lead}")
    click.echo(f"  {provision.text}")
    if provision.role not in JUDGED_ROLES:
        click.echo(f"  {words('explain.role', role=provision.role)}\n")
        return
    judged = examiner.examine_provision(provision)
    for frame in judged.frames:
        click.echo(f"  {words('explain.frame')}: {_frame(judged, frame)}")
    if not judged.factors:
        click.echo(f"  {words('explain.nothing')}")
    for factor in judged.factors:
        name = examiner.pack.factors[factor.factor].name[words.language]
        kind = examiner.pack.messages["kind"][factor.kind][words.language]
        click.echo(f"  {words('explain.said', name=name, kind=kind, strength=factor.strength)}")
        for item in factor.evidence:
            quotes = "; ".join(f"«{_words(judged, span)}»" for span in item.spans)
            click.echo(f"    {item.detector}: {quotes} ← {_why(item)}")
    click.echo("")


def _why(item: Evidence) -> str:
    """The pattern of a rule; what the model, which has none, was sure of."""
    reason = dict(item.reason)
    return reason.get("pattern") or ", ".join(f"{name}={value}" for name, value in item.reason)


def _frame(judged: JudgedProvision, frame: NormFrame) -> str:
    parts = [f"actor={frame.actor.kind}" + (f" «{frame.actor.name}»" if frame.actor.name else "")]
    parts.append(f"modality={frame.modality}" + (f" «{_words(judged, frame.modal_span)}»" if frame.modal_span else ""))
    parts.append(f"action={frame.action.kind or '–'} «{frame.action.lemma}»")
    if frame.addressee.span is not None:
        parts.append(f"addressee={frame.addressee.kind} «{frame.addressee.name}»")
    for name, slot in frame.slots().items():
        if name not in _ALWAYS and not slot.spans:
            continue
        said = ", ".join(f"«{_words(judged, span)}»" for span in slot.spans)
        parts.append(f"{name}={slot.state}" + (f" {said}" if said else ""))
    return " · ".join(parts)


def _words(judged: JudgedProvision, span: FieldSpan | None) -> str:
    if span is None:
        return ""
    return judged.analysis.string(Field(span.field))[span.start : span.end]
