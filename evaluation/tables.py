"""The report as Markdown tables. Reads: ``EvaluationResult``. Writes: text."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.drafts import DraftScores, pooled
from evaluation.judged import Counting
from evaluation.markdown import table
from evaluation.pairs import LengthBaseline, PairScores
from evaluation.plain import number, percent
from evaluation.rules import ENOUGH_HITS, PRECISION_GOAL, RuleStatistic
from evaluation.run import EvaluationResult
from evaluation.scores import Interval, Scores, Share
from evaluation.slices import MACRO_MINIMUM, Slice, View
from evaluation.tables_ranked import calibration_text, confusion_text, ranking_text

PICTURE = "reliability.svg"

CAVEAT = (
    "Figures are worth what the labels are. Labels of the corpora that come with the project were made automatically "
    "by language models under the annotation guideline and are not judgements of human experts; of any other corpus "
    "its makers know. Strength 1 is the soft part."
)
_VIEWS = {
    View.HEADLINE: "unweighted, all strata, strengths 1 and 2",
    View.NATURAL: "weighted to natural prevalence, without the enriched stratum",
    View.STRENGTH2: "only strength 2 is positive; a finding on a borderline label is wrong",
    View.STRENGTH2_ASIDE: "only strength 2 is positive; borderline labels set aside",
}
_COUNTINGS = {Counting.ALL: "remarks and attention", Counting.REMARKS: "remarks alone"}


def report_text(result: EvaluationResult) -> str:
    """The whole report; percentages throughout, 95 % bootstrap intervals in brackets."""
    parts = [_head(result)]
    if result.slices:
        parts += [_headline(result.slices), *(_factors(result.slices, counting) for counting in Counting)]
        parts += [_spans(result), _noise(result)]
        parts += [ranking_text(result.rankings), calibration_text(result.calibrations, PICTURE)]
    if result.pairs:
        parts += [_pairs(result.pairs), _baselines(result.length_baselines), _pair_factors(result.pairs)]
    if result.drafts:
        parts.append(_drafts(result.drafts))
    parts += [confusion_text(result.confusions), _rules(result.rules)]
    return "\n\n".join(parts) + "\n"


def _head(result: EvaluationResult) -> str:
    rows = [
        (
            each.name,
            each.kind,
            each.sha256[:12],
            *(str(count) for count in (each.provisions, each.pairs, each.neutrals, each.drafts)),
        )
        for each in result.corpora
    ]
    scope = ", ".join(result.factors) if result.restricted else "all that occur"
    return "\n\n".join(
        [
            "# Evaluation",
            CAVEAT,
            f"Judge: {result.judge or '–'}. Pack: {result.pack_version or '–'}. Factors: {scope}. "
            f"Intervals: {result.resamples} resamples of base acts (Russian and Kazakh text of one act "
            f"together), seed {result.seed}.",
            table(("corpus", "kind", "sha256", "provisions", "pairs", "neutral norms", "drafts"), rows),
        ]
    )


def _headline(slices: Sequence[Slice]) -> str:
    rows = [
        (
            each.language,
            _COUNTINGS[each.counting],
            each.view.value,
            f"{each.items} / {each.positives}",
            *_measured(each.any_factor),
            *_measured(each.micro),
            f"{percent(each.macro.f1)}{_range(each.macro.f1_interval)} ({len(each.macro.factors)})",
        )
        for each in slices
    ]
    head = ("language", "counted", "view", "texts / labelled", "any P", "any R", "any F1", "micro P", "micro R")
    views = "\n".join(f"- `{view.value}`: {words}" for view, words in _VIEWS.items())
    return (
        f"## Provisions\n\n{views}\n\nMacro F1 is over factors with at least {MACRO_MINIMUM} positives in the row.\n\n"
        + table((*head, "micro F1", "macro F1 (factors)"), rows)
    )


def _measured(scores: Scores) -> tuple[str, str, str]:
    return (
        percent(scores.precision) + _range(scores.precision_interval),
        percent(scores.recall) + _range(scores.recall_interval),
        percent(scores.f1) + _range(scores.f1_interval),
    )


def _range(interval: Interval | None) -> str:
    return "" if interval is None else f" [{percent(interval.low)}–{percent(interval.high)}]"


def _factors(slices: Sequence[Slice], counting: Counting) -> str:
    strong = {
        (each.language, row.factor): row
        for each in slices
        if each.view is View.STRENGTH2 and each.counting is counting
        for row in each.factors
    }
    rows = [
        (
            row.factor,
            each.language,
            str(row.positives),
            *(number(count) for count in (row.scores.tp, row.scores.fp, row.scores.fn)),
            *(percent(value) for value in (row.scores.precision, row.scores.recall, row.scores.f1)),
            str(strong[each.language, row.factor].positives),
            percent(strong[each.language, row.factor].scores.recall),
        )
        for each in slices
        if each.view is View.HEADLINE and each.counting is counting
        for row in each.factors
    ]
    head = (
        "factor",
        "language",
        "labels",
        "right",
        "wrong",
        "missed",
        "P",
        "R",
        "F1",
        "labels of strength 2",
        "R of 2",
    )
    rows.sort(key=lambda row: row[0])
    return f"## Per factor: {_COUNTINGS[counting]}\n\n" + table(head, rows)


def _spans(result: EvaluationResult) -> str:
    rows = [
        (
            each.language,
            _COUNTINGS[each.counting],
            str(each.hits),
            *(percent(value) for value in (each.on_hits.precision, each.on_hits.recall, each.on_hits.f1)),
            percent(each.mean_f1),
            percent(each.overall.f1),
            str(each.unlocated),
        )
        for each in result.spans
    ]
    head = ("language", "counted", "hits", "P on hits", "R on hits", "F1 on hits", "mean F1", "F1 overall", "unlocated")
    return "## Marked words (characters)\n\n" + table(head, rows)


def _noise(result: EvaluationResult) -> str:
    rows = [
        (
            each.language,
            str(each.provisions),
            number(each.pool),
            number(each.remarks) + _rates(each.remarks_interval),
            number(each.unlabelled_remarks),
            number(each.attention),
        )
        for each in result.noise
    ]
    head = ("language", "texts", "stand for", "remarks of strength 2", "of them unlabelled", "other findings")
    return "## Noise per 50 provisions at natural prevalence (budget: 3 remarks)\n\n" + table(head, rows)


def _rates(interval: Interval | None) -> str:
    return "" if interval is None else f" [{number(interval.low)}–{number(interval.high)}]"


def _pairs(pairs: Sequence[PairScores]) -> str:
    rows = [
        (
            each.language,
            _COUNTINGS[each.counting],
            "within 15 %" if each.near_length else "all",
            *(
                _share(share)
                for share in (
                    each.both,
                    each.flawed_right,
                    each.flawed_any,
                    each.sound_clean,
                    each.neutral_clean,
                )
            ),
        )
        for each in pairs
    ]
    head = ("language", "counted", "lengths", "both right", "flawed: right factor", "flawed: any", "sound clean")
    return "## Pairs\n\n" + table((*head, "neutral clean"), rows)


def _share(share: Share) -> str:
    return f"{percent(share.share)} ({share.count}/{share.total}){_range(share.interval)}"


def _baselines(baselines: Sequence[LengthBaseline]) -> str:
    rows = [
        (
            each.language,
            "within 15 %" if each.near_length else "all",
            f"{each.threshold} ({each.chosen_on})",
            *(
                _share(share)
                for share in (
                    each.both,
                    each.flawed_flagged,
                    each.sound_clean,
                    each.neutral_clean,
                    each.shorter_is_flawed,
                )
            ),
        )
        for each in baselines
    ]
    head = ("language", "lengths", "at most, characters (chosen on)", "both right", "flawed flagged", "sound clean")
    return "### Length alone (knows no factor)\n\n" + table((*head, "neutral clean", "shorter is flawed"), rows)


def _pair_factors(pairs: Sequence[PairScores]) -> str:
    rows = [
        (row.factor, each.language, _share(row.flawed_right), _share(row.both))
        for each in pairs
        if each.counting is Counting.ALL and not each.near_length
        for row in each.factors
    ]
    rows.sort(key=lambda row: row[0])
    return "### Pairs per factor, remarks and attention\n\n" + table(("factor", "language", "flawed", "both"), rows)


def _drafts(drafts: Sequence[DraftScores]) -> str:
    rows = [_draft_row(each) for each in drafts]
    for counting in Counting:
        same = [each for each in drafts if each.counting is counting]
        precision, recall = pooled(same)
        sums = (sum(each.expected for each in same), sum(each.found for each in same))
        wrong = sum(each.made - each.right for each in same)
        counts = (str(sums[0]), str(sums[1]), str(wrong))
        rows.append(("all", "", _COUNTINGS[counting], *counts, percent(precision), percent(recall)))
    head = ("draft", "language", "counted", "expected", "found", "wrong", "P", "R")
    return "## Drafts\n\n" + table(head, rows) + "\n\n" + _draft_errors(drafts)


def _draft_errors(drafts: Sequence[DraftScores]) -> str:
    rows = [
        (each.case, kind, f"{row.unit} {row.sub}", row.factor, str(row.strength), row.quote)
        for each in drafts
        if each.counting is Counting.ALL
        for kind, found in (("missed", each.missed), ("wrong", each.wrong))
        for row in found
    ]
    return "### Drafts: missed and wrong\n\n" + table(("draft", "", "unit", "factor", "strength", "words"), rows)


def _draft_row(each: DraftScores) -> tuple[str, ...]:
    return (
        each.case,
        each.language,
        _COUNTINGS[each.counting],
        str(each.expected),
        str(each.found),
        str(each.made - each.right),
        percent(each.precision),
        percent(each.recall),
    )


def _rules(rules: Sequence[RuleStatistic]) -> str:
    rows = [
        (
            each.detector,
            each.factor,
            each.language,
            str(each.hits),
            str(each.right),
            str(each.right_strength2),
            percent(each.precision),
            "below goal" if each.below_goal else "",
            f"{each.pairs_right} / {each.pairs_wrong}",
        )
        for each in rules
    ]
    head = ("rule", "factor", "language", "hits", "right", "right at 2", "P", "", "pair texts right / wrong")
    goal = f"Goal: precision of at least {PRECISION_GOAL} where a rule has {ENOUGH_HITS} hits or more."
    return f"## Rules\n\n{goal}\n\n" + table(head, rows)
