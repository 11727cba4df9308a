"""Provisions → what is said of them: rules first, then, where there is one, the classifier weighs it.

Reads: provisions. Writes: ``JudgedProvision``s in the same order, each as if it had been alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp import language as languages
from nlp.classifier.classifier import Classifier, Scores
from nlp.classifier.remembered import Remembered
from nlp.detection.engine import Engine, Judged
from nlp.detection.findings import JudgedProvision
from nlp.detection.fusion import JudgedFactor, fuse
from nlp.detection.modelled import chances_of, may_add, weighed
from nlp.detection.pack import Pack
from nlp.judgeable import size
from nlp.limits import Limits
from nlp.norms import ProvisionAnalysis, analyse, frames
from nlp.norms.frame import NormFrame
from nlp.structure.act import Provision

Progress = Callable[[int, int], None]

_AT_ONCE = 64  # provisions that the rules read before the classifier reads the same: each finds its tables in the cache


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What the rules said of a provision; ``weighed``: the classifier is asked too."""

    analysis: ProvisionAnalysis
    raw: Judged
    said: tuple[JudgedFactor, ...] = ()
    frames: tuple[NormFrame, ...] = ()
    weighed: bool = False


class Judge:
    """Rules and classifier of one pack. Between provisions it keeps what the network said of norms, by their words and
    at most ``Limits.norms_remembered``; no result depends on it."""

    def __init__(self, pack: Pack, limits: Limits, classifier: Classifier | None = None) -> None:
        self._pack, self._limits, self._classifier = pack, limits, classifier
        self._engine = Engine(pack, limits.rule_steps)
        self.remembered = Remembered(limits.norms_remembered)

    def one(self, provision: Provision) -> JudgedProvision:
        """One provision by itself."""
        return self._weighed([self._ruled(provision, always=True)])[0]

    def all(
        self, wanted: Sequence[Provision], progress: Progress | None = None
    ) -> tuple[list[JudgedProvision], list[str]]:
        """Every provision, and the rules that ran out of their budget of steps.

        The classifier is not asked where nothing can come of it; such a provision has no ``chances``.
        ``progress`` is called for each with (done, in all).
        """
        judged: list[JudgedProvision] = []
        exhausted: dict[str, None] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            ruled = [self._ruled(provision) for provision in wanted[start : start + _AT_ONCE]]
            judged += self._weighed(ruled)
            exhausted.update(dict.fromkeys(rule for item in ruled for rule in item.raw.exhausted))
            if progress is not None:
                for position in range(start + 1, len(judged) + 1):
                    progress(position, len(wanted))
        return judged, sorted(exhausted)

    def _ruled(self, provision: Provision, always: bool = False) -> _Ruled:
        """What the rules say of a provision; nothing of one in a foreign language, or too long. ``always``: the
        classifier is to be asked even where nothing can come of it."""
        if provision.language not in self._pack.languages:
            return _Ruled(analyse(provision, languages.of("ru")), Judged(provision.id, ()))
        if size(provision) > self._limits.provision_characters:
            return _Ruled(ProvisionAnalysis(provision, (), (), ()), Judged(provision.id, ()))
        analysis = analyse(provision, languages.of(provision.language))
        raw = self._engine.judge(analysis)
        said = fuse(raw, analysis, self._pack)
        if self._classifier is None or not self._classifier.speaks(provision):
            return _Ruled(analysis, raw, said, raw.frames)
        made = raw.frames or frames(analysis, self._pack.languages[provision.language].lexicon)
        return _Ruled(analysis, raw, said, made, weighed=always or bool(said) or may_add(made))

    def _weighed(self, ruled: Sequence[_Ruled]) -> list[JudgedProvision]:
        """With what the classifier thinks, where it speaks."""
        classifier = self._classifier
        if classifier is None:
            return [_unweighed(item) for item in ruled]
        wanted = [(item.analysis, item.frames) for item in ruled if item.weighed]
        thought = iter(classifier.score_all(wanted, self.remembered))
        return [self._together(item, next(thought), classifier) if item.weighed else _unweighed(item) for item in ruled]

    def _together(self, item: _Ruled, scores: Scores, classifier: Classifier) -> JudgedProvision:
        analysis, said, description = item.analysis, item.said, classifier.description
        weighing = description.weighing
        chances = chances_of(said, scores, weighing, analysis.provision.language)
        factors = weighed(said, chances, scores, weighing, description.version, analysis, item.frames, self._pack)
        kept = {each.factor for each in factors}
        unlikely = tuple(each.factor for each in said if each.factor not in kept)
        return JudgedProvision(analysis, item.frames, factors, chances, unlikely)


def _unweighed(item: _Ruled) -> JudgedProvision:
    return JudgedProvision(item.analysis, item.frames, item.said)
