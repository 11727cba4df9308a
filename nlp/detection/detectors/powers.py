"""Powers and absence: what an act does not say of a power over a person (methodology 6–8; DESIGN 3.5).

Reads: frames and words of all provisions of the act, gathered to powers. One finding per power names everything that is
missing, where one would expect it and what there is; what is left to a named act or lacks a single element is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp.detection.act_view import ActView
from nlp.detection.detectors.power_gaps import Gap, Gaps
from nlp.detection.detectors.power_words import PowerBlanks
from nlp.detection.finding import Kind
from nlp.detection.observation import Detected, Detector, Observation, Place, Question
from nlp.detection.pack import Pack
from nlp.norms.powers import ActIndex, Core, Gatherer, Power, PowerWords, build_words, cores
from nlp.structure.act import Provision

NAME = "powers"


def build(pack: Pack) -> Detector:
    """The detector with the pack's words."""
    data = pack.detectors[NAME]
    words = {
        code: build_words(code, entry, data.settings, pack.languages[code].lists) for code, entry in data.words.items()
    }
    return _Powers(words, data.settings, data.texts["words"])


class _Powers:
    def __init__(
        self, words: Mapping[str, PowerWords], settings: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._words = words
        self._settings = settings
        self._texts = texts

    def __call__(self, view: ActView) -> Detected:
        observations: list[Observation] = []
        questions: list[tuple[int, int, Question]] = []
        points = 0
        judged = {provision.id for provision in view.judged}
        for words in self._words.values():
            index = ActIndex(view.provisions, view.analysis, words)
            points += len(set(index.points))
            blanks = PowerBlanks(view, index, self._texts, self._settings["leaves_open"])
            gaps = Gaps(self._settings, index)
            for core, power in self._powers(view, index, judged):
                found = gaps.of(power, core)
                asked = gaps.asked(power, found)
                told = [gap for gap in found if gap.element not in asked]
                if len(told) >= self._settings["thresholds"]["attention"]:
                    observations.append(
                        self._said(power, core, told, gaps.factor(told, _said_of(view, power.core)), blanks)
                    )
                    asked = asked if power.order is not None else ()
                if asked:
                    text = "by_order" if power.order is not None else "one_missing"
                    place = Place(power.core, core.span)
                    question = Question(NAME, "power", text, place, blanks.of_question(power, core, asked))
                    questions.append((-len(asked), power.core.text_at, question))
        most = points // self._settings["thresholds"]["points_per_question"]
        ranked = sorted(questions, key=lambda each: each[:2])[:most]
        return Detected(tuple(observations), tuple(question for _, _, question in ranked))

    def _powers(self, view: ActView, index: ActIndex, judged: set[str]) -> Iterator[tuple[Core, Power]]:
        """Powers of the act, each once: one kind of action in one article (chapter and object in acts of points)."""
        part = view.pack.languages[index.words.language]
        gatherer = Gatherer(index, part.lexicon, view.frames)
        met: set[tuple[str, str, str]] = set()
        for core in cores(index, view.frames):
            provision = index.provisions[core.at]
            if provision.id not in judged:
                continue
            article = index.articles[core.at]
            about = "" if _is_article(article) else gatherer.object_word(core.at, core.kind)
            key = (core.kind.id, article, about)
            if key not in met:
                met.add(key)
                yield core, gatherer.gather([core.at], core.kind, core.span)

    def _said(self, power: Power, core: Core, found: Sequence[Gap], factor: str, blanks: PowerBlanks) -> Observation:
        thresholds = self._settings["thresholds"]
        is_remark = len(found) >= thresholds["remark"]
        open_words = [Place(gap.words.provision, gap.words.span) for gap in found if gap.words is not None]
        core_place = Place(power.core, core.span)
        return Observation(
            detector=NAME,
            text="incomplete",
            factor=factor,
            places=(core_place, *(place for place in open_words if _is_other(place.provision, power.core))),
            kind=Kind.REMARK if is_remark else Kind.ATTENTION,
            strength=2 if is_remark else 1,
            confidence=thresholds["confidence"],
            blanks=blanks.of(power, core, found),
            reason=(
                ("power", power.kind),
                *((gap.element, "open" if gap.words is not None else "absent") for gap in found),
            ),
        )


def _said_of(view: ActView, provision: Provision) -> frozenset[str]:
    """Factors that rules have said of a provision."""
    said = view.said(provision)
    return frozenset() if said is None else frozenset(each.factor for each in said.factors)


def _is_article(address: str) -> bool:
    return address.split("__")[-1].startswith("art_")


def _is_other(provision: Provision, core: Provision) -> bool:
    return provision.id != core.id
