"""A proposed wording as a difference to the draft: what is inserted and what is taken out.

Reads: the old words, a Recommendation. Writes: runs of the document model. The proposed edits themselves are shown
where they give the proposed wording; else words are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from expertise.documents.model import Emphasis, Run
from expertise.documents.wording import GAP, shorten
from nlp.detection.finding import Edit, Recommendation

WHOLE = 900  # characters of a proposal that are shown without shortening
MARGIN = 180  # unchanged characters kept on each side of a change in a longer one
MOST_WORDS = 1_500  # per side: beyond it only the common beginning and end are looked for

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_Change = tuple[str, str]  # taken out, inserted
_Part = tuple[str, str, str]  # unchanged, then taken out, then inserted


def proposal(old: str, label: str, recommendation: Recommendation) -> tuple[Run, ...]:
    """Runs of the new wording of a unit with ``label`` and ``old`` words; taken out words stay, struck through.

    A unit that is to be excluded is struck through as a whole. A supplement follows the norm, which stays as it is;
    what is recommended in words alone has no runs.
    """
    if recommendation.action == "delete":
        return (Run(shorten(_labelled(label, old), WHOLE), Emphasis.DELETED),)
    if not recommendation.wording:
        return ()
    if recommendation.action == "supplement":
        kept = shorten(_labelled(label, old), WHOLE)
        return tuple(run for run in (Run(f"{kept} " if kept else ""), _added(recommendation)) if run.text)
    if label and recommendation.wording.startswith(label):
        old, label = _labelled(label, old), ""
    parts = list(_parts(old, recommendation))
    size = sum(len(same) + len(out) + len(new) for same, out, new in parts)
    runs = (Run(label + " " if label else ""), *_runs(parts, short=size > WHOLE))
    return tuple(run for run in runs if run.text)


def differences(old: str, new: str) -> Iterator[_Part]:
    """Words of both texts in order: what is unchanged, then what is taken out, then what is put in; word by word."""
    return _by_words(old, new)


def _added(recommendation: Recommendation) -> Run:
    return Run(recommendation.wording, Emphasis.INSERTED)


def _labelled(label: str, words: str) -> str:
    return f"{label} {words}" if label else words


def _parts(old: str, recommendation: Recommendation) -> Iterator[_Part]:
    new = recommendation.wording
    edits = recommendation.edits
    # Offsets count in one field of the provision; only if they give the wording are they offsets in these words.
    if edits and len({edit.span.field for edit in edits}) == 1 and _apply(old, edits) == new:
        return _by_edits(old, edits)
    return _by_words(old, new)


def _ordered(edits: Sequence[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))


def _apply(old: str, edits: Sequence[Edit]) -> str | None:
    """The text after the edits; None when they overlap or leave the text."""
    pieces, at = [], 0
    for edit in _ordered(edits):
        if not at <= edit.span.start <= edit.span.end <= len(old):
            return None
        pieces += [old[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join((*pieces, old[at:]))


def _by_edits(old: str, edits: Sequence[Edit]) -> Iterator[_Part]:
    at = 0
    for edit in _ordered(edits):
        yield old[at : edit.span.start], old[edit.span.start : edit.span.end], edit.text
        at = edit.span.end
    yield old[at:], "", ""


def _by_words(old: str, new: str) -> Iterator[_Part]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _by_ends(before, after)
    return _joined(before, after)


def _by_ends(before: list[str], after: list[str]) -> Iterator[_Part]:
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    middle = (before[start : len(before) - end], after[start : len(after) - end])
    yield "".join(before[:start]), "".join(middle[0]), "".join(middle[1])
    yield "".join(before[len(before) - end :]), "", ""


def _joined(before: list[str], after: list[str]) -> Iterator[_Part]:
    """Changes parted by a blank or a mark only are one change: nobody reads word salad."""
    same, out, new = "", "", ""
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[i:j]), "".join(after[k:m])
        if tag != "equal":
            out, new = out + removed, new + added
        elif (out or new) and not any(character.isalnum() for character in removed) and m < len(after):
            out, new = out + removed, new + removed
        else:
            if out or new:
                yield same, out, new
                same, out, new = "", "", ""
            same += removed
    yield same, out, new


def _runs(parts: Sequence[_Part], *, short: bool) -> Iterator[Run]:
    for index, (same, out, new) in enumerate(parts):
        last = index == len(parts) - 1 and not (out or new)
        yield Run(_unchanged(same, last=last) if short else same)
        yield Run(_cut(out) if short else out, Emphasis.DELETED)
        # A struck word that touches an underlined one cannot be read on paper.
        yield Run(" " if out and new and not (out[-1].isspace() or new[0].isspace()) else "")
        yield Run(new, Emphasis.INSERTED)


def _unchanged(text: str, *, last: bool) -> str:
    if len(text) <= 2 * MARGIN + len(GAP):
        return text
    head = shorten(text, MARGIN).removesuffix(GAP.rstrip())
    tail = "" if last else text[-MARGIN:].partition(" ")[2]
    return head + (GAP + tail if tail else GAP.rstrip())


def _cut(text: str) -> str:
    return text if len(text) <= WHOLE else shorten(text, WHOLE // 2)
