"""One wording of a norm of which several recommendations give one each.

Reads: findings of the content of a conclusion. Writes: for the last finding of every such norm the numbers of all and
the norm with all their changes, as parts (unchanged, taken out, put in); no parts where two of them change the same
words otherwise, so that only the developer of the draft can bring them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expertise.documents.model import Emphasis, Paragraph, Run, Style, text
from expertise.documents.proposal import differences
from expertise.documents.words import Words

_Change = tuple[int, int, str]  # characters [start, end) of the old words become these


@dataclass(frozen=True, slots=True)
class Joint:
    """Numbers of the recommendations in order; ``pieces``: the wording, each piece with whether it is new."""

    numbers: tuple[int, ...]
    label: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether all changes can be made in one wording."""
        return bool(self.pieces)


Joints = Mapping[str, Mapping[int, Joint]]


def joint_wordings(found: Sequence[Mapping[str, Any]], language: str) -> dict[int, Joint]:
    """By the number of the last finding of a norm: its joint wording in ``language``. Norms to be struck out, and
    wordings that replace words of which the dossier does not know, have none."""
    groups: dict[tuple[str, str], list[tuple[int, Mapping[str, Any]]]] = {}
    for each in found:
        for proposal in each["proposals"]:
            if proposal["language"] == language and proposal["old"]:
                groups.setdefault((each["unit"], proposal["old"]), []).append((each["number"], proposal))
    return {group[-1][0]: _joint(group) for group in groups.values() if len(group) > 1 and _re_words(group)}


def joint_paragraphs(
    found: Mapping[str, Any], proposals: Sequence[Mapping[str, Any]], joints: Joints, said: Words
) -> Iterator[Paragraph]:
    """The norm with the changes of all recommendations that re-word it, below the last of them; ``proposals``: those of
    this one that are shown."""
    for proposal in proposals:
        joint = joints.get(proposal["language"], {}).get(found["number"])
        if joint is None:
            continue
        numbers = ", ".join(str(number) for number in joint.numbers)
        told = "comparison.joint" if joint.is_settled else "comparison.joint_open"
        yield text(said.say(told, numbers=numbers), Style.CELL, Emphasis.STRONG)
        if joint.is_settled:
            label = (Run(f"{joint.label} "),) if joint.label else ()
            runs = (Run(piece, Emphasis.INSERTED if is_new else Emphasis.PLAIN) for piece, is_new in joint.pieces)
            yield Paragraph((*label, *runs), Style.CELL)


def all_joints(found: Sequence[Mapping[str, Any]]) -> Joints:
    """Language → joint wordings (``joint_wordings``)."""
    codes = {proposal["language"] for each in found for proposal in each["proposals"]}
    return {code: joint_wordings(found, code) for code in codes}


def bare(proposal: Mapping[str, Any]) -> str:
    """The proposed wording without its number, for the words it replaces have none."""
    words, label = str(proposal["text"]), str(proposal["label"])
    return words[len(label) :].lstrip() if label and words.startswith(label) else words


def _re_words(group: Sequence[tuple[int, Mapping[str, Any]]]) -> bool:
    return all(proposal["action"] != "delete" and proposal["text"] for _, proposal in group)


def _joint(group: Sequence[tuple[int, Mapping[str, Any]]]) -> Joint:
    numbers = tuple(number for number, _ in group)
    old = str(group[0][1]["old"])
    asked = [list(_changes(old, proposal)) for _, proposal in group]
    made = sorted(dict.fromkeys(change for changes in asked for change in changes), key=lambda change: change[:2])
    if any(_clash(old, one, two) for at, one in enumerate(made) for two in made[at + 1 :]):
        return Joint(numbers)
    return Joint(numbers, str(group[0][1]["label"]), tuple(_pieces(old, made)))


def _changes(old: str, proposal: Mapping[str, Any]) -> Iterator[_Change]:
    if proposal["action"] == "supplement":
        yield len(old), len(old), f" {proposal['text']}"
        return
    at = 0
    for same, gone, new in differences(old, bare(proposal)):
        at += len(same)
        if gone or new:
            yield at, at + len(gone), new
        at += len(gone)


def _clash(old: str, one: _Change, two: _Change) -> bool:
    """Whether not both can be made: they share words, or one puts words in right beside what the other changes."""
    if one[0] < two[1] and two[0] < one[1]:
        return True
    first, last = sorted((one, two), key=lambda change: change[:2])
    puts_in = any(not old[start:end].strip() for start, end, _ in (one, two))
    return puts_in and not old[first[1] : last[0]].strip()


def _pieces(old: str, made: Sequence[_Change]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end, new in made:
        yield from ((piece, is_new) for piece, is_new in ((old[at:start], False), (new, True)) if piece)
        at = end
    if old[at:]:
        yield old[at:], False
