"""Rivals → an observation: both places, what differs, and the question which of them is meant to hold."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.detection.detectors.collisions.quantities import Quantity
from nlp.detection.detectors.collisions.sayings import Saying, Sentence
from nlp.detection.finding import Kind
from nlp.detection.observation import Blanks, Observation, Place
from nlp.norms.frame import FieldSpan
from nlp.structure.act import Provision
from nlp.structure.citations import Citations

NAME = "collisions"
FACTOR = "collision"
LANGUAGES = ("ru", "kk")
_LONGEST = 200
_REMARKS = frozenset({"time_limit", "amount", "permission", "misspelled"})


def observation(citations: Citations, text: str, group: Sequence[Saying]) -> Observation:
    """``group`` in document order; the later norm leads, the earlier ones are further places."""
    first, last = group[0], group[-1]
    blanks = {
        "here": _cited(citations, last.provision),
        "there": _cited(citations, first.provision),
        "second": _both(quoted(_words(last.provision, last.span))),
        "first": _both(quoted(_words(first.provision, first.span))),
        "words": _both(quoted(_words(last.provision, last.whole))),
        "other": _both(quoted(_words(first.provision, first.whole))),
    }
    places = tuple(Place(each.provision, each.span) for each in reversed(group))
    return _observation(text, places, blanks)


def misspelled(citations: Citations, sentence: Sentence, quantity: Quantity) -> Observation:
    """A number that its own words contradict."""
    span = sentence.span(quantity.first, quantity.last)
    blanks = {
        "here": _cited(citations, sentence.provision),
        "first": _both(quoted(_words(sentence.provision, span))),
        "words": _both(quoted(_words(sentence.provision, sentence.span(0, len(sentence.tokens))))),
    }
    return _observation("misspelled", (Place(sentence.provision, span),), blanks)


def quoted(words: str) -> str:
    """Words on one line without their closing mark, a long text cut."""
    line = " ".join(words.split()).rstrip(" .;,:")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _observation(text: str, places: tuple[Place, ...], blanks: Blanks) -> Observation:
    remark = text in _REMARKS
    return Observation(
        detector=NAME,
        text=text,
        factor=FACTOR,
        places=places,
        kind=Kind.REMARK if remark else Kind.ATTENTION,
        strength=2 if remark else 1,
        confidence=0.8 if remark else 0.5,
        blanks=blanks,
        reason=(("differs", text),),
    )


def _words(provision: Provision, span: FieldSpan) -> str:
    return provision.text[span.start : span.end]


def _cited(citations: Citations, provision: Provision) -> dict[str, str]:
    return {code: citations.cite(provision.address, code) for code in LANGUAGES}


def _both(value: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, value)
