"""Training of the classifier: linear models over hashed lemmas, frames and runs of letters.

Three kinds of outputs: «some factor» learned on provisions of acts, the same learned on written pairs (they are another
kind of text, with half of them flawed), and each factor against the others, learned where there is one. The first is a
logistic regression over words and frames; the others are support vector machines (Fan et al. 2008, LIBLINEAR) over runs
of letters too, their margins scaled to be like logits. Chosen by folds on training data, docs/quality.md.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import SGDClassifier
from sklearn.svm import LinearSVC

from models.examples import Example, Role
from nlp.classifier.features import GROUPS, OF_WORDS, PLACES, Feature

Logits = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights`` [places, outputs], ``bias`` [outputs], ``idf`` [places]; outputs: as provision, as pair, factors."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    idf: NDArray[np.float32]


def counts(seen: Sequence[Sequence[Feature]]) -> list[Any]:
    """One matrix [examples, places] of counts a group."""
    made = []
    for group in range(len(GROUPS)):
        rows = [row for row, item in enumerate(seen) for feature in item if feature.group == group]
        columns = [feature.place for item in seen for feature in item if feature.group == group]
        shape = (len(seen), PLACES)
        matrix = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
        matrix.sum_duplicates()
        made.append(matrix)
    return made


def idf_of(groups: Sequence[Any]) -> NDArray[np.float32]:
    """ln((1 + n) / (1 + examples that hold it)) + 1 by place, over all groups, in half precision as it is shipped."""
    held = sum(np.bincount(matrix.indices, minlength=PLACES) for matrix in groups)
    return (np.log((1 + groups[0].shape[0]) / (1 + held)) + 1).astype(np.float16).astype(np.float32)


def weighted(groups: Sequence[Any], idf: NDArray[np.float32], group_weights: Sequence[float]) -> Any:
    """The matrix that is learned from: (1 + ln n)·idf, each group of its length (as in ``Classifier``)."""
    total = None
    for matrix, weight in zip(groups, group_weights, strict=True):
        scaled = matrix.copy()
        scaled.data = (1 + np.log(scaled.data)) * idf[scaled.indices]
        lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
        scaled = sparse.diags(weight / np.maximum(lengths, 1e-9)) @ scaled
        total = scaled if total is None else total + scaled
    return total.tocsr().astype(np.float32)  # type: ignore[union-attr]


def learn_linear(
    matrix: Any, examples: Sequence[Example], factors: Sequence[str], idf: NDArray[np.float32], how: Mapping[str, Any]
) -> Linear:
    """Learn on the rows of ``matrix``; the same rows and settings give the same weights."""
    any_right = np.array([bool(example.marks) for example in examples])
    provisions = np.array([example.role is Role.PROVISION for example in examples])
    flawed = np.flatnonzero(any_right)
    learned = [
        _regression(matrix[provisions][:, :OF_WORDS], any_right[provisions], how["alpha"], how),
        _margin(matrix[~provisions], any_right[~provisions], how["cost"], how),
    ]
    for factor in factors:
        right = np.array([factor in examples[row].factors for row in flawed.tolist()])
        learned.append(_margin(matrix[flawed], right, how["cost_which"], how))
    weights = [np.pad(part, (0, PLACES - len(part))) for part, _ in learned]
    return Linear(np.stack(weights, 1).astype(np.float32), np.array([bias for _, bias in learned], np.float32), idf)


def _one_sided(right: NDArray[np.bool_]) -> tuple[Any, float]:
    """What is learned where all is right or nothing."""
    return np.zeros(OF_WORDS), 1.0 if len(right) and right.all() else 0.0


def _margin(matrix: Any, right: NDArray[np.bool_], cost: float, how: Mapping[str, Any]) -> tuple[Any, float]:
    if not len(right) or right.all() or not right.any():
        return _one_sided(right)
    model = LinearSVC(C=cost, class_weight="balanced", random_state=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix, right)
    return model.coef_[0] * how["margin"], float(model.intercept_[0]) * how["margin"]


def _regression(matrix: Any, right: NDArray[np.bool_], alpha: float, how: Mapping[str, Any]) -> tuple[Any, float]:
    if not len(right) or right.all() or not right.any():
        return _one_sided(right)
    model = SGDClassifier(
        "log_loss", alpha=alpha, class_weight="balanced", max_iter=how["passes"], tol=None, random_state=1, average=True
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix, right)
    return model.coef_[0], float(model.intercept_[0])


def logits(matrix: Any, linear: Linear) -> Logits:
    """[examples, outputs]."""
    return np.asarray(matrix @ linear.weights + linear.bias, np.float64)


def quantised(linear: Linear) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as 8-bit integers and the scale of every output."""
    scale = np.maximum(np.abs(linear.weights).max(0), 1e-9) / 127
    return np.round(linear.weights / scale).astype(np.int8), scale.astype(np.float32)
