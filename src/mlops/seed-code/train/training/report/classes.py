"""Figures of a model that answers with classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Sequence, Tuple

import numpy as np

from . import measures, numerals
from .figure import Figure, Table, bars_of_names, matrix
from .svg import Plot

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE = (0.0, 1.0)
#: Curves that the eye still tells apart, and classes that a matrix has room for.
MOST_CURVES, MOST_CLASSES = 5, 25


def figures(task: str, names: Sequence[str], truth: NDArray[Any], predictions: NDArray[Any]) -> List[Figure]:
    if task == "binary":
        positive, scores = truth == 1, predictions[:, 1]
        return [
            roc(names[1], positive, scores),
            precision_recall(names[1], positive, scores),
            confusion(task, names, truth, predictions),
            calibration(names[1], positive, scores),
            thresholds(names[1], positive, scores),
            by_probability(names, positive, scores),
        ]
    return [confusion(task, names, truth, predictions), each_against_others(names, truth, predictions), by_class(names, truth, predictions)]


def roc(name: str, positive: NDArray[Any], scores: NDArray[Any]) -> Figure:
    plot = Plot(SHARE, SHARE, f"false positive rate: others that are taken for {name}", "true positive rate")
    plot.reference((0, 0), (1, 1))
    plot.line(measures.roc(positive, scores))
    area = measures.auc(positive, scores)
    plot.text(250, 190, f"AUC {area:.3f}", "start", "strong")
    pairs = f"of a row that is {name} and one that is not, the first one has the higher probability in {numerals.percent(area)} of all pairs"
    says = f"AUC {area:.3f}: {pairs}. The dashed line is chance."
    return Figure("roc", "ROC curve", says, plot.drawn())


def precision_recall(name: str, positive: NDArray[Any], scores: NDArray[Any]) -> Figure:
    share = float(positive.mean())
    plot = Plot(SHARE, SHARE, f"recall: how many of {name} are found", "precision")
    plot.reference((0, share), (1, share))
    curve = measures.precision_recall(positive, scores)
    plot.line(curve)
    says = (
        f"Precision is how many of those that are taken for {name} are. The dashed line is chance: {numerals.percent(share)} of the rows are {name}."
    )
    return Figure("precision-recall", "Precision and recall", says, plot.drawn())


def confusion(task: str, names: Sequence[str], truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    table = measures.confusion(task, truth, predictions)
    if len(names) > MOST_CLASSES:  # the rest together
        most = np.sort(np.argsort(-table.sum(axis=1))[: MOST_CLASSES - 1])
        rest = np.setdiff1d(np.arange(len(names)), most)
        table = np.vstack([table[most], table[rest].sum(axis=0)])
        table = np.column_stack([table[:, most], table[:, rest].sum(axis=1)])
        names = [*(names[at] for at in most), f"{len(rest)} others"]
    right = int(np.trace(table))
    at = f" at a threshold of {measures.THRESHOLD:g}" if task == "binary" else ""
    worst = [(int(table[row, column]), names[row], names[column]) for row in range(len(names)) for column in range(len(names)) if row != column]
    number, was, said = max(worst)
    said_most = f" Most often {was} is taken for {said}, in {numerals.counted(number, 'row')}." if number else " None is wrong."
    says = f"{numerals.count(right)} of {numerals.counted(len(truth), 'row')} are answered right{at}.{said_most}"
    heads = ["actual", *(f"answered {name}" for name in names)]
    numbers = Table("Confusion matrix", heads, [[names[row], *(numerals.count(int(one)) for one in table[row])] for row in range(len(names))])
    return Figure("confusion", "Confusion matrix", says, matrix(names, table.tolist(), "actual", "answered"), numbers)


def calibration(name: str, positive: NDArray[Any], scores: NDArray[Any]) -> Figure:
    parts = [part for part in np.array_split(np.argsort(scores, kind="stable"), max(2, min(10, len(scores) // 10))) if len(part)]
    said, was = [float(scores[part].mean()) for part in parts], [float(positive[part].mean()) for part in parts]
    bounds = [_wilson(share, len(part)) for share, part in zip(was, parts)]
    plot = Plot(SHARE, SHARE, f"probability that is said of {name}", f"share that is {name}")
    plot.reference((0, 0), (1, 1))
    for x, (low, high) in zip(said, bounds):
        plot.line([(x, low), (x, high)], 0, "whisker")
    plot.line(list(zip(said, was)))
    for x, y in zip(said, was):
        plot.dot(x, y)
    brier = float(np.mean((scores - positive) ** 2))
    gap = float(np.average(np.abs(np.array(said) - np.array(was)), weights=[len(part) for part in parts]))
    says = f"Brier score {brier:.4f}. On the dashed line probabilities are what happens; on average they are off by {numerals.percent(gap)}."
    rows = [
        [
            str(at + 1),
            numerals.count(len(part)),
            numerals.percent(said[at]),
            numerals.percent(was[at]),
            f"{numerals.percent(bounds[at][0])} – {numerals.percent(bounds[at][1])}",
        ]
        for at, part in enumerate(parts)
    ]
    return Figure(
        "calibration", "Calibration", says, plot.drawn(), Table("Calibration by part", ["part", "rows", "said", "happened", "95 % of chance"], rows)
    )


def thresholds(name: str, positive: NDArray[Any], scores: NDArray[Any]) -> Figure:
    steps = np.round(np.linspace(0.1, 0.9, 9), 2)
    found = [_at(threshold, positive, scores) for threshold in steps]
    plot = Plot((0.1, 0.9), SHARE, "threshold on the probability", "share")
    for series, which in enumerate((0, 1), 1):
        plot.line([(step, one[which]) for step, one in zip(steps, found)], series)
    plot.reference((measures.THRESHOLD, 0), (measures.THRESHOLD, 1))
    plot.legend(["precision", "recall"])
    used = f"precision {numerals.percent(found[4][0])}, recall {numerals.percent(found[4][1])}"
    says = f"What another threshold would give. The dashed line is the one that is used, {measures.THRESHOLD:g}: {used}."
    rows = [[f"{step:.1f}", *(numerals.percent(value) for value in one)] for step, one in zip(steps, found)]
    return Figure(
        "thresholds",
        "Other thresholds",
        says,
        plot.drawn(),
        Table("Thresholds", ["threshold", "precision", "recall", "F1", f"answered {name}"], rows),
    )


def by_probability(names: Sequence[str], positive: NDArray[Any], scores: NDArray[Any]) -> Figure:
    shares = [np.histogram(scores[inside], bins=10, range=SHARE)[0] / max(inside.sum(), 1) for inside in (positive, ~positive)]
    plot = Plot(SHARE, (0, float(max(share.max() for share in shares)) * 1.08), f"probability that is said of {names[1]}", "share of the class")
    for series, share in enumerate(shares):
        for at, height in enumerate(share):
            left = at / 10 + 0.008 + series * 0.042
            plot.box((left, left + 0.04), (0, float(height)), series + 1)
    plot.reference((measures.THRESHOLD, 0), (measures.THRESHOLD, plot.y[1]))
    says = f"Filled blue what is {names[1]}, orange what is {names[0]}. The further apart they lie, the less a threshold matters."
    rows = [[f"{at / 10:.1f} – {(at + 1) / 10:.1f}", *(numerals.percent(float(share[at])) for share in shares)] for at in range(10)]
    return Figure(
        "probabilities", "Probabilities of each class", says, plot.drawn(), Table("Shares by probability", ["probability", names[1], names[0]], rows)
    )


def each_against_others(names: Sequence[str], truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    ranked = sorted((measures.auc(truth == at, predictions[:, at]), at) for at in range(len(names)) if 0 < (truth == at).sum() < len(truth))
    shown = ranked[:MOST_CURVES]
    plot = Plot(SHARE, SHARE, "false positive rate", "true positive rate")
    plot.reference((0, 0), (1, 1))
    for series, (_, at) in enumerate(shown, 1):
        plot.line(measures.roc(truth == at, predictions[:, at]), series)
    plot.legend([f"{names[at]} {area:.3f}" for area, at in shown])
    which = f" The {len(shown)} classes that are told apart worst." if len(ranked) > len(shown) else ""
    says = f"Each class against all others, with its AUC.{which} The dashed line is chance."
    return Figure("roc", "ROC curves, each class against the others", says, plot.drawn())


def by_class(names: Sequence[str], truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    table = measures.confusion("multi-class", truth, predictions)
    right, was, said = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    recall, precision = right / np.maximum(was, 1), right / np.maximum(said, 1)
    order = [int(at) for at in np.argsort(recall, kind="stable")][:MOST_CLASSES]
    drawn = bars_of_names([(names[at], float(recall[at]), _wilson(float(recall[at]), int(was[at]))) for at in order], "recall, with 95 % of chance")
    rows = [[names[at], numerals.count(int(was[at])), numerals.percent(precision[at]), numerals.percent(recall[at])] for at in order]
    says = f"How many rows of each class are found, the worst first: {names[order[0]]} with {numerals.percent(float(recall[order[0]]))}."
    return Figure("by-class", "Each class", says, drawn, Table("Precision and recall by class", ["class", "rows", "precision", "recall"], rows))


def _at(threshold: float, positive: NDArray[Any], scores: NDArray[Any]) -> Tuple[float, float, float, float]:
    said = scores >= threshold
    hit = int((said & positive).sum())
    precision = hit / said.sum() if said.any() else float("nan")
    recall = hit / positive.sum() if positive.any() else float("nan")
    f1 = 2 * hit / (said.sum() + positive.sum()) if said.any() or positive.any() else float("nan")
    return precision, recall, f1, float(said.mean())


def _wilson(share: float, rows: int) -> Tuple[float, float]:
    """Where a share lies that few rows show, 95 times of 100."""
    z, rows = 1.96, max(rows, 1)
    middle, width = (
        (share + z**2 / (2 * rows)) / (1 + z**2 / rows),
        z * np.sqrt(share * (1 - share) / rows + z**2 / (4 * rows**2)) / (1 + z**2 / rows),
    )
    return float(max(0.0, middle - width)), float(min(1.0, middle + width))
