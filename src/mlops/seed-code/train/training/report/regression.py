"""Figures of a model that answers with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List

import numpy as np

from . import numerals
from .figure import Figure, Table
from .svg import Plot, padded

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Cells on each side, in which rows are counted: no row is shown by itself.
CELLS = 26


def figures(target: str, truth: NDArray[Any], predictions: NDArray[Any]) -> List[Figure]:
    return [
        predicted_against_actual(target, truth, predictions),
        errors_counted(target, truth, predictions),
        errors_along(target, truth, predictions),
        error_by_part(target, truth, predictions),
    ]


def predicted_against_actual(target: str, truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    scale = padded([*truth, *predictions])
    plot = Plot(scale, scale, f"actual {target}", f"predicted {target}")
    plot.reference((scale[0], scale[0]), (scale[1], scale[1]))
    counts, edges, _ = np.histogram2d(truth, predictions, bins=CELLS, range=[scale, scale])
    middles = (edges[:-1] + edges[1:]) / 2
    for x, y in zip(*np.nonzero(counts)):
        plot.dot(middles[x], middles[y], radius=1.6 + 4.4 * np.sqrt(counts[x, y] / counts.max()))
    related = float(np.corrcoef(truth, predictions)[0, 1]) if truth.std() and predictions.std() else 0.0
    says = f"Each dot stands for rows that are alike, a larger one for more of them. On the dashed line answers are right. Correlation {related:.2f}."
    return Figure("predicted-against-actual", "Predicted against actual", says, plot.drawn())


def errors_counted(target: str, truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    off = predictions - truth
    low, high = np.percentile(off, [0.5, 99.5])
    reach = max(abs(low), abs(high)) or 1.0
    counts, edges = np.histogram(np.clip(off, -reach, reach), bins=17, range=(-reach, reach))
    plot = Plot((-reach, reach), (0, max(1, counts.max()) * 1.08), f"error: predicted − actual {target}", "rows")
    for at, number in enumerate(counts):
        plot.box((edges[at], edges[at + 1] - reach / 120), (0, number))
    plot.reference((0, 0), (0, plot.y[1]))
    mean, middle = float(off.mean()), float(np.median(np.abs(off)))
    leaning = "above" if mean > 0 else "below"
    says = f"Half of the answers are off by less than {numerals.short(middle)}; on average they are {numerals.short(abs(mean))} {leaning} the truth."
    return Figure("errors", "How far answers are off", says, plot.drawn())


def errors_along(target: str, truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    off, parts = predictions - truth, _parts(predictions)
    x = [float(predictions[part].mean()) for part in parts]
    spread = [np.percentile(off[part], [10, 25, 50, 75, 90]) for part in parts]
    plot = Plot(padded(x), padded([*(one[0] for one in spread), *(one[-1] for one in spread), 0.0]), f"predicted {target}", "error")
    plot.reference((plot.x[0], 0), (plot.x[1], 0))
    for low, high in ((0, 4), (1, 3)):
        plot.band([(at, one[low]) for at, one in zip(x, spread)], [(at, one[high]) for at, one in zip(x, spread)])
    plot.line([(at, one[2]) for at, one in zip(x, spread)])
    bands = "half of them lie in the darker band, eight of ten in the lighter one"
    says = f"The line is the middle error of rows with similar answers; {bands}. A line that leaves zero is a bias."
    return Figure("errors-along-answers", "Errors along the answers", says, plot.drawn())


def error_by_part(target: str, truth: NDArray[Any], predictions: NDArray[Any]) -> Figure:
    parts = _parts(truth)
    off = [np.abs(predictions[part] - truth[part]) for part in parts]
    means, doubt = [float(one.mean()) for one in off], [1.96 * float(one.std()) / np.sqrt(len(one)) for one in off]
    plot = Plot(
        (0.4, len(parts) + 0.6),
        (0, max(mean + width for mean, width in zip(means, doubt)) * 1.05 or 1.0),
        f"part of the rows, by actual {target}",
        "mean absolute error",
        range(1, len(parts) + 1),
    )
    for at, (mean, width) in enumerate(zip(means, doubt), 1):
        plot.box((at - 0.38, at + 0.38), (0, mean))
        plot.line([(at, max(0.0, mean - width)), (at, mean + width)], 0, "whisker")
    worst = int(np.argmax(means))
    says = f"Rows in {len(parts)} equal parts from the least to the greatest {target}. Part {worst + 1} is answered worst."
    columns = [numerals.aligned([float(truth[part].mean()) for part in parts]), numerals.aligned(means), numerals.aligned(doubt)]
    rows = [[str(at + 1), numerals.count(len(part)), columns[0][at], columns[1][at], f"± {columns[2][at]}"] for at, part in enumerate(parts)]
    table = Table("Error by part", ["part", "rows", f"mean {target}", "mean absolute error", "95 % of chance"], rows)
    return Figure("error-by-part", "Error from low to high", says, plot.drawn(), table)


def _parts(values: NDArray[Any]) -> List[NDArray[Any]]:
    """Ten equal parts in order, or as many as there are ten rows for each."""
    parts = np.array_split(np.argsort(values, kind="stable"), max(2, min(10, len(values) // 10)))
    return [part for part in parts if len(part)]
