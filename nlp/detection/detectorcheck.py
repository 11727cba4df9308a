"""Checks the detectors of a pack as a lawyer wrote them: small acts of ``tests.yaml`` and what is said of each.

Reads: ``says`` – ids of the texts said, ``asks`` – of the questions asked (unless given, not looked at), ``words`` –
what must stand in the sayings in the language of the act, ``not_words`` – what must not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.detectors import BUILDERS
from nlp.detection.findings import JudgedProvision
from nlp.detection.observation import Detected, Detector
from nlp.detection.observed import fill
from nlp.detection.pack import DetectorData, Pack
from nlp.detection.rulecheck import Problem
from nlp.norms import analyse, frames
from nlp.reading.plain import read_plain
from nlp.structure import provisions, structure
from nlp.structure.act import Role

_SHOWN = 120
_TOLD = ("explanation", "risk", "instruction", "wording")
_ROLES = frozenset({Role.NORM, Role.QUOTED, Role.DEFINITION})


def check_detectors(pack: Pack) -> tuple[Problem, ...]:
    """All failing tests of the detectors of a pack; empty when they are sound."""
    return tuple(
        problem
        for name, data in pack.detectors.items()
        if data.tests
        for problem in _check(name, data, BUILDERS[name](pack), pack)
    )


def _check(name: str, data: DetectorData, detector: Detector, pack: Pack) -> Iterator[Problem]:
    for test in data.tests:
        view = _view(test["act"], pack)
        code = view.provisions[0].language if view.provisions else "ru"
        detected = detector(view)
        shown = " ".join(test["act"].split())[:_SHOWN]
        for wanted, found in _compared(test, detected):
            rule = f"{name}.{found or wanted}"
            yield Problem(rule, "rules.test_flagged" if found else "rules.test_missed", shown)
        told = " ".join(_said(detected, data.texts, code))
        for words in test.get("words", ()):
            if words not in told:
                yield Problem(name, "rules.test_missed", f"{words} – {shown}")
        for words in test.get("not_words", ()):
            if words in told:
                yield Problem(name, "rules.test_flagged", f"{words} – {shown}")


def _compared(test: Mapping[str, Any], detected: Detected) -> Iterator[tuple[str, str]]:
    """(what was wanted and not said, "") and ("", what was said and not wanted)."""
    pairs = [(test["says"], [each.text for each in detected.observations])]
    if "asks" in test:
        pairs.append((test["asks"], [each.text for each in detected.questions]))
    for wanted, found in pairs:
        yield from ((text, "") for text in sorted(set(wanted) - set(found)))
        yield from (("", text) for text in sorted(set(found) - set(wanted)))


def _said(detected: Detected, texts: Mapping[str, Any], code: str) -> Iterator[str]:
    for observation in detected.observations:
        of_text = texts["observations"][observation.text]
        yield from (fill(of_text[key][code], observation.blanks, code) for key in _TOLD if key in of_text)
    for question in detected.questions:
        yield fill(texts["questions"][question.text][code], question.blanks, code)


def _view(text: str, pack: Pack) -> ActView:
    act = structure(read_plain(text.encode(), "act.txt"))
    everything = provisions(act)
    judged = []
    for provision in everything:
        if provision.role in _ROLES and provision.language in pack.languages:
            analysis = analyse(provision, languages.of(provision.language))
            made = frames(analysis, pack.languages[provision.language].lexicon)
            judged.append(JudgedProvision(analysis, made, ()))
    return ActView(act, everything, judged, pack)
