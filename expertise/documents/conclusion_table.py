"""The table of a conclusion: one row a finding, in the columns of methodology 1.6; the developer's columns are empty.

Reads: findings of the content of a conclusion. Writes: a table of the document model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expertise.case.shown_units import is_inside
from expertise.documents.changed import changed_wording
from expertise.documents.joint_wording import Joints, all_joints, joint_paragraphs
from expertise.documents.model import Cell, Emphasis, Paragraph, Run, Shade, Style, Table, text
from expertise.documents.proposal import proposal
from expertise.documents.wording import flagged_runs, lead_run
from expertise.documents.words import Words, capital, factor_name
from nlp.detection.finding import ChangedWording, Recommendation

Found = Mapping[str, Any]

_COLUMNS = {
    "number": 9.0, "unit": 26.0, "wording": 42.0, "factor": 27.0, "reasoning": 42.0, "severity": 17.0,
    "proposal": 54.0, "position": 22.0, "position_reason": 23.0,
}  # fmt: skip
_COLLISION = "collision"
_SHADES = {"low": Shade.LOW, "medium": Shade.MEDIUM, "high": Shade.HIGH}
_LANGUAGES = ("ru", "kk")


def conclusion_table(found: Sequence[Found], said: Words) -> Table:
    """The findings with their numbers; each cell holds what stands in the content and nothing else."""
    head = tuple(
        Cell((text(said.say(f"conclusion.column_{name}"), Style.COLUMN_HEAD),), Shade.HEAD) for name in _COLUMNS
    )
    joints = all_joints(found)
    return Table(tuple(_COLUMNS.values()), tuple(_row(each, said, joints) for each in found), (head,))


def _row(found: Found, said: Words, joints: Joints) -> tuple[Cell, ...]:
    filled, empty = dict(finding_cells(found, said)), Cell((text("", Style.CELL),))
    together = joint_paragraphs(found, _in_order(found, said), joints, said)
    filled["proposal"] = Cell((*filled["proposal"].paragraphs, *together))
    return tuple(filled.get(name, empty) for name in _COLUMNS)


def finding_cells(found: Found, said: Words) -> Mapping[str, Cell]:
    """What is said of one finding, by the names of the columns; the developer's are not among them."""
    names = {found["factor"]: found["factor_name"]}
    factor = capital(factor_name(found["factor"], said.language, names))
    severity = said.say(f"preliminary.severity.{found['severity']}")
    return {
        "number": Cell((text(str(found["number"]), Style.CELL_CENTERED),)),
        "unit": Cell(tuple(_unit(found, said))),
        "wording": Cell(tuple(_wording(found, said))),
        "factor": Cell((text(factor, Style.CELL),)),
        "reasoning": Cell(tuple(_reasoning(found, said))),
        "severity": Cell((text(severity, Style.CELL_CENTERED),), _SHADES[found["severity"]]),
        "proposal": Cell(tuple(_proposal(found, said))),
    }


def _unit(found: Found, said: Words) -> Iterator[Paragraph]:
    """The unit, and where the same norm stands again."""
    own = dict.fromkeys(_cited(place["citation"], said) for place in found["places"] if not place["repeats"])
    units = [place["address"] for place in found["places"] if not place["repeats"]]
    repeated = [place for place in found["places"] if place["repeats"]]
    outside = [place for place in repeated if not any(is_inside(place["address"], unit) for unit in units)]
    again = [place["citation"] for place in outside] + found["also_at"]
    for citation in own:
        yield text(citation or said.say("conclusion.blank"), Style.CELL)
    collides = found["factor"] == _COLLISION  # its places contradict each other, they do not repeat one defect
    if len({place["language"] for place in found["places"]}) > 1 and not collides:
        yield text(said.say("conclusion.in_both"), Style.CELL, Emphasis.QUIET)
    further = [cited for cited in dict.fromkeys(_cited(each, said) for each in again) if cited and cited not in own]
    if further:
        yield text(
            said.say(f"conclusion.{'against' if collides else 'also_at'}") + " " + "; ".join(further),
            Style.CELL,
            Emphasis.QUIET,
        )


def _cited(citation: Mapping[str, str], said: Words) -> str:
    """«6-тармағы» is not torn at its hyphen in the narrow column."""
    words = citation.get(said.language) or next((each for each in citation.values() if each), "")
    return re.sub(r"(?<=\d)-(?=\w)", "\u2011", words)


def _wording(found: Found, said: Words) -> Iterator[Paragraph]:
    """Words of the draft in the language of the document where there are any; of an amendment, the norm it changes."""
    changes = found["change"]
    change = changes.get(said.language) or next(iter(changes.values()), None)
    if change is not None:
        yield from changed_wording(_change(change), said)
    norms = [norm for norm in found["norms"] if norm["language"] == said.language] or list(found["norms"])
    for norm in norms if change is None else ():
        if norm["lead"]:
            yield Paragraph((lead_run(norm["lead"]),), Style.CELL)
        yield Paragraph(flagged_runs(norm["text"], _parted(norm["marks"])), Style.CELL)


def _change(raw: Mapping[str, Any]) -> ChangedWording:
    spans = {name: tuple((each["start"], each["end"]) for each in raw[name]) for name in ("new", "gone", "marked")}
    return ChangedWording(raw["act"], raw["unit"], raw["heading"], raw["lead"], raw["before"], raw["after"], **spans)


def _parted(marks: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((mark[0], mark[1]) for mark in marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _reasoning(found: Found, said: Words) -> Iterator[Paragraph]:
    reasoning, risk = _words(found["reasoning"], said), _words(found["risk"], said)
    yield from _several(reasoning)
    if risk:
        yield from _several(risk, said.say("conclusion.risk_label"))
    grounds: Sequence[str] = found["basis"].get(said.language) or next(iter(found["basis"].values()), [])
    if grounds:
        yield from _several("; ".join(grounds) + ".", said.say("conclusion.basis_label"))


def _words(statements: Mapping[str, Any], said: Words) -> str:
    chosen = statements.get(said.language) or next(iter(statements.values()), None)
    return str(chosen["text"]) if chosen else ""


def _several(words: str, label: str = "") -> Iterator[Paragraph]:
    """What an expert wrote in several lines is several paragraphs; the label stands before the first."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        before = (Run(label + " ", Emphasis.STRONG),) if label and index == 0 else ()
        yield Paragraph((*before, Run(line)), Style.CELL)


def _proposal(found: Found, said: Words) -> Iterator[Paragraph]:
    instruction = _words(found["recommendation"], said)
    yield from _several(instruction)
    proposals = _in_order(found, said)
    labelled = len(proposals) > 1 or any(each["language"] != said.language for each in proposals)
    for each in proposals:
        if labelled:
            label = said.known(f"conclusion.in_language.{each['language']}", each["language"])
            yield text(label, Style.CELL, Emphasis.STRONG)
        runs = _proposed(each)
        yield Paragraph(runs, Style.CELL) if runs else text(said.say("conclusion.exclude"), Style.CELL)
    if not instruction and not proposals:
        yield text(said.say("conclusion.no_recommendation"), Style.CELL)


def _in_order(found: Found, said: Words) -> list[Mapping[str, Any]]:
    return sorted(found["proposals"], key=lambda each: each["language"] != said.language)


def _proposed(each: Mapping[str, Any]) -> tuple[Run, ...]:
    """The proposed wording against the words it replaces; whole where these are not known."""
    given = Recommendation(each["language"], each["action"], "", each["text"])
    if not each["old"]:
        return (Run(each["text"], Emphasis.INSERTED),) if each["text"] else ()
    return proposal(each["old"], each["label"], given)
