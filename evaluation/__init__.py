"""Evaluation: metrics, reports, comparison of runs, the log of runs on development files."""

from evaluation.compare import (
    Comparison,
    FigureChange,
    compare_results,
    compare_runs,
    comparison_text,
    headline_figures,
    write_comparison,
)
from evaluation.disagreements import Disagreement, DisagreementKind
from evaluation.drafts import DraftExaminer, DraftFinding, DraftScores, draft_scores
from evaluation.errors import EvaluationError
from evaluation.judged import Counting, Judge, JudgedFinding, Predictions, Scorer, read_predictions
from evaluation.log import log_row, log_run
from evaluation.noise import ActCount, ActNoise, Noise, act_noise
from evaluation.places import gold_place
from evaluation.report import report, report_data
from evaluation.rules import RuleStatistic
from evaluation.run import EvaluationResult, evaluate, evaluate_files
from evaluation.side_by_side import side_by_side

__all__ = [
    "ActCount",
    "ActNoise",
    "Comparison",
    "Counting",
    "Disagreement",
    "DisagreementKind",
    "DraftExaminer",
    "DraftFinding",
    "DraftScores",
    "EvaluationError",
    "EvaluationResult",
    "FigureChange",
    "Judge",
    "JudgedFinding",
    "Noise",
    "Predictions",
    "RuleStatistic",
    "Scorer",
    "act_noise",
    "compare_results",
    "compare_runs",
    "comparison_text",
    "draft_scores",
    "evaluate",
    "evaluate_files",
    "gold_place",
    "headline_figures",
    "log_row",
    "log_run",
    "read_predictions",
    "report",
    "report_data",
    "side_by_side",
    "write_comparison",
]
