"""Fit the small linear models of attribution from annotated reports.

Each decision is either a yes/no (logistic regression) or a choice among options (a softmax over the options of one group). Both are fitted
by L-BFGS with an L2 penalty; features seen fewer than `rare` times and weights that round to nothing are dropped, so that the table
stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

Group = tuple[Sequence[Sequence[str]], Sequence[bool]]  # the options' features, and which of them are right


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


def fit_choice(groups: Sequence[Group], *, penalty: float = 1.0, rare: int = 2) -> dict[str, float]:
    """Weights that put the right options of each group first."""
    groups = [group for group in groups if any(group[1]) and len(group[1]) > 1]
    rows = [features for options, _ in groups for features in options]
    matrix, names = _matrix(rows, rare)
    right = np.array([flag for _, flags in groups for flag in flags], dtype=bool)
    owner = np.repeat(np.arange(len(groups)), [len(flags) for _, flags in groups])
    starts = np.concatenate([[0], np.cumsum([len(flags) for _, flags in groups])[:-1]])

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


def fit_yes_no(rows: Sequence[Sequence[str]], labels: Sequence[bool], *, penalty: float = 1.0, rare: int = 2) -> dict[str, float]:
    """Weights whose sum is the log-odds of yes."""
    matrix, names = _matrix(rows, rare)
    y = np.array(labels, dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ w
        value = float(np.sum(np.logaddexp(0, score) - y * score) + 0.5 * penalty * w @ w)
        return value, matrix.T @ (expit(score) - y) + penalty * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return _table(found.x, names)
