"""Logistic regression, one yes-or-no question a code, all codes in one fit.

Written out because the model is small and importing scikit-learn for it costs the web process
130 MB; a test holds it to scikit-learn's result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit


@dataclass(frozen=True)
class Logistic:
    """``weights`` (dimensions x codes) and ``biases`` (codes) of a fitted model."""

    weights: np.ndarray
    biases: np.ndarray

    def chances(self, vectors: np.ndarray) -> np.ndarray:
        """For each row and code the chance, 0...1, that the code belongs to the row."""
        return np.asarray(expit(vectors @ self.weights + self.biases))


def fit(vectors: np.ndarray, answers: np.ndarray, strictness: float = 10.0) -> Logistic:
    """The model that minimises log loss plus squared weights over 2 x ``strictness``.

    ``answers`` is 0/1, a row an example, a column a code. ``strictness`` is scikit-learn's C: the
    higher, the closer the examples are followed. Convex, so there is one answer.
    """
    rows = np.asarray(vectors, dtype=np.float64)
    truth = np.asarray(answers, dtype=np.float64)
    dimensions, codes = rows.shape[1], truth.shape[1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat[: dimensions * codes].reshape(dimensions, codes)
        biases = flat[dimensions * codes :]
        logits = rows @ weights + biases
        # log(1 + e^x) - yx is the log loss of answer y; this form does not overflow.
        value = (np.logaddexp(0.0, logits) - truth * logits).sum()
        value += np.square(weights).sum() / (2 * strictness)
        error = expit(logits) - truth
        slope = np.concatenate([(rows.T @ error + weights / strictness).ravel(), error.sum(axis=0)])
        return float(value), slope

    start = np.zeros((dimensions + 1) * codes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return Logistic(
        weights=found.x[: dimensions * codes].reshape(dimensions, codes),
        biases=found.x[dimensions * codes :],
    )
