"""Fit the small linear models of attribution from annotated reports.

Each decision is either a yes/no (logistic regression) or a choice among options (a softmax over the options of one group). Both are fitted
by L-BFGS with an L2 penalty; features seen fewer than `rare` times and weights that round to nothing are dropped, so that the table
stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit


@dataclass(frozen=True)
class Question:
    """One decision as an annotated report settles it: each option's features and tokens, and which are right; one option is a yes/no.

    `report` is the report's number; `at` an option's pair of tokens: whose decision it is (the cue, the phrase's first word) and where the
    option stands (-1: nowhere).
    """

    report: int
    options: Sequence[Sequence[str]]
    at: Sequence[tuple[int, int]] | None
    right: Sequence[bool]


def _matrix(rows: Sequence[Sequence[str]], rare: int) -> tuple[csr_matrix, list[str]]:
    counts = Counter(feature for row in rows for feature in set(row))
    names = sorted(feature for feature, n in counts.items() if n >= rare)
    index = {name: i for i, name in enumerate(names)}
    data, columns, offsets = [], [], [0]
    for row in rows:
        columns += [index[feature] for feature in row if feature in index]
        offsets.append(len(columns))
    data = np.ones(len(columns))
    return csr_matrix((data, columns, offsets), shape=(len(rows), len(names))), names


def _table(weights: np.ndarray, names: list[str]) -> dict[str, float]:
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.01}


def fit_choice(questions: Sequence[Question], *, penalty: float = 1.0, rare: int = 2) -> dict[str, float]:
    """Weights that put the right options of each group first."""
    groups = [one for one in questions if any(one.right) and len(one.right) > 1]
    rows = [features for one in groups for features in one.options]
    matrix, names = _matrix(rows, rare)
    right = np.array([flag for one in groups for flag in one.right], dtype=bool)
    owner = np.repeat(np.arange(len(groups)), [len(one.right) for one in groups])
    starts = np.concatenate([[0], np.cumsum([len(one.right) for one in groups])[:-1]])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ w
        score -= np.maximum.reduceat(score, starts)[owner]
        e = np.exp(score)
        total = np.add.reduceat(e, starts)
        good = np.add.reduceat(e * right, starts)
        value = float(np.sum(np.log(total) - np.log(good + 1e-300)) + 0.5 * penalty * w @ w)
        slope = e / total[owner] - np.where(right, e / (good[owner] + 1e-300), 0.0)
        return value, matrix.T @ slope + penalty * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return _table(found.x, names)


def fit_yes_no(questions: Sequence[Question], *, penalty: float = 1.0, rare: int = 2) -> dict[str, float]:
    """Weights whose sum is the log-odds of yes."""
    matrix, names = _matrix([one.options[0] for one in questions], rare)
    y = np.array([one.right[0] for one in questions], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ w
        value = float(np.sum(np.logaddexp(0, score) - y * score) + 0.5 * penalty * w @ w)
        return value, matrix.T @ (expit(score) - y) + penalty * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return _table(found.x, names)
