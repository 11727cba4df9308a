"""One evaluation: corpora in, all figures out.

Reads: corpus files and a ``Judge`` (and a ``DraftExaminer`` for whole drafts). Writes: ``EvaluationResult``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.annotators import Gold, with_gold
from corpora.reader import read_corpus
from corpora.records import Corpus
from evaluation.calibration import Calibration, calibrations
from evaluation.confusion import Confusion, confusions
from evaluation.disagreements import Disagreement, disagreements
from evaluation.drafts import DraftExaminer, DraftScores, draft_scores
from evaluation.errors import EvaluationError
from evaluation.items import Item, JudgedPair, judged_items, judged_neutrals, judged_pairs
from evaluation.judged import Counting, Judge, JudgedFinding, scores_of
from evaluation.noise import Noise, noise
from evaluation.pairs import LengthBaseline, PairScores, length_baselines, pair_scores
from evaluation.ranking import Ranking, rankings
from evaluation.rules import RuleStatistic, rule_statistics
from evaluation.slices import Slice, slices
from evaluation.spans import SpanScores, span_scores
from nlp.structure.act import Provision

RESAMPLES = 1000
SEED = 20_260_101

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """Which corpus a run used: file name, kind, sha256 of its content, numbers of texts."""

    name: str
    kind: str
    sha256: str
    provisions: int
    pairs: int
    neutrals: int
    drafts: int


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """Everything an evaluation gives. ``restricted``: only ``factors`` were evaluated; else they are those that occur.

    ``judge``: what made the findings, for a reader. Parts are empty where the corpora have nothing for them (no pairs,
    no drafts).
    """

    corpora: tuple[CorpusInfo, ...]
    factors: tuple[str, ...]
    restricted: bool
    pack_version: str
    judge: str
    resamples: int
    seed: int
    slices: tuple[Slice, ...]
    spans: tuple[SpanScores, ...]
    noise: tuple[Noise, ...]
    rankings: tuple[Ranking, ...]
    calibrations: tuple[Calibration, ...]
    confusions: tuple[Confusion, ...]
    pairs: tuple[PairScores, ...]
    length_baselines: tuple[LengthBaseline, ...]
    rules: tuple[RuleStatistic, ...]
    drafts: tuple[DraftScores, ...]
    disagreements: tuple[Disagreement, ...]


def evaluate_files(
    paths: Iterable[Path],
    judge: Judge,
    factors: Collection[str] | None = None,
    *,
    examine: DraftExaminer | None = None,
    length_paths: Iterable[Path] = (),
    gold: Gold | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    pack_version: str = "",
    judge_name: str = "",
    progress: Progress | None = None,
) -> EvaluationResult:
    """Evaluate ``judge`` on corpora (files of provisions or pairs, folders of drafts), pooled.

    ``factors`` restricts gold and findings to these factors. ``length_paths`` are pairs on which the threshold of the
    length baseline is chosen (train); without them it is chosen on the evaluated pairs. ``gold`` says whose labels
    count where several annotators labelled one provision. ``judge_name`` tells readers of the report what made the
    findings. ``progress`` is called with corpus name, texts done and texts in all. Raises ``CorpusError`` for a
    malformed corpus, ``EvaluationError`` for missing predictions, spans outside a text, or drafts without ``examine``.
    """
    train = [read_corpus(path) for path in length_paths]
    return evaluate(
        [read_corpus(path) for path in paths],
        judge,
        factors,
        examine=examine,
        length_corpora=train,
        gold=gold,
        resamples=resamples,
        seed=seed,
        pack_version=pack_version,
        judge_name=judge_name,
        progress=progress,
    )


def evaluate(
    corpora: Sequence[Corpus],
    judge: Judge,
    factors: Collection[str] | None = None,
    *,
    examine: DraftExaminer | None = None,
    length_corpora: Sequence[Corpus] = (),
    gold: Gold | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    pack_version: str = "",
    judge_name: str = "",
    progress: Progress | None = None,
) -> EvaluationResult:
    """``evaluate_files`` on corpora that are already read."""
    if resamples < 0:
        raise EvaluationError("evaluation_resamples", value=resamples)
    corpora = [with_gold(corpus, gold) for corpus in corpora]
    judged = [_judged(corpus, judge, factors, progress) for corpus in corpora]
    drafts = tuple(score for corpus in corpora for score in _draft_scores(corpus, examine, factors))
    provisions = [item for each in judged for item in each.provisions]
    pairs = [pair for each in judged for pair in each.pairs]
    neutrals = [item for each in judged for item in each.neutrals]
    texts = [*provisions, *(side for pair in pairs for side in (pair.flawed, pair.sound)), *neutrals]
    chosen = tuple(sorted(set(factors))) if factors is not None else _occurring(texts)
    scored = [pair for pair in pairs if pair.in_scope]
    elsewhere = [judged_pairs(corpus.pairs, _silent, factors, corpus.name) for corpus in length_corpora]
    train = [pair for each in elsewhere for pair in each if pair.in_scope]
    return EvaluationResult(
        corpora=tuple(_info(corpus) for corpus in corpora),
        factors=chosen,
        restricted=factors is not None,
        pack_version=pack_version,
        judge=judge_name,
        resamples=resamples,
        seed=seed,
        slices=slices(provisions, chosen, resamples, seed) if provisions else (),
        spans=span_scores(provisions) if provisions else (),
        noise=noise(provisions, resamples, seed) if provisions else (),
        rankings=rankings(provisions, chosen, resamples, seed) if provisions else (),
        calibrations=calibrations(provisions) if provisions else (),
        confusions=confusions(texts),
        pairs=pair_scores(scored, neutrals, resamples, seed) if pairs or neutrals else (),
        length_baselines=length_baselines(scored, neutrals, train) if pairs or neutrals else (),
        rules=rule_statistics(texts),
        drafts=drafts,
        disagreements=disagreements(texts),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    provisions: tuple[Item, ...]
    pairs: tuple[JudgedPair, ...]
    neutrals: tuple[Item, ...]


def _judged(corpus: Corpus, judge: Judge, factors: Collection[str] | None, progress: Progress | None) -> _Judged:
    counted = _counting(judge, corpus, progress)
    return _Judged(
        judged_items(corpus.provisions, counted, factors, corpus.name),
        judged_pairs(corpus.pairs, counted, factors, corpus.name),
        judged_neutrals(corpus.neutrals, counted, factors, corpus.name),
    )


def _counting(judge: Judge, corpus: Corpus, progress: Progress | None) -> Judge:
    if progress is None:
        return judge
    return _Counted(judge, progress, corpus.name, len(corpus.provisions) + 2 * len(corpus.pairs) + len(corpus.neutrals))


@dataclass
class _Counted:
    """A judge that tells how far it is."""

    judge: Judge
    progress: Progress
    corpus: str
    total: int
    done: int = 0

    def __call__(self, provision: Provision) -> Sequence[JudgedFinding]:
        found = self.judge(provision)
        self.done += 1
        self.progress(self.corpus, self.done, self.total)
        return found

    def scores(self, provision: Provision) -> Mapping[str, float] | None:
        return scores_of(self.judge, provision)


def _silent(provision: Provision) -> Sequence[JudgedFinding]:
    """A judge that finds nothing: for the length baseline only lengths matter."""
    return ()


def _draft_scores(corpus: Corpus, examine: DraftExaminer | None, factors: Collection[str] | None) -> list[DraftScores]:
    if not corpus.drafts:
        return []
    if examine is None:
        raise EvaluationError("evaluation_no_examiner", name=corpus.name)
    return [score for case in corpus.drafts for score in draft_scores(case, examine(case), factors)]


def _occurring(items: Iterable[Item]) -> tuple[str, ...]:
    found: set[str] = set()
    for item in items:
        found.update(item.gold_strengths(), item.found_factors(Counting.ALL))
    return tuple(sorted(found))


def _info(corpus: Corpus) -> CorpusInfo:
    return CorpusInfo(
        corpus.name,
        corpus.kind.value,
        corpus.sha256,
        len(corpus.provisions),
        len(corpus.pairs),
        len(corpus.neutrals),
        len(corpus.drafts),
    )
