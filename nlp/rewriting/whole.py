"""The norm as a whole after its edits: the defect said twice, words said twice, words that point back at nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from nlp.norms.frame import FieldSpan
from nlp.rewriting.edits import Change

Doubles = Sequence[Mapping[str, str]]
"""Rows of ``texts.yaml``: where ``said`` stands in front, what ``find`` matches becomes ``with``."""


def repeated(original: str, spans: Iterable[FieldSpan], made: Sequence[Change]) -> list[Change]:
    """The changes, and the same ones wherever else in ``original`` the marked words of ``spans`` stand.

    A phrase of two words and more is meant («қосымша ақпарат» in the body's power and again in the bank's duty); a
    single word may stand for something else. Only what replaced marked words is repeated, never an insertion.
    """
    result = list(made)
    for span in spans:
        words = original[span.start : span.end].strip(" ,")
        inside = [c for c in made if span.start <= c.start < c.end <= span.end and c.text]
        if not inside or " " not in words:
            continue
        begin = original.index(words, span.start)
        for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", original):
            moved = [Change(c.start + found.start() - begin, c.end + found.start() - begin, c.text) for c in inside]
            if all(c.end <= other.start or c.start >= other.end for c in moved for other in result):
                result.extend(moved)
    return result


_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")


def without_doubles(words: str, before: str, original: str, rows: Doubles) -> str:
    """``words`` said otherwise where they repeat what the lead-in ``before`` or their own sentence has said.

    «должны быть указаны: указанные в приложении ___» → «… предусмотренные приложением ___». What stood in
    ``original`` already is the drafter's and stays.
    """
    for row in rows:
        found = re.search(row["find"], words)
        if found is None or found.group() in original:
            continue
        *earlier, sentence = _SENTENCE.split(words[: found.start()])
        if re.search(row["said"], sentence if earlier else f"{before} {sentence}", re.IGNORECASE):
            words = words[: found.start()] + found.expand(row["with"]) + words[found.end() :]
    return words


_POINTS = {
    "ru": re.compile(r"\b(?:так(?:ой|ая|ое|ую|ие|их|им|ими|ого|ому|ом)|эт(?:их|им|ими|ого|ому|ом|ой|от|у|и)) (\w{5,})"),
    "kk": re.compile(r"\b(?:мұндай|осындай|аталған|бұл|осы) (\w{5,})", re.IGNORECASE),
}
_STEM = 5


def points_at_nothing(original: str, reworded: str, language: str) -> bool:
    """Whether a later sentence, left as it was, points back at a word that is no longer there («такую поддержку»).

    Words are compared by their first letters, so that «поддержаны» holds «поддержку».
    """
    for start in (m.end() for m in _SENTENCE.finditer(original)):
        sentence = original[start:]
        end = _SENTENCE.search(sentence)
        sentence = sentence[: end.start()] if end else sentence
        at = reworded.find(sentence)
        if at < 0:
            continue
        for noun in _POINTS[language].findall(sentence):
            stem = noun[:_STEM].lower()
            if stem in original[:start].lower() and stem not in reworded[:at].lower():
                return True
    return False
