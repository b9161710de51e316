"""What a model relies on: how much worse it gets when the values of one feature are shuffled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, List, Tuple

import numpy as np
import pandas as pd

from . import measures, numerals
from .figure import Figure, Table, bars_of_names
from .metric import greater_is_better

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Rows that are answered anew for each feature, times that each is shuffled, and answers in all: wide tables take fewer rows.
MOST_ROWS, TIMES, MOST_ANSWERS = 2_000, 3, 300_000
SHOWN = 15

Predict = Callable[[pd.DataFrame], "NDArray[Any]"]
#: Name, mean, least and greatest.
Importance = Tuple[str, float, float, float]


def importances(task: str, metric: str, rows: pd.DataFrame, truth: NDArray[Any], predict: Predict, seed: int = 7) -> List[Importance]:
    """The most important first. Whatever the model is: it is only asked for answers."""
    random = np.random.default_rng(seed)
    many = min(MOST_ROWS, max(50, MOST_ANSWERS // (TIMES * max(1, len(rows.columns)))))
    at = random.permutation(len(rows))[:many]
    rows, truth = rows.iloc[at].reset_index(drop=True), truth[at]
    sign = -1.0 if greater_is_better(metric) else 1.0
    before = measures.measure(task, truth, predict(rows))[metric]
    found = []
    for column in rows.columns:
        worse = []
        for _ in range(TIMES):
            shuffled = rows[column].iloc[random.permutation(len(rows))].reset_index(drop=True)
            worse.append(sign * (measures.measure(task, truth, predict(rows.assign(**{column: shuffled})))[metric] - before))
        worse = [float(one) for one in np.nan_to_num(worse)]
        found.append((str(column), float(np.mean(worse)), min(worse), max(worse)))
    return sorted(found, key=lambda one: -one[1])


def figure(metric: str, found: List[Importance]) -> Figure:
    shown = found[:SHOWN]
    drawn = bars_of_names([(name, value, (low, high)) for name, value, low, high in shown], f"by how much {metric} gets worse")
    idle = sum(value <= 0 for _, value, _, _ in found)
    rest = f" The {SHOWN} most important of {len(found)}." if len(found) > SHOWN else ""
    unused = f" {numerals.counted(idle, 'feature')} could be left out without loss." if idle else ""
    says = f"Each feature is shuffled {TIMES} times among the rows of the test set; the line is from the least to the greatest loss.{rest}{unused}"
    columns = [numerals.aligned(list(values)) for values in list(zip(*found))[1:]]
    rows = [[one[0], *(column[at] for column in columns)] for at, one in enumerate(found[:40])]
    return Figure("importance", "Feature importance", says, drawn, Table("Importance by feature", ["feature", "mean", "least", "greatest"], rows))
