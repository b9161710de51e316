"""How good answers are, by the names that SageMaker has for it, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, List, Tuple

import numpy as np
from sklearn import metrics

from .metric import Chance, Measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: From which probability on an answer is the positive class.
THRESHOLD = 0.5
#: Times that the test set is drawn anew to see how much chance is in a measure, and rows that are drawn at most.
DRAWS, MOST_ROWS = 200, 20_000


def measure(task: str, truth: NDArray[Any], predictions: NDArray[Any]) -> Measured:
    """Regression: a number for each row. Classes: the place of the true one, and a probability for each class and row."""
    kinds: Dict[str, Callable[..., Measured]] = {"regression": _regression, "binary": _binary, "multi-class": _several}
    return kinds[task](truth, predictions)


def chances(task: str, truth: NDArray[Any], predictions: NDArray[Any], seed: int = 7) -> Dict[str, Chance]:
    """By drawing rows with replacement. Of very many rows some are drawn, and the interval is narrowed to what all would give."""
    random, rows = np.random.default_rng(seed), len(truth)
    drawn: List[Measured] = []
    for _ in range(DRAWS):
        at = random.integers(0, rows, min(rows, MOST_ROWS))
        if task == "regression" or len(np.unique(truth[at])) == len(np.unique(truth)):
            drawn.append(measure(task, truth[at], predictions[at]))
    narrowed = np.sqrt(min(rows, MOST_ROWS) / rows)
    found = {}
    for name, value in measure(task, truth, predictions).items():
        values = np.array([one[name] for one in drawn])
        low, high = (value + narrowed * (bound - value) for bound in np.percentile(values, [2.5, 97.5])) if drawn else (np.nan, np.nan)
        found[name] = Chance(float(low), float(high), float(values.std(ddof=1) * narrowed) if len(drawn) > 1 else float("nan"))
    return found


def chosen(task: str, predictions: NDArray[Any]) -> NDArray[np.int64]:
    """The class that each row is answered with."""
    return (predictions[:, 1] >= THRESHOLD).astype(np.int64) if task == "binary" else np.argmax(predictions, axis=1).astype(np.int64)


def errors(task: str, truth: NDArray[Any], predictions: NDArray[Any]) -> NDArray[np.float64]:
    """Of each row: how far the answer is off, or whether it is wrong."""
    return np.asarray(np.abs(predictions - truth) if task == "regression" else chosen(task, predictions) != truth, dtype=float)


def confusion(task: str, truth: NDArray[Any], predictions: NDArray[Any]) -> NDArray[np.int64]:
    """Rows of each class (down) that were answered with each class (across)."""
    classes = predictions.shape[1]
    return np.bincount(truth * classes + chosen(task, predictions), minlength=classes**2).reshape(classes, classes)


def roc(positive: NDArray[Any], scores: NDArray[Any], points: int = 100) -> List[Tuple[float, float]]:
    wrong, right, _ = metrics.roc_curve(positive, scores)
    return _thinned(wrong, right, points)


def precision_recall(positive: NDArray[Any], scores: NDArray[Any], points: int = 100) -> List[Tuple[float, float]]:
    precision, recall, _ = metrics.precision_recall_curve(positive, scores)
    return _thinned(recall[::-1], precision[::-1], points)


def auc(positive: NDArray[Any], scores: NDArray[Any]) -> float:
    """How often a row of the class has a greater score than another one; nothing where there is one kind of rows only."""
    many = int(positive.sum())
    if many in (0, len(positive)):
        return float("nan")
    _, place, same = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(same) - (same - 1) / 2)[place.reshape(-1)]
    return float((ranks[positive.astype(bool)].sum() - many * (many + 1) / 2) / (many * (len(positive) - many)))


def _regression(truth: NDArray[Any], predictions: NDArray[Any]) -> Measured:
    off = predictions - truth
    mse, spread = float(np.mean(off**2)), float(np.var(truth))
    return {"mse": mse, "rmse": float(np.sqrt(mse)), "mae": float(np.mean(np.abs(off))), "r2": 1 - mse / spread if spread else float("nan")}


def _binary(truth: NDArray[Any], predictions: NDArray[Any]) -> Measured:
    scores = predictions[:, 1]
    (true_negative, false_positive), (false_negative, true_positive) = confusion("binary", truth, predictions)
    precision, recall = _share(true_positive, true_positive + false_positive), _share(true_positive, true_positive + false_negative)
    return {
        "auc": auc(truth, scores),
        "accuracy": float((true_positive + true_negative) / len(truth)),
        "precision": precision,
        "recall": recall,
        **{name: _f(precision, recall, beta) for name, beta in (("f0_5", 0.5), ("f1", 1.0), ("f2", 2.0))},
        "true_positive_rate": recall,
        "true_negative_rate": _share(true_negative, true_negative + false_positive),
        "false_positive_rate": _share(false_positive, true_negative + false_positive),
        "false_negative_rate": _share(false_negative, true_positive + false_negative),
        "average_precision": float(metrics.average_precision_score(truth, scores)) if truth.any() else float("nan"),
        "brier": float(np.mean((scores - truth) ** 2)),
        "log_loss": _log_loss(truth, predictions),
    }


def _several(truth: NDArray[Any], predictions: NDArray[Any]) -> Measured:
    table = confusion("multi-class", truth, predictions)
    weights, right = table.sum(axis=1) / len(truth), np.diag(table)
    precision = [_share(hit, total) for hit, total in zip(right, table.sum(axis=0))]
    recall = [_share(hit, total) for hit, total in zip(right, table.sum(axis=1))]
    f = {beta: [_f(one, other, beta) for one, other in zip(precision, recall)] for beta in (0.5, 1.0, 2.0)}
    ranked = [auc(truth == at, predictions[:, at]) for at in range(predictions.shape[1])]
    return {
        "accuracy": float(right.sum() / len(truth)),
        "weighted_recall": float(weights @ recall),
        "weighted_precision": float(weights @ precision),
        "weighted_f0_5": float(weights @ f[0.5]),
        "weighted_f1": float(weights @ f[1.0]),
        "weighted_f2": float(weights @ f[2.0]),
        "macro_f1": float(np.mean(f[1.0])),
        "macro_auc": float(np.nanmean(ranked)) if np.isfinite(ranked).any() else float("nan"),
        "log_loss": _log_loss(truth, predictions),
    }


def _log_loss(truth: NDArray[Any], predictions: NDArray[Any]) -> float:
    return float(-np.mean(np.log(np.clip(predictions[np.arange(len(truth)), truth.astype(int)], 1e-15, 1))))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _f(precision: float, recall: float, beta: float) -> float:
    return _share((1 + beta**2) * precision * recall, beta**2 * precision + recall)


def _thinned(x: NDArray[Any], y: NDArray[Any], points: int) -> List[Tuple[float, float]]:
    """A curve keeps its shape with fewer points: those that lie apart, and its ends. Of rows of one kind there is none: it stays at zero."""
    x, y = np.nan_to_num(x), np.nan_to_num(y)
    at = np.arange(len(x)) if len(x) <= points else np.unique(np.linspace(0, len(x) - 1, points).round().astype(int))
    return [(float(x[one]), float(y[one])) for one in at]
