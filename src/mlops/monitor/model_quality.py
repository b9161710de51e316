"""Whether the model is still as good as when it was registered, by what has turned out to be true."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from baseline import QualityBaseline
from captures import Captured
from ground_truth import joined
from judgement import Judgement, NotJudged, finite, judgement_of, too_few
from settings import Settings
from store import place

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEASURE = "Quality"


def check(settings: Settings, release: str, seen: Captured, clients: Callable[[str], Any]) -> Judgement:
    baseline = QualityBaseline.of(place(settings.releases, clients), release)
    pairs = joined(place(settings.ground_truth, clients), settings, seen.rows)
    numbers, classes = pairs.numbers(baseline.classes), pairs.classes()
    found = judgement_of(seen, len(classes if baseline.kind == "multiclass_classification" else numbers))
    found.statistics["labels_unreadable"] = pairs.unreadable
    few = too_few(found.rows, settings, "answers whose truth is known")
    if few:
        return found.says_nothing(few)
    if baseline.kind == "binary_classification" and not set(np.unique(numbers[:, 1])) <= {0.0, 1.0}:
        raise NotJudged(f"the ground truth of a binary classification must be {' or '.join(['0', '1', *baseline.classes])}")
    measured = MEASURES[baseline.kind](numbers, classes, settings)
    found.statistics[f"{baseline.kind}_metrics"] = {name: {"value": value} for name, value in measured.items()}
    known = {name: rule for name, rule in baseline.rules.items() if name in measured}
    if not known:
        raise NotJudged(f"the baseline asks for {', '.join(sorted(baseline.rules))}, but what can be measured here is {', '.join(sorted(measured))}")
    qualities = {name: _judged(name, measured[name], rule, found, settings) for name, rule in known.items()}
    found.measures = {MEASURE: min(qualities.values())}
    return found


def _judged(name: str, value: float, rule: dict[str, Any], found: Judgement, settings: Settings) -> float:
    """1 is as at registration, 0.9 a tenth worse."""
    threshold, operator = float(rule["threshold"]), rule["comparison_operator"]
    worse = (value - threshold if operator == "GreaterThanThreshold" else threshold - value) / (abs(threshold) or 1.0)
    if worse > settings.quality_tolerance:
        description = f"Metric {name} with {value:.4g} was {operator} '{threshold:.4g}', worse by {worse:.1%}, above {settings.quality_tolerance:.1%}"
        found.violated(name, operator, description, metric_name=name)
    return finite(lambda: 1 - worse)


def regressed(truth: NDArray[np.float64], predictions: NDArray[np.float64]) -> dict[str, float]:
    """A label may be so large that its square is no number any more."""
    errors = predictions - truth
    measured = {
        "mse": finite(lambda: np.mean(errors**2)),
        "rmse": finite(lambda: np.sqrt(np.mean(errors**2))),
        "mae": finite(lambda: np.mean(np.abs(errors))),
    }
    spread = finite(lambda: np.sum((truth - truth.mean()) ** 2))
    return {**measured, "r2": 1 - finite(lambda: np.sum(errors**2)) / spread} if spread else measured


def classified(truth: NDArray[np.float64], predictions: NDArray[np.float64], positive_label_threshold: float) -> dict[str, float]:
    positive, said = truth == 1, predictions >= positive_label_threshold
    hits, answers, positives = int((positive & said).sum()), int(said.sum()), int(positive.sum())
    precision, recall = hits / answers if answers else 0.0, hits / positives if positives else 0.0
    measured = {"accuracy": float(np.mean(positive == said)), "precision": precision, "recall": recall}
    measured["f1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    # Of one class only, there is nothing to rank.
    return {"auc": _auc(positive, predictions), **measured} if 0 < positives < len(truth) else measured


def of_several(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Means over the classes, each as heavy as it is frequent, as SageMaker calls them."""
    said, true = Counter(one for one, _ in pairs), Counter(one for _, one in pairs)
    hits = Counter(one for one, other in pairs if one == other)
    precision = {name: hits[name] / said[name] if said[name] else 0.0 for name in true}
    recall = {name: hits[name] / count for name, count in true.items()}
    f1 = {name: 2 * precision[name] * recall[name] / (precision[name] + recall[name]) if hits[name] else 0.0 for name in true}
    weighted = {"weighted_precision": precision, "weighted_recall": recall, "weighted_f1": f1}
    return {
        "accuracy": sum(hits.values()) / len(pairs) if pairs else 0.0,
        **{measure: sum(of[name] * count for name, count in true.items()) / len(pairs) for measure, of in weighted.items()},
    }


MEASURES: dict[str, Callable[[NDArray[np.float64], list[tuple[str, str]], Settings], dict[str, float]]] = {
    "regression": lambda numbers, _, __: regressed(numbers[:, 1], numbers[:, 0]),
    "binary_classification": lambda numbers, _, settings: classified(numbers[:, 1], numbers[:, 0], settings.positive_label_threshold),
    "multiclass_classification": lambda _, classes, __: of_several(classes),
}


def _auc(positive: NDArray[np.bool_], predictions: NDArray[np.float64]) -> float:
    """How often a positive one is ranked above a negative one; half where they are ranked alike."""
    _, where, counts = np.unique(predictions, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]
    positives, negatives = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))
